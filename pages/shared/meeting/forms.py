"""Meetings as forms and as a list: a new one, its facts, the known ones, those that were voided."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import fetch, settings, submit
from pages.shared.fields import a_day
from pages.shared.filters import default_period
from pages.shared.forms import form_key, refused, retold, saved
from pages.shared.text import plain
from services import meetings
from services.boards.board import counted_label
from services.catalogue import catalogue
from services.formats import running
from services.i18n import _
from services.meetings import Meeting, Rules, Typed
from services.office import office_state
from services.periods import Period, containing, period_from_code
from services.permissions import CurrentUser, may


def rules() -> Rules:
    return Rules(settings().thresholds, settings().feedback, settings().only_approved)


def new_meeting(user: CurrentUser) -> None:
    """Title, day and scope; the agenda is proposed from the data."""
    token = form_key("meeting")
    typed, beside, pressed = meeting_fields(token, _("按数据生成议程"))
    if pressed:
        with refused(beside):
            made = submit(meetings.make, typed, token, user, now(), today(), rules())
            st.query_params["meeting"] = made.number
            saved("meeting", _("已生成议程，编号 {number}。").format(number=made.number))


def meeting_fields(
    token: str, button: str, held: Meeting | None = None
) -> tuple[Typed, dict[str, DeltaGenerator], bool]:
    """The form of a meeting, as it stands where there is one: what is in it, the places of its
    refusals, and whether it was sent."""
    beside: dict[str, DeltaGenerator] = {}
    labels = {period.code: period.label for period in _periods(held)}
    names = {place.code: place.name for place in fetch(catalogue).active_communities}
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        title = st.text_input(
            _("会议名称"),
            held.title if held else "",
            key=f"{token}-title",
            autocomplete="off",
            placeholder=_("例如：十月工作调度会"),
        )
        beside["title"] = st.empty()
        day = held.held_on if held else today()
        held_on = a_day(token, "held_on", _("会议日期"), day, beside)
        period = st.selectbox(
            _("时间范围"), list(labels), format_func=labels.__getitem__,
            key=retold(f"{token}-period"),
        )  # fmt: skip
        places = st.multiselect(
            _("社区"),
            list(names),
            [code for code in held.communities if code in names] if held else None,
            format_func=names.__getitem__,
            placeholder=_("全部社区"),
            key=retold(f"{token}-communities"),
        )
        only = _approved_only(token, held)
        pressed = st.form_submit_button(button, type="primary")
    return Typed(title, held_on, period, tuple(places), only), beside, pressed


def _approved_only(token: str, held: Meeting | None) -> bool | None:
    """只看已审核, as on every board: offered while the office works with approval."""
    chosen = held.approved_only if held else None
    if not fetch(office_state).approval:
        return chosen
    usual = settings().only_approved if chosen is None else chosen
    return st.toggle(
        _("只看已审核"),
        usual,
        key=f"{token}-approved",
        help=_("关闭时也计入待审核的记录；退回和作废的从不计入。"),
    )


def _periods(held: Meeting | None) -> list[Period]:
    """The meeting's own first, then what is usual today."""
    usual = [containing(today(), kind) for kind in ("month", "quarter", "year")]
    return [*((period_from_code(held.period),) if held else ()), default_period(), *usual]


def all_meetings(known: tuple[Meeting, ...], user: CurrentUser) -> None:
    """A card each, the newest first; void ones folded away."""
    current = [one for one in known if not one.void_reason]
    holds = may(user, "hold_meeting")
    if not current:
        hint = _("填写名称和日期，议程由数据生成。") if holds else ""
        st.info(running(_("还没有会议。"), hint), icon=":material/info:")
    for one in current:
        _card(one)
    void = [one for one in known if one.void_reason]
    if void and holds:
        with st.expander(_("已作废")):
            for one in void:
                _card(one)
                _restore(one, user)


def _card(one: Meeting) -> None:
    with st.container(gap="xsmall"):
        st.page_link(
            "pages/meeting/pack.py",
            label=plain(one.title),
            query_params={"meeting": one.number},
            icon=":material/lock:" if one.frozen_at else ":material/edit_document:",
        )
        st.caption(plain(facts_line(one)))


def _restore(one: Meeting, user: CurrentUser) -> None:
    if st.button(_("恢复"), key=f"restore-{one.number}", help=plain(one.void_reason)):
        with refused():
            submit(meetings.restore, one.number, one.version, user, now())
            saved("meeting", _("已恢复 {number}。").format(number=one.number))


def facts_line(held: Meeting) -> str:
    """Number, day, period, which records are counted, and whether the figures are frozen."""
    frozen = _("数据已冻结") if held.frozen_at else _("数据随时更新")
    counted = counted_label(fetch(meetings.counted, held.number, rules()))
    parts = (held.number, held.day, held.period_label, counted, frozen)
    return " · ".join(filter(None, parts))

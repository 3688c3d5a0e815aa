"""Meetings as forms: a new one, the list, freezing, and the files to take along."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import ask, fetch, settings, submit
from pages.shared.feedback_form import a_day
from pages.shared.filters import default_period
from pages.shared.forms import form_key, refused, saved
from pages.shared.meeting_files import document_and_workbook
from pages.shared.text import plain
from services import meetings
from services.catalogue import catalogue
from services.i18n import _
from services.meetings import Meeting, Rules, Typed
from services.meetings.pack import pack
from services.periods import containing
from services.permissions import CurrentUser
from services.reports.deck import deck
from services.reports.look import Look

_POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def rules() -> Rules:
    return Rules(settings().thresholds, settings().feedback)


def new_meeting(user: CurrentUser) -> None:
    """Title, day and scope; the agenda is proposed from the data."""
    token = form_key("meeting")
    beside: dict[str, DeltaGenerator] = {}
    periods = [
        default_period(),
        *(containing(today(), kind) for kind in ("month", "quarter", "year")),
    ]
    labels = {period.code: period.label for period in periods}
    names = {place.code: place.name for place in fetch(catalogue).active_communities}
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        title = st.text_input(
            _("会议名称"),
            key=f"{token}-title",
            max_chars=120,
            autocomplete="off",
            placeholder=_("例如：十月工作调度会"),
        )
        beside["title"] = st.empty()
        held_on = a_day(token, "held_on", _("会议日期"), today(), beside)
        period = st.selectbox(
            _("时间范围"), list(labels), format_func=labels.__getitem__, key=f"{token}-period"
        )
        places = st.multiselect(
            _("社区"),
            list(names),
            format_func=names.__getitem__,
            placeholder=_("全部社区"),
            key=f"{token}-communities",
        )
        pressed = st.form_submit_button(_("按数据生成议程"), type="primary")
    if pressed:
        with refused(beside):
            typed = Typed(title, held_on, period, tuple(places))
            made = submit(meetings.make, typed, token, user, now(), today(), rules())
            st.query_params["meeting"] = made.number
            saved("meeting", _("已生成议程，编号 {number}。").format(number=made.number))


def all_meetings(known: tuple[Meeting, ...]) -> None:
    """A card each, the newest first; void ones folded away."""
    current = [one for one in known if not one.void_reason]
    if not current:
        st.info(_("还没有会议。填写名称和日期，议程由数据生成。"), icon=":material/info:")
    for one in current:
        _card(one)
    void = [one for one in known if one.void_reason]
    if void:
        with st.expander(_("已作废")):
            for one in void:
                _card(one)


def _card(one: Meeting) -> None:
    with st.container(gap="xsmall"):
        st.page_link(
            "pages/meeting/pack.py",
            label=plain(one.title),
            query_params={"meeting": one.number},
            icon=":material/lock:" if one.frozen_at else ":material/edit_document:",
        )
        frozen = _("数据已冻结") if one.frozen_at else _("数据随时更新")
        st.caption(plain(" · ".join((one.number, one.day, one.period_label, frozen))))


def freeze_and_take(held: Meeting, user: CurrentUser) -> None:
    """Freezing cannot be undone, so it is asked twice; the deck beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if held.frozen_at is None:
            with st.popover(_("冻结数据"), icon=":material/lock:"):
                st.write(_("冻结后数字不再变化，也不能解冻；文字仍可修改。"))
                if st.button(_("确认冻结"), type="primary"):
                    with refused():
                        submit(
                            meetings.freeze, held.number, held.version, user, now(), today(),
                            rules(),
                        )  # fmt: skip
                        saved(held.number, _("数据已冻结。"))
        st.download_button(
            _("下载幻灯片（PPTX）"),
            lambda: _deck(held.number, user),
            mime=_POWERPOINT,
            file_name=f"{held.number}.pptx",
            icon=":material/slideshow:",
        )
        document_and_workbook(held.number, user)


def _deck(number: str, user: CurrentUser) -> bytes:
    office = fetch(catalogue).subdistrict
    return deck(ask(pack, number, user, today(), rules(), office), Look())

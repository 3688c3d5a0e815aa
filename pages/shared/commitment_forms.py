"""Commitments as forms: a new one, the list, and one with its course and its next step."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import fetch, submit
from pages.shared.fields import a_day
from pages.shared.form_drafts import keep, submit_form
from pages.shared.forms import new_round, receipt, refused, replace, saved, step_of
from pages.shared.history import history_of
from pages.shared.text import clock, labelled, plain
from pages.shared.versions import on_past, seen_version
from services import commitments
from services.catalogue import catalogue
from services.commitments import Book, Promise, Typed
from services.i18n import _
from services.permissions import CurrentUser, may

FORM = "commitment"
_USUAL_DAYS = timedelta(days=30)


def new_promise(user: CurrentUser, token: str) -> None:
    """Put a promise on record; a refused form keeps what was typed."""
    beside: dict[str, DeltaGenerator] = {}
    made_on, community, domain, due_on = _choices(token, beside)
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        meeting, said, owner = _words(token, beside)
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            typed = Typed(made_on, meeting, said, owner, community, domain, due_on)
            what = (typed, token, user, now(), today())
            made = submit_form(FORM, token, user, commitments.make, *what)
            saved(FORM, _("已登记，编号 {number}。").format(number=made.number))
    keep(FORM, token, user)


def _choices(
    token: str, beside: dict[str, DeltaGenerator]
) -> tuple[date | None, str, str, date | None]:
    """The day of the meeting, whom and what it concerns, and until when."""
    lists = fetch(catalogue)
    places = {"": _("（无）")} | {place.code: place.name for place in lists.active_communities}
    domains = {"": _("（无）")} | {domain.code: domain.label for domain in lists.domains}
    left, right = st.columns(2)
    with left:
        made_on = a_day(token, "made_on", _("会议日期"), today(), beside)
    with right:
        due_on = a_day(token, "due_on", _("完成期限"), today() + _USUAL_DAYS, beside)
    left, right = st.columns(2)
    with left:
        community = st.selectbox(
            _("社区"), list(places), format_func=places.__getitem__, key=f"{token}-community"
        )
    with right:
        domain = st.selectbox(
            _("服务领域"), list(domains), format_func=domains.__getitem__, key=f"{token}-domain"
        )
    return made_on, community, domain, due_on


def _words(token: str, beside: dict[str, DeltaGenerator]) -> tuple[str, str, str]:
    """The meeting, what was promised there, and who answers for it."""

    def text(name: str, label: str) -> str:
        typed = st.text_input(label, key=f"{token}-{name}", autocomplete="off")
        beside[name] = st.empty()
        return typed

    meeting = text("meeting", _("会议名称"))
    said = st.text_area(_("承诺内容"), key=f"{token}-text", height=100)
    beside["text"] = st.empty()
    return meeting, said, text("owner", _("责任人"))


def all_promises(book: Book) -> None:
    """A card each, open ones first; void ones folded away."""
    if not book.promises:
        st.info(_("还没有承诺事项。"))
    for one in book.promises:
        _card(one)
    if book.void:
        with st.expander(_("已作废")):
            for one in book.void:
                _card(one)


def _card(one: Promise) -> None:
    with st.container(gap="xsmall", border=True):
        st.button(
            f"{one.number} · {commitments.state_label(one.state)}",
            key=f"open-{one.number}",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=_open,
            args=(one.number,),
        )
        st.text(one.text)
        late = f":orange-badge[{_('超期')}] " if one.late else ""
        parts = (one.owner, one.place, one.domain, _("期限：{day}").format(day=one.due))
        st.caption(late + plain(" · ".join(filter(None, parts))))


def _open(record: str) -> None:
    st.query_params["commitment"] = record


def _back() -> None:
    del st.query_params["commitment"]


def one_promise(one: Promise, user: CurrentUser) -> None:
    """What was promised, how it went on, and what the person may do about it."""
    st.button(_("返回清单"), icon=":material/arrow_back:", on_click=_back)
    st.header(plain(f"{one.number} · {commitments.state_label(one.state)}"), anchor=False)
    receipt(one.number)
    if one.late:
        st.warning(_("已超过完成期限。"), icon=":material/schedule:")
    _what_it_says(one)
    st.subheader(_("办理经过"), anchor=False)
    for line in one.course:
        with st.container(gap=None):
            st.markdown(plain(f"{line.day} · {line.action}"))
            if line.note:
                st.text(line.note)
            st.caption(plain(f"{line.who} {clock(line.at)}"))
    _steps(one, user)
    history_of("commitment", (one.number,), user)


def _what_it_says(one: Promise) -> None:
    """It is text from people: nothing in it is markup."""
    with st.container(border=True):
        st.text(one.text)
    lines = {
        _("会议名称"): one.meeting,
        _("责任人"): one.owner,
        _("社区"): one.place,
        _("服务领域"): one.domain,
        _("完成期限"): one.due,
    }
    labelled(lines.items())


def _steps(one: Promise, user: CurrentUser) -> None:
    """The form of the step that was asked for; at first that of a report."""
    legal = [
        action
        for action, states in commitments.STEPS.items()
        if one.state in states and _may_take(user, action, one)
    ]
    panel = f"panel-{one.number}"
    opened, token = step_of(one.number, panel, legal, "report" if "report" in legal else "")
    if opened:
        _step_form(one, opened, user, panel, token)
    for action in legal:
        if action != opened:
            st.button(
                commitments.action_label(action),
                key=f"{one.number}-{action}",
                width="stretch",
                on_click=_choose,
                args=(panel, action, one.number),
            )


def _may_take(user: CurrentUser, action: str, one: Promise) -> bool:
    if action == "report":
        return may(user, "report_commitment", one.community or "")
    return may(user, "hold_meeting")


def _choose(panel: str, action: str, record: str) -> None:
    replace(panel, action)
    new_round(record)


def _step_form(one: Promise, action: str, user: CurrentUser, panel: str, token: str) -> None:
    seen = seen_version(token, one.version)
    label = commitments.action_label(action)
    st.subheader(plain(label), anchor=False)
    beside: dict[str, DeltaGenerator] = {}
    with st.form(f"{token}-form-{action}", border=False, enter_to_submit=False):
        day = a_day(token, "day", _("这一步的日期"), today(), beside)
        due = None
        if action == "reschedule":
            due = a_day(token, "due_on", _("新的完成期限"), today() + _USUAL_DAYS, beside)
        note = st.text_area(_("说明"), key=f"{token}-note", height=100)
        beside["note"] = st.empty()
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            step = (one.number, action, day, note, int(seen), token)
            submit(commitments.take, *step, user, now(), today(), due)
            replace(panel, "")
            saved(one.number, _("已保存：{action}。").format(action=label))
    on_past(token, one.version, seen)

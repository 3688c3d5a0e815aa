"""Commitments as forms: a new one, the list, and one with its course and its next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import ask, fetch, submit
from pages.shared.fields import a_day
from pages.shared.form_drafts import keep, submit_form
from pages.shared.forms import new_round, receipt, refused, replace, retold, saved, step_of
from pages.shared.history import history_of
from pages.shared.paging import opener
from pages.shared.text import clock, labelled, plain
from pages.shared.versions import on_past, seen_version
from services import commitments
from services.catalogue import catalogue
from services.commitments import OPEN, Book, Promise, Typed
from services.i18n import _
from services.permissions import CurrentUser, may

FORM, CORRECT = "commitment", "correct"
_USUAL_DAYS = timedelta(days=30)


def new_promise(user: CurrentUser, token: str) -> None:
    """Put a promise on record; a refused form keeps what was typed."""
    beside: dict[str, DeltaGenerator] = {}
    made_on, community, domain, due_on = _choices(token, beside, None)
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        meeting, said, owner = _words(token, beside, None)
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            typed = Typed(made_on, meeting, said, owner, community, domain, due_on)
            what = (typed, token, user, now(), today())
            made = submit_form(FORM, token, user, commitments.make, *what)
            saved(FORM, _("已登记，编号 {number}。").format(number=made.number))
    keep(FORM, token, user)


def _choices(
    token: str, beside: dict[str, DeltaGenerator], known: Typed | None
) -> tuple[date | None, str, str, date | None]:
    """The day of the meeting, whom and what it concerns, and until when; of one that is `known`
    the last is shown only: a step of its own changes it."""
    lists = fetch(catalogue)
    own = known.community if known else ""
    places = {"": _("（无）")} | {
        one.code: one.name for one in lists.communities if one.active or one.code == own
    }
    domains = {"": _("（无）")} | {domain.code: domain.label for domain in lists.domains}
    left, right = st.columns(2)
    with left:
        day = known.made_on if known else today()
        made_on = a_day(token, "made_on", _("会议日期"), day, beside)
    with right:
        due_on = _until(token, known.due_on if known else None, beside)
    left, right = st.columns(2)
    with left:
        community = _one_of(token, "community", _("社区"), places, own, beside)
    with right:
        domain = known.domain if known else ""
        domain = _one_of(token, "domain", _("服务领域"), domains, domain, beside)
    return made_on, community, domain, due_on


def _until(token: str, known: date | None, beside: dict[str, DeltaGenerator]) -> date | None:
    if known is None:
        return a_day(token, "due_on", _("完成期限"), today() + _USUAL_DAYS, beside)
    st.text_input(
        _("完成期限"),
        known.isoformat(),
        disabled=True,
        key=f"{token}-due",
        help=_("期限用“调整期限”改，要写明原因。"),
    )
    return known


def _one_of(
    token: str,
    name: str,
    label: str,
    options: dict[str, str],
    chosen: str,
    beside: dict[str, DeltaGenerator],
) -> str:
    codes = list(options)
    found = st.selectbox(
        label,
        codes,
        codes.index(chosen),
        format_func=options.__getitem__,
        key=retold(f"{token}-{name}"),
    )
    beside[name] = st.empty()
    return found


def _words(
    token: str, beside: dict[str, DeltaGenerator], known: Typed | None
) -> tuple[str, str, str]:
    """The meeting, what was promised there, and who answers for it."""

    def text(name: str, label: str, said: str) -> str:
        typed = st.text_input(label, said, key=f"{token}-{name}", autocomplete="off")
        beside[name] = st.empty()
        return typed

    meeting = text("meeting", _("会议名称"), known.meeting if known else "")
    said = st.text_area(_("承诺内容"), known.text if known else "", key=f"{token}-text", height=100)
    beside["text"] = st.empty()
    return meeting, said, text("owner", _("责任人"), known.owner if known else "")


def all_promises(book: Book, user: CurrentUser) -> None:
    """A card each, open ones first; void ones folded away."""
    if not book.promises:
        st.info(
            _("还没有承诺事项。会上作出承诺后，在“登记承诺事项”里登记，到期会提醒。")
            if may(user, "hold_meeting")
            else _("还没有承诺事项。街道登记会上的承诺后，会列在这里。"),
            icon=":material/info:",
        )
    _cards(book.promises, "list")
    if book.void:
        with st.expander(_("已作废")):
            _cards(book.void, "void")


def _cards(promises: Sequence[Promise], name: str) -> None:
    with st.container(key=f"cards-{name}"):
        for one in promises:
            _card(one)


def _card(one: Promise) -> None:
    with st.container(gap="xsmall", border=True):
        label = f"{one.number} · {commitments.state_label(one.state)}"
        opener(label, f"open-{one.number}", _open, one.number)
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
    with st.container(border=True, key="card-said"):
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
    if one.state == OPEN and may(user, "hold_meeting"):
        legal.insert(-1, CORRECT)  # before it can be made void
    panel = f"panel-{one.number}"
    opened, token = step_of(one.number, panel, legal, "report" if "report" in legal else "")
    if opened == CORRECT:
        _correction(one, user, panel, token)
    elif opened:
        _step_form(one, opened, user, panel, token)
    for action in legal:
        if action != opened:
            st.button(
                commitments.action_label(action),
                key=f"{one.number}-{action}",
                width="stretch",
                on_click=_choose,
                args=(panel, action, one, user),
            )


def _may_take(user: CurrentUser, action: str, one: Promise) -> bool:
    if action == "report":
        return may(user, "report_commitment", one.community or "")
    return may(user, "hold_meeting")


def _choose(panel: str, action: str, one: Promise, user: CurrentUser) -> None:
    """A correction shows what was typed, hidden numbers included: that they were seen is logged."""
    if action == CORRECT and one.hides_numbers:
        submit(commitments.reveal, one.number, user, now())
    replace(panel, action)
    new_round(one.number)


def _correction(one: Promise, user: CurrentUser, panel: str, token: str) -> None:
    """All that it says, as it was typed; a refused form keeps what was changed."""
    seen = seen_version(token, one.version)
    label = commitments.action_label(CORRECT)
    st.subheader(plain(label), anchor=False)
    beside: dict[str, DeltaGenerator] = {}
    known = ask(commitments.typed_as, one.number, user)
    with st.form(f"{token}-form-{CORRECT}", border=False, enter_to_submit=False):
        made_on, community, domain, due_on = _choices(token, beside, known)
        meeting, said, owner = _words(token, beside, known)
        pressed = st.form_submit_button(_("保存更正"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            typed = Typed(made_on, meeting, said, owner, community, domain, due_on)
            what = (one.number, typed, int(seen), user, now(), today())
            changed = submit(commitments.correct, *what)
            replace(panel, "")
            done = _("已更正 {number}。") if changed else _("内容没有变化，{number} 没有更正。")
            saved(one.number, done.format(number=one.number))
    on_past(token, one.version, seen)


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

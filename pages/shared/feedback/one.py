"""One voice: what it says, its course so far, and the form of its next step."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import fetch, submit
from pages.shared.feedback.correct import CORRECT, correct_button, correction
from pages.shared.fields import a_day
from pages.shared.forms import new_round, receipt, refused, replace, retold, saved, step_of
from pages.shared.history import history_of
from pages.shared.masked import show_numbers
from pages.shared.text import clock, labelled, plain
from pages.shared.versions import on_past, seen_version
from services import feedback
from services.errors import InvalidEntry
from services.feedback import Step, Voice
from services.i18n import _
from services.permissions import CurrentUser, may

_NEXT = {"received": "assign", "assigned": "resolve", "resolved": "call_back"}
_USUAL_DAYS = timedelta(days=7)


def one_voice(voice: Voice, user: CurrentUser) -> None:
    """All there is to one voice; what of it may be changed depends on the person."""
    st.button(_("返回清单"), icon=":material/arrow_back:", on_click=_back)
    state = feedback.state_label(voice.state)
    st.header(plain(f"{voice.number} · {state}"), anchor=False)
    receipt(voice.number)
    if voice.late:
        st.warning(_("已超过办理期限。"), icon=":material/schedule:")
    _what_it_says(voice, user)
    _course(voice)
    if may(user, "handle_feedback", voice.community):
        _steps(voice, user)
    history_of("feedback", (voice.number,), user)


def _back() -> None:
    del st.query_params["voice"]


def _what_it_says(voice: Voice, user: CurrentUser) -> None:
    """It is text from people: nothing in it is markup."""
    with st.container(border=True, key="card-said"):
        st.text(voice.text)
    labelled(voice.lines)
    if voice.hides_numbers and may(user, "handle_feedback", voice.community):
        show_numbers(feedback.reveal, voice.number, user)


def _course(voice: Voice) -> None:
    st.subheader(_("办理经过"), anchor=False)
    for line in voice.course:
        with st.container(gap=None):
            parts = (line.day, line.action, line.facts)
            st.markdown(plain(" · ".join(filter(None, parts))))
            if line.note:
                st.text(line.note)
            st.caption(plain(f"{line.who} {clock(line.at)}"))


def _steps(voice: Voice, user: CurrentUser) -> None:
    """The form of the next step, or of another that was asked for by its button."""
    legal = [action for action, states in feedback.STEPS.items() if voice.state in states]
    panel = f"panel-{voice.number}"
    possible = legal if voice.state == feedback.VOID else [*legal, CORRECT]
    opened, token = step_of(voice.number, panel, possible, _NEXT.get(voice.state, ""))
    if opened == CORRECT:
        correction(voice, user, panel, token)
    elif opened:
        _step_form(voice, opened, user, panel, token)
    for action in legal:
        if action != opened:
            st.button(
                _button_label(voice, action),
                key=f"{voice.number}-{action}",
                width="stretch",
                on_click=_open,
                args=(panel, action, voice.number),
            )
    if opened != CORRECT and voice.state != feedback.VOID:
        correct_button(voice, user, panel)


def _open(panel: str, action: str, number: str) -> None:
    replace(panel, action)
    new_round(number)


def _button_label(voice: Voice, action: str) -> str:
    if (voice.state, action) == (feedback.ASSIGNED, "assign"):
        return _("改派或延期")
    return feedback.action_label(action)


def _step_form(voice: Voice, action: str, user: CurrentUser, panel: str, token: str) -> None:
    seen = seen_version(token, voice.version)
    st.subheader(plain(_button_label(voice, action)), anchor=False)
    beside: dict[str, DeltaGenerator] = {}
    # Outside of the form: the answer decides what else is asked.
    verdict = _verdict(token, beside) if action == "call_back" else ""
    with st.form(f"{token}-form-{action}", border=False, enter_to_submit=False):
        step = _fields(voice, token, action, verdict, beside)
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            if step is None:
                raise InvalidEntry(_("请选择日期。"), "day")
            submit(feedback.take, voice.number, step, int(seen), token, user, now(), today())
            replace(panel, "")
            saved(
                voice.number,
                _("已保存：{action}。").format(action=feedback.action_label(action)),
            )
    on_past(token, voice.version, seen)


def _verdict(token: str, beside: dict[str, DeltaGenerator]) -> str:
    verdicts = {code: feedback.verdict_label(code) for code in feedback.VERDICTS}
    chosen = st.radio(
        _("回访结果"),
        list(verdicts),
        index=None,
        format_func=lambda code: plain(verdicts[code]),
        key=retold(f"{token}-verdict"),
    )
    beside["verdict"] = st.empty()
    return chosen or ""


def _fields(
    voice: Voice, token: str, action: str, verdict: str, beside: dict[str, DeltaGenerator]
) -> Step | None:
    """What the step says so far; None without its day."""
    owner, due = None, None
    if action == "assign":
        people = fetch(feedback.owners, voice.community)
        codes = list(people)
        owner = st.selectbox(
            _("责任人"),
            codes,
            index=codes.index(voice.owner) if voice.owner in codes else None,
            format_func=people.__getitem__,
            placeholder=_("请选择"),
            key=retold(f"{token}-owner"),
        )
        beside["owner"] = st.empty()
    if feedback.asks_due(action, verdict):
        due = a_day(token, "due", _("办理期限"), today() + _USUAL_DAYS, beside)
    if action in ("void", "restore"):
        day = today()
    else:
        day = a_day(token, "day", _("这一步的日期"), today(), beside)
    note = st.text_area(
        _("原因") if action == "void" else _("说明"),
        key=f"{token}-note",
        height=100,
    )
    beside["note"] = st.empty()
    return None if day is None else Step(action, day, note, owner, due, verdict)

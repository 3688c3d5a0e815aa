"""The form that corrects a voice: what was typed, to be stated anew; the log keeps the old."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import ask, submit
from pages.shared.feedback.form import voice_fields
from pages.shared.forms import new_round, refused, replace, saved
from pages.shared.versions import on_past, seen_version
from services import feedback
from services.feedback import Voice
from services.i18n import _
from services.permissions import CurrentUser

CORRECT = "correct"


def correct_button(voice: Voice, user: CurrentUser, panel: str) -> None:
    st.button(
        feedback.action_label(CORRECT),
        key=f"{voice.number}-{CORRECT}",
        width="stretch",
        on_click=_open,
        args=(voice, user, panel),
    )


def _open(voice: Voice, user: CurrentUser, panel: str) -> None:
    """The form shows what was typed, hidden numbers included: that they were seen is logged."""
    if voice.hides_numbers:
        submit(feedback.reveal, voice.number, user, now())
    new_round(voice.number)
    replace(panel, CORRECT)


def _close(voice: Voice, panel: str) -> None:
    new_round(voice.number)
    replace(panel, "")


def correction(voice: Voice, user: CurrentUser, panel: str, token: str) -> None:
    """All that a voice says, as it was typed; a refused form keeps what was changed."""
    seen = seen_version(token, voice.version)
    st.subheader(feedback.action_label(CORRECT), anchor=False)
    beside: dict[str, DeltaGenerator] = {}
    with st.form(f"{token}-form-{CORRECT}", border=False, enter_to_submit=False):
        typed = voice_fields(token, user, beside, ask(feedback.typed_as, voice.number, user))
        pressed = st.form_submit_button(_("保存更正"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            submit(feedback.correct, voice.number, typed, int(seen), user, now(), today())
            replace(panel, "")
            saved(voice.number, _("已更正 {number}。").format(number=voice.number))
    on_past(token, voice.version, seen)
    st.button(_("取消"), width="stretch", on_click=_close, args=(voice, panel))

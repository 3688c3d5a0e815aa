"""Forms of what others change too: the version that was seen, and the way on past a newer one."""

from __future__ import annotations

import streamlit as st

from pages.shared.forms import kept, replace
from services.i18n import _


def seen_version(token: str, version: int) -> str:
    """The version when the form was first drawn: what its save may write over."""
    return kept(_key(token), str(version))


def on_past(token: str, version: int, seen: str) -> None:
    """After somebody else's change: a button for who has read it and goes on."""
    if str(version) != seen:
        st.button(
            _("已看过最新情况，继续填写"),
            width="stretch",
            on_click=replace,
            args=(_key(token), str(version)),
        )


def _key(token: str) -> str:
    return f"{token}-version"

"""Text from the database or a person, shown as it is: nothing in it is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from services.periods import OFFICE_CLOCK

_MARKUP = re.compile(r"([!-$&-/:-@\[-`{-~])")  # a screen reader would read "\%" aloud


def plain(text: str) -> str:
    """The text with every character that Markdown could read as markup escaped."""
    return _MARKUP.sub(r"\\\1", text)


def labelled(lines: Iterable[tuple[str, str]]) -> None:
    """Each text under its label; a blank one is left out."""
    for label, text in lines:
        if text:
            with st.container(gap=None):
                st.caption(plain(label))
                st.text(text)


def clock(at: datetime) -> str:
    """A moment on the office's clock."""
    return f"{at.astimezone(OFFICE_CLOCK):%Y-%m-%d %H:%M}"

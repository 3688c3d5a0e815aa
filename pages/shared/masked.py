"""Numbers of persons that a text hides: shown on request, and the look is logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.shared.access import now
from pages.shared.data import submit
from pages.shared.forms import refused
from services.i18n import _
from services.permissions import CurrentUser


def show_numbers(reveal: Callable[..., Any], number: str, user: CurrentUser) -> None:
    """The button, and once it is pressed the texts as they were typed. `reveal` logs the look."""
    if st.button(
        _("显示完整号码"),
        width="stretch",
        icon=":material/visibility:",
        help=_("查看会留下记录。"),
    ):
        with refused():
            for text in submit(reveal, number, user, now()):
                st.text(text)

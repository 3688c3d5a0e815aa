"""Lists: what opens the things in them, and long ones page by page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def offset_of(total: int, size: int, key: str) -> int:
    """Where in the list to begin: draw the pages' numbers if there is more than one."""
    pages = -(-total // size)
    return 0 if pages < 2 else (st.pagination(pages, key=key) - 1) * size


def opener(label: str, key: str, open_one: Callable[[str], None], number: str) -> None:
    """The head of a card in a list: its words open the thing of this number."""
    st.button(
        label,
        key=key,
        type="tertiary",
        icon=":material/arrow_forward:",
        on_click=open_one,
        args=(number,),
    )

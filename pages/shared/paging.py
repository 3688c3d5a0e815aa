"""Long lists, page by page."""

from __future__ import annotations

import streamlit as st


def offset_of(total: int, size: int, key: str) -> int:
    """Where in the list to begin: draw the pages' numbers if there is more than one."""
    pages = -(-total // size)
    return 0 if pages < 2 else (st.pagination(pages, key=key) - 1) * size

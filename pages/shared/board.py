"""Draw a board, and go where a click on one of its figures leads."""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from pages.shared.filters import query_of
from pages.shared.host import chart_host
from pages.shared.text import plain
from services.boards.board import Board
from services.views import View

_PAGES = {
    "community": "pages/review/community.py",
    "domain": "pages/review/domain.py",
    "satisfaction": "pages/review/satisfaction.py",
    "records": "pages/review/records.py",
    "feedback": "pages/followup/feedback.py",
    "rhythm": "pages/followup/rhythm.py",
}


def draw(board: Board, view: View, page: str) -> None:
    """The headline, its sentences, and section by section the same; then follow a click."""
    st.header(plain(board.headline), anchor=False)
    st.markdown("  \n".join(map(plain, board.sentences)))
    target = None
    for place, section in enumerate(board.sections):
        if not (section.cards or section.sentences):
            continue
        st.subheader(plain(section.title), anchor=False)
        if section.sentences:
            st.markdown("  \n".join(map(plain, section.sentences)))
        if section.cards:
            clicked = chart_host(section.cards, key=f"{page}-{place}")
            target = target or clicked
        if section.note:
            st.caption(plain(section.note))
    if target:
        follow(target, view)


def follow(target: str, view: View) -> None:
    """Open the page a target names: community:<code>, domain:<code>, satisfaction:<period>,
    page:<name>, records:<query>, feedback:<query>, rhythm:<query>."""
    kind, _, rest = target.partition(":")
    if kind == "page":
        st.switch_page(_PAGES[rest], query_params=query_of(view))
    if kind in ("records", "feedback", "rhythm"):
        st.switch_page(_PAGES[kind], query_params=dict(parse_qsl(rest)))
    change = {
        "community": {"communities": rest, "domain": ""},
        "domain": {"domain": rest},
        "satisfaction": {"period": rest},
    }[kind]
    st.switch_page(_PAGES[kind], query_params=query_of(view, **change))

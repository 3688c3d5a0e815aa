"""Draw a board, and go where a click on one of its figures leads."""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from pages.shared.chart_notes import BOOK, notes_dialog
from pages.shared.chart_notes import FORM as NOTE
from pages.shared.filters import query_of
from pages.shared.forms import receipt
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
    "coverage": "pages/review/coverage.py",
    "inspections": "pages/followup/inspections.py",
    "rhythm": "pages/followup/rhythm.py",
}


def draw(board: Board, view: View, page: str) -> None:
    """The headline, its sentences, and section by section the same; then follow a click."""
    st.header(plain(board.headline.rstrip("。.")), anchor=False)  # a heading has no full stop
    receipt(NOTE)
    receipt(BOOK)
    st.markdown("  \n".join(map(plain, board.sentences)))
    target = None
    for place, section in enumerate(board.sections):
        if not (section.cards or section.sentences):
            continue
        st.subheader(plain(section.title), anchor=False)
        if section.sentences:
            st.markdown("  \n".join(map(plain, section.sentences)))
        if section.cards:
            clicked = chart_host(section.laid, key=f"{page}-{place}", notes=True)
            target = target or clicked
        if section.note:
            st.caption(plain(section.note))
    if target and target.startswith("note:"):
        wanted = target.removeprefix("note:")
        cards = [card for section in board.sections for card in section.cards]
        notes_dialog(next(card for card in cards if card.code == wanted), view)
    elif target:
        follow(target, view)


def follow(target: str, view: View) -> None:
    """Open the page a target names: community:<code>, domain:<code>, satisfaction:<period>,
    page:<name>, coverage:<query>, and a query each for records, feedback, inspections, rhythm."""
    kind, _, rest = target.partition(":")
    if kind == "page":
        st.switch_page(_PAGES[rest], query_params=query_of(view))
    if kind == "coverage":
        query = query_of(view, domain="") | dict(parse_qsl(rest))
        st.switch_page(_PAGES[kind], query_params=query)
    if kind in ("records", "feedback", "inspections", "rhythm"):
        # What is counted here is counted there, whatever is usual and whether a target says it.
        counted = {name: value for name, value in query_of(view).items() if name == "approved"}
        st.switch_page(_PAGES[kind], query_params=counted | dict(parse_qsl(rest)))
    change = {
        "community": {"communities": rest, "domain": ""},
        "domain": {"domain": rest},
        "satisfaction": {"period": rest},
    }[kind]
    st.switch_page(_PAGES[kind], query_params=query_of(view, **change))

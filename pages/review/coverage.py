"""覆盖: how much of a population group was reached, by round and community."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.board import draw
from pages.shared.data import fetch
from pages.shared.filters import choose_one, sidebar_view
from services.boards import coverage as boards
from services.i18n import _

guard("see")
view = sidebar_view()
place = st.container()
measures = fetch(boards.choices, view)
with place:
    left, right = st.columns(2)
with left:
    first = next(iter(measures.values()), _("（无）"))
    others = dict(list(measures.items())[1:])
    measure = choose_one("measure", _("覆盖什么"), first, others)
rounds = fetch(boards.rounds_to_choose, view, measure)
number = ""
if len(rounds) > 1:
    with right:
        newest = next(iter(rounds.values()))
        number = choose_one("round", _("轮次"), newest, dict(list(rounds.items())[1:]))
draw(fetch(boards.board, view, measure, int(number or 0)), view, "coverage")

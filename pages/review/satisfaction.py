"""满意度"""

import streamlit as st

from pages.shared.access import guard
from pages.shared.board import draw
from pages.shared.data import fetch
from pages.shared.filters import choose_one, sidebar_view
from services.boards import satisfaction
from services.i18n import _
from services.satisfaction import UNWEIGHTED, WEIGHTED

guard("see")
view = sidebar_view()
basis = WEIGHTED
if fetch(satisfaction.has_weights, view):
    with st.sidebar:
        basis = choose_one("basis", _("计算方式"), _("加权"), {UNWEIGHTED: _("不加权")}) or WEIGHTED
draw(fetch(satisfaction.board, view, basis), view, "satisfaction")

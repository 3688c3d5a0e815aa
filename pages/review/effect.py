"""成效"""

import streamlit as st

from pages.shared.access import guard
from pages.shared.board import draw
from pages.shared.data import fetch
from pages.shared.filters import choose_one, sidebar_view
from services.boards import effect
from services.catalogue import catalogue
from services.i18n import _

guard("see")
view = sidebar_view("domain")
lists = fetch(catalogue)
with st.sidebar:
    kind = choose_one(
        "type",
        _("活动类型"),
        _("全部类型"),
        {kind.code: kind.label for kind in lists.types if kind.domain == view.filters.domain},
    )
draw(fetch(effect.board, view, view.filters.domain, kind), view, "effect")

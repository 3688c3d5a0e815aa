"""督查: what inspections found, photos before and after, and what is still to be put right."""

from functools import partial

import streamlit as st

from pages.shared.access import guard, today
from pages.shared.board import draw
from pages.shared.data import ask, fetch
from pages.shared.filters import choose_one, sidebar_view
from pages.shared.inspections.form import new_inspection
from pages.shared.inspections.list import all_chosen
from pages.shared.inspections.one import one_inspection
from services import inspections
from services.boards import inspections as boards
from services.i18n import _
from services.permissions import may

_WIDE = 860  # pixels: room for photos before beside those after
user = guard("see")
if "inspection" in st.query_params:
    with st.container(width=_WIDE):
        wanted = st.query_params["inspection"]
        one_inspection(ask(inspections.inspection, wanted, today()), user)
else:
    view = sidebar_view()
    parts = {"figures": _("统计")}
    if may(user, "record_inspection"):
        parts["new"] = _("登记")
    part = choose_one(
        "part",
        _("内容"),
        _("清单"),
        parts,
        partial(st.segmented_control, required=True, label_visibility="collapsed"),
    )
    if part == "figures":
        draw(fetch(boards.board, view), view, "inspections")
    elif part == "new" and may(user, "record_inspection"):
        new_inspection(user)
    else:
        all_chosen(view, user)

"""民声: what residents and parents said, what became of it, and how the office does in it."""

from functools import partial

import streamlit as st

from pages.shared.access import guard, today
from pages.shared.board import draw
from pages.shared.data import ask, fetch, settings
from pages.shared.feedback.form import new_voice
from pages.shared.feedback.list import all_chosen, to_do
from pages.shared.feedback.one import one_voice
from pages.shared.feedback.workbook import as_workbook
from pages.shared.fields import WIDTH
from pages.shared.filters import choose_one, sidebar_view
from services.boards import feedback as boards
from services.feedback import voice
from services.i18n import _
from services.permissions import may

user = guard("see_feedback")
if "voice" in st.query_params:
    with st.container(width=WIDTH):
        one_voice(ask(voice, st.query_params["voice"], user, today()), user)
else:
    view = sidebar_view()
    parts = {"figures": _("统计")} | ({"new": _("登记")} if may(user, "enter_feedback") else {})
    part = choose_one(
        "part",
        _("内容"),
        _("清单"),
        parts,
        partial(st.segmented_control, required=True, label_visibility="collapsed"),
    )
    if part == "figures":
        draw(fetch(boards.board, view, user, settings().feedback), view, "feedback")
    elif part == "new":
        with st.container(width=WIDTH):
            new_voice(user)
            as_workbook(view, user)
    else:
        to_do(user)
        all_chosen(view, user)

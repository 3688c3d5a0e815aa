"""工作节律: what is to happen when, and what of it was held; plans, and each of their occasions."""

from functools import partial

import streamlit as st

from pages.shared.access import guard
from pages.shared.data import fetch
from pages.shared.fields import WIDTH
from pages.shared.filters import choose_one, sidebar_view
from pages.shared.forms import receipt
from pages.shared.rhythm.board import all_plans, figures, month_board
from pages.shared.rhythm.occasion import one_occasion
from pages.shared.rhythm.plan import new_plan, one_plan
from services.catalogue import catalogue
from services.i18n import _

user = guard("see")
if "occasion" in st.query_params:
    with st.container(width=WIDTH):
        one_occasion(st.query_params["occasion"], user)
elif "plan" in st.query_params:
    with st.container(width=WIDTH):
        if st.query_params["plan"] == "new":
            new_plan(user)
        else:
            one_plan(st.query_params["plan"], user)
else:
    view = sidebar_view()
    domain = view.filters.domain
    with st.sidebar:
        kind = choose_one(
            "type",
            _("活动类型"),
            _("全部类型"),
            {
                kind.code: kind.label
                for kind in fetch(catalogue).types
                if domain in (None, kind.domain)
            },
        )
    part = choose_one(
        "part",
        _("工作节律"),
        _("月历"),
        {"figures": _("完成情况"), "plans": _("计划安排")},
        partial(st.segmented_control, label_visibility="collapsed"),
    )
    receipt("plan")
    if part == "figures":
        figures(view, kind)
    elif part == "plans":
        all_plans(view, kind, user)
    else:
        month_board(view, kind, user)

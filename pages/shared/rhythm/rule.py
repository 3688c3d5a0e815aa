"""The fields of a plan's rule: how often, and then which day, in a person's words."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.forms import retold
from pages.shared.text import plain
from services import schedule
from services.i18n import _
from services.schedule import LAST, Rule


def rule_fields(token: str, beside: dict[str, DeltaGenerator], start: Rule | None) -> Rule:
    """What is chosen now; which day may still be missing. Weekly on Wednesday to begin with."""
    start = start or Rule("weekly", (3,))
    kinds = schedule.kind_labels()
    kind = st.selectbox(
        _("多久一次"),
        list(kinds),
        format_func=kinds.__getitem__,
        index=list(kinds).index(start.kind),
        key=retold(f"{token}-kind"),
    )
    draw = {
        "weekly": _weekly,
        "month_day": _month_day,
        "month_workday": _month_workday,
        "month_weekday": _month_weekday,
        "festival": _festival,
    }.get(kind)
    rule = draw(token, start) if draw else Rule(kind)
    beside["rule"] = st.empty()
    return rule


def _weekly(token: str, start: Rule) -> Rule:
    labels = schedule.weekday_labels()
    weekdays = st.pills(
        _("周几"),
        list(labels),
        format_func=labels.__getitem__,
        selection_mode="multi",
        default=list(start.weekdays) or None,
        key=retold(f"{token}-weekdays"),
    )
    often = schedule.every_labels()
    every = st.segmented_control(
        _("隔几周"),
        list(often),
        format_func=often.__getitem__,
        default=start.every if start.every in often else 1,
        required=True,
        key=retold(f"{token}-every"),
    )
    return Rule("weekly", tuple(sorted(weekdays)), every or 1)


def _month_day(token: str, start: Rule) -> Rule:
    labels = schedule.nth_labels("month_day")
    nth = st.selectbox(
        _("哪一天"),
        list(labels),
        format_func=labels.__getitem__,
        index=list(labels).index(start.nth) if start.kind == "month_day" else len(labels) - 1,
        key=retold(f"{token}-day"),
    )
    return Rule("month_day", nth=nth)


def _month_workday(token: str, start: Rule) -> Rule:
    labels = schedule.nth_labels("month_workday")
    nth = st.segmented_control(
        _("哪一天"),
        list(labels),
        format_func=labels.__getitem__,
        default=start.nth if start.kind == "month_workday" else LAST,
        required=True,
        key=retold(f"{token}-workday"),
    )
    return Rule("month_workday", nth=nth or LAST)


def _month_weekday(token: str, start: Rule) -> Rule:
    turns = schedule.nth_labels("month_weekday")
    own = start.kind == "month_weekday"
    nth = st.segmented_control(
        _("第几个"),
        list(turns),
        format_func=turns.__getitem__,
        default=start.nth if own else 1,
        required=True,
        key=retold(f"{token}-nth"),
    )
    labels = schedule.weekday_labels()
    weekday = st.segmented_control(
        _("周几"),
        list(labels),
        format_func=labels.__getitem__,
        default=start.weekdays[0] if own else 3,
        required=True,
        key=retold(f"{token}-weekday"),
    )
    return Rule("month_weekday", (weekday or 3,), nth=nth or 1)


def _festival(token: str, start: Rule) -> Rule:
    labels = schedule.festival_labels()
    chosen = st.pills(
        _("节日"),
        list(labels),
        format_func=lambda code: plain(labels[code]),
        selection_mode="multi",
        default=list(start.festivals) or None,
        key=retold(f"{token}-festivals"),
    )
    before = st.number_input(
        _("提前几天开始"),
        0,
        schedule.MOST_DAYS,
        start.before,
        key=f"{token}-before",
        help=_(
            "节前就要开展的活动：例如提前 3 天、宽限 3 天，从节前第三天到节日当天开展都算按时。"
        ),
    )
    return Rule("festival", festivals=tuple(sorted(chosen)), before=int(before))

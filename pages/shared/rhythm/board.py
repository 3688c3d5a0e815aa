"""The parts of 工作节律: the month as a calendar, the figures, and the list of plans."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.shared.assets import asset_url
from pages.shared.board import draw
from pages.shared.data import ask, fetch
from pages.shared.downloads import CSV, report_name, spoken
from pages.shared.filters import choose_one
from pages.shared.text import plain
from pages.shared.workbook.lists import change_list
from services import schedule, workbook
from services.boards import calendar, rhythm
from services.boards.board import counted_label
from services.boards.calendar import Month
from services.i18n import _
from services.periods import Period, day_label
from services.permissions import CurrentUser, may
from services.schedule import PlanLine
from services.views import View

AHEAD = 3  # months to come that the calendar shows

_component = st.components.v2.component(
    "minyi_rhythm",
    js=f"""
    const board = import(new URL("{asset_url("rhythm.js")}", location.origin));
    export default async (component) => (await board).default(component);
    """,
    isolate_styles=False,
)


def month_board(view: View, kind: str, user: CurrentUser) -> None:
    """The calendar of one month; a click on a mark opens its occasion."""
    head = st.container()
    month = _choose_month(view)
    found: Month = fetch(calendar.calendar, view, month.first_day, kind, user.community)
    with head:
        st.header(plain(found.headline), anchor=False)
    if not found.rows:
        _no_plans(user)
        return
    clicked = _component(
        data=_payload(found), key=f"rhythm-{month.code}", on_occasion_change=lambda: None
    ).occasion
    for said in filter(None, (found.note, counted_label(view.counted))):
        st.caption(plain(said))
    st.caption(_("点击一格，看计划了什么、由哪条记录完成，也可以填报、改期或取消。"))
    if isinstance(clicked, str):
        st.query_params["occasion"] = clicked
        st.rerun()


def figures(view: View, kind: str) -> None:
    """Timeliness and completeness, and all occasions as a file."""
    draw(fetch(rhythm.board, view, kind), view, "rhythm")
    st.download_button(
        _("下载全部计划和完成情况（CSV）"),
        spoken(lambda: ask(rhythm.export, view, kind)),
        mime=CSV,
        file_name=report_name(
            _("工作节律_{period}").format(period=view.filters.period.code), "csv"
        ),
    )


def all_plans(view: View, kind: str, user: CurrentUser) -> None:
    """Those in force; void and ended ones folded away."""
    st.header(_("计划安排"), anchor=False)
    if may(user, "plan_activity"):
        st.button(
            _("登记计划"), type="primary", icon=":material/add:", on_click=open_plan, args=("new",)
        )
    lines: tuple[PlanLine, ...] = fetch(schedule.book, schedule.chosen_of(view, kind), view.today)
    live = [one for one in lines if not one.void_reason and not one.ended]
    if not live:
        st.info(_("所选范围内没有进行中的计划。"), icon=":material/info:")
    _cards(live)
    for label, some in (
        (_("已结束"), [one for one in lines if one.ended and not one.void_reason]),
        (_("已作废"), [one for one in lines if one.void_reason]),
    ):
        if some:
            with st.expander(label):
                _cards(some)
    if may(user, "plan_activity"):
        change_list("plans", user, lambda: ask(workbook.plans_book, view, kind, user))
        change_list("occasions", user, title=_("用表格取消和改期"))


def open_plan(number: str) -> None:
    st.query_params["plan"] = number


def _cards(lines: list[PlanLine]) -> None:
    """What is planned alike stands once, with a button a community."""
    alike: dict[tuple[str, ...], list[PlanLine]] = {}
    for one in lines:
        alike.setdefault((one.title, one.rule, one.days, one.void_reason), []).append(one)
    for (title, *parts), some in alike.items():
        with st.container(border=True, gap="xsmall", key=f"card-{some[0].number}"):
            st.markdown(f"**{plain(title)}**")
            st.caption(plain(" · ".join(filter(None, parts))))
            with st.container(horizontal=True, gap="xsmall"):
                for one in some:
                    st.button(
                        plain(one.place),
                        key=f"plan-{one.number}",
                        help=one.number,
                        on_click=open_plan,
                        args=(one.number,),
                    )


def _choose_month(view: View) -> Period:
    """The month before, one of all, the month after."""
    months: tuple[Period, ...] = fetch(calendar.months, view, AHEAD)
    labels = {month.code: month.label for month in months}
    this = Period(view.today.replace(day=1), "month")
    with st.container(horizontal=True, vertical_alignment="bottom", width=440):
        back = st.container(width=56)
        rest = {code: label for code, label in labels.items() if code != this.code}
        chosen = choose_one("month", _("月份"), this.label, rest) or this.code
        forth = st.container(width=56)
    place = list(labels).index(chosen)
    for where, step, icon, hint in (
        (back, 1, ":material/chevron_left:", _("上一个月")),
        (forth, -1, ":material/chevron_right:", _("下一个月")),
    ):
        there = place + step
        where.button(
            "",
            key=f"month-{step}",
            icon=icon,
            help=hint,
            disabled=not 0 <= there < len(months),
            on_click=_open_month,
            args=(months[there].code if 0 <= there < len(months) else "", this.code),
        )
    return months[place]


def _open_month(code: str, this: str) -> None:
    if code != this:
        st.query_params["month"] = code
    elif "month" in st.query_params:
        del st.query_params["month"]


def _no_plans(user: CurrentUser) -> None:
    st.info(_("这个月在所选范围内没有计划。请放宽左侧的范围，或登记计划。"), icon=":material/info:")
    if may(user, "plan_activity"):
        st.button(
            _("登记计划"), type="primary", icon=":material/add:", on_click=open_plan, args=("new",)
        )


def _payload(found: Month) -> dict[str, Any]:
    """The month as the browser's code reads it."""
    marks, words = calendar.state_marks(), schedule.state_labels()
    short = {"": "", _("放假"): _("休"), _("调休上班"): _("班")}
    return {
        "style": asset_url("rhythm.css"),
        "labels": {"community": _("社区"), "today": _("今天")},
        "states": [
            {
                "state": state,
                "mark": marks[state],
                "word": words[state],
                "count": getattr(found.tally, state),
            }
            for state in marks
        ],
        "days": [
            {
                "day": day.day.isoformat(),
                "label": day.label,
                "long_label": day_label(day.day),
                "weekday": day.weekday,
                "note": short[day.note],
                "long": day.note,
                "off": day.off,
                "today": day.today,
            }
            for day in found.days
        ],
        "rows": [
            {
                "name": row.name,
                "own": row.own,
                "marks": [vars(mark) | {"day": mark.day.isoformat()} for mark in row.marks],
            }
            for row in found.rows
        ],
    }

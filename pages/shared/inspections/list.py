"""Inspections as a list: cards with their verdict, what was found and the first photos."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.data import ask, fetch
from pages.shared.downloads import report_name, spoken
from pages.shared.filters import choose_one, query_of
from pages.shared.inspections.photos import gallery
from pages.shared.paging import offset_of
from pages.shared.text import plain
from pages.shared.workbook.lists import change_list
from services import inspections, workbook
from services.activities import records
from services.catalogue import catalogue
from services.formats import number
from services.i18n import _, _n
from services.inspections import Chosen, Row
from services.permissions import CurrentUser, may
from services.views import View

_COLOURS = {"qualified": "blue", "rectify": "orange", "unqualified": "red"}
_START = 90  # characters of the findings in a list


def all_chosen(view: View, user: CurrentUser) -> None:
    """The inspections of the view, narrowed by verdict and state, page by page; as files."""
    heading = st.container()
    chosen = _chosen()
    place = st.container()
    total = fetch(inspections.listing, view, chosen, 0, 1).total
    offset = offset_of(total, inspections.PAGE, f"inspections-{view}-{chosen}")
    title = _n("{period}：督查 {count} 次", total).format(
        period=view.filters.period.label, count=number(total)
    )
    heading.header(plain(title), anchor=False)
    with place:
        if not total:
            st.info(
                _("所选范围内没有督查，请放宽时间、社区、领域、结论或状态。"),
                icon=":material/info:",
            )
        page = fetch(inspections.listing, view, chosen, offset)
        cards(page.rows)
    if total:
        _downloads(view, chosen)
    _counted_as_activities(view)
    if may(user, "record_inspection"):
        change_list(
            "inspections",
            user,
            lambda: ask(workbook.inspections_book, view, chosen, user),
            _("督查_{period}").format(period=view.filters.period.code),
        )


def _counted_as_activities(view: View) -> None:
    """The way to activities of the type 督查, which is counted like any other."""
    kind = inspections.ACTIVITY_TYPE
    counted = fetch(records.records, view, kind, "", 0, 1).total
    if counted:
        st.page_link(
            "pages/review/records.py",
            label=_("另有 {count} 条“{type}”活动记录").format(
                count=number(counted), type=plain(fetch(catalogue).type(kind).label)
            ),
            query_params=query_of(view, type=kind),
            icon=":material/list:",
        )


def cards(rows: Sequence[Row]) -> None:
    """Beside one another where there is room."""
    with st.container(key="cards-inspections"):
        for row in rows:
            with st.container(border=True, gap="small"):
                card(row)


def card(row: Row) -> None:
    """Its number opens it; what there is to say of it at a glance."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.page_link(
            "pages/followup/inspections.py",
            label=f"**{row.number}**",
            query_params={"inspection": row.number},
            icon=":material/arrow_forward:",
        )
        st.markdown(badges(row), width="content")
    due = _("期限：{day}").format(day=row.due) if row.due and not row.later else ""
    parts = (row.day, row.community, row.domain, row.activity, row.inspector, due)
    st.caption(plain(" · ".join(filter(None, parts))))
    if row.findings:
        start = " ".join(row.findings.split())
        st.text(start if len(start) <= _START else f"{start[:_START]}……")
    gallery(row.photos, strip=True)


def badges(row: Row) -> str:
    """The verdict, and where it stands if there is something to be put right."""
    found = f":{_COLOURS[row.verdict]}-badge[{row.verdict_label}]"
    if row.state == row.verdict_label:
        return found
    return f"{found} :{'red' if row.late else 'gray'}-badge[{row.state}]"


def _chosen() -> Chosen:
    verdicts = {code: inspections.verdict_label(code) for code in inspections.VERDICTS}
    states = {code: inspections.state_label(code) for code in inspections.STATES}
    left, right = st.columns(2)
    with left:
        verdict = choose_one("verdict", _("结论"), _("全部结论"), verdicts)
    with right:
        state = choose_one("state", _("状态"), _("全部状态"), states)
    return Chosen(verdict, state)


def _downloads(view: View, chosen: Chosen) -> None:
    """All of them as a file, made when it is asked for."""
    with st.container(horizontal=True):
        for kind, label in (("xlsx", _("下载全部督查（XLSX）")), ("csv", _("下载全部督查（CSV）"))):
            st.download_button(
                label,
                spoken(lambda kind=kind: ask(inspections.export, view, chosen, kind)),
                file_name=report_name(
                    _("督查_{period}").format(period=view.filters.period.code), kind
                ),
                key=f"download-{kind}",
            )

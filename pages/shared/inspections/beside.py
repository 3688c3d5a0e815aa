"""Inspections where they belong: beside an activity, and on the page of a community."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import today
from pages.shared.data import ask, fetch
from pages.shared.inspections.list import cards
from pages.shared.text import plain
from services import inspections
from services.activities import Record
from services.catalogue import ActivityType
from services.formats import number
from services.i18n import _
from services.permissions import CurrentUser, may

_LATEST = 4
_PAGE = "pages/followup/inspections.py"


def beside_activity(record: Record, user: CurrentUser) -> None:
    """What inspections of an activity's result found, and the way to record one; of an activity
    that is itself an inspection: what it found."""
    found = ask(inspections.of_activity, record.number, today())
    itself = record.entry.type_code == inspections.ACTIVITY_TYPE
    if found.rows:
        title = _("这次督查的结论") if itself else _("对这次活动的督查")
        st.subheader(title, anchor=False)
        cards(found.rows)
    if may(user, "record_inspection") and not record.void:
        st.page_link(
            _PAGE,
            label=_("登记这次督查的结论和照片") if itself else _("对这次活动督查"),
            query_params={"part": "new", "activity": record.number},
            icon=":material/fact_check:",
        )


def where_it_is_recorded(kind: ActivityType, user: CurrentUser) -> None:
    """Before an activity of the type 督查 is entered: its verdict and photos belong elsewhere."""
    if kind.code != inspections.ACTIVITY_TYPE:
        return
    if may(user, "record_inspection"):
        st.info(
            _("结论、照片和整改期限在“督查”登记，并在那里复查。这里只计次数。"),
            icon=":material/fact_check:",
        )
        st.page_link(
            _PAGE,
            label=_("登记督查"),
            query_params={"part": "new"},
            icon=":material/arrow_forward:",
        )
    else:
        st.info(
            _("结论、照片和整改期限由街道在“督查”登记。这里只计次数。"),
            icon=":material/fact_check:",
        )


def of_community(community: str, user: CurrentUser) -> None:
    """The last inspections of a community, whenever they were, and how many stand open."""
    found = fetch(inspections.latest, community, today(), _LATEST)
    left = fetch(inspections.to_put_right, today(), community)
    if not found.rows and not may(user, "record_inspection"):
        return
    st.subheader(
        plain(_("最近的督查（待复查 {open} 件）").format(open=number(len(left)))), anchor=False
    )
    if not found.rows:
        st.caption(_("还没有督查过这个社区。"))
    cards(found.rows)
    with st.container(horizontal=True):
        if found.total > len(found.rows):
            st.page_link(
                _PAGE,
                label=_("全部 {count} 次督查").format(count=number(found.total)),
                query_params={"communities": community, "period": "2000-01-01~"},
                icon=":material/list:",
            )
        if may(user, "record_inspection"):
            st.page_link(
                _PAGE,
                label=_("登记督查"),
                query_params={"part": "new", "communities": community},
                icon=":material/fact_check:",
            )

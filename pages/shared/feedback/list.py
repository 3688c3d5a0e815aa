"""Voices as a list: what waits for the person, and all that the filters choose."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.shared.access import today
from pages.shared.data import fetch
from pages.shared.feedback.workbook import as_workbook
from pages.shared.filters import choose_one
from pages.shared.paging import offset_of, opener
from pages.shared.text import plain
from services import feedback
from services.formats import number
from services.i18n import _, _n
from services.periods import day_label
from services.permissions import CurrentUser, may
from services.views import View


def to_do(user: CurrentUser) -> None:
    """What lies with the person, whenever it came; nothing where there is nothing."""
    waiting = fetch(feedback.mine, user, today())
    if waiting.total:
        title = _("待我办理（{count} 件）").format(count=number(waiting.total))
        with st.expander(plain(title), icon=":material/assignment_ind:"):
            _rows(waiting.rows, "mine")


def all_chosen(view: View, user: CurrentUser) -> None:
    """The voices of the view, narrowed by state, topic, channel and school, page by page."""
    heading, filters = st.container(), st.container()
    with filters:
        chosen = _chosen(view)
    place = st.container()
    total = fetch(feedback.listing, view, user, chosen).total
    offset = offset_of(total, feedback.PAGE, f"voices-{view}-{chosen}")
    title = _n("{period}：民声 {count} 件", total).format(
        period=view.filters.period.label, count=number(total)
    )
    heading.header(plain(title), anchor=False)
    with heading:
        _older(view, user)
    with place:
        if not total:
            st.info(
                _("所选范围内没有民声。请放宽时间、社区、领域或状态；新收到的，在“登记”里登记。")
                if may(user, "enter_feedback")
                else _("所选范围内没有民声，请放宽时间、社区、领域或状态。"),
                icon=":material/info:",
            )
        page = fetch(feedback.listing, view, user, chosen, offset)
        _rows(page.rows, "list")
    as_workbook(view, user, chosen)


def _older(view: View, user: CurrentUser) -> None:
    """What the period leaves out though it is not done yet, and the way there."""
    left = fetch(feedback.older, view, user)
    if left:
        st.button(
            _n("更早收到的还有 {count} 件没有办结", left.count).format(count=number(left.count)),
            key="older",
            type="tertiary",
            icon=":material/history:",
            on_click=_show_since,
            args=(left.first,),
        )


def _show_since(first: date) -> None:
    st.query_params["state"] = "open"
    st.query_params["period"] = f"{first}~"


def _chosen(view: View) -> feedback.Chosen:
    known = fetch(feedback.lists)
    domain = view.filters.domain
    states = {"open": _("未办结"), feedback.LATE: _("超期未办结")} | {
        state: feedback.state_label(state) for state in feedback.STATES
    }
    topics = {one.code: one.label for one in known.topics if domain in (None, one.domain)}
    channels = {one.code: one.label for one in known.channels}
    schools = {school: school for school in known.schools}
    state = choose_one("state", _("状态"), _("全部状态"), states)
    narrowed = any(name in st.query_params for name in ("topic", "channel", "school"))
    with st.expander(_("更多条件"), expanded=narrowed, icon=":material/filter_list:"):
        topic = choose_one("topic", _("反映的问题"), _("全部问题"), topics)
        channel = choose_one("channel", _("来源渠道"), _("全部渠道"), channels)
        school = choose_one("school", _("学校"), _("全部学校"), schools)
    return feedback.Chosen(state, topic, channel, school)


def _rows(rows: tuple[feedback.Row, ...], name: str) -> None:
    """A card each, beside one another where there is room."""
    with st.container(key=f"cards-{name}"):
        for row in rows:
            with st.container(gap="xsmall", border=True):
                _card(row, name)


def _card(row: feedback.Row, name: str) -> None:
    """Its number and topic open it, below stands what it says."""
    parts = [row.day, row.community, row.state, row.owner]
    if row.due:
        parts.append(_("期限：{day}").format(day=day_label(date.fromisoformat(row.due))))
    label = f"{row.number} {plain(row.topic)}"
    opener(label, f"{name}-{row.number}", open_voice, row.number)
    late = f":orange-badge[{_('超期')}] " if row.late else ""
    st.caption(late + plain(" · ".join(filter(None, parts))))
    st.text(row.start)


def open_voice(record: str) -> None:
    st.query_params["voice"] = record

"""A record after it was entered: its receipt, its text, its history, and links to it."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from pages.shared.access import now
from pages.shared.data import ask, fetch, submit
from pages.shared.entry.remarks import said
from pages.shared.forms import receipt, refused, say
from pages.shared.masked import show_numbers
from pages.shared.paging import opener
from pages.shared.text import clock, labelled, plain
from services import activities
from services.activities import Record
from services.activities.records import RecordPage, RecordRow
from services.formats import number
from services.i18n import _
from services.office import office_state
from services.permissions import CurrentUser

_MINE = "pages/entry/mine.py"


def receipt_with_undo(form: str, user: CurrentUser) -> None:
    """What was saved last, from the database: it is there after a lost connection, too."""
    receipt(form)
    last = ask(activities.just_saved, user, now())
    if last is None:
        return
    with st.container(border=True, key="receipt"):
        st.success(
            _("已保存，编号 {number}（{time}）").format(
                number=last.number, time=clock(last.at)[-5:]
            ),
            icon=":material/check_circle:",
        )
        record_link(last.number, _("查看和更正"))
        if st.button(_("撤销"), key=f"undo-{last.number}", width="stretch"):
            with refused():
                submit(activities.undo, last.number, user, now())
                say(form, _("已撤销 {number}，不再计入。").format(number=last.number))


def record_link(record: str, label: str) -> None:
    st.page_link(
        _MINE,
        label=label,
        query_params={"record": record},
        width="stretch",
        icon=":material/open_in_new:",
    )


def record_list(page: RecordPage, to_follow_up: Collection[str] = ()) -> None:
    """A card a record: its number and type open it. to_follow_up: numbers that are marked so."""
    with st.container(key="cards-records"):
        for row in page.rows:
            _card(row, row.number in to_follow_up)


def _card(row: RecordRow, to_follow_up: bool) -> None:
    parts = [row.days, " ".join(row.communities)]
    if row.participants is not None:
        parts.append(_("{count} 人").format(count=number(row.participants)))
    if row.void or row.review != activities.APPROVED:
        parts.append(row.state)
    if to_follow_up:
        parts.append(_("待跟进"))
    with st.container(gap="xsmall", border=True):
        label = f"{row.number} {plain(row.type_label)}"
        opener(label, f"open-{row.number}", _open, row.number)
        st.caption(plain(" · ".join(parts)))


def nothing_there(chosen: activities.Mine) -> None:
    """In place of an empty list: what to do next."""
    if chosen != activities.Mine():
        st.info(_("没有这样的记录，请改选活动类型或状态。"), icon=":material/info:")
        return
    st.info(_("还没有记录。点“填报活动”开始。"), icon=":material/info:")
    st.page_link("pages/entry/activity.py", label=_("填报活动"), icon=":material/edit_square:")


def _open(record: str) -> None:
    st.query_params["record"] = record


def record_text(record: Record, user: CurrentUser, *, whole: bool) -> None:
    """What a record states. It is text from people: nothing in it is markup.

    whole: the person may see hidden numbers; that they looked is logged.
    """
    _standing(record)
    labelled(record.lines)
    said(record)
    st.caption(
        plain(
            _("{name} 填报于 {time}").format(name=record.entered_by, time=clock(record.entered_at))
        )
    )
    if whole and record.hides_numbers:
        show_numbers(activities.reveal, record.number, user)


def _standing(record: Record) -> None:
    """Void or returned, each with its reason; else where it stands in the approval."""
    if record.void:
        st.warning(
            plain(_("已作废：{reason}").format(reason=record.void_reason)), icon=":material/block:"
        )
    elif record.review == activities.RETURNED:
        st.warning(
            plain(_("已退回：{reason} 更正并保存后重新提交。").format(reason=record.return_reason)),
            icon=":material/assignment_return:",
        )
    elif fetch(office_state).approval:
        waits = record.review == activities.SUBMITTED
        icon = ":material/hourglass_empty:" if waits else ":material/verified:"
        st.badge(
            activities.review_label(record.review), icon=icon, color="gray" if waits else "blue"
        )


def history_of(record: str) -> None:
    """Who did what to it, when, and from what to what."""
    with st.expander(_("变更记录"), icon=":material/history:"):
        for line in ask(activities.history, record):
            st.text(f"{clock(line.at)} {line.who} {line.action}")
            for change in line.differences:
                st.text(
                    _("{field}：{before} → {after}").format(
                        field=change.label, before=change.before, after=change.after
                    )
                )
            if line.reason:
                st.text(_("原因：{reason}").format(reason=line.reason))

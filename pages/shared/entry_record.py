"""A record after it was entered: its receipt, its text, its history, and what may be done to it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import streamlit as st

from pages.shared.access import now
from pages.shared.data import ask, fetch, submit
from pages.shared.forms import receipt, refused, say
from services import activities
from services.activities import Entry, Typed
from services.i18n import _
from services.permissions import CurrentUser

_CHINA = timezone(timedelta(hours=8))


def receipt_with_undo(form: str, user: CurrentUser) -> None:
    """What was saved last, from the database: it is there after a lost connection, too."""
    receipt(form)
    last = ask(activities.just_saved, user, now())
    if last is None:
        return
    with st.container(border=True, key="receipt"):
        st.success(
            _("已保存,编号 {number}({time})").format(number=last.number, time=clock(last.at)),
            icon=":material/check_circle:",
        )
        record_link(last.number, _("查看和更正"))
        if st.button(_("撤销"), key=f"undo-{last.number}", width="stretch"):
            with refused():
                submit(activities.undo, last.number, user, now())
                say(form, _("已撤销 {number},不再计入。").format(number=last.number))


def ask_about_duplicates(typed: Typed, number: str = "") -> None:
    """Ask, before it is saved, whether this is a record that is there already."""
    if not (typed.host and typed.first_day and typed.last_day):
        return
    bare = Entry(typed.type_code, typed.first_day, typed.last_day, typed.host)
    found = fetch(activities.possible_duplicate, bare, number)
    if found:
        st.warning(
            _("这几天已有同类记录。如果是另一场活动,请照常保存;如果是同一场,请打开已有的记录。"),
            icon=":material/content_copy:",
        )
        for other in found[:3]:
            record_link(other, _("打开 {number}").format(number=other))


def record_link(number: str, label: str) -> None:
    st.page_link(
        "pages/entry/mine.py",
        label=label,
        query_params={"record": number},
        icon=":material/open_in_new:",
    )


def clock(at: datetime) -> str:
    """A moment on the office's clock."""
    return f"{at.astimezone(_CHINA):%Y-%m-%d %H:%M}"

"""The administrator's parts about the change log: what to look for, the lines, the file."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import clock_time, today
from pages.shared.data import ask
from pages.shared.downloads import CSV, report_name, spoken
from pages.shared.filters import choose_one
from pages.shared.history import details
from pages.shared.text import clock
from services.admin import people
from services.formats import number
from services.i18n import _, _n
from services.log import changes
from services.log.changes import Asked
from services.log.fields import kind_labels
from services.log.wording import Line
from services.permissions import CurrentUser


def search(user: CurrentUser) -> Asked:
    """Who, when, what, which number, which words."""
    named = {
        str(one.id): _("{name}（{username}）").format(name=one.facts.name, username=one.username)
        for one in ask(people.people, user, clock_time())
    }
    with st.container(border=True, key="card-asked"):
        left, right = st.columns(2)
        with left:
            everybody = named | {str(changes.PROGRAM): _("程序和命令行")}
            who = choose_one("who", _("操作人"), _("所有人"), everybody)
        with right:
            kind = choose_one("kind", _("对象"), _("所有对象"), kind_labels())
        left, right = st.columns(2)  # a row at a time: a phone shows the left column first
        first = left.date_input(_("从"), None, key="log-first", format="YYYY-MM-DD")
        last = right.date_input(_("到（含当天）"), None, key="log-last", format="YYYY-MM-DD")
        left, right = st.columns(2)
        key = left.text_input(
            _("编号"), key="log-number", placeholder="A000123", autocomplete="off"
        )
        words = right.text_input(_("原因中的文字"), key="log-words", autocomplete="off")
    return Asked(int(who) if who else None, first, last, kind, key, words)


def lines(found: tuple[Line, ...]) -> None:
    """Text from people: nothing in it is markup."""
    for place, line in enumerate(found):
        with st.container(gap="xsmall", border=True, key=f"card-{place}"):
            kind = "" if line.kind == line.action else f"{line.kind} "
            st.text(f"{line.action} · {kind}{_called(line)}")
            st.caption(f"{clock(line.at)} {line.who}")
            details(line)


def _called(line: Line) -> str:
    """By name where there is one, with the number by which it is searched for."""
    if not line.name:
        return line.number
    return _("{name}（{username}）").format(name=line.name, username=line.number)


def how_many(total: int) -> None:
    if total > changes.COUNTED:
        st.caption(
            _("超过 {count} 条，只能翻看最新的部分，请缩小范围。").format(
                count=number(changes.COUNTED)
            )
        )
    elif total:
        st.caption(_n("共 {count} 条，新的在前。", total).format(count=number(total)))
    else:
        st.info(_("没有符合条件的操作，请放宽条件。"), icon=":material/info:")


def download(asked: Asked, user: CurrentUser) -> None:
    """What was found as CSV, made when it is asked for."""
    st.download_button(
        _("下载（CSV，最多 {count} 条）").format(count=number(changes.EXPORTED)),
        spoken(lambda: ask(changes.export, user, asked)),
        mime=CSV,
        file_name=report_name(_("操作日志_{day}").format(day=today().isoformat()), "csv"),
    )

"""The files taken over last, each to be taken back while nobody has changed what it did."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import now, today
from pages.shared.data import fetch, submit
from pages.shared.forms import refused, say
from pages.shared.text import clock, plain
from pages.shared.workbook.steps import counts_of, form_of
from services import workbook
from services.formats import number, running
from services.i18n import _
from services.permissions import CurrentUser
from services.workbook import Kind, Taken, Undone

_NAMED = 10  # rows that stay are named one by one


def last_taken(kind: Kind, user: CurrentUser) -> None:
    """Newest first; nothing where nothing was imported yet."""
    found = fetch(workbook.last_taken, kind.code, user)
    if found:
        st.subheader(_("最近导入"), anchor=False)
    for one in found:
        with st.container(border=True, gap="xsmall", key=f"card-{kind.code}-{one.number}"):
            st.text(one.file_name)
            st.caption(plain(f"{clock(one.at)} {one.who} · {counts_of(one)}"))
            _back(one, kind, user)


def _back(one: Taken, kind: Kind, user: CurrentUser) -> None:
    """Take back what the file added and corrected, or restore it."""
    if one.undoable and st.button(
        _("撤销这次导入（{count} 条）").format(count=number(one.undoable)),
        key=f"undo-{kind.code}-{one.number}",
        icon=":material/undo:",
        help=_("撤下它新增的，改回它更正的；可以再恢复。后来有人改动或审核的，保持不变。"),
    ):
        with refused(), st.spinner(_("正在撤销……")):
            done = submit(kind.undoing.undo, one.number, user, now(), today())
            say(form_of(kind), _undone(done))
    if one.undone and st.button(
        _("恢复撤销的 {count} 条").format(count=number(one.undone)),
        key=f"redo-{kind.code}-{one.number}",
        icon=":material/redo:",
    ):
        with refused(), st.spinner(_("正在恢复……")):
            done = submit(kind.undoing.redo, one.number, user, now(), today())
            say(form_of(kind), _redone(done))


def _undone(done: Undone) -> str:
    parts = (
        (done.added, _("已撤下新增的 {count} 条。")),
        (done.changed, _("已改回更正的 {count} 条。")),
    )
    said = [part.format(count=number(count)) for count, part in parts if count]
    return running(*said, _kept(done))


def _redone(done: Undone) -> str:
    return running(
        _("已恢复 {count} 条。").format(count=number(done.added + done.changed)), _kept(done)
    )


def _kept(done: Undone) -> str:
    """What stays as it is, each with its number where the kind tells it."""
    if not done.kept:
        return ""
    named = [_("{what}（{why}）").format(what=one.what, why=one.why.rstrip("。."))
             for one in done.stays[:_NAMED]]  # fmt: skip
    count = number(done.kept)
    if not named:
        return _("另有 {count} 条后来有人改动或审核，保持不变。").format(count=count)
    more = _("等") if done.kept > _NAMED else ""
    return _("另有 {count} 条保持不变：{which}{more}。").format(
        count=count, which=_("；").join(named), more=more
    )

"""The files taken over last, each to be taken back while nobody has changed what it did."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import now
from pages.shared.data import fetch, submit
from pages.shared.entry_record import clock
from pages.shared.forms import refused, say
from pages.shared.text import plain
from pages.shared.workbook_steps import counts_of, form_of
from services import workbook
from services.formats import number, running
from services.i18n import _
from services.permissions import CurrentUser
from services.workbook import Kind, Taken, Undone


def last_taken(kind: Kind, user: CurrentUser) -> None:
    """Newest first; nothing where nothing was imported yet."""
    found = fetch(workbook.last_taken, user)
    if not found:
        return
    st.subheader(_("最近导入"), anchor=False)
    for one in found:
        with st.container(border=True, gap="xsmall"):
            st.text(one.file_name)
            st.caption(plain(f"{clock(one.at)} {one.who} · {counts_of(one)}"))
            _back(one, kind, user)


def _back(one: Taken, kind: Kind, user: CurrentUser) -> None:
    """Take back what the file added and corrected, or restore it."""
    if one.undoable and st.button(
        _("撤销这次导入（{count} 条）").format(count=number(one.undoable)),
        key=f"undo-{one.number}",
        icon=":material/undo:",
        help=_("作废它新增的记录，改回它更正的记录；可以再恢复。后来有人改动或审核的，保持不变。"),
    ):
        with refused(), st.spinner(_("正在撤销……")):
            done = submit(workbook.undo, one.number, user, now())
            say(form_of(kind), _undone(done))
    if one.undone and st.button(
        _("恢复撤销的 {count} 条").format(count=number(one.undone)),
        key=f"redo-{one.number}",
        icon=":material/redo:",
    ):
        with refused(), st.spinner(_("正在恢复……")):
            done = submit(workbook.redo, one.number, user, now())
            say(form_of(kind), _redone(done))


def _undone(done: Undone) -> str:
    said = _("已撤销：作废新增的 {added} 条，改回更正的 {changed} 条。").format(
        added=number(done.added), changed=number(done.changed)
    )
    kept = _("另有 {count} 条后来有人改动或审核，保持不变。").format(count=number(done.kept))
    return running(said, kept if done.kept else "")


def _redone(done: Undone) -> str:
    return _("已恢复：新增的 {added} 条，更正的 {changed} 条。").format(
        added=number(done.added), changed=number(done.changed)
    )

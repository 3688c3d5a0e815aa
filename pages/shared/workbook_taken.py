"""The files taken over last, each to be taken back while nobody has changed what it added."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import now
from pages.shared.data import ask, submit
from pages.shared.entry_record import clock
from pages.shared.forms import refused, say
from pages.shared.text import plain
from pages.shared.workbook_steps import counts_of, form_of
from services import workbook
from services.formats import number
from services.i18n import _
from services.permissions import CurrentUser
from services.workbook import Kind, Taken


def last_taken(kind: Kind, user: CurrentUser) -> None:
    """Newest first; nothing where nothing was imported yet."""
    found = ask(workbook.last_taken, user)
    if not found:
        return
    st.subheader(_("最近导入"), anchor=False)
    for one in found:
        with st.container(border=True, gap="xsmall"):
            st.text(one.file_name)
            st.caption(plain(f"{clock(one.at)} {one.who} · {counts_of(one)}"))
            _back(one, kind, user)


def _back(one: Taken, kind: Kind, user: CurrentUser) -> None:
    """Void what the file added, or restore it."""
    if one.undoable and st.button(
        _("撤销新增的 {count} 条").format(count=number(one.undoable)),
        key=f"undo-{one.number}",
        icon=":material/undo:",
        help=_("作废这个文件新增、之后没有改动的记录；可以再恢复。更正的记录不受影响。"),
    ):
        with refused():
            count = submit(workbook.undo, one.number, user, now())
            say(form_of(kind), _("已撤销 {count} 条，不再计入。").format(count=number(count)))
    if one.undone and st.button(
        _("恢复撤销的 {count} 条").format(count=number(one.undone)),
        key=f"redo-{one.number}",
        icon=":material/redo:",
    ):
        with refused():
            count = submit(workbook.redo, one.number, user, now())
            say(form_of(kind), _("已恢复 {count} 条，重新计入。").format(count=number(count)))

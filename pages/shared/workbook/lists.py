"""A list as a workbook: to be had, changed in a spreadsheet program, and imported back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared.access import today
from pages.shared.data import ask
from pages.shared.downloads import XLSX, spoken
from pages.shared.forms import form_key, receipt, refused
from pages.shared.text import plain
from pages.shared.workbook import steps as workbook_steps
from pages.shared.workbook.taken import last_taken
from services import workbook
from services.formats import number
from services.i18n import _
from services.periods import Period
from services.permissions import CurrentUser
from services.workbook import Kind


def change_list(
    code: str,
    user: CurrentUser,
    make: Callable[[], bytes] | None = None,
    name: str = "",
    title: str = "",
) -> None:
    """Folded away below a list: all of it, or what `make` gives, out and back as a workbook."""
    kind = workbook.KINDS[code]

    def whole() -> bytes:
        return ask(workbook.list_book, code, user, today())

    with st.expander(title or _("用表格更改"), icon=":material/table_view:"):
        for sentence in workbook.help_of(code):
            st.caption(plain(sentence))
        out_and_back(kind, make or whole, _("{list}.xlsx").format(list=name or kind.label()), user)
    receipt(workbook_steps.form_of(kind))  # where the button was: what stands there is seen


def out_and_back(kind: Kind, make: Callable[[], bytes], name: str, user: CurrentUser) -> None:
    """The workbook to be had under that name, and what a changed one would change."""
    out(kind, make, name)
    back(kind, user)


def out(kind: Kind, make: Callable[[], bytes], name: str, total: int = 0) -> None:
    """The workbook to be had under that name, unless it has more rows than can come back."""
    few, most = total <= workbook.MOST_EXPORTED, number(workbook.MOST_EXPORTED)
    st.download_button(
        _("下载{list}（.xlsx）").format(list=kind.label()),
        spoken(make),
        file_name=name,
        mime=XLSX,
        icon=":material/download:",
        disabled=not few,
        help=None if few else _("超过 {most} 条，请缩小范围。").format(most=most),
    )


def back(kind: Kind, user: CurrentUser) -> None:
    """A file that was filled in: what it would change, and the change; those before it."""
    token = form_key(workbook_steps.form_of(kind))
    with refused():
        where = workbook.Where(None, Period(today().replace(day=1), "month"))
        upload = workbook_steps.which_file(kind, where, token)
        if upload is not None:
            upload, checked = workbook_steps.preview(kind, upload, user, token)
            workbook_steps.confirm(kind, upload, checked, user, token)
    last_taken(kind, user)

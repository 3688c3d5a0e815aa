"""Voices as a workbook: those that are listed, out; new and corrected ones, back."""

from __future__ import annotations

import streamlit as st

from pages.shared.data import ask
from pages.shared.forms import receipt
from pages.shared.list_workbook import back, out
from pages.shared.workbook_steps import form_of
from services import workbook
from services.feedback import Chosen
from services.i18n import _
from services.permissions import CurrentUser, may
from services.views import View

KIND = workbook.KINDS["voices"]


def as_workbook(view: View, user: CurrentUser, chosen: Chosen, total: int) -> None:
    """Folded away above the list; who may register voices may also import them."""
    registers = may(user, "enter_feedback")
    receipt(form_of(KIND))
    title = _("用表格登记和更正") if registers else _("下载表格")
    with st.expander(title, icon=":material/table_view:"):
        st.caption(
            _("下载的是下面列出的民声，不含已作废的，电话和证件号码已隐藏。可以在表格里添加新的"
              "民声、更正内容，再从这里导入；交办、办理和回访请在页面上进行。")
            if registers
            else _("下载的是下面列出的民声，不含已作废的，电话和证件号码已隐藏。")
        )  # fmt: skip
        period = view.filters.period.code
        out(
            KIND,
            lambda: ask(workbook.voices_book, view, user, chosen),
            _("民声_{period}.xlsx").format(period=period),
            total,
        )
        if registers:
            back(KIND, user)

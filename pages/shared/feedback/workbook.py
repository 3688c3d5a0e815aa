"""Voices as a workbook: those that are listed, out; new and corrected ones, back."""

from __future__ import annotations

import streamlit as st

from pages.shared.data import ask, fetch
from pages.shared.forms import receipt
from pages.shared.workbook.lists import back, out
from pages.shared.workbook.steps import form_of
from services import feedback, workbook
from services.feedback import Chosen
from services.i18n import _
from services.permissions import CurrentUser, may
from services.views import View

KIND = workbook.KINDS["voices"]


def as_workbook(view: View, user: CurrentUser, chosen: Chosen = Chosen()) -> None:  # noqa: B008
    """Folded away at the foot of the page; who may register voices may also import them."""
    registers = may(user, "enter_feedback")
    title = _("用表格登记和更正") if registers else _("下载表格")
    with st.expander(title, icon=":material/table_view:"):
        st.caption(
            _("下载的是所选范围内的民声，不含已作废的，电话和证件号码已隐藏。可以在表格里添加新的"
              "民声、更正内容，再从这里导入；交办、办理和回访请在页面上进行。")
            if registers
            else _("下载的是所选范围内的民声，不含已作废的，电话和证件号码已隐藏。")
        )  # fmt: skip
        period = view.filters.period.code
        out(
            KIND,
            lambda: ask(workbook.voices_book, view, user, chosen),
            _("民声_{period}.xlsx").format(period=period),
            fetch(feedback.listing, view, user, chosen).total,
        )
        if registers:
            back(KIND, user)
    receipt(form_of(KIND))  # where the button was: what stands there is seen

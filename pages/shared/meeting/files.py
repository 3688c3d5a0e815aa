"""A meeting as files to take along: document and workbook, and the way to its bulletin."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import today
from pages.shared.data import ask, fetch
from pages.shared.downloads import DOCX, XLSX, report_name, spoken
from pages.shared.meeting.forms import rules
from services.catalogue import catalogue
from services.i18n import _
from services.meetings.pack import Pack, pack
from services.permissions import CurrentUser
from services.reports.document import document
from services.reports.workbook import workbook


def document_and_workbook(number: str, user: CurrentUser) -> None:
    """Beside the deck's button: the same pages as .docx and .xlsx."""
    st.download_button(
        _("下载文档（DOCX）"),
        spoken(lambda: document(_pack(number, user))),
        mime=DOCX,
        file_name=f"{number}.docx",
        icon=":material/description:",
    )
    st.download_button(
        _("下载数据表（XLSX）"),
        spoken(lambda: workbook(_pack(number, user))),
        mime=XLSX,
        file_name=report_name(number, "xlsx"),
        icon=":material/table:",
    )
    st.page_link(
        "pages/meeting/bulletin.py",
        label=_("简报"),
        query_params={"meeting": number},
        icon=":material/article:",
    )


def _pack(number: str, user: CurrentUser) -> Pack:
    return ask(pack, number, user, today(), rules(), fetch(catalogue).subdistrict)

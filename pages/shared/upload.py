"""A field for one file, which says so when only the browser still has it: after a restart."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shared.forms import kept, replace
from services.i18n import _

# What a table is read from, and what tables are often kept as: of these the reader says how to
# save them, and a browser that turns them away does not.
TABLES = ("xlsx", "xlsm", "csv", "txt", "tsv", "xls", "et", "ods")


def one_table(label: str, token: str, said: str, most: int) -> UploadedFile | None:
    """The chosen file with a table; None before there is one. `said`: the help; `most`: MB.

    That a file was given is kept in the browser. Who takes it off gives none any more.
    """
    given = f"{token}-given"
    file = st.file_uploader(
        label,
        TABLES,
        key=f"{token}-file",
        max_upload_size=most,
        help=said,
        on_change=replace,
        args=(given, ""),
    )
    if file is not None:
        replace(given, "1")
    if kept(given, "") and file is None:
        st.warning(
            _("服务器刚刚重新启动，请去掉上面的文件，再重新选择；已经导入的不会重复。"),
            icon=":material/upload_file:",
        )
    return file

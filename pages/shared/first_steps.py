"""What a new office lacks before anything can be recorded, and the way there."""

from __future__ import annotations

import streamlit as st

from pages.shared.data import fetch
from services.catalogue import catalogue
from services.i18n import _
from services.permissions import CurrentUser, may


def lacks_communities(user: CurrentUser, title: str = "") -> bool:
    """Whether there is no community to record anything for; then that is said, under the page's
    title where it has none yet."""
    if fetch(catalogue).active_communities:
        return False
    if title:
        st.header(title, anchor=False)
    st.info(
        _("还没有社区。请系统管理员先在“管理 · 社区与人口”添加社区，再填报和统计。"),
        icon=":material/info:",
    )
    if may(user, "manage_catalogue"):
        st.page_link("pages/admin/places.py", label=_("添加社区"), icon=":material/add_home:")
    return True

"""社区"""

import streamlit as st

from pages.shared.access import guard
from pages.shared.board import draw
from pages.shared.data import fetch
from pages.shared.filters import sidebar_view
from pages.shared.inspection_beside import of_community
from services.boards import community
from services.i18n import _

user = guard("see")
view = sidebar_view("community")
if view.filters.communities:
    chosen = view.filters.communities[0]
    draw(fetch(community.board, view.only(), chosen), view, "community")
    of_community(chosen, user)
else:
    st.info(_("还没有社区。请由管理员在 config.toml 中写入各社区，然后重新启动。"))

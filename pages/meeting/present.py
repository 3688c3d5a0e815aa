"""会议放映: the meetings that can be shown on the screen, opened in a tab of their own."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.data import fetch
from pages.shared.meeting.forms import facts_line
from pages.shared.meeting.take import show_links
from pages.shared.text import plain
from services import meetings
from services.i18n import _
from services.permissions import may

user = guard("see")
st.header(_("会议放映"), anchor=False)
st.caption(_("打开后按 F 全屏，方向键翻页，按 ? 看全部按键；打开后断网也能放映。"))
known = fetch(meetings.watchable, user)
if not known and may(user, "hold_meeting"):
    st.info(_("还没有会议。"), icon=":material/info:")
    st.page_link("pages/meeting/pack.py", label=_("准备一次会议"), icon=":material/add:")
elif not known:
    st.info(_("还没有可以放映的会议：会议数据冻结后会出现在这里。"), icon=":material/info:")
with st.container(key="cards-meetings"):
    for one in known:
        with st.container(border=True):
            st.markdown(f"**{plain(one.title)}**")
            st.caption(plain(facts_line(one)))
            show_links(one)

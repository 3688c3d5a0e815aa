"""会议材料: the meetings, and one with its slides until it is frozen and taken along."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.data import fetch
from pages.shared.forms import receipt
from pages.shared.history import history_of
from pages.shared.meeting.forms import all_meetings, new_meeting
from pages.shared.meeting.slides import one_meeting
from services import meetings
from services.i18n import _
from services.permissions import may

user = guard("comment_meeting")
holds = may(user, "hold_meeting")
if "meeting" in st.query_params:
    held = fetch(meetings.meeting, st.query_params["meeting"])
    one_meeting(held, user)
    if holds:
        history_of("meeting", (held.number,), user)
else:
    st.header(_("会议材料"), anchor=False)
    receipt("meeting")
    known = fetch(meetings.listing)
    if holds:
        with st.expander(_("准备一次会议"), icon=":material/add:", expanded=not known):
            new_meeting(user)
    all_meetings(known, user)

"""操作日志: who did what, when, from what to what."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.admin import log as admin_log
from pages.shared.data import ask
from pages.shared.forms import refused
from pages.shared.paging import offset_of
from services.i18n import _
from services.log import changes

user = guard("manage_users")
st.header(_("操作日志"), anchor=False)
asked = admin_log.search(user)
with refused():
    total = ask(changes.count, user, asked)
    admin_log.how_many(total)
    if total:
        place = st.container()
        start = offset_of(min(total, changes.COUNTED), changes.PAGE, f"log-page-{asked}")
        with place:
            admin_log.lines(ask(changes.lines, user, asked, start))
        admin_log.download(asked, user)

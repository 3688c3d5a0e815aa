"""备份: make one, take it away, put it back as a new file."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.admin import backups as admin_backups
from pages.shared.data import settings
from pages.shared.forms import receipt
from services import backups
from services.i18n import _

user = guard("manage_users")
st.header(_("备份"), anchor=False)
receipt(admin_backups.FORM)
url = settings().database_url
if backups.database_file(url) is None:
    admin_backups.on_a_server(url)
else:
    admin_backups.make(user)
    known = backups.backups(user, url)
    admin_backups.all_of_them(known)
    if known:
        admin_backups.one_backup(known, user)

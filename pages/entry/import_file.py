"""导入表格: download the template, upload it filled in, see what it would change, say yes."""

import streamlit as st

from pages.shared.access import guard, today
from pages.shared.data import fetch
from pages.shared.fields import own_community
from pages.shared.filters import choose_one
from pages.shared.first_steps import lacks_communities
from pages.shared.forms import form_key, receipt, refused
from pages.shared.workbook import steps as workbook_steps
from pages.shared.workbook import taken as workbook_taken
from services import workbook
from services.catalogue import catalogue
from services.i18n import _
from services.periods import Period, add_months

MONTHS = 13

user = guard("enter_activity")
st.header(_("导入表格"), anchor=False)
kind = workbook.KINDS["activities"]
receipt(workbook_steps.form_of(kind))
if lacks_communities(user):
    st.stop()
lists = fetch(catalogue)
months = [Period(add_months(today(), -back), "month") for back in range(MONTHS)]
labels = {month.code: month.label for month in months}

st.subheader(_("一、下载模板"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", width=480):
    token = form_key(workbook_steps.form_of(kind))
    community = own_community(token, user, _("社区：{name}"))
    if user.community is None:
        names = {place.code: place.name for place in lists.active_communities}
        community = choose_one("community", _("社区"), _("请选择社区"), names)
    first, *others = labels
    rest = {code: labels[code] for code in others}
    month = choose_one("month", _("月份"), labels[first], rest) or first
workbook_steps.downloads(community, month, user)

st.subheader(_("二、上传"), anchor=False)
with refused():
    where = workbook.Where(community or None, months[list(labels).index(month)])
    upload = workbook_steps.which_file(kind, where, token)
    if upload is not None:
        st.subheader(_("三、预览"), anchor=False)
        upload, checked = workbook_steps.preview(kind, upload, user, token)
        st.subheader(_("四、确认"), anchor=False)
        workbook_steps.confirm(kind, upload, checked, user, token)
workbook_taken.last_taken(kind, user)

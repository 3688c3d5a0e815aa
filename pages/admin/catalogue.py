"""目录: activity types, measures and partner kinds, as the entry form offers them."""

import streamlit as st

from pages.shared import admin_lists
from pages.shared.access import guard
from pages.shared.data import ask, fetch
from pages.shared.filters import choose_one
from services.admin import lists
from services.catalogue import catalogue
from services.i18n import _

user = guard("manage_catalogue")
st.header(_("目录"), anchor=False)
kept = ask(lists.lists, user)
left, right = st.columns(2)
with left:
    part = choose_one(
        "list",
        _("目录"),
        _("活动类型"),
        {"measures": _("指标"), "partners": _("参与力量"), "approval": _("审核")},
    )
if part == "partners":
    admin_lists.partner_kinds(kept, user)
elif part == "approval":
    admin_lists.approval(user)
else:
    domains = {one.code: one.label for one in fetch(catalogue).domains}
    domain = right.selectbox(
        _("服务领域"), list(domains), format_func=domains.__getitem__, key="catalogue-domain"
    )
    if part == "measures":
        admin_lists.measures(kept, domain, user)
    else:
        admin_lists.types(kept, domain, user)
st.caption(_("编号由系统生成，不会改变。改名、调整顺序和停用都不影响以前的记录。"))

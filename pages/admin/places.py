"""社区与人口: communities, their grids, and how many people live there."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.admin import places as admin_places
from pages.shared.data import ask
from pages.shared.filters import choose_one
from pages.shared.forms import receipt
from pages.shared.workbook import steps as workbook_steps
from pages.shared.workbook.lists import change_list
from services import workbook
from services.admin import places
from services.i18n import _

user = guard("manage_catalogue")
st.header(_("社区与人口"), anchor=False)
receipt(admin_places.NEW)
known = ask(places.communities, user)
admin_places.all_of_them(known)

with st.expander(_("添加社区"), expanded=not known, icon=":material/add_home:"):
    admin_places.new_community(user)

with st.expander(_("用表格更改"), icon=":material/table_view:"):
    admin_places.by_workbook(user)
receipt(workbook_steps.form_of(workbook.KINDS["places"]))  # where the button was
change_list("grids", user, title=_("用表格更改网格"))

chosen = choose_one(
    "place", _("查看和更改"), _("请选择一个社区"), {code: one.name for code, one in known.items()}
)
if chosen:
    receipt(f"community-{chosen}")
    admin_places.community(chosen, known, user)
    st.subheader(_("网格"), anchor=False)
    admin_places.grids(chosen, user)
    st.subheader(_("人口"), anchor=False)
    admin_places.people(chosen, user)

"""用户: who may sign in, as what, and for which community."""

import streamlit as st

from pages.shared.access import clock_time, guard
from pages.shared.admin import people as admin_people
from pages.shared.data import ask
from pages.shared.filters import choose_one
from pages.shared.forms import receipt
from services.admin import people
from services.i18n import _

user = guard("manage_users")
st.header(_("用户"), anchor=False)
receipt(admin_people.NEW)
known = ask(people.people, user, clock_time())
admin_people.everybody(known)

with st.expander(_("添加用户"), icon=":material/person_add:"):
    admin_people.new_person(user)

chosen = choose_one(
    "person",
    _("查看和更改"),
    _("请选择一位用户"),
    {
        str(one.id): _("{name}（{username}）").format(name=one.facts.name, username=one.username)
        for one in known
    },
)
if chosen:
    receipt(admin_people.form_of(int(chosen)))
    admin_people.one_person(next(one for one in known if str(one.id) == chosen), user)

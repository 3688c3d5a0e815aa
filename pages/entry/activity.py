"""填报活动: what, when, where, who joined, how many; saved once, whatever happens."""

import streamlit as st

from pages.shared.access import guard, now, today
from pages.shared.data import fetch, submit
from pages.shared.entry_fields import Form
from pages.shared.entry_form import WIDTH, activity_fields, asked_for, choose_type
from pages.shared.entry_record import receipt_with_undo
from pages.shared.forms import form_key, refused, saved
from pages.shared.inspection_beside import where_it_is_recorded
from services import activities
from services.catalogue import catalogue
from services.i18n import _

user = guard("enter_activity")
with st.container(width=WIDTH):
    st.header(_("填报活动"), anchor=False)
    receipt_with_undo("activity", user)

    form = Form(form_key("activity"), fetch(catalogue), user, asked=asked_for())
    st.subheader(_("做了什么"), anchor=False)
    kind = choose_type(form, fetch(activities.recent_types, user))
    if kind is not None:
        where_it_is_recorded(kind, user)
        typed, answer = activity_fields(form, kind, _("保存"))
        if answer is not None:
            with refused(form.beside):
                entry = activities.read(typed, form.lists)
                made = submit(activities.submit, entry, form.token, user, now(), today(), answer)
                st.query_params.clear()
                saved("activity", "" if made.created else _("这张表此前已经保存，没有重复计入。"))

"""填报活动: what, when, where, who joined, how many; saved once, whatever happens."""

import streamlit as st

from pages.shared.access import guard, now, today
from pages.shared.data import fetch
from pages.shared.entry.fields import Asked, Form
from pages.shared.entry.form import activity_fields, asked_for, choose_type
from pages.shared.entry.record import receipt_with_undo
from pages.shared.fields import WIDTH
from pages.shared.first_steps import lacks_communities
from pages.shared.form_drafts import keep, resume, submit_form
from pages.shared.forms import refused, saved
from pages.shared.inspections.beside import where_it_is_recorded
from services import activities
from services.catalogue import catalogue
from services.i18n import _

user = guard("enter_activity")
with st.container(width=WIDTH):
    st.header(_("填报活动"), anchor=False)
    receipt_with_undo("activity", user)

    if lacks_communities(user):
        st.stop()
    asked = asked_for()
    token = resume("activity", user, asked != Asked())
    form = Form(token, fetch(catalogue), user, asked=asked)
    st.subheader(_("做了什么"), anchor=False)
    kind = choose_type(form, fetch(activities.recent_types, user))
    if kind is not None:
        where_it_is_recorded(kind, user)
        typed, answer = activity_fields(form, kind, _("保存"))
        if answer is not None:
            with refused(form.beside):
                entry = activities.stated(typed, form.lists, today())
                what = (entry, token, user, now(), today(), answer)
                made = submit_form("activity", token, user, activities.submit, *what)
                st.query_params.clear()
                saved("activity", "" if made.created else _("这张表此前已经保存，没有重复计入。"))
    keep("activity", token, user)

"""待办: what the person signed in has to do, what is overdue first, each with the way there."""

import streamlit as st

from pages.shared.access import guard, today
from pages.shared.data import ask
from pages.shared.fields import WIDTH
from pages.shared.text import plain
from services.due import Due, due
from services.formats import number
from services.i18n import _
from services.periods import day_label

user = guard("see")


def line(one: Due) -> None:
    """A link, and under it what it is about and until when."""
    with st.container(gap="xsmall"):
        st.page_link(
            one.page,
            label=plain(one.title),
            query_params=dict(one.query),
            icon=":material/arrow_forward:",
        )
        until = _("期限：{day}").format(day=day_label(one.day)) if one.day else ""
        badge = f":orange-badge[{_('超期')}] " if one.late(today()) else ""
        if one.soon(today()):
            badge = f":blue-badge[{_('将到期')}] "
        said = badge + plain(" · ".join(filter(None, (until, one.detail))))
        if said:
            st.caption(said)


with st.container(width=WIDTH):
    found = ask(due, user, today())
    st.header(plain(_("待办：{count} 项").format(count=number(len(found)))), anchor=False)
    if not found:
        st.info(_("没有要办的事。"), icon=":material/task_alt:")
    for one in found:
        line(one)

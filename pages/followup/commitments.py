"""承诺事项: what was promised at review meetings, open ones first, each until it is struck off."""

import streamlit as st

from pages.shared.access import guard, today
from pages.shared.commitment_forms import FORM, all_promises, new_promise, one_promise
from pages.shared.data import ask, fetch
from pages.shared.fields import WIDTH
from pages.shared.form_drafts import is_resumed, resume
from pages.shared.forms import receipt
from pages.shared.text import plain
from pages.shared.workbook.lists import change_list
from services import commitments
from services.formats import number
from services.i18n import _
from services.permissions import may

user = guard("see")
if "commitment" in st.query_params:
    with st.container(width=WIDTH):
        wanted = st.query_params["commitment"]
        one_promise(ask(commitments.promise, wanted, today()), user)
else:
    book = fetch(commitments.book, today())
    with st.container(width=WIDTH):
        st.header(
            plain(
                _("承诺事项：未办结 {open} 件，超期 {late} 件").format(
                    open=number(book.open), late=number(book.late)
                )
            ),
            anchor=False,
        )
        receipt(FORM)
        if may(user, "hold_meeting"):
            token = resume(FORM, user)
            with st.expander(_("登记承诺事项"), is_resumed(FORM), icon=":material/add:"):
                new_promise(user, token)
            change_list("commitments", user, title=_("用表格登记"))
    all_promises(book, user)

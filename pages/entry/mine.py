"""我的填报: what was entered; open one to correct, void or restore it, and to see its history."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.data import ask, fetch
from pages.shared.entry.change import change_record
from pages.shared.entry.list import download_book
from pages.shared.entry.record import history_of, nothing_there, record_list, record_text
from pages.shared.entry.remarks import follow_up
from pages.shared.fields import WIDTH
from pages.shared.forms import receipt, retold
from pages.shared.inspections.beside import beside_activity
from pages.shared.paging import offset_of
from services import activities, workbook
from services.activities.records import state_label
from services.catalogue import catalogue
from services.formats import number
from services.i18n import _, _n
from services.office import office_state
from services.permissions import CurrentUser, may

user = guard("enter_activity")


def one(number: str, user: CurrentUser) -> None:
    st.page_link("pages/entry/mine.py", label=_("返回清单"), icon=":material/arrow_back:")
    record = ask(activities.record, number)
    st.header(record.number, anchor=False)
    receipt(record.number)
    own = may(user, "correct_activity", record.entry.host)
    record_text(record, user, whole=own)
    if own:
        change_record(record, user)
        follow_up(record, user)
    beside_activity(record, user)
    history_of(record.number)


def all_of_them(user: CurrentUser) -> None:
    st.header(_("我的填报"), anchor=False)
    lists = fetch(catalogue)
    types = {"": _("全部类型")} | {kind.code: kind.label for kind in lists.types}
    reviews = (activities.RETURNED, activities.SUBMITTED, activities.APPROVED)
    current = reviews if fetch(office_state).approval else ("recorded",)
    states = {"": _("全部"), "recorded": state_label(False), "void": state_label(True)}
    states |= {review: activities.review_label(review) for review in reviews}
    flagged = {one.number for one in fetch(activities.follow_ups, user)}
    states[activities.FOLLOW_UP] = _("待跟进")
    offered = ["", *current, *([activities.FOLLOW_UP] if flagged else []), "void"]
    kind = st.selectbox(_("活动类型"), list(types), format_func=types.__getitem__,
                        width=WIDTH, key=retold("mine-type"))  # fmt: skip
    state = st.segmented_control(_("状态"), offered, format_func=states.__getitem__, default="",
                                 required=True, key=retold("mine-state"))  # fmt: skip
    chosen = activities.Mine(kind, state)
    back = fetch(activities.mine, user, activities.Mine(state=activities.RETURNED), 0, 1).total
    if back and state != activities.RETURNED:
        st.warning(
            _n("有 {count} 条被退回，请选“已退回”查看原因并更正。", back).format(
                count=number(back)
            ),
            icon=":material/assignment_return:",
        )
    place = st.container()
    total = fetch(activities.mine, user, chosen, 0, 1).total
    offset = offset_of(total, activities.PAGE, f"page-{kind}-{state}")
    with place:
        if not total:
            nothing_there(chosen)
        page = fetch(activities.mine, user, chosen, offset)
        record_list(page, flagged)
    if total and state != "void":
        download_book(total, lambda: ask(workbook.own_book, user, chosen), _("我的填报.xlsx"))


if "record" in st.query_params:
    with st.container(width=WIDTH):
        one(st.query_params["record"], user)
else:
    all_of_them(user)

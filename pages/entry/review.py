"""审核: what was submitted, what it comes to, and whether it is right."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.data import fetch
from pages.shared.entry.approval import (
    approve_chosen,
    approve_pressed,
    odd_ones,
    one_record,
    summary,
)
from pages.shared.filters import choose_one
from pages.shared.forms import receipt
from pages.shared.text import plain
from services import activities
from services.catalogue import catalogue
from services.formats import number, running
from services.i18n import _, _n
from services.office import office_state

user = guard("approve_activity")
by_place = fetch(activities.waiting_by_community, user)
waiting = fetch(activities.backlog, user).own
st.header(plain(_n("审核：{count} 条待审核", waiting).format(count=number(waiting))), anchor=False)
receipt("approval")
approve_pressed(user)
if not fetch(office_state).approval:
    st.info(
        _("本单位没有启用审核，填报后直接生效。管理员可以在“管理 · 目录”启用。"),
        icon=":material/info:",
    )
places = {
    place.code: _("{name}（{count}）").format(
        name=place.name, count=number(by_place[place.code].own)
    )
    for place in fetch(catalogue).communities
    if place.code in by_place
}
community = choose_one("community", _("社区"), _("全部社区"), places)
others = fetch(activities.backlog, user, community).beside
if others:
    st.caption(plain(running(others, _("它们是您填报或最后更正的，排在列表最后。"))))
found = fetch(activities.waiting, user, community)
if found.sums:
    odd_ones(found)
    summary(found)
else:
    nothing = _("没有要您审核的记录。") if others else _("没有待审核的记录。")
    st.info(nothing, icon=":material/task_alt:")
if found.page.rows:
    chosen = approve_chosen(found)
    if len(chosen) == 1:
        one_record(chosen[0], user)

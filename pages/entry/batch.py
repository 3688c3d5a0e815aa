"""批量填报: a month of one community's activities in a grid; each cell is saved as it is typed."""

import streamlit as st

from pages.shared.access import guard, today
from pages.shared.data import ask, fetch
from pages.shared.entry.grid import grid
from pages.shared.filters import choose_one
from pages.shared.first_steps import lacks_communities
from services import activities, drafts
from services.catalogue import catalogue
from services.formats import number
from services.i18n import _, _n
from services.periods import Period, add_months

MONTHS = 13

user = guard("enter_activity")
st.header(_("批量填报"), anchor=False)
lists = fetch(catalogue)
names = {place.code: place.name for place in lists.active_communities}
months = [Period(add_months(today(), -back), "month") for back in range(MONTHS)]
labels = {month.code: month.label for month in months}

which = st.container(horizontal=True, vertical_alignment="bottom", width=480)
with which:
    if user.community is not None:
        community = user.community
        st.text(_("社区：{name}").format(name=lists.community(community).name))
    else:
        community = choose_one("community", _("社区"), _("请选择社区"), names)
    first, *others = labels
    rest = {code: labels[code] for code in others}
    month = choose_one("month", _("月份"), labels[first], rest) or first
    st.page_link(
        "pages/entry/import_file.py",
        label=_("导入表格"),
        query_params={"community": community, "month": month},
        icon=":material/upload_file:",
    )
if community:
    grid(user, community, month, fetch(activities.recent_types, user))
elif not lacks_communities(user):
    st.info(_("请先选择社区。"), icon=":material/info:")
for left in ask(drafts.waiting, user, today()):
    if (left.community, left.month.code) != (community, month):
        st.page_link(
            "pages/entry/batch.py",
            label=_n("{community} {month} 还有 {count} 行没有提交", left.rows).format(
                community=names.get(left.community, ""),
                month=left.month.label,
                count=number(left.rows),
            ),
            query_params={"community": left.community, "month": left.month.code},
            icon=":material/edit_note:",
        )

"""记录"""

import streamlit as st

from pages.shared.access import guard
from pages.shared.data import fetch
from pages.shared.entry import list as record_list
from pages.shared.filters import choose_one, sidebar_view
from pages.shared.paging import offset_of
from pages.shared.text import plain
from services.activities import records
from services.catalogue import catalogue
from services.formats import number
from services.i18n import _, _n
from services.permissions import may

user = guard("see")
if "record" in st.query_params:
    st.page_link("pages/review/records.py", label=_("返回清单"), icon=":material/arrow_back:")
    record_list.full_record(st.query_params["record"])
    st.stop()
view = sidebar_view()
lists = fetch(catalogue)
domain = view.filters.domain
with st.sidebar:
    kind = choose_one(
        "type",
        _("活动类型"),
        _("全部类型"),
        {kind.code: kind.label for kind in lists.types if domain in (None, kind.domain)},
    )
    measure = choose_one(
        "measure",
        _("指标"),
        _("全部指标"),
        {
            measure.code: measure.label
            for measure in lists.measures
            if domain in (None, measure.domain)
        },
    )

total = fetch(records.records, view, kind, measure, 0, 1).total
st.header(
    plain(
        _n("{period}：共 {total} 条活动记录", total).format(
            period=view.filters.period.label, total=number(total)
        )
    ),
    anchor=False,
)
if total:
    st.caption(_("点击一行查看全部内容和修改历史；联合活动只列一次。"))
    place = st.container()
    start = offset_of(total, record_list.PAGE, f"records-{view}-{kind}-{measure}")
    page = fetch(records.records, view, kind, measure, start, record_list.PAGE)
    with place:
        chosen = record_list.choose(page, f"rows-{view}-{kind}-{measure}-{start}")
    if chosen:
        record_list.full_record(chosen)
    record_list.download(view, kind, measure, total)
else:
    st.info(
        _("所选范围内没有活动记录，请放宽时间、社区、领域、类型或指标。"), icon=":material/info:"
    )
    if may(user, "enter_activity"):
        st.page_link("pages/entry/activity.py", label=_("填报活动"), icon=":material/edit_square:")

"""目标"""

import streamlit as st

from pages.shared.access import guard, today
from pages.shared.admin import targets as target_form
from pages.shared.data import ask, fetch
from pages.shared.forms import receipt, retold
from pages.shared.workbook.lists import change_list
from services import workbook
from services.catalogue import catalogue
from services.i18n import _
from services.office import office_state
from services.satisfaction import SUBDISTRICT

user = guard("manage_catalogue")
st.header(_("目标"), anchor=False)
receipt("targets")

lists = fetch(catalogue)
places = {SUBDISTRICT: _("全街道")} | {c.code: c.name for c in lists.active_communities}
first = fetch(office_state).first_record or today()
years = list(range(today().year + 1, first.year - 1, -1))
left, right = st.columns(2)
year = left.selectbox(_("年度"), years, index=years.index(today().year), key="target-year")
place = right.selectbox(
    _("范围"), list(places), format_func=places.__getitem__, key=retold("target-place")
)
st.caption(
    _(
        "满意度的目标是得分：整个可信范围都高于目标，才算稳定达标。覆盖率的目标是人群的百分之几，"
        "在“覆盖”页作对照线。工作量的目标是全年合计，“总览”“社区”“服务领域”页给出完成率，"
        "“服务领域”页还折合到每月。留空表示不设目标。"
    )
)
target_form.targets(lists, place, year, user)
change_list(
    "targets",
    user,
    lambda: ask(workbook.targets_book, year, user, today()),
    _("目标_{year}").format(year=year),
)

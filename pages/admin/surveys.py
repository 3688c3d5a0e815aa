"""调查结果"""

import streamlit as st

from pages.shared.access import guard
from pages.shared.data import fetch
from pages.shared.forms import receipt, retold
from pages.shared.survey import forms as survey_forms
from pages.shared.workbook.lists import change_list
from services import surveys
from services.catalogue import catalogue
from services.i18n import _

user = guard("record_survey")
st.header(_("调查结果"), anchor=False)
for form in ("wave", "counts", "published"):
    receipt(form)

waves = {wave.code: wave for wave in fetch(surveys.newest_first)}
if waves:
    left, right = st.columns(2)
    chosen = survey_forms.choose_wave(left, waves)
    names = survey_forms.subjects(fetch(catalogue))
    subject = right.selectbox(
        _("问题"), list(names), format_func=names.__getitem__, key=retold("survey-subject")
    )
    st.caption(
        _("评分：{scale}。每格填选择该项的份数，留空表示没有统计。").format(
            scale=waves[chosen].scale_label
        )
    )
    survey_forms.counts(waves[chosen], subject, user)
    with st.expander(_("只有公布的得分，没有各选项的份数？")):
        survey_forms.published(waves[chosen], subject, user)
    survey_forms.downloads(waves[chosen], user)
else:
    st.info(_("还没有调查。请先新增一次调查，再录入各社区的答卷。"))
with st.expander(_("新增一次调查"), expanded=not waves):
    survey_forms.new_wave(user)
change_list("waves", user, title=_("用表格新增调查"))

"""导入调查: which file, what it means, what it would say, and only then it is taken over."""

import streamlit as st

from pages.shared.access import guard
from pages.shared.data import fetch
from pages.shared.forms import form_key, receipt, refused
from pages.shared.survey import forms as survey_forms
from pages.shared.survey import preview as import_preview
from pages.shared.survey import steps as import_steps
from pages.shared.survey.scale import FORM as SCALE
from pages.shared.survey.scale import scale_form
from services import surveys
from services.i18n import _
from services.imports.record import Upload

user = guard("record_survey")
st.header(_("导入调查"), anchor=False)
for form in (import_preview.FORM, SCALE, "wave"):
    receipt(form)

waves = {wave.code: wave for wave in fetch(surveys.newest_first)}
if not waves:
    st.info(_("还没有调查。请先新增一次调查，再导入文件。"), icon=":material/info:")
    survey_forms.new_wave(user)
else:
    token = form_key(import_preview.FORM)
    st.subheader(_("一、文件"), anchor=False)
    wave, kind = import_steps.which_wave(waves)
    with st.expander(_("评分标准")):
        scale_form(wave, user)
    with st.expander(_("新增一次调查")):
        survey_forms.new_wave(user)
    with refused():
        sheet = import_steps.which_file(token)
        if sheet is not None:
            only = import_steps.which_rows(sheet, token)
            st.subheader(_("二、对应列"), anchor=False)
            plan = import_steps.meaning(sheet, wave, kind, only, token, user)
            upload = Upload(kind, wave.code, sheet, plan)
            st.subheader(_("三、预览"), anchor=False)
            checked = import_preview.preview(upload, wave, user)
            st.subheader(_("四、确认"), anchor=False)
            import_steps.confirm(upload, checked, user, token)

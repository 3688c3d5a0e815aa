"""方法说明"""

import streamlit as st

from pages.shared.access import guard, today
from pages.shared.data import fetch, settings
from pages.shared.filters import default_period
from pages.shared.text import plain
from services import methods
from services.filters import Filters
from services.formats import running
from services.i18n import _
from services.views import View

guard("see")
st.header(_("方法说明"), anchor=False)
st.caption(_("每种方法三句话，并用本单位最近一次调查举例；例中的数字随数据更新。"))
view = View(Filters(default_period()), today(), settings().thresholds)
for method in fetch(methods.methods, view):
    st.subheader(plain(method.title), anchor=False)
    st.markdown(plain(running(*method.sentences)))
    st.info(plain(_("例：{example}").format(example=method.example)))

"""简报: the work as prose, of a meeting or of any period, every number with its records."""

import streamlit as st

from pages.shared.access import guard, today
from pages.shared.data import fetch
from pages.shared.filters import choose_one, sidebar_view
from pages.shared.meeting.bulletin import show
from pages.shared.meeting.forms import rules
from pages.shared.text import plain
from services import meetings
from services.boards.board import counted_label
from services.catalogue import catalogue
from services.i18n import _
from services.meetings.texts import bulletin_of, bulletin_of_period

user = guard("see")
office = fetch(catalogue).subdistrict
with st.container(key="screen-source"):
    st.header(_("简报"), anchor=False)
    number = choose_one(
        "meeting",
        _("简报来自"),
        _("左侧所选的时间和社区"),
        {
            one.number: _("{title}（{day}）").format(title=one.title, day=one.day)
            for one in fetch(meetings.listing)
            if not one.void_reason
        },
    )
if number:
    said = fetch(bulletin_of, number, user, today(), rules(), office)
    frozen = _("数据已冻结") if said.frozen_at else _("数据随时更新")
    counted = counted_label(said.counted)
    parts = (number, said.day, said.period, counted, frozen)
    about = plain(" · ".join(filter(None, parts)))
else:
    said = fetch(bulletin_of_period, sidebar_view(), user, rules(), office)
    hint = _("数字随记录更新，点数字看记录。要改文字、定期号，请先准备一次会议，再在上面选它。")
    about = plain(" · ".join(filter(None, (counted_label(said.counted), hint))))
with st.container(key="screen-about"):
    st.caption(about)
show(said, user)

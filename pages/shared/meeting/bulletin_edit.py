"""Editing a bulletin: a paragraph in one's own words and back, the issue's number."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import submit
from pages.shared.forms import form_key, kept, new_round, refused, replace, say
from pages.shared.meeting.forms import rules
from services.i18n import _
from services.meetings.texts import MOST_ISSUES, Bulletin, Written, write_issue, write_text
from services.permissions import CurrentUser


def edit(said: Bulletin, one: Written, user: CurrentUser) -> None:
    """One paragraph's words. What somebody else wrote meanwhile is shown before it is replaced."""
    part = one.paragraph.part
    with st.expander(
        _("修改这一段"), icon=":material/edit:", key=f"edit-{part}", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        token = form_key(f"text-{said.number}-{part}")
        seen = kept(f"{token}-seen", str(one.version))
        beside: dict[str, DeltaGenerator] = {}
        with st.form(f"{token}-form", border=False, enter_to_submit=False):
            text = st.text_area(
                _("正文"),
                one.paragraph.text,
                key=f"{token}-text",
                height=220,
                help=_("数字照原样保留时仍连着记录；改动的数字会标出，不再随数据更新。"),
            )
            beside["text"] = st.empty()
            pressed = st.form_submit_button(_("保存"), type="primary")
        back = one.edited and st.button(
            _("恢复为计算文本"), key=f"{token}-back", icon=":material/undo:"
        )
        if pressed or back:
            with refused(beside):
                submit(
                    write_text, said.number, part, "" if back else text, int(seen), user, now(),
                    today(), rules(),
                )  # fmt: skip
                new_round(f"text-{said.number}-{part}")
                say("bulletin", _("已保存。"))
            replace(f"{token}-seen", str(one.version))  # refused, with the newest text above


def issue_field(said: Bulletin, user: CurrentUser) -> None:
    """The number on the head of the sheet."""
    token = form_key(f"issue-{said.number}")
    seen = kept(f"{token}-seen", str(said.issue_version))
    beside: dict[str, DeltaGenerator] = {}
    with st.form(f"{token}-form", border=False):
        issue = st.number_input(
            _("期号"), 1, MOST_ISSUES, int(said.issue), key=f"{token}-issue",
            help=_("默认是本年第几次会议。"),
        )  # fmt: skip
        beside["issue"] = st.empty()
        pressed = st.form_submit_button(_("保存期号"), type="primary")
    if pressed:
        with refused(beside):
            submit(write_issue, said.number, int(issue), int(seen), user, now())
            new_round(f"issue-{said.number}")
            say("bulletin", _("已保存。"))
        replace(f"{token}-seen", str(said.issue_version))

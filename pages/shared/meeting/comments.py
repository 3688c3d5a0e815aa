"""Comments on a slide: what was said, whom it asks, settled or not; and a new one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now
from pages.shared.data import fetch, submit
from pages.shared.forms import form_key, receipt, refused, retold, saved
from pages.shared.text import clock, plain
from services.i18n import _
from services.meetings import comments
from services.meetings.comments import Comment
from services.permissions import CurrentUser


def slide_comments(slide_id: int, found: Sequence[Comment], user: CurrentUser) -> None:
    """All of it, folded away while there is nothing open."""
    still = sum(not one.done_by for one in found)
    label = _("意见（{count}）").format(count=still) if still else _("意见")
    with st.expander(label, icon=":material/forum:", expanded=bool(still)):
        receipt(_form(slide_id))
        for one in found:
            _one(one, user)
        _new(slide_id, user)


def _form(slide_id: int) -> str:
    return f"comment-{slide_id}"


def _one(one: Comment, user: CurrentUser) -> None:
    with st.container(gap="xsmall"):
        st.text(one.text)
        asks = _("、").join(f"@{name}" for name in one.asks)
        done = _("已由{name}处理").format(name=one.done_by) if one.done_by else ""
        st.caption(plain(" · ".join(filter(None, (one.who, clock(one.at), asks, done)))))
        label = _("重新打开") if one.done_by else _("已处理")
        if st.button(label, key=f"settle-{one.id}"):
            with refused():
                submit(comments.settle, one.id, not one.done_by, one.version, user, now())
                st.rerun()


def _new(slide_id: int, user: CurrentUser) -> None:
    token = form_key(_form(slide_id))
    beside: dict[str, DeltaGenerator] = {}
    people = fetch(comments.people)
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        text = st.text_area(_("意见"), key=f"{token}-text", height=80)
        beside["text"] = st.empty()
        asks = st.multiselect(
            _("请谁处理（@）"),
            list(people),
            format_func=people.__getitem__,
            key=retold(f"{token}-asks"),
            placeholder=_("可以不选"),
        )
        beside["asks"] = st.empty()
        pressed = st.form_submit_button(_("提交意见"))
    if pressed:
        with refused(beside):
            submit(comments.comment, slide_id, text, asks, token, user, now())
            saved(_form(slide_id), _("已提交；被 @ 的人会在“待办”里看到。"))

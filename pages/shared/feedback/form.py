"""The form of a new voice: a click and a sentence, on a phone as on a desk."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import fetch
from pages.shared.fields import a_day, own_community
from pages.shared.form_drafts import keep, resume, submit_form
from pages.shared.forms import receipt, refused, retold, saved
from services import feedback
from services.catalogue import catalogue
from services.feedback import Typed
from services.i18n import _
from services.permissions import CurrentUser

FORM = "feedback"


def new_voice(user: CurrentUser) -> None:
    """Register a voice; a refused form keeps what was typed."""
    st.header(_("登记民声"), anchor=False)
    receipt(FORM)
    token = resume(FORM, user)
    beside: dict[str, DeltaGenerator] = {}
    start = Typed(today(), None, None, None, "", "")
    chosen = _choices(token, user, beside, start)
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        typed = Typed(*chosen, *_words(token, beside, start))
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            what = (typed, token, user, now(), today())
            made = submit_form(FORM, token, user, feedback.submit, *what)
            saved(
                FORM,
                _("已登记，编号 {number}。").format(number=made.number)
                if made.created
                else _("这条民声此前已经保存为 {number}，没有重复登记。").format(
                    number=made.number
                ),
            )
    keep(FORM, token, user)


def voice_fields(
    token: str, user: CurrentUser, beside: dict[str, DeltaGenerator], typed: Typed
) -> Typed:
    """The fields of a voice, filled with what it says; what is in them."""
    return Typed(*_choices(token, user, beside, typed), *_words(token, beside, typed))


def _choices(
    token: str, user: CurrentUser, beside: dict[str, DeltaGenerator], typed: Typed
) -> tuple[date | None, str | None, str | None, str | None]:
    """When, by which way, about what and where it came.

    What is no longer in use is offered only where the voice says it already.
    """
    lists, known = fetch(catalogue), fetch(feedback.lists)
    domains = {domain.code: domain.label for domain in lists.domains}
    own = vars(typed).values()
    places = {one.code: one.name for one in lists.communities if one.active or one.code in own}
    topics = {
        one.code: f"{domains[one.domain]} · {one.label}"
        for one in known.topics
        if one.active or one.code in own
    }
    channels = {one.code: one.label for one in known.channels if one.active or one.code in own}
    day = a_day(token, "received_on", _("收到日期"), typed.received_on, beside)
    channel = _choice(token, "channel", _("来源渠道"), channels, beside, typed.channel)
    topic = _choice(token, "topic", _("反映的问题"), topics, beside, typed.topic)
    community = own_community(token, user, _("所属社区：{name}"))
    if user.community is None:
        community = _choice(token, "community", _("所属社区"), places, beside, typed.community)
    else:
        beside["community"] = st.empty()
    return day, channel, topic, community


def _words(token: str, beside: dict[str, DeltaGenerator], typed: Typed) -> tuple[str, str]:
    """The school, if there is one, and what was said."""
    said = _("、").join(fetch(feedback.lists).schools)
    school = st.text_input(
        _("学校（与学校有关的才填）"),
        typed.school,
        key=f"{token}-school",
        autocomplete="off",
        help=_("已登记过：{schools}").format(schools=said) if said else None,
    )
    beside["school"] = st.empty()
    text = st.text_area(
        _("反映内容"),
        typed.text,
        key=f"{token}-text",
        height=140,
        help=_("电话和证件号码在页面上会自动隐藏，查看完整号码会留下记录。"),
    )
    beside["text"] = st.empty()
    return school, text


def _choice(
    token: str,
    name: str,
    label: str,
    options: dict[str, str],
    beside: dict[str, DeltaGenerator],
    value: str | None,
) -> str | None:
    chosen = st.selectbox(
        label,
        list(options),
        index=None if value is None else list(options).index(value),
        format_func=options.__getitem__,
        placeholder=_("请选择"),
        key=retold(f"{token}-{name}"),
    )
    beside[name] = st.empty()
    return chosen

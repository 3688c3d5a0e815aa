"""Plans as forms in plain words: a new one, one that exists, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import ask, fetch, submit
from pages.shared.fields import a_day, own_community
from pages.shared.forms import (
    fill,
    form_key,
    kept,
    new_round,
    receipt,
    refused,
    replace,
    retold,
    saved,
)
from pages.shared.rhythm.rule import rule_fields
from pages.shared.text import clock, labelled, plain
from pages.shared.versions import on_past, seen_version
from services import schedule
from services.catalogue import catalogue
from services.errors import InvalidEntry
from services.i18n import _
from services.log.history import plan_history
from services.permissions import CurrentUser, may
from services.schedule import PlanLine, PreviewLine, Typed

FORM = "plan"


def new_plan(user: CurrentUser) -> None:
    """A plan for one community or several at once; a refused form keeps what was typed."""
    _way_back()
    st.header(_("登记计划"), anchor=False)
    if not may(user, "plan_activity"):
        st.info(_("您的角色不能进行此项操作。"), icon=":material/info:")
        return
    token = form_key(FORM)
    beside: dict[str, DeltaGenerator] = {}
    typed = _fields(token, beside, user, None)
    _preview(typed)
    if st.button(_("保存"), key=f"{token}-save", type="primary", width="stretch"):
        with refused(beside):
            made = submit(schedule.make, typed, token, user, now())
            del st.query_params["plan"]
            saved(FORM, _("已登记：{numbers}。").format(numbers=_("、").join(made.numbers)))


def one_plan(number: str, user: CurrentUser) -> None:
    """What a plan says and comes to, and what the person may do about it."""
    _way_back()
    one: PlanLine = ask(schedule.line, number, today())
    st.header(plain(f"{one.place} · {one.title}"), anchor=False)
    receipt(one.number)
    if one.void_reason:
        st.warning(
            plain(_("已作废：{reason}").format(reason=one.void_reason)), icon=":material/block:"
        )
    panel = f"panel-{one.number}"
    opened = kept(panel, "")
    if opened == "change" and not one.void_reason:
        _change(one, user, panel)
    else:
        _what_it_says(one)
        _preview(one.typed)
        if may(user, "plan_activity", one.community):
            _steps(one, user, panel, opened)
    with st.expander(_("变更记录"), icon=":material/history:"):
        for line in ask(plan_history, one.number):
            st.text(f"{clock(line.at)} {line.who} {line.action} {line.number.partition('/')[2]}")
            for difference in line.differences:
                st.text(difference)
            if line.reason:
                st.text(_("原因：{reason}").format(reason=line.reason))


def _way_back() -> None:
    st.button(_("返回"), icon=":material/arrow_back:", on_click=_back)


def _back() -> None:
    del st.query_params["plan"]


def _fields(
    token: str, beside: dict[str, DeltaGenerator], user: CurrentUser, start: Typed | None
) -> Typed:
    """All that a plan states; of one that exists type and community stay."""
    if start is None:
        kind, places = _what_and_where(token, beside, user)
    else:
        kind, places = start.type_code, start.communities
    rule = rule_fields(token, beside, start.rule if start else None)
    first, last = _days(token, beside, start, once=rule.kind == "once")
    grace, day_off = start.grace if start else 0, start.on_day_off if start else "keep"
    if rule.kind != "round":
        day_off = _day_off(token, day_off)
        grace = st.number_input(
            _("宽限天数"),
            0,
            schedule.MOST_DAYS,
            grace,
            key=f"{token}-grace",
            help=_("当天之后再过几天开展仍算按时。周末值日可填 1：周六、周日都算。"),
        )
        beside["grace"] = st.empty()
    label = st.text_input(
        _("计划名称（可不填）"),
        start.label if start else "",
        key=f"{token}-label",
        autocomplete="off",
    )
    beside["label"] = st.empty()
    return Typed(kind, places, label, rule, first, last, day_off, int(grace))


def _days(
    token: str, beside: dict[str, DeltaGenerator], start: Typed | None, *, once: bool
) -> tuple[date | None, date | None]:
    """The first and the last day; what is held once has only one."""
    usual = start.first_day if start else today()
    first = a_day(token, "first_day", _("日期") if once else _("从哪一天起"), usual, beside)
    if once:
        return first, None
    usual = start.last_day if start else None
    return first, a_day(token, "last_day", _("到哪一天止（不填为一直）"), usual, beside)


def _what_and_where(
    token: str, beside: dict[str, DeltaGenerator], user: CurrentUser
) -> tuple[str | None, tuple[str, ...]]:
    lists = fetch(catalogue)
    kinds = {
        kind.code: kind.label for domain in lists.domains for kind in lists.types_of(domain.code)
    }
    kind = st.selectbox(
        _("活动类型"),
        list(kinds),
        format_func=kinds.__getitem__,
        index=None,
        placeholder=_("请选择活动类型"),
        key=retold(f"{token}-type"),
    )
    beside["type_code"] = st.empty()
    own = own_community(token, user, _("社区：{name}"))
    if user.community is not None:
        beside["communities"] = st.empty()
        return kind, (own,) if own else ()
    places = {place.code: place.name for place in lists.active_communities}
    st.button(
        _("选择全部社区"),
        key=f"{token}-all",
        on_click=_choose_all,
        args=(token, tuple(places)),
    )
    chosen = st.multiselect(
        _("社区"),
        list(places),
        format_func=places.__getitem__,
        placeholder=_("请选择社区"),
        key=retold(f"{token}-communities"),
    )
    beside["communities"] = st.empty()
    return kind, tuple(chosen)


def _choose_all(token: str, places: Sequence[str]) -> None:
    fill(token, {"communities": list(places)})


def _day_off(token: str, start: str) -> str:
    labels = schedule.day_off_labels()
    chosen = st.segmented_control(
        _("遇放假或休息日"),
        list(labels),
        format_func=labels.__getitem__,
        default=start,
        required=True,
        key=retold(f"{token}-day_off"),
    )
    return chosen or start


def _preview(typed: Typed) -> None:
    """The next occasions, and what becomes of those on days off."""
    st.subheader(_("接下来"), anchor=False)
    try:
        lines: tuple[PreviewLine, ...] = ask(schedule.preview, typed, today())
    except InvalidEntry:
        st.caption(_("选好安排以后，这里列出接下来的六次。"))
        return
    if not lines:
        st.caption(
            _("还没有登记轮次；登记后自动列入。")
            if typed.rule.kind == "round"
            else _("没有以后的日期。")
        )
    for line in lines:
        text = plain(line.label)
        note = f" :small[:gray[{plain(line.note)}]]" if line.note else ""
        st.markdown((f"~~{text}~~" if line.left_out else text) + note)


def _what_it_says(one: PlanLine) -> None:
    grace = one.typed.grace
    lines = {
        _("编号"): one.number,
        _("安排"): one.rule,
        _("起止"): one.days,
        _("遇放假或休息日"): "" if one.typed.rule.kind == "round" else one.day_off,
        _("宽限天数"): str(grace) if grace else "",
    }
    labelled(lines.items())


def _steps(one: PlanLine, user: CurrentUser, panel: str, opened: str) -> None:
    if one.void_reason:
        if st.button(_("恢复"), type="primary", width="stretch"):
            with refused():
                submit(schedule.restore, one.number, one.version, user, now())
                saved(one.number, _("已恢复 {number}，重新计入。").format(number=one.number))
    elif opened == "void":
        _void(one, user, panel)
    else:
        st.button(
            _("修改"), type="primary", width="stretch", on_click=_open, args=(one, panel, "change")
        )
        st.button(_("作废"), width="stretch", on_click=_open, args=(one, panel, "void"))


def _open(one: PlanLine, panel: str, what: str) -> None:
    replace(panel, what)
    new_round(one.number)


def _change(one: PlanLine, user: CurrentUser, panel: str) -> None:
    token = form_key(one.number)
    seen = seen_version(token, one.version)
    st.info(
        _("起始日期不变，以前各次也按新的安排重算；改成今天或以后，以前各次保持不变。"),
        icon=":material/info:",
    )
    beside: dict[str, DeltaGenerator] = {}
    typed = _fields(token, beside, user, one.typed)
    _preview(typed)
    if st.button(_("保存"), key=f"{token}-save", type="primary", width="stretch"):
        with refused(beside):
            made = submit(schedule.change, one.number, typed, int(seen), token, user, now())
            replace(panel, "")
            st.query_params["plan"] = made.numbers[0]
            saved(made.numbers[0], _("已保存：{action}。").format(action=_("修改")))
    on_past(token, one.version, seen)
    st.button(_("取消"), width="stretch", on_click=_open, args=(one, panel, ""))


def _void(one: PlanLine, user: CurrentUser, panel: str) -> None:
    token = form_key(one.number)
    beside: dict[str, Any] = {}
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        reason = st.text_input(_("作废原因"), key=f"{token}-reason", autocomplete="off")
        beside["reason"] = st.empty()
        pressed = st.form_submit_button(_("确认作废"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            submit(schedule.void, one.number, reason, one.version, user, now())
            replace(panel, "")
            saved(one.number, _("已作废 {number}，不再计入。").format(number=one.number))
    st.button(_("取消"), width="stretch", on_click=_open, args=(one, panel, ""))

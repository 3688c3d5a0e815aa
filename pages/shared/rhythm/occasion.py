"""One occasion of a plan: what is planned, what fulfils it, and what may be done about it."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import ask, submit
from pages.shared.entry.record import record_text
from pages.shared.fields import a_day
from pages.shared.forms import new_round, receipt, refused, replace, saved, step_of
from pages.shared.rhythm.board import open_plan
from pages.shared.text import labelled, plain
from pages.shared.versions import on_past, seen_version
from services import activities, schedule
from services.i18n import _
from services.permissions import CurrentUser, may
from services.schedule import Shown

_ICONS = {
    schedule.DONE: ":material/check_circle:",
    schedule.LATE: ":material/schedule:",
    schedule.MISSING: ":material/error:",
    schedule.PLANNED: ":material/event:",
    schedule.CANCELLED: ":material/event_busy:",
}
_COLOURS = {schedule.DONE: "blue", schedule.LATE: "blue", schedule.MISSING: "orange"}


def one_occasion(code: str, user: CurrentUser) -> None:
    """All of it; NotFound if the plan has no such occasion."""
    st.button(_("返回"), icon=":material/arrow_back:", on_click=_back)
    one: Shown = ask(schedule.shown, code, today())
    st.header(plain(f"{one.place} · {one.title}"), anchor=False)
    receipt(code)
    st.badge(one.state_label, icon=_ICONS[one.state], color=_COLOURS.get(one.state, "gray"))
    lines = {
        _("日期"): " ".join(filter(None, (one.due_label, one.day_note))),
        _("最晚按时开展"): one.until_label,
        _("变动"): one.changed,
        _("原因"): one.reason,
        _("安排"): one.rule,
    }
    labelled(lines.items())
    _fulfilled(one, user)
    if may(user, "plan_activity", one.plan.community):
        _steps(one, user)
    st.button(
        _("查看计划 {number}").format(number=one.number),
        width="stretch",
        icon=":material/event_repeat:",
        on_click=_to_plan,
        args=(one.number,),
    )


def _back() -> None:
    del st.query_params["occasion"]


def _to_plan(number: str) -> None:
    del st.query_params["occasion"]
    open_plan(number)


def _fulfilled(one: Shown, user: CurrentUser) -> None:
    """The record that fulfils it, or the way to enter one."""
    if one.record:
        with st.container(border=True):
            st.subheader(plain(_("由 {number} 完成").format(number=one.record)), anchor=False)
            record_text(ask(activities.record, one.record), user, whole=False)
        return
    if one.state == schedule.CANCELLED:
        return
    if one.due > today():
        st.caption(_("还没有到日期。"))
    elif may(user, "enter_activity", one.plan.community) and st.button(
        _("填报这次活动"), type="primary", icon=":material/edit_square:", width="stretch"
    ):
        st.switch_page(
            "pages/entry/activity.py",
            query_params={
                "type": one.plan.type_code,
                "day": one.due.isoformat(),
                "host": one.plan.community,
            },
        )


def _steps(one: Shown, user: CurrentUser) -> None:
    """Cancel, move, take back; the form of the one that was asked for."""
    panel = f"panel-{one.code}"
    labels = {"move": _("改到另一天"), "cancel": _("取消这一次")}
    closed = one.state in (schedule.DONE, schedule.LATE, schedule.CANCELLED)
    opened, token = step_of(one.code, panel, () if closed else labels)
    if opened:
        _change_form(one, opened, labels[opened], user, panel, token)
    for action, label in () if closed else labels.items():
        if action != opened:
            st.button(
                label,
                key=f"{one.code}-{action}",
                width="stretch",
                on_click=_choose,
                args=(panel, action, one.code),
            )
    if one.changed and st.button(_("撤销变动，恢复原计划"), width="stretch"):
        with refused():
            submit(schedule.undo, one.code, one.seen, user, now(), today())
            saved(one.code, _("已恢复原计划。"))


def _choose(panel: str, action: str, code: str) -> None:
    replace(panel, action)
    new_round(code)


def _change_form(
    one: Shown, action: str, label: str, user: CurrentUser, panel: str, token: str
) -> None:
    seen = seen_version(token, one.seen)
    st.subheader(plain(label), anchor=False)
    beside: dict[str, DeltaGenerator] = {}
    to: date | None = None
    with st.form(f"{token}-form-{action}", border=False, enter_to_submit=False):
        if action == "move":
            to = a_day(token, "to", _("改到哪一天"), None, beside)
        reason = st.text_area(_("原因"), key=f"{token}-reason", height=80)
        beside["reason"] = st.empty()
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            if action == "move":
                submit(schedule.move, one.code, to, reason, int(seen), user, now(), today())
            else:
                submit(schedule.cancel, one.code, reason, int(seen), user, now(), today())
            replace(panel, "")
            saved(one.code, _("已保存：{action}。").format(action=label))
    on_past(token, one.seen, seen)

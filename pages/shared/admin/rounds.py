"""The administrator's part about rounds: those of a type, one of them, a new one."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.admin.edit import edit_form, table
from pages.shared.data import ask, fetch, submit
from pages.shared.fields import Beside, a_day, a_line
from pages.shared.filters import choose_one
from pages.shared.forms import form_key, receipt, refused, retold, saved
from pages.shared.history import history_of
from pages.shared.workbook.lists import change_list
from services import rounds as service
from services.i18n import _
from services.permissions import CurrentUser
from services.rounds import Typed


def rounds(user: CurrentUser, beside: DeltaGenerator) -> None:
    """The rounds of the type chosen beside; a sentence where no type is held in rounds."""
    types = {kind.code: kind.label for kind in fetch(service.types_in_rounds)}
    if not types:
        st.info(
            _("没有按轮次开展的活动类型。请先在“活动类型”把一种活动的开展频率改为“按轮次”。"),
            icon=":material/info:",
        )
        return
    kind = beside.selectbox(
        _("活动类型"), list(types), format_func=types.__getitem__, key=retold("round-type")
    )
    known = ask(service.kept, user, kind)
    table(
        (_("序号"), _("名称"), _("英文名称"), _("开始日期"), _("结束日期"), _("状态")),
        [
            (one.number, one.label, one.label_en, one.first_day, one.last_day, _state(one))
            for one in known.values()
        ],
        _("这里还没有轮次。添加后，开始日期以后的活动计入这一轮。"),
    )
    labels = {str(number): one.label for number, one in known.items()}
    chosen = choose_one("round", _("查看和更改"), _("请选择一轮"), labels)
    if chosen:
        _one(kind, int(chosen), known[int(chosen)], user)
    _new(kind, user)
    change_list("rounds", user)
    st.caption(
        _(
            "一种活动的轮次不能重叠；没有结束日期的一轮还在进行。活动按开始日期计入轮次，改日期不改活动。"
        )
    )


def _one(kind: str, number: int, facts: Typed, user: CurrentUser) -> None:
    name = f"round-{kind}-{number}"
    receipt(name)

    def save(typed: Typed, seen: str) -> str:
        submit(service.change, user, kind, number, typed, seen, now())
        return _("已保存“{name}”。").format(name=typed.label.strip())

    edit_form(name, facts, _fields, save, _words)
    history_of("activity_round", (ask(service.log_key, kind, number),), user)
    _clear(kind, number, facts, user)


def _clear(kind: str, number: int, facts: Typed, user: CurrentUser) -> None:
    """For a round that was set by mistake; the reason goes into the log."""
    name = f"clear-{kind}-{number}"
    with st.expander(_("清除这一轮"), icon=":material/delete:"):
        token, beside = form_key(name), Beside()
        with st.form(f"{token}-form", border=False):
            hint = _("例如：填错了活动类型")
            reason = a_line(token, "reason", _("原因"), "", beside, placeholder=hint)
            if st.form_submit_button(_("清除"), width="stretch"):
                with refused(beside):
                    submit(service.clear, user, kind, number, reason, now())
                    saved(f"round-{kind}", _("已清除“{name}”，活动没有改动，日志中保留原来的内容。")
                          .format(name=facts.label))  # fmt: skip


def _new(kind: str, user: CurrentUser) -> None:
    name = f"round-{kind}"
    receipt(name)
    with st.expander(_("添加一轮"), icon=":material/add:"):
        token, beside = form_key(name), Beside()
        with st.form(f"{token}-form", border=False):
            typed = _fields(token, ask(service.suggested, kind, today()), beside)
            if st.form_submit_button(_("添加一轮"), type="primary", width="stretch"):
                with refused(beside):
                    submit(service.add, user, kind, typed, now())
                    saved(name, _("已添加“{name}”。").format(name=typed.label.strip()))


def _fields(token: str, facts: Typed, beside: Beside) -> Typed:
    left, right = st.columns([1, 3])
    number = left.number_input(
        _("序号"), 1, service.MOST, facts.number or 1, step=1, key=f"{token}-number"
    )
    beside["number"] = left.empty()
    label = a_line(token, "label", _("名称"), facts.label, beside, right)
    label_en = a_line(token, "label_en", _("英文名称（可不填）"), facts.label_en, beside)
    left, right = st.columns(2)
    first = a_day(token, "first_day", _("开始日期"), facts.first_day, beside, left)
    until = _("结束日期（进行中的留空）")
    last = a_day(token, "last_day", until, facts.last_day, beside, right)
    return Typed(int(number), label, label_en, first, last)


def _words(facts: Typed) -> dict[str, str]:
    return {
        _("序号"): str(facts.number),
        _("名称"): facts.label,
        _("英文名称"): facts.label_en,
        _("开始日期"): str(facts.first_day or ""),
        _("结束日期"): str(facts.last_day or ""),
    }


def _state(facts: Typed) -> str:
    if facts.first_day and facts.first_day > today():
        return _("未开始")
    return _("进行中") if not facts.last_day or facts.last_day >= today() else _("已结束")

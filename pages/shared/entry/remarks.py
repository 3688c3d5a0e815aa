"""What is odd about a record and what was said to it; what is to be followed up, until closed."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import now
from pages.shared.data import fetch, submit
from pages.shared.forms import form_key, receipt, refused, retold, saved
from pages.shared.text import plain
from services import activities
from services.activities import Question, Record, Remark
from services.catalogue import catalogue
from services.formats import running
from services.i18n import _
from services.permissions import CurrentUser


def said(record: Record) -> None:
    """The odd figures with their answers, and every follow-up, to be read."""
    for question in record.questions:
        told = plain(running(question.finding.sentence, answer_text(question)))
        if question.answer is None:
            st.warning(told, icon=":material/help:")
        else:
            st.caption(told)
    for remark in record.remarks:
        if remark.kind == activities.FOLLOW_UP:
            _follow_up_text(remark)


def answer_text(question: Question) -> str:
    """What the submitter said: 测试员确认无误：三社区合办。"""
    answer = question.answer
    if answer is None:
        return _("填报人还没有确认。")
    if answer.kind == activities.FOLLOW_UP:
        text = _("{name}：已列入待办跟进。") if answer.open else _("{name}：已跟进办结。")
    else:
        text = _("{name}确认无误：{note}") if answer.note else _("{name}确认无误。")
    return text.format(name=answer.by, note=answer.note)


def answer_word(questions: tuple[Question, ...]) -> str:
    """How a record's odd figures stand, in a word."""
    if any(one.answer is None for one in questions):
        return _("未确认")
    if any(one.answer and one.answer.open for one in questions):
        return _("待跟进")
    return _("已确认")


def follow_up(record: Record, user: CurrentUser) -> None:
    """Close what is open, and mark something else to be looked into."""
    receipt(f"flag-{record.number}")
    for remark in record.remarks:
        if remark.open:
            _close(record.number, remark, user)
    if not record.void:
        with st.expander(_("标为待跟进"), icon=":material/flag:"):
            _flag(record, user)


def _follow_up_text(remark: Remark) -> None:
    about = " ".join(filter(None, (remark.label, remark.figure)))
    if remark.open:
        text = _("待跟进：{about}——{note}（{name}）")
        st.warning(
            plain(text.format(about=about, note=remark.note, name=remark.by)),
            icon=":material/flag:",
        )
    else:
        text = _("已跟进：{about}——{note}；{result}（{name}）")
        st.caption(
            plain(
                text.format(
                    about=about, note=remark.note, result=remark.closed_note, name=remark.closed_by
                )
            )
        )


def _close(number: str, remark: Remark, user: CurrentUser) -> None:
    token = form_key(f"close-{remark.id}")
    with st.form(f"{token}-form", border=True, enter_to_submit=False):
        note = st.text_input(
            plain(_("“{label}”的跟进结果").format(label=remark.label)),
            autocomplete="off",
            placeholder=_("例如：已核实，数字无误"),
            key=f"{token}-note",
        )
        place = st.empty()
        if st.form_submit_button(_("办结"), width="stretch"):
            with refused({"note": place}):
                submit(activities.close, remark.id, note, remark.version, user, now())
                saved(f"flag-{number}", _("已办结“{label}”的跟进。").format(label=remark.label))


def _flag(record: Record, user: CurrentUser) -> None:
    name = f"flag-{record.number}"
    token = form_key(name)
    lists = fetch(catalogue)
    fields = list(activities.figures_of(record.entry))
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        field = st.selectbox(
            _("哪一项"),
            fields,
            format_func=lambda name: activities.field_label(name, lists),
            key=retold(f"{token}-field"),
        )
        note = st.text_input(
            _("跟进事项"),
            autocomplete="off",
            placeholder=_("例如：等活动方核实人数"),
            key=f"{token}-note",
        )
        place = st.empty()
        if st.form_submit_button(_("列入待办"), width="stretch"):
            with refused({"note": place}):
                submit(activities.flag, record.number, field, note, user, now())
                label = activities.field_label(field, lists)
                saved(name, _("已把“{label}”列入待办跟进。").format(label=label))

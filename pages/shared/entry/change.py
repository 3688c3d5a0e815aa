"""What may be done to a record: correct it, void it with a reason, restore it."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import now, today
from pages.shared.data import ask, fetch, submit
from pages.shared.entry.approval import reopen
from pages.shared.entry.fields import Form
from pages.shared.entry.form import activity_fields, choose_type
from pages.shared.forms import form_key, kept, new_round, refused, replace, saved
from services import activities
from services.activities import Record, Typed
from services.catalogue import catalogue
from services.i18n import _
from services.office import office_state
from services.permissions import CurrentUser, may


def change_record(record: Record, user: CurrentUser) -> None:
    """The buttons, or the one form that was opened with them.

    A form stays open when somebody else approves or voids the record meanwhile: what was typed in
    it can still be read and copied, and saving it says why it can't be.
    """
    panel = f"panel-{record.number}"
    opened = kept(panel, "")
    if opened == "correct":
        _correct(record, user, panel)
    elif opened == "void":
        _void(record, user, panel)
    elif record.void:
        if st.button(_("恢复"), type="primary", width="stretch"):
            with refused():
                submit(activities.restore, record.number, user, now())
                saved(record.number, _("已恢复 {number}，重新计入。").format(number=record.number))
    elif record.review == activities.APPROVED and fetch(office_state).approval:
        _locked(record, user)
    else:
        st.button(
            _("更正"),
            type="primary",
            width="stretch",
            on_click=_open_correction,
            args=(record, user, panel),
        )
        st.button(_("作废"), width="stretch", on_click=replace, args=(panel, "void"))


def _locked(record: Record, user: CurrentUser) -> None:
    """What is approved is locked; who approves can unlock it."""
    if may(user, "approve_activity"):
        with st.expander(_("重新打开"), icon=":material/lock_open:"):
            reopen(record.number, record.version, user)
    else:
        st.caption(_("已审核通过，不能改动；需要改动时，请街道审核人重新打开。"))


def _open_correction(record: Record, user: CurrentUser, panel: str) -> None:
    """The form shows what was typed, hidden numbers included: that they were seen is logged."""
    if record.hides_numbers:
        submit(activities.reveal, record.number, user, now())
    replace(panel, "correct")


def _close(record: Record, panel: str) -> None:
    replace(panel, "")
    new_round(record.number)


def _correct(record: Record, user: CurrentUser, panel: str) -> None:
    form = Form(form_key(record.number), fetch(catalogue), user, record.entry, record.number)
    version = f"{form.token}-version"
    seen = kept(version, str(record.version))
    kind = choose_type(form)
    if kind is not None:
        typed, answer = activity_fields(form, kind, _("保存更正"))
        if answer is not None:
            with refused(form.beside):
                entry = activities.stated(typed, form.lists, today(), form.start)
                change = (record.number, entry, int(seen), user, now(), today(), answer)
                submit(activities.correct, *change)
                replace(panel, "")
                saved(record.number, _("已更正 {number}。").format(number=record.number))
        _both_values(form, typed, record.number, version, seen)
    st.button(_("取消"), width="stretch", on_click=_close, args=(record, panel))


def _both_values(form: Form, typed: Typed, number: str, version: str, seen: str) -> None:
    """Somebody else changed the record since it was opened: show both; the person chooses."""
    current = str(ask(activities.record, number).version)
    if current == seen:
        return
    st.subheader(_("两种内容不同的地方"), anchor=False)
    with refused(form.beside, led=False):
        for line in ask(activities.differences, number, activities.read(typed, form.lists)):
            st.text(
                _("{field}\n  现在的记录：{before}\n  您填写的：{after}").format(
                    field=line.label, before=line.before, after=line.after
                )
            )
    st.button(
        _("保留我填写的，再保存一次"), width="stretch", on_click=replace, args=(version, current)
    )
    st.button(
        _("放弃我填写的，按现在的记录重填"), width="stretch", on_click=new_round, args=(number,)
    )


def _void(record: Record, user: CurrentUser, panel: str) -> None:
    token = form_key(record.number)
    reason = st.text_input(
        _("作废原因"),
        key=f"{token}-reason",
        on_change="ignore",
        live="0ms",
        autocomplete="off",
        placeholder=_("例如：重复填报"),
    )
    place = st.empty()
    if st.button(_("确认作废"), type="primary", width="stretch"):
        with refused({"reason": place}):
            submit(activities.void, record.number, reason, user, now())
            replace(panel, "")
            saved(record.number, _("已作废 {number}，不再计入。").format(number=record.number))
    st.button(_("取消"), width="stretch", on_click=_close, args=(record, panel))

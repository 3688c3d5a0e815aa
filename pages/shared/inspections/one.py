"""One inspection: what was found, with its photos and its chain, and what may be done about it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import ask, submit
from pages.shared.forms import new_round, receipt, refused, replace, saved, step_of
from pages.shared.inspections.form import fields, verdict_field
from pages.shared.inspections.list import badges
from pages.shared.inspections.photos import arrange, by_moment, came_along, photo_fields
from pages.shared.masked import show_numbers
from pages.shared.text import clock, plain
from pages.shared.versions import on_past, seen_version
from services import inspections
from services.formats import running
from services.i18n import _
from services.inspections import AFTER, VOID, Full, Row
from services.permissions import CurrentUser, may


def one_inspection(full: Full, user: CurrentUser) -> None:
    """All there is to one inspection; what of it may be changed depends on the person."""
    st.button(_("返回清单"), icon=":material/arrow_back:", on_click=_back)
    title = " · ".join(filter(None, (full.number, full.row.community, full.row.domain)))
    st.header(plain(title), anchor=False)
    receipt(full.number)
    if full.row.late:
        st.warning(_("已超过整改期限，还没有复查。"), icon=":material/schedule:")
    _what_was_found(full)
    if full.hides_numbers and inspections.may_reveal(user, full.community):
        show_numbers(inspections.reveal, full.number, user)
    _chain(full)
    _steps(full, user)
    arrange(full, user)
    with st.expander(_("变更记录"), icon=":material/history:"):
        for line in ask(inspections.history, full.number):
            st.text(" ".join(filter(None, (clock(line.at), line.who, line.action, line.note))))


def _back() -> None:
    del st.query_params["inspection"]


def _what_was_found(full: Full) -> None:
    """It is text from people: nothing in it is markup."""
    st.markdown(badges(full.row))
    if full.row.findings:
        with st.container(border=True, key="card-found"):
            st.text(full.row.findings)
    by_moment(full.photos)
    for place, one in enumerate(full.reports):
        with st.container(border=True, gap="xsmall", key=f"card-report-{place}"):
            st.caption(plain(f"{one.action} · {one.who} {clock(one.at)}"))
            st.text(one.note)
    for start in range(0, len(full.lines), 2):
        for (label, text), place in zip(full.lines[start : start + 2], st.columns(2), strict=False):
            with place.container(gap=None):
                st.caption(plain(label))
                st.text(text)
    if full.row.activity:
        st.page_link(
            "pages/review/records.py",
            label=_("活动记录 {number}").format(number=full.row.activity),
            query_params={"record": full.row.activity},
            icon=":material/open_in_new:",
        )


def _chain(full: Full) -> None:
    """The first inspection and each that looked again, in the order of their days."""
    if len(full.chain) < 2:
        return
    st.subheader(_("督查与复查"), anchor=False)
    for row in full.chain:
        with st.container(key=f"chain-{row.number}", gap="xsmall"):
            _link(row, here=row.number == full.number)


def _link(row: Row, *, here: bool) -> None:
    parts = (row.day, row.inspector)
    st.markdown(f"**{row.number}** {badges(row)}")
    st.caption(plain(" · ".join(filter(None, parts))))
    if not here:
        st.text(" ".join(row.findings.split())[:60])
        st.page_link(
            "pages/followup/inspections.py",
            label=_("查看 {number}").format(number=row.number),
            query_params={"inspection": row.number},
            icon=":material/arrow_forward:",
        )


def _steps(full: Full, user: CurrentUser) -> None:
    """What may be done about it: the form that was asked for, and a button to each other."""
    steps = _legal(full, user)
    if "again" in steps:
        st.button(
            _("复查"),
            type="primary",
            width="stretch",
            icon=":material/fact_check:",
            on_click=_look_again,
            args=(full.number,),
        )
    panel = f"panel-{full.number}"
    usual = "rectify" if "rectify" in steps and "again" not in steps else ""
    opened, token = step_of(full.number, panel, steps, usual)
    if opened:
        _step_form(full, opened, user, panel, token)
    for action, label in steps.items():
        if action not in (opened, "again"):
            st.button(
                label,
                key=f"{full.number}-{action}",
                width="stretch",
                on_click=_open,
                args=(panel, action, full, user),
            )


def _legal(full: Full, user: CurrentUser) -> dict[str, str]:
    """Step → its name, for this inspection and this person."""
    records = may(user, "record_inspection")
    found = []
    if records and full.open:
        found.append("again")
    if full.open and may(user, "report_rectification", full.community):
        found.append("rectify")
    if records and full.state == VOID:
        found.append("restore")
    elif records:
        found += ["add_photos", "correct", "void"]
    labels = _labels()
    return {step: labels[step] for step in found}


def _labels() -> dict[str, str]:
    return {
        "again": _("复查"),
        "rectify": _("报告整改"),
        "restore": _("恢复"),
        "add_photos": _("添加照片"),
        "correct": _("更正"),
        "void": _("作废"),
    }


def _look_again(number: str) -> None:
    st.query_params.from_dict({"part": "new", "follows": number})


def _open(panel: str, action: str, full: Full, user: CurrentUser) -> None:
    """A correction shows what was typed, hidden numbers included: that they were seen is logged."""
    if action == "correct" and full.hides_numbers:
        submit(inspections.reveal, full.number, user, now())
    replace(panel, action)
    new_round(full.number)


def _step_form(full: Full, action: str, user: CurrentUser, panel: str, token: str) -> None:
    label = _labels()[action]
    seen = seen_version(token, full.version)
    st.subheader(plain(label), anchor=False)
    beside: dict[str, DeltaGenerator] = {}
    verdict = verdict_field(token, full.typed.verdict, beside) if action == "correct" else ""
    with st.form(f"{token}-form-{action}", border=False, enter_to_submit=False):
        sent = _fields(full, action, token, verdict, beside)
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            photos = _send(full, action, sent, int(seen), user)
            replace(panel, "")
            saved(full.number, running(_("已保存：{action}。").format(action=label), photos))
    on_past(token, full.version, seen)


def _fields(
    full: Full, action: str, token: str, verdict: str, beside: dict[str, DeltaGenerator]
) -> tuple:
    """What the step asks for, in the order in which it is sent."""
    if action == "correct":
        fixed = bool(full.typed.follows)
        return (fields(token, full.typed, verdict, beside, fixed=fixed),)
    if action == "add_photos":
        return (photo_fields(token, beside),)
    if action == "restore":
        return ()
    name, said = ("reason", _("原因")) if action == "void" else ("note", _("怎样整改的"))
    text = st.text_area(said, key=f"{token}-{name}", height=100)
    beside[name] = st.empty()
    return (text,) if action == "void" else (text, photo_fields(token, beside, (AFTER,)))


def _send(full: Full, action: str, sent: tuple, seen: int, user: CurrentUser) -> str:
    """Photos are encoded before the write begins. What there is to say of them."""
    number = full.number
    if action == "correct":
        submit(inspections.correct, number, *sent, seen, user, now(), today())
    elif action == "void":
        submit(inspections.void, number, *sent, seen, user, now())
    elif action == "restore":
        submit(inspections.restore, number, seen, user, now())
    else:
        *words, uploads = sent
        with st.spinner(_("正在保存……")):
            photos = inspections.encoded(uploads)
        write = inspections.rectify if action == "rectify" else inspections.add_photos
        submit(write, number, *words, photos, user, now())
        return came_along(len({one.sha256 for one in photos}))
    return ""

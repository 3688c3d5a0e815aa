"""The form of an inspection: a new one, one that looks again, and what was wrong in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import ask, fetch
from pages.shared.fields import WIDTH, a_day
from pages.shared.form_drafts import is_resumed, keep, resume, submit_form
from pages.shared.forms import new_round, refused, retold, say
from pages.shared.inspections.list import badges
from pages.shared.inspections.photos import by_moment, came_along, photo_fields
from pages.shared.text import plain
from services import activities, inspections
from services.catalogue import catalogue
from services.formats import running
from services.i18n import _
from services.inspections import QUALIFIED, Full, Typed
from services.permissions import OFFICIAL, CurrentUser
from services.privacy import has_numbers

_USUAL_DAYS = timedelta(days=14)


def new_inspection(user: CurrentUser) -> None:
    """Record one; of what the address names: an activity, or an earlier one to look at again."""
    query = st.query_params
    if "follows" in query:
        earlier = ask(inspections.inspection, query["follows"], today())
        title = _("复查 {number}").format(number=earlier.number)
        with st.container():
            st.header(plain(title), anchor=False)
        left, right = st.columns([2, 3], gap="large")
        with left:
            _earlier(earlier)
        with right:
            _form(user, _again(earlier), earlier)
        return
    with st.container(width=WIDTH):
        st.header(_("登记督查"), anchor=False)
        _form(user, _start(user))


def _again(earlier: Full) -> Typed:
    """As the last time, save for names that hide a number: these are not shown unasked."""
    typed = earlier.typed
    shown = {name: "" if has_numbers(text) else text
             for name, text in (("inspector", typed.inspector), ("rank", typed.rank))}  # fmt: skip
    return replace(typed, follows=earlier.number, **shown)


def _start(user: CurrentUser) -> Typed:
    """An empty form, or one about the activity, community or domain that the address names."""
    query = st.query_params
    inspector = user.name if user.role == OFFICIAL else ""
    rank = _("副科级干部")
    if "activity" not in query:
        community = query.get("communities", "").split(",")[0]
        domain = query.get("domain", "")
        return Typed(today(), community, domain, "", inspector, rank, "", "", None)
    record = ask(activities.record, query["activity"])
    lists = fetch(catalogue)
    domain = lists.type(record.entry.type_code).domain
    st.caption(plain(" · ".join(text for _label, text in record.lines[:3])))
    host, itself = record.entry.host, record.entry.type_code == inspections.ACTIVITY_TYPE
    day = record.entry.first_day if itself else today()
    return Typed(day, host, domain, record.number, inspector, rank, "", "", None)


def _earlier(full: Full) -> None:
    """What was found before, the last time of all, beside the form."""
    for row in full.chain:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{row.number}** {badges(row)}")
            st.caption(plain(" · ".join((row.day, row.community, row.domain, row.inspector))))
            st.text(row.findings)
            if row.number != full.number:
                continue
            by_moment(full.photos)
            for one in full.reports:
                st.caption(plain(f"{one.action} · {one.who}"))
                st.text(one.note)


def _form(user: CurrentUser, start: Typed, earlier: Full | None = None) -> None:
    name = "-".join(filter(None, ("inspection", earlier and earlier.number, start.activity)))
    token = resume(name, user)
    beside: dict[str, DeltaGenerator] = {}
    if earlier is not None:  # of it only where and what: the rest is new
        start = replace(start, day=today(), verdict="", findings="", due_on=None)
    verdict = verdict_field(token, start.verdict, beside)
    chosen = _choices(token, start, verdict, beside, fixed=earlier is not None)
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        typed = _typed(token, start, verdict, chosen, beside)
        if is_resumed(name):
            st.caption(_("照片没有存进草稿，请重新选择。"))
        uploads = photo_fields(token, beside)
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            with st.spinner(_("正在保存……")):
                photos = inspections.encoded(uploads)
            what = (typed, photos, token, user, now(), today())
            made = submit_form(name, token, user, inspections.record, *what)
            new_round(name)
            st.query_params.from_dict({"inspection": made.number})
            sentence = _("已保存，编号 {number}。").format(number=made.number)
            say(made.number, running(sentence, came_along(len({one.sha256 for one in photos}))))
    keep(name, token, user)


def verdict_field(token: str, start: str, beside: dict[str, DeltaGenerator]) -> str:
    """Outside of the form: the answer decides what else is asked."""
    labels = {code: inspections.verdict_label(code) for code in inspections.VERDICTS}
    chosen = st.radio(
        _("督查结论"),
        list(labels),
        index=list(labels).index(start) if start in labels else None,
        format_func=lambda code: plain(labels[code]),
        horizontal=True,
        key=retold(f"{token}-verdict"),
    )
    beside["verdict"] = st.empty()
    return chosen or ""


def fields(
    token: str, start: Typed, verdict: str, beside: dict[str, DeltaGenerator], *, fixed: bool
) -> Typed:
    """What the form says. `fixed`: place, domain and activity are those of the start."""
    chosen = _choices(token, start, verdict, beside, fixed=fixed)
    return _typed(token, start, verdict, chosen, beside)


def _choices(
    token: str, start: Typed, verdict: str, beside: dict[str, DeltaGenerator], *, fixed: bool
) -> tuple[date | None, str | None, str, str, date | None]:
    """When, where and about what it was, and until when what was found is to be put right."""
    right_by = verdict not in ("", QUALIFIED)
    left, right = st.columns(2) if right_by else (st.container(), None)
    with left:
        day = a_day(token, "day", _("督查日期"), start.day, beside)
    due_on = None
    if right is not None:
        usual = start.due_on or today() + _USUAL_DAYS
        with right:
            due_on = a_day(token, "due_on", _("整改期限"), usual, beside)
    subject = (
        (start.community, start.domain, start.activity) if fixed else _subject(token, start, beside)
    )
    return day, *subject, due_on


def _typed(
    token: str,
    start: Typed,
    verdict: str,
    chosen: tuple[date | None, str | None, str, str, date | None],
    beside: dict[str, DeltaGenerator],
) -> Typed:
    """The fields in which one writes, and with them all that the form says."""
    day, community, domain, activity, due_on = chosen
    left, right = st.columns(2)
    with left:
        inspector = _words(token, "inspector", _("督查人"), start.inspector, beside)
    with right:
        rank = _words(token, "rank", _("职务"), start.rank, beside)
    findings = st.text_area(
        _("督查情况") if verdict == QUALIFIED else _("发现的问题和要求"),
        start.findings,
        key=f"{token}-findings",
        height=140,
    )
    beside["findings"] = st.empty()
    return Typed(day, community, domain, activity, inspector, rank, verdict, findings, due_on,
                 start.follows)  # fmt: skip


def _subject(
    token: str, start: Typed, beside: dict[str, DeltaGenerator]
) -> tuple[str | None, str, str]:
    lists = fetch(catalogue)
    places = {
        place.code: place.name
        for place in lists.communities
        if place.active or place.code == start.community
    }
    domains = {"": _("综合")} | {domain.code: domain.label for domain in lists.domains}
    community = st.selectbox(
        _("社区"),
        list(places),
        index=list(places).index(start.community) if start.community in places else None,
        format_func=places.__getitem__,
        placeholder=_("请选择"),
        key=retold(f"{token}-community"),
    )
    beside["community"] = st.empty()
    left, right = st.columns(2)
    with left:
        domain = st.selectbox(
            _("服务领域"),
            list(domains),
            index=list(domains).index(start.domain) if start.domain in domains else 0,
            format_func=domains.__getitem__,
            key=retold(f"{token}-domain"),
        )
        beside["domain"] = st.empty()
    with right:
        activity = _words(
            token,
            "activity",
            _("活动编号（可不填）"),
            start.activity,
            beside,
            _("核实某次活动的成效时填，例如 A000123。在“记录”里打开这次活动也可以直接登记。"),
        )
    return community, domain, activity


def _words(
    token: str,
    name: str,
    label: str,
    start: str,
    beside: dict[str, DeltaGenerator],
    said: str | None = None,
) -> str:
    timing = {"on_change": "ignore", "live": "0ms"}  # outside of a form, too, sent with a click
    typed = st.text_input(
        label, start, key=f"{token}-{name}", autocomplete="off", help=said, **timing
    )
    beside[name] = st.empty()
    return typed

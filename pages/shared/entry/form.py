"""The entry form, in the order a person thinks; the correction form is the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.shared.data import fetch
from pages.shared.entry.fields import (
    Asked,
    Form,
    days,
    figures,
    headcounts,
    host_of,
    note_and_button,
    partners,
    places,
    was_tried,
)
from pages.shared.entry.record import record_link
from pages.shared.forms import fill, retold, standing
from pages.shared.text import plain
from services import activities
from services.activities import Answer, Entry, Finding, Typed
from services.catalogue import ActivityType, catalogue
from services.i18n import _


def asked_for() -> Asked:
    """What the link says that was followed to the empty form; what it misspells is not asked."""
    try:
        day = date.fromisoformat(st.query_params.get("day", ""))
    except ValueError:
        day = None
    kind, host = (st.query_params.get(name, "") for name in ("type", "host"))
    known = {one.code for one in fetch(catalogue).types if one.active}
    return Asked(kind if kind in known else "", day, host)


def choose_type(form: Form, recent: Sequence[str] = ()) -> ActivityType | None:
    """What was done: one of the person's recent types at a tap, or domain and then type."""
    shortcuts = st.container()
    kind = _domain_and_type(form)
    if kind is None:
        with shortcuts:
            if recent:
                st.caption(_("您最近填报的类型"))
            for code in recent:
                known = form.lists.type(code)
                st.button(
                    plain(known.label),
                    key=form.key(f"recent-{code}"),
                    width="stretch",
                    on_click=fill,
                    args=(form.token, {"domain": known.domain, f"type-{known.domain}": code}),
                )
    return kind


def _domain_and_type(form: Form) -> ActivityType | None:
    wanted = form.start.type_code if form.start else form.asked.kind
    start = form.lists.type(wanted) if wanted else None
    domains = {domain.code: domain.label for domain in form.lists.domains}
    domain = st.pills(
        _("服务领域"),
        list(domains),
        format_func=lambda code: plain(domains[code]),
        default=start.domain if start else None,
        key=retold(form.key("domain")),
    )
    if domain is None:
        return None
    kinds = {kind.code: kind for kind in form.lists.types_of(domain)}
    if form.start and start and start.domain == domain:
        kinds.setdefault(start.code, start)
    for kind in form.lists.types:  # put out of use since it was chosen: saving says so
        if kind.code == standing(form.key(f"type-{domain}"), ""):
            kinds.setdefault(kind.code, kind)
    code = st.pills(
        _("活动类型"),
        list(kinds),
        format_func=lambda code: plain(kinds[code].label),
        default=start.code if start and start.code in kinds else None,
        key=retold(form.key(f"type-{domain}")),
    )
    form.answer_here("type_code")
    return kinds.get(code)


def activity_fields(form: Form, kind: ActivityType, button: str) -> tuple[Typed, Answer | None]:
    """All that is asked about an activity of a type; once the button was pressed, also what the
    person answers to its odd figures."""
    st.subheader(_("什么时候"), anchor=False)
    first, last = days(form)
    st.subheader(_("在哪里"), anchor=False)
    host = host_of(form)
    if form.start is None and host:
        _ask_about_duplicates(kind, host, first, last)
        _same_as_last(form, kind, host)
    grid, place, communities = places(form, host)
    st.subheader(_("谁参加"), anchor=False)
    kinds = partners(form)
    what_and_where = (kind.code, first, last, host, grid, place, communities)
    ahead = dataclasses.replace(form, ahead=True)
    typed = Typed(*what_and_where, headcounts(ahead, kinds), *figures(ahead, kind), note="")
    tried = was_tried(form)
    form = dataclasses.replace(form, asks=bool(_asked(form, typed, tried)))
    people = headcounts(form, kinds)
    st.subheader(_("做了多少"), anchor=False)
    st.caption(_("没有统计的留空；空白不等于 0。"))
    typed = Typed(*what_and_where, people, *figures(form, kind), note="")
    found = _asked(form, typed, tried)
    note, answer = note_and_button(form, button, found)
    return dataclasses.replace(typed, note=note), answer


def _asked(form: Form, typed: Typed, tried: bool) -> list[Finding]:
    """What is to be confirmed; that nothing was counted only of a form that was to be saved: an
    empty one is not asked why it is empty."""
    found = fetch(activities.asked_of, typed, form.number)
    return [one for one in found if tried or one.kind != activities.UNCOUNTED]


def _ask_about_duplicates(
    kind: ActivityType, host: str, first: date | None, last: date | None
) -> None:
    """Ask, before the rest is filled in, whether this is a record that is there already."""
    if first is None or last is None or last < first:
        return
    found = fetch(activities.possible_duplicate, Entry(kind.code, first, last, host))
    if found:
        st.warning(
            _("这几天已有同类记录。如果是另一场活动，请照常填报；如果是同一场，请打开已有的记录。"),
            icon=":material/content_copy:",
        )
        for number in found[:3]:
            record_link(number, _("打开 {number}").format(number=number))


def _same_as_last(form: Form, kind: ActivityType, host: str) -> None:
    """同上次: everything but the day and the counts as it was last time."""
    last: Entry | None = fetch(activities.latest_like, kind.code, host, form.user)
    if last is None:
        return
    st.button(
        _("同上次"),
        key=form.key("same"),
        width="stretch",
        icon=":material/history:",
        help=_("填入您上次填报这类活动时的地点、社区和参与力量；日期和数量仍由您填写。"),
        on_click=fill,
        args=(
            form.token,
            {
                f"grid-{host}": last.grid,
                "place": last.place,
                f"communities-{host}": list(last.communities),
                "partners": [partner for partner, _count in last.partners],
                "note": last.note,
            },
        ),
    )

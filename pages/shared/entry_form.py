"""The parts of the entry form, in the order a person thinks; the correction form uses them too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import today
from pages.shared.data import fetch
from pages.shared.forms import fill
from pages.shared.text import plain
from services import activities
from services.activities import Entry, Typed
from services.catalogue import ActivityType, Catalogue
from services.entries import LONGEST_NOTE, LONGEST_PLACE
from services.i18n import _
from services.permissions import CurrentUser


@dataclass(frozen=True)
class Form:
    """One round of the form. `start` is what a correction begins with; `beside` collects, by
    field, the places where a refusal is said."""

    token: str
    lists: Catalogue
    user: CurrentUser
    start: Entry | None = None
    beside: dict[str, DeltaGenerator] = field(default_factory=dict)

    def widget(self, name: str) -> dict[str, Any]:
        """A field's key. What is half entered outlives a look at another page."""
        return {
            "key": f"{self.token}-{name}",
            "persist_state": None if self.start else "session",
        }

    def answer_here(self, name: str) -> None:
        self.beside[name] = st.empty()

    def text(self, name: str, label: str, value: str, longest: int, **options: Any) -> str:
        """A text is sent with the next click: no run of the page for every field that was left."""
        typed = st.text_input(
            plain(label),
            value,
            max_chars=longest,
            autocomplete="off",
            on_change="ignore",
            **self.widget(name),
            **options,
        )
        self.answer_here(name)
        return typed

    def figure(
        self,
        name: str,
        label: str,
        value: Decimal | int | None,
        *,
        whole: bool = True,
        help: str | None = None,
    ) -> str:
        """A number as text, so that one that cannot be read stays to be mended.

        A telephone's keypad has all that a whole number needs, and big keys.
        """
        keypad = {"type": "phone", "icon": "", "placeholder": ""} if whole else {}
        shown = "" if value is None else f"{Decimal(value).normalize():f}"
        return self.text(name, label, shown, 30, help=help, **keypad)


def choose_type(form: Form, recent: Sequence[str] = ()) -> ActivityType | None:
    """What was done: one of the person's recent types at a tap, or domain and then type."""
    for code in recent:
        kind = form.lists.type(code)
        st.button(
            plain(kind.label),
            key=f"{form.token}-recent-{code}",
            width="stretch",
            on_click=fill,
            args=(form.token, {"domain": kind.domain, f"type-{kind.domain}": code}),
        )
    start = form.lists.type(form.start.type_code) if form.start else None
    domains = {domain.code: domain.label for domain in form.lists.domains}
    domain = st.pills(
        _("服务领域"),
        list(domains),
        format_func=lambda code: plain(domains[code]),
        default=start.domain if start else None,
        **form.widget("domain"),
    )
    if domain is None:
        return None
    kinds = {kind.code: kind for kind in form.lists.types_of(domain)}
    if start and start.domain == domain:
        kinds.setdefault(start.code, start)
    codes = list(kinds)
    code = st.radio(
        _("活动类型"),
        codes,
        format_func=lambda code: plain(kinds[code].label),
        index=codes.index(start.code) if start and start.code in kinds else None,
        **form.widget(f"type-{domain}"),
    )
    form.answer_here("type_code")
    return kinds.get(code)


def activity_fields(form: Form, kind: ActivityType) -> Typed:
    """All that is asked about an activity of a type."""
    st.subheader(_("什么时候"), anchor=False)
    first, last = _days(form)
    st.subheader(_("在哪里"), anchor=False)
    host = _host(form)
    if form.start is None and host:
        _same_as_last(form, kind, host)
    grid, place, communities = _places(form, host)
    st.subheader(_("谁参加"), anchor=False)
    headcounts = _partners(form)
    st.subheader(_("做了多少"), anchor=False)
    st.caption(_("没有统计的留空;空白不等于 0。"))
    participants, quantities = _figures(form, kind)
    note = st.text_area(
        _("备注"),
        form.start.note if form.start else "",
        max_chars=LONGEST_NOTE,
        height=80,
        on_change="ignore",
        **form.widget("note"),
    )
    form.answer_here("note")
    return Typed(
        kind.code,
        first,
        last,
        host,
        grid,
        place,
        communities,
        headcounts,
        participants,
        quantities,
        note,
    )


def _days(form: Form) -> tuple[date | None, date | None]:
    """The day, today unless another is picked, or the first and the last of several."""
    start = form.start
    first = _day(form, "first_day", _("日期"), start.first_day if start else today())
    several = st.checkbox(
        _("持续多日"),
        value=start is not None and start.last_day > start.first_day,
        **form.widget("several"),
    )
    if not several:
        return first, first
    return first, _day(form, "last_day", _("结束日期"), start.last_day if start else first)


def _day(form: Form, name: str, label: str, value: date | None) -> date | None:
    day = st.date_input(
        label,
        value,
        min_value=activities.OLDEST_DAY,
        max_value=max(today(), value or today()),
        format="YYYY-MM-DD",
        **form.widget(name),
    )
    form.answer_here(name)
    return day if isinstance(day, date) else None


def _host(form: Form) -> str | None:
    """The holding community: community staff have one, others choose."""
    names = {place.code: place.name for place in form.lists.active_communities}
    own = form.user.community
    if own is not None:
        st.text(_("主办社区:{name}").format(name=form.lists.community(own).name))
        return own
    if form.start:
        names.setdefault(form.start.host, form.lists.community(form.start.host).name)
    codes = list(names)
    host = st.selectbox(
        _("主办社区"),
        codes,
        format_func=names.__getitem__,
        placeholder=_("请选择社区"),
        index=codes.index(form.start.host) if form.start else None,
        **form.widget("host"),
    )
    form.answer_here("host")
    return host


def _same_as_last(form: Form, kind: ActivityType, host: str) -> None:
    """同上次: everything but the day and the counts as it was last time."""
    last: Entry | None = fetch(activities.latest_like, kind.code, host, form.user)
    if last is None:
        return
    st.button(
        _("同上次"),
        key=f"{form.token}-same",
        width="stretch",
        icon=":material/history:",
        help=_("填入您上次填报这类活动时的地点、社区和参与力量;日期和数量仍由您填写。"),
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


def _places(form: Form, host: str | None) -> tuple[str | None, str, tuple[str, ...]]:
    start = form.start
    grids = {grid.code: grid.name for grid in form.lists.grids if grid.community == host}
    codes = list(grids)
    grid = st.selectbox(
        _("网格"),
        codes,
        format_func=grids.__getitem__,
        placeholder=_("不分网格"),
        index=codes.index(start.grid) if start and start.grid in grids else None,
        **form.widget(f"grid-{host}"),
    )
    form.answer_here("grid")
    place = form.text(
        "place",
        _("地点"),
        start.place if start else "",
        LONGEST_PLACE,
        placeholder=_("例如:文化广场"),
    )
    others = {
        other.code: other.name
        for other in form.lists.communities
        if other.code != host and (other.active or (start and other.code in start.communities))
    }
    communities = st.multiselect(
        _("共同开展的社区"),
        list(others),
        format_func=others.__getitem__,
        default=[code for code in start.communities if code in others] if start else None,
        placeholder=_("联合活动才选"),
        help=_("联合活动由主办社区填报一次,街道合计只算一次,各社区都算参加。"),
        **form.widget(f"communities-{host}"),
    )
    form.answer_here("communities")
    return grid, place, tuple(communities)


def _partners(form: Form) -> dict[str, str]:
    """Partner kind → its headcount as typed."""
    labels = {kind.code: kind.label for kind in form.lists.partner_kinds}
    known = dict(form.start.partners) if form.start else {}
    chosen = st.pills(
        _("参与力量"),
        list(labels),
        format_func=lambda code: plain(labels[code]),
        selection_mode="multi",
        default=list(known) or None,
        **form.widget("partners"),
    )
    form.answer_here("partners")
    return {
        kind: form.figure(
            f"headcount-{kind}", _("{kind}人数").format(kind=labels[kind]), known.get(kind)
        )
        for kind in chosen
    }


def _figures(form: Form, kind: ActivityType) -> tuple[str, dict[str, str]]:
    """Participants and the type's measures, as typed."""
    start = form.start
    participants = form.figure(
        "participants", _("参加人数(人)"), start.participants if start else None
    )
    recorded = dict(start.measures) if start and start.type_code == kind.code else {}
    measures = [
        measure
        for measure in form.lists.measures
        if measure.code in kind.measures or measure.code in recorded
    ]
    return participants, {
        measure.code: form.figure(
            f"measure-{measure.code}",
            _("{measure}({unit})").format(measure=measure.label, unit=measure.unit_label),
            recorded.get(measure.code),
            whole=measure.whole,
            help=measure.definition or None,
        )
        for measure in measures
    }

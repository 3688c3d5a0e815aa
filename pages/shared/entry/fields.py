"""The fields of the entry form, each with a place beside it where a refusal is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import today
from pages.shared.fields import a_day, own_community
from pages.shared.forms import kept, replace, retold, standing
from pages.shared.text import plain
from services.activities import SURE_FIELD, Answer, Entry, Finding, mark_of
from services.catalogue import ActivityType, Catalogue
from services.formats import exact
from services.i18n import _
from services.permissions import CurrentUser


@dataclass(frozen=True)
class Asked:
    """What a link to an empty form asks it to begin with."""

    kind: str = ""
    day: date | None = None
    host: str = ""


@dataclass(frozen=True)
class Form:
    """One round of the form. `start` is what a correction of the record `number` begins with;
    `beside` collects, by field, the places where a refusal is said. `asks`: there is a question
    about figures, which is to follow what is typed; `ahead`: figures are read, and drawn later."""

    token: str
    lists: Catalogue
    user: CurrentUser
    start: Entry | None = None
    number: str = ""
    beside: dict[str, DeltaGenerator] = field(default_factory=dict)
    asked: Asked = Asked()
    asks: bool = False
    ahead: bool = False

    def key(self, name: str) -> str:
        return f"{self.token}-{name}"

    def answer_here(self, name: str) -> None:
        self.beside[name] = st.empty()

    def text(self, name: str, label: str, value: str, **options: Any) -> str:
        """A text is kept by the browser at every stroke and sent with the next click.

        Kept only when the field is left, it would be lost, though still to be seen, if the
        connection breaks while the person is in it: a field that is disabled is never left.
        """
        timing = {"on_change": "ignore", "live": "0ms"}
        typed = st.text_input(
            label,
            value,
            autocomplete="off",
            key=self.key(name),
            **timing | options,
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
        shown = "" if value is None else exact(Decimal(value))
        if self.ahead:
            return standing(self.key(name), shown)
        timing = {"on_change": "rerun", "live": "400ms"} if self.asks else {}
        return self.text(name, label, shown, help=help, **keypad, **timing)


def days(form: Form) -> tuple[date | None, date | None]:
    """The day, today unless another is picked, or the first and the last of several."""
    start = form.start
    usual = form.asked.day or today()
    day = start.first_day if start else usual
    first = a_day(form.token, "first_day", _("日期"), day, form.beside)
    several = st.checkbox(
        _("持续多日"),
        value=start is not None and start.last_day > start.first_day,
        key=form.key("several"),
    )
    if not several:
        return first, first
    day = start.last_day if start else first
    return first, a_day(form.token, "last_day", _("结束日期"), day, form.beside)


def host_of(form: Form) -> str | None:
    """The holding community: community staff have one, others choose."""
    names = {place.code: place.name for place in form.lists.active_communities}
    own = own_community(form.token, form.user, _("主办社区：{name}"))
    if form.user.community is not None:
        form.answer_here("host")
        return own
    if form.start:
        names.setdefault(form.start.host, form.lists.community(form.start.host).name)
    codes = list(names)
    wanted = form.start.host if form.start else form.asked.host
    host = st.selectbox(
        _("主办社区"),
        codes,
        format_func=names.__getitem__,
        placeholder=_("请选择社区"),
        index=codes.index(wanted) if wanted in codes else None,
        key=retold(form.key("host")),
    )
    form.answer_here("host")
    return host


def places(form: Form, host: str | None) -> tuple[str | None, str, tuple[str, ...]]:
    start = form.start
    grids = {grid.code: grid.name for grid in form.lists.grids if grid.community == host}
    codes = list(grids)
    grid = st.selectbox(
        _("网格"),
        codes,
        format_func=grids.__getitem__,
        placeholder=_("不分网格"),
        index=codes.index(start.grid) if start and start.grid in grids else None,
        key=retold(form.key(f"grid-{host}")),
    )
    form.answer_here("grid")
    place = form.text(
        "place",
        _("地点"),
        start.place if start else "",
        placeholder=_("例如：文化广场"),
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
        help=_("联合活动由主办社区填报一次，街道合计只算一次，各社区都算参加。"),
        key=retold(form.key(f"communities-{host}")),
    )
    form.answer_here("communities")
    return grid, place, tuple(communities)


def partners(form: Form) -> list[str]:
    """The partner kinds that took part."""
    labels = {kind.code: kind.label for kind in form.lists.partner_kinds}
    known = dict(form.start.partners) if form.start else {}
    chosen = st.pills(
        _("参与力量"),
        list(labels),
        format_func=lambda code: plain(labels[code]),
        selection_mode="multi",
        default=list(known) or None,
        key=retold(form.key("partners")),
    )
    form.answer_here("partners")
    return chosen


def headcounts(form: Form, kinds: Sequence[str]) -> dict[str, str]:
    """Partner kind → its headcount as typed."""
    labels = {kind.code: kind.label for kind in form.lists.partner_kinds}
    known = dict(form.start.partners) if form.start else {}
    return {
        kind: form.figure(
            f"headcount-{kind}", _("{kind}人数").format(kind=labels[kind]), known.get(kind)
        )
        for kind in kinds
    }


def figures(form: Form, kind: ActivityType) -> tuple[str, dict[str, str]]:
    """Participants and the type's measures, as typed."""
    start = form.start
    participants = form.figure(
        "participants", _("参加人数（人）"), start.participants if start else None
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
            _("{measure}（{unit}）").format(measure=measure.label, unit=measure.unit_label),
            recorded.get(measure.code),
            whole=measure.whole,
            help=measure.definition or None,
        )
        for measure in measures
    }


def was_tried(form: Form) -> bool:
    """Whether the button of this round of the form was pressed before."""
    return bool(kept(form.key("tried"), ""))


def note_and_button(form: Form, button: str, found: Sequence[Finding]) -> tuple[str, Answer | None]:
    """The note, what is to be confirmed and the button; the answer to it once that was pressed.

    In a form of their own: there the browser keeps every stroke. What was confirmed is what was
    shown when the button was pressed; it may have been pressed for other figures than are here now.
    So the browser has the mark together with the questions, and sends it with the press.
    """
    shown = standing(form.key("asked"), "")
    if mark_of(found) != shown:
        replace(form.key("asked"), mark_of(found))
    kept(form.key("asked"), "")
    with st.form(form.key("form"), border=False, enter_to_submit=False):
        note = st.text_area(
            _("备注"),
            form.start.note if form.start else "",
            height=80,
            key=form.key("note"),
        )
        form.answer_here("note")
        told, follow_up = _answer(form, found)
        pressed = st.form_submit_button(
            _("确认无误，保存") if found else button,
            key=form.key("save"),
            type="primary",
            width="stretch",
            on_click=replace,
            args=(form.key("tried"), "1"),
        )
    return note, Answer(shown, told, follow_up) if pressed else None


def _answer(form: Form, found: Sequence[Finding]) -> tuple[str, bool]:
    """What is odd about the figures, a word on it, and whether it is to be looked into."""
    if not found:
        return "", False
    with st.container(border=True, key=form.key("questions")):
        st.markdown(f":material/help: **{_('确认无误？')}**")
        for one in found:
            st.text(one.sentence)
        form.answer_here(SURE_FIELD)
        told = st.text_input(
            _("说明（可不填）"),
            autocomplete="off",
            placeholder=_("例如：三个社区合办，人数较多"),
            key=form.key("answer"),
        )
        form.answer_here("answer")
        follow_up = st.checkbox(_("还要再核实：保存后列入待办跟进"), key=form.key("follow-up"))
    return told, follow_up

"""The fields of the catalogue's entries, and what is in them in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.shared.admin.places import position
from pages.shared.fields import Beside, a_line
from pages.shared.forms import retold
from services.admin.group_lists import ALWAYS
from services.admin.list_facts import (
    MORE_WORDS,
    RHYTHMS,
    GroupFacts,
    MeasureFacts,
    PartnerFacts,
    TypeFacts,
    VoiceFacts,
)
from services.admin.list_words import better_labels, rhythm_labels, weekday_labels
from services.admin.lists import Kept
from services.entries import LARGEST_QUANTITY
from services.formats import number
from services.i18n import _


@dataclass(frozen=True)
class Entry:
    """The entry in a form: what is kept of it, and how many of its list there are; a new one has
    no code. Each field is drawn with a place beside it."""

    token: str
    facts: Any
    beside: Beside
    code: str = ""
    last: int = 0

    def line(self, name: str, label: str, **more: Any) -> str:
        return a_line(self.token, name, label, getattr(self.facts, name), self.beside, **more)

    def text(self, name: str, label: str) -> str:
        typed = st.text_area(label, getattr(self.facts, name), key=f"{self.token}-{name}")
        self.beside[name] = st.empty()
        return typed

    def choice(
        self, name: str, label: str, labels: Mapping[Any, str], options: list[Any] | None = None,
        **more: Any,
    ) -> Any:  # fmt: skip
        options = options or list(labels)
        chosen = st.selectbox(
            label, options, options.index(getattr(self.facts, name)),
            format_func=labels.__getitem__, key=retold(f"{self.token}-{name}"), **more,
        )  # fmt: skip
        self.beside[name] = st.empty()
        return chosen


@dataclass(frozen=True)
class Fields:
    """draw(the entry in a form) → what is in its fields. words(facts): label → text, also of a
    table's columns."""

    draw: Callable[[Entry], Any]
    words: Callable[[Any], Mapping[str, str]]


def type_fields(kept: Kept, domain: str) -> Fields:
    labels = {code: one.label for code, one in kept.measures.items()}

    def draw(entry: Entry) -> TypeFacts:
        facts = entry.facts
        label, label_en = _names(entry)
        left, right = st.columns(2)
        with left:
            rhythm = entry.choice("rhythm", _("开展频率"), rhythm_labels(), list(RHYTHMS))
        with right:
            weekday = entry.choice("weekday", _("星期几（仅每周开展的）"), weekday_labels())
        offers = st.multiselect(
            _("填报的指标（按选择的先后排列）"),
            [*dict.fromkeys([*facts.offers, *kept.measures_of(domain)])],
            list(facts.offers),
            format_func=labels.__getitem__,
            key=retold(f"{entry.token}-offers"),
            placeholder=_("只填参加人数，不填其他数量"),
        )
        entry.beside["offers"] = st.empty()
        rank, active = _rank_and_state(entry)
        return TypeFacts(label, label_en, rhythm, weekday, tuple(offers), rank, active)

    def words(facts: TypeFacts) -> dict[str, str]:
        return {
            _("顺序"): str(facts.position),
            _("名称"): facts.label,
            _("英文名称"): facts.label_en,
            _("开展频率"): rhythm_labels()[facts.rhythm],
            _("星期"): weekday_labels()[facts.weekday],
            _("指标"): _("、").join(labels[code] for code in facts.offers),
            _("状态"): _state(facts.active),
        }

    return Fields(draw, words)


def measure_fields(kept: Kept) -> Fields:
    people = {"": _("（无）")} | {group.code: group.label for group in kept.groups}

    def draw(entry: Entry) -> MeasureFacts:
        label, label_en = _names(entry)
        unit = _unit(entry, kept)
        definition = entry.text("definition", _("定义：什么算一个，什么不算"))
        definition_en = entry.text("definition_en", _("英文定义（可不填）"))
        left, middle, right = st.columns(3)
        with left:
            told = _("与单位不同时才填，例如单位是“人次”而简报写“3000余名”。")
            counter = entry.line("counter", _("简报中的量词"), help=told)
        with middle:
            same = {word: word for word in MORE_WORDS}
            more = entry.choice("more_word", _("“超过”用词"), same)
        with right:
            offered = ["", *kept.groups_for(entry.facts)]
            group = entry.choice("population_group", _("对应人群（分母）"), people, offered)
        better = entry.choice("better", _("好坏方向"), better_labels())
        least, most = _range(entry)
        rank, active = _rank_and_state(entry)
        return MeasureFacts(label, label_en, unit, definition, definition_en, counter, more,
                            group, better, rank, active, least, most)  # fmt: skip

    return Fields(draw, lambda facts: _measure_words(facts, kept, people))


def _measure_words(facts: MeasureFacts, kept: Kept, people: Mapping[str, str]) -> dict[str, str]:
    return {
        _("顺序"): str(facts.position),
        _("名称"): facts.label,
        _("英文名称"): facts.label_en,
        _("单位"): kept.units[facts.unit_code],
        _("定义"): facts.definition,
        _("英文定义"): facts.definition_en,
        _("量词"): facts.counter,
        _("约数用词"): facts.more_word,
        _("对应人群"): people[facts.population_group],
        _("好坏方向"): better_labels()[facts.better],
        _("一次最少"): _bound(facts.least),
        _("一次最多"): _bound(facts.most),
        _("状态"): _state(facts.active),
    }


def _range(entry: Entry) -> tuple[Decimal | None, Decimal | None]:
    """Outside of it nothing is accepted; a blank is no bound."""
    bounds = []
    labels = {"least": _("一次活动最少"), "most": _("一次活动最多")}
    for column, (name, label) in zip(st.columns(2), labels.items(), strict=True):
        bound = getattr(entry.facts, name)
        typed = column.number_input(
            label,
            min_value=0.0,
            max_value=float(LARGEST_QUANTITY),
            value=None if bound is None else float(bound),
            step=1.0,
            format="%.10g",
            placeholder=_("不限"),
            help=_("超出范围的数字填报时不接受；留空为不限。"),
            key=f"{entry.token}-{name}",
        )
        entry.beside[name] = column.empty()
        bounds.append(None if typed is None else Decimal(str(typed)).normalize())
    return bounds[0], bounds[1]


def _bound(value: Decimal | None) -> str:
    return "" if value is None else number(value, 3)


def partner_fields() -> Fields:
    def draw(entry: Entry) -> PartnerFacts:
        return PartnerFacts(*_names(entry), _rank(entry))

    def words(facts: PartnerFacts) -> dict[str, str]:
        return {
            _("顺序"): str(facts.position),
            _("名称"): facts.label,
            _("英文名称"): facts.label_en,
        }

    return Fields(draw, words)


def voice_fields() -> Fields:
    """Of a topic of voices or a channel."""

    def draw(entry: Entry) -> VoiceFacts:
        return VoiceFacts(*_names(entry), *_rank_and_state(entry))

    def words(facts: VoiceFacts) -> dict[str, str]:
        return {
            _("顺序"): str(facts.position),
            _("名称"): facts.label,
            _("英文名称"): facts.label_en,
            _("状态"): _state(facts.active),
        }

    return Fields(draw, words)


def group_fields() -> Fields:
    """Of a group of people; one that the program counts on has no way to be closed."""

    def draw(entry: Entry) -> GroupFacts:
        why = _("人均数、覆盖率或调查加权要用到这个人群，不能停用。")
        always = why if entry.code in ALWAYS else ""
        return GroupFacts(*_names(entry), *_rank_and_state(entry, always))

    return Fields(draw, voice_fields().words)


def _names(entry: Entry) -> tuple[str, str]:
    return entry.line("label", _("名称")), entry.line("label_en", _("英文名称（可不填）"))


def _unit(entry: Entry, kept: Kept) -> str:
    used = entry.code in kept.in_use
    told = _("已有填报的数量，单位不能再改。") if used else _("填报以后单位不能再改。")
    return entry.choice("unit_code", _("单位"), kept.units, disabled=used, help=told)


def _rank(entry: Entry) -> int:
    """A new entry is last."""
    rank = entry.facts.position
    return position(entry.token, rank, entry.last) if entry.code else rank


def _rank_and_state(entry: Entry, always: str = "") -> tuple[int, bool]:
    """A new entry is in use. `always`: why it stays in use."""
    rank = _rank(entry)
    if not entry.code:
        return rank, True
    active = st.checkbox(
        _("在用"),
        entry.facts.active,
        key=f"{entry.token}-active",
        help=always or _("停用后填报时不再出现；以前的记录都保留。"),
        disabled=bool(always),
    )
    entry.beside["active"] = st.empty()
    return rank, active


def _state(active: bool) -> str:
    return _("在用") if active else _("已停用")

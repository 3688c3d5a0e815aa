"""The fields of the catalogue's entries, and what is in them in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.shared.admin.places import position
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
class Fields:
    """draw(token, facts, code, how many entries there are) → what is in the fields; code and
    number are "" and 0 for a new entry. words(facts): label → text, also of a table's columns."""

    draw: Callable[[str, Any, str, int], Any]
    words: Callable[[Any], Mapping[str, str]]


def type_fields(kept: Kept, domain: str) -> Fields:
    labels = {code: one.label for code, one in kept.measures.items()}

    def draw(token: str, facts: TypeFacts, code: str, last: int) -> TypeFacts:
        label, label_en = _names(token, facts)
        left, right = st.columns(2)
        with left:
            rhythm = _choice(
                _("开展频率"), rhythm_labels(), facts.rhythm, f"{token}-rhythm", list(RHYTHMS)
            )
        with right:
            weekday = _choice(
                _("星期几（仅每周开展的）"), weekday_labels(), facts.weekday, f"{token}-weekday"
            )
        offers = st.multiselect(
            _("填报的指标（按选择的先后排列）"),
            [*dict.fromkeys([*facts.offers, *kept.measures_of(domain)])],
            list(facts.offers),
            format_func=labels.__getitem__,
            key=f"{token}-offers",
            placeholder=_("只填参加人数，不填其他数量"),
        )
        rank, active = _rank_and_state(token, facts, code, last)
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

    def draw(token: str, facts: MeasureFacts, code: str, last: int) -> MeasureFacts:
        label, label_en = _names(token, facts)
        unit = _unit(token, facts, kept, code)
        definition, definition_en = _definitions(token, facts)
        left, middle, right = st.columns(3)
        with left:
            counter = _counter(token, facts)
        with middle:
            same = {word: word for word in MORE_WORDS}
            more = _choice(_("“超过”用词"), same, facts.more_word, f"{token}-more_word")
        with right:
            key = f"{token}-population_group"
            offered = ["", *kept.groups_for(facts)]
            group = _choice(_("对应人群（分母）"), people, facts.population_group, key, offered)
        ways = better_labels()
        better = _choice(_("好坏方向"), ways, facts.better, f"{token}-better")
        least, most = _range(token, facts)
        rank, active = _rank_and_state(token, facts, code, last)
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


def _definitions(token: str, facts: MeasureFacts) -> tuple[str, str]:
    chinese = st.text_area(
        _("定义：什么算一个，什么不算"), facts.definition, key=f"{token}-definition"
    )
    english = st.text_area(
        _("英文定义（可不填）"), facts.definition_en, key=f"{token}-definition_en"
    )
    return chinese, english


def _range(token: str, facts: MeasureFacts) -> tuple[Decimal | None, Decimal | None]:
    """Outside of it nothing is accepted; a blank is no bound."""
    bounds = []
    labels = {"least": _("一次活动最少"), "most": _("一次活动最多")}
    for column, (name, label) in zip(st.columns(2), labels.items(), strict=True):
        bound = getattr(facts, name)
        typed = column.number_input(
            label,
            min_value=0.0,
            max_value=float(LARGEST_QUANTITY),
            value=None if bound is None else float(bound),
            step=1.0,
            format="%.10g",
            placeholder=_("不限"),
            help=_("超出范围的数字填报时不接受；留空为不限。"),
            key=f"{token}-{name}",
        )
        bounds.append(None if typed is None else Decimal(str(typed)).normalize())
    return bounds[0], bounds[1]


def _bound(value: Decimal | None) -> str:
    return "" if value is None else number(value, 3)


def _counter(token: str, facts: MeasureFacts) -> str:
    return st.text_input(
        _("简报中的量词"),
        facts.counter,
        key=f"{token}-counter",
        help=_("与单位不同时才填，例如单位是“人次”而简报写“3000余名”。"),
    )


def partner_fields() -> Fields:
    def draw(token: str, facts: PartnerFacts, code: str, last: int) -> PartnerFacts:
        label, label_en = _names(token, facts)
        return PartnerFacts(
            label, label_en, position(token, facts.position, last) if code else facts.position
        )

    def words(facts: PartnerFacts) -> dict[str, str]:
        return {
            _("顺序"): str(facts.position),
            _("名称"): facts.label,
            _("英文名称"): facts.label_en,
        }

    return Fields(draw, words)


def voice_fields() -> Fields:
    """Of a topic of voices or a channel."""

    def draw(token: str, facts: VoiceFacts, code: str, last: int) -> VoiceFacts:
        label, label_en = _names(token, facts)
        return VoiceFacts(label, label_en, *_rank_and_state(token, facts, code, last))

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

    def draw(token: str, facts: GroupFacts, code: str, last: int) -> GroupFacts:
        label, label_en = _names(token, facts)
        always = code in ALWAYS
        why = _("人均数、覆盖率或调查加权要用到这个人群，不能停用。")
        rank, active = _rank_and_state(token, facts, code, last, why if always else "")
        return GroupFacts(label, label_en, rank, active)

    return Fields(draw, voice_fields().words)


def _names(
    token: str, facts: TypeFacts | MeasureFacts | PartnerFacts | VoiceFacts | GroupFacts
) -> tuple[str, str]:
    label = st.text_input(_("名称"), facts.label, key=f"{token}-label", autocomplete="off")
    label_en = st.text_input(
        _("英文名称（可不填）"), facts.label_en, key=f"{token}-label_en",
        autocomplete="off",
    )  # fmt: skip
    return label, label_en


def _unit(token: str, facts: MeasureFacts, kept: Kept, code: str) -> str:
    used = code in kept.in_use
    return _choice(
        _("单位"),
        kept.units,
        facts.unit_code,
        f"{token}-unit_code",
        disabled=used,
        help=_("已有填报的数量，单位不能再改。") if used else _("填报以后单位不能再改。"),
    )


def _choice(
    label: str,
    labels: Mapping[Any, str],
    chosen: Any,
    key: str,
    options: list[Any] | None = None,
    **more: Any,
) -> Any:
    options = options or list(labels)
    return st.selectbox(
        label, options, options.index(chosen), format_func=labels.__getitem__, key=key, **more
    )


def _rank_and_state(
    token: str,
    facts: TypeFacts | MeasureFacts | VoiceFacts | GroupFacts,
    code: str,
    last: int,
    always: str = "",
) -> tuple[int, bool]:
    """Of an entry that exists; a new one is last, and in use. `always`: why it stays in use."""
    if not code:
        return facts.position, True
    rank = position(token, facts.position, last)
    active = st.checkbox(
        _("在用"),
        facts.active,
        key=f"{token}-active",
        help=always or _("停用后填报时不再出现；以前的记录都保留。"),
        disabled=bool(always),
    )
    return rank, active


def _state(active: bool) -> str:
    return _("在用") if active else _("已停用")

"""What an entry of the catalogue must be like before it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from services.admin import edits
from services.admin.list_facts import BETTER, MORE_WORDS, RHYTHMS, MeasureFacts, TypeFacts
from services.entries import check_quantity, gathered, words
from services.errors import InvalidEntry
from services.i18n import _

_LONGEST_DEFINITION = 500
_LONGEST_COUNTER = 10
# The fields of a measure as its form has them.
_MEASURE = (
    *("unit_code", "definition", "definition_en", "counter", "more_word", "population_group"),
    *("better", "least", "most"),
)
Facts = TypeVar("Facts")


def checked_label(facts: Facts, others: Mapping[str, Any], code: str) -> Facts:
    """The facts with their names trimmed and their rank within the list; InvalidEntry if another
    entry of the list is called so. `code` "": the entry is new, and comes last."""
    entry: Any = facts
    taken = {one.label for other, one in others.items() if other != code}
    last = len(others) if code else len(others) + 1
    with gathered() as part:
        label = part(edits.new_label, entry.label, "label", _("名称"), taken)
        english = part(words, entry.label_en, _("英文名称"), edits.LONGEST_LABEL, "label_en")
    return replace(
        entry,
        label=label,
        label_en=english,
        position=min(max(entry.position, 1), last) if code else last,
    )


def check_type(facts: TypeFacts, measures: Collection[str]) -> TypeFacts:
    """InvalidEntry for a rhythm or measure there is none of; only weekly keeps a weekday."""
    unknown = [code for code in facts.offers if code not in measures]
    twice = len(set(facts.offers)) < len(facts.offers)
    with gathered() as part:
        part(_needs, facts.rhythm in RHYTHMS, _("请选择开展频率。"), "rhythm")
        known = facts.weekday in (None, *range(1, 8))
        part(_needs, known, _("请选择星期几，或“不固定”。"), "weekday")
        sentence = _("请选择本服务领域的指标，每个只选一次。")
        part(_needs, not unknown and not twice, sentence, "offers")
    return replace(facts, weekday=facts.weekday if facts.rhythm == "weekly" else None)


def check_measure(
    facts: MeasureFacts, units: Collection[str], groups: Collection[str]
) -> MeasureFacts:
    chosen = {"", *groups}
    with gathered(_MEASURE) as part:
        part(_needs, facts.unit_code in units, _("请选择单位。"), "unit_code")
        part(_needs, facts.more_word in MORE_WORDS, _("请选择“余”或“多”。"), "more_word")
        sentence = _("请选择越多越好、越少越好或不作评价。")
        part(_needs, facts.better in BETTER, sentence, "better")
        part(_needs, facts.population_group in chosen, _("请选择对应人群。"), "population_group")
        part(_check_range, facts)
        return replace(
            facts,
            definition=part(_definition, facts.definition),
            definition_en=part(
                words, facts.definition_en, _("英文定义"), _LONGEST_DEFINITION, "definition_en"
            ),
            counter=part(words, facts.counter, _("量词"), _LONGEST_COUNTER, "counter"),
        )


def _needs(holds: bool, sentence: str, field: str) -> None:
    if not holds:
        raise InvalidEntry(sentence, field)


def _definition(typed: str) -> str:
    definition = words(typed, _("定义"), _LONGEST_DEFINITION, "definition")
    if not definition:
        raise InvalidEntry(_("请填写定义：什么算一个，什么不算。"), "definition")
    return definition


def _check_range(facts: MeasureFacts) -> None:
    """InvalidEntry for bounds that no quantity can have, or that leave nothing between them."""
    with gathered() as part:
        for bound, label, field in (
            (facts.least, _("一次最少"), "least"), (facts.most, _("一次最多"), "most"),
        ):  # fmt: skip
            if bound is not None:
                part(check_quantity, bound, label, whole=False, field=field)
    if facts.least is not None and facts.most is not None and facts.least > facts.most:
        raise InvalidEntry(_("“一次最少”不能大于“一次最多”。"), "least")

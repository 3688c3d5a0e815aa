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
Facts = TypeVar("Facts")


def checked_label(facts: Facts, others: Mapping[str, Any], code: str) -> Facts:
    """The facts with their names trimmed and their rank within the list; InvalidEntry if another
    entry of the list is called so. `code` "": the entry is new, and comes last."""
    entry: Any = facts
    label = edits.label_of(entry.label, "label", _("名称"))
    edits.check_new(label, {one.label for other, one in others.items() if other != code}, "label")
    last = len(others) if code else len(others) + 1
    return replace(
        entry,
        label=label,
        label_en=words(entry.label_en, _("英文名称"), edits.LONGEST_LABEL, "label_en"),
        position=min(max(entry.position, 1), last) if code else last,
    )


def check_type(facts: TypeFacts, measures: Collection[str]) -> TypeFacts:
    """InvalidEntry for a rhythm or measure there is none of; only weekly keeps a weekday."""
    if facts.rhythm not in RHYTHMS:
        raise InvalidEntry(_("请选择开展频率。"), "rhythm")
    if facts.weekday not in (None, *range(1, 8)):
        raise InvalidEntry(_("请选择星期几，或“不固定”。"), "weekday")
    unknown = [code for code in facts.offers if code not in measures]
    if unknown or len(set(facts.offers)) < len(facts.offers):
        raise InvalidEntry(_("请选择本服务领域的指标，每个只选一次。"), "offers")
    return replace(facts, weekday=facts.weekday if facts.rhythm == "weekly" else None)


def check_measure(
    facts: MeasureFacts, units: Collection[str], groups: Collection[str]
) -> MeasureFacts:
    if facts.unit_code not in units:
        raise InvalidEntry(_("请选择单位。"), "unit_code")
    if facts.more_word not in MORE_WORDS:
        raise InvalidEntry(_("请选择“余”或“多”。"), "more_word")
    if facts.better not in BETTER:
        raise InvalidEntry(_("请选择越多越好、越少越好或不作评价。"), "better")
    if facts.population_group and facts.population_group not in groups:
        raise InvalidEntry(_("请选择对应人群。"), "population_group")
    with gathered() as part:
        part(_check_range, facts)
        return replace(
            facts,
            definition=part(_definition, facts.definition),
            definition_en=part(
                words, facts.definition_en, _("英文定义"), _LONGEST_DEFINITION, "definition_en"
            ),
            counter=part(words, facts.counter, _("量词"), _LONGEST_COUNTER, "counter"),
        )


def _definition(typed: str) -> str:
    definition = words(typed, _("定义"), _LONGEST_DEFINITION, "definition")
    if not definition:
        raise InvalidEntry(_("请填写定义：什么算一个，什么不算。"), "definition")
    return definition


def _check_range(facts: MeasureFacts) -> None:
    """InvalidEntry for bounds that no quantity can have, or that leave nothing between them."""
    for bound, label, field in (
        (facts.least, _("一次最少"), "least"), (facts.most, _("一次最多"), "most"),
    ):  # fmt: skip
        if bound is not None:
            check_quantity(bound, label, whole=False, field=field)
    if facts.least is not None and facts.most is not None and facts.least > facts.most:
        raise InvalidEntry(_("“一次最少”不能大于“一次最多”。"), "least")

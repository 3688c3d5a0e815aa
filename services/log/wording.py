"""Lines of the change log in words: what kind of thing, what was done, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.reads import feedback as voices
from db.reads.catalogue import units
from db.reads.changes import Change
from services.activities.approval import APPROVED, RETURNED, SUBMITTED, review_label
from services.activities.history import labels, reason_text
from services.activities.records import state_label
from services.activities.rules import field_label
from services.admin.list_words import better_labels, rhythm_labels, weekday_labels
from services.catalogue import Catalogue
from services.feedback import course as feedback
from services.formats import NONE
from services.i18n import _, named
from services.imports import plan
from services.imports.record import ADD, REPLACE
from services.inspections.course import VERDICTS, verdict_label
from services.log.fields import action_labels, field_labels, kind_labels
from services.log.names import name_of
from services.periods import OFFICE_CLOCK
from services.permissions import ALLOWED, role_label
from services.privacy import mask
from services.schedule import rules
from services.schedule.book import day_off_labels
from services.targets import indicators
from services.workbook import KINDS

Vocabulary = Mapping[str, Mapping[str, str]]  # field → code → label


@dataclass(frozen=True)
class Line:
    """`differences`: "field：before → after" each, or in one what something new states.

    `name` is "" for things that are known by their number.
    """

    at: datetime
    who: str
    action: str
    kind: str
    number: str
    name: str
    differences: tuple[str, ...]
    reason: str


def vocabulary(session: Session) -> Vocabulary:
    """What the codes in the log mean, field by field."""
    known = labels(session)
    lists = known.lists
    places = {place.code: place.name for place in lists.communities}
    domains = {domain.code: domain.label for domain in lists.domains}
    types = {kind.code: kind.label for kind in lists.types}
    measures = {code: label for code, (label, _unit) in known.measures.items()}
    return {
        **dict.fromkeys(("community", "community_code", "host", "communities"), places),
        **dict.fromkeys(("domain", "domain_code"), domains),
        "type_code": types,
        "field": _fields(lists),
        "measures": measures,
        "grid": {grid.code: grid.name for grid in lists.grids},
        "partners": {kind.code: kind.label for kind in lists.partner_kinds},
        "role": {role: role_label(role) for role in ALLOWED},
        "state": {"recorded": state_label(False), "void": state_label(True)}
        | {code: feedback.state_label(code) for code in feedback.STATES if code != feedback.VOID},
        "review": {code: review_label(code) for code in (SUBMITTED, APPROVED, RETURNED)},
        "verdict": {code: feedback.verdict_label(code) for code in feedback.VERDICTS}
        | {code: verdict_label(code) for code in VERDICTS},
        "offers": measures,
        "part": domains | {"opening": _("总体情况"), "issue": _("期号")},
        "rhythm": rhythm_labels(),
        "better": better_labels(),
        "weekday": {str(day): label for day, label in weekday_labels().items()},
        "unit_code": {unit.code: unit.label for unit in units(session)},
        "population_group": {group.code: group.label for group in lists.groups},
        "indicator": {one.code: one.label for one in indicators(lists)},
        "on_day_off": day_off_labels(),
        **_of_voices(session),
        **_of_files(),
    }


def _of_voices(session: Session) -> Vocabulary:
    """What voices are sorted by, and the people they are assigned to."""
    people = {str(row.id): row.name for row in voices.people(session)}
    return {
        "topic_code": {row.code: named(row.label, row.label_en) for row in voices.topics(session)},
        "channel_code": {
            row.code: named(row.label, row.label_en) for row in voices.channels(session)
        },
        "owner_id": people,
        "person": people,
    }


def _of_files() -> Vocabulary:
    """What files bring in, and how."""
    return {
        "kind": {code: kind.label() for code, kind in KINDS.items()}
        | {code: plan.kind_label(code) for code in plan.KINDS},
        "how": {ADD: _("追加"), REPLACE: _("替换")},
    }


def _fields(lists: Catalogue) -> dict[str, str]:
    """What a remark can be about."""
    measures = [f"measure-{measure.code}" for measure in lists.measures]
    fields = ["participants", "partners", "first_day", "last_day", *measures]
    return {field: field_label(field, lists) for field in fields}


def line_of(row: Change, known: Vocabulary) -> Line:
    """Numbers of persons are hidden, as everywhere."""
    return Line(
        row.at,
        row.user_name or _("程序"),
        action_label(row.action, row.entity),
        kind_label(row.entity),
        row.entity_key,
        name_of(row.entity, row.entity_key, known),
        tuple(_differences(row.before or {}, row.after or {}, known)),
        reason_text(row.reason),
    )


def kind_label(entity: str) -> str:
    return kind_labels().get(entity, entity)


def action_label(action: str, entity: str = "feedback") -> str:
    """What was done; a voice is handled anew, anything else is opened anew."""
    if action == "reopen" and entity != "feedback":
        return _("重新打开")
    return action_labels().get(action, action)


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any], known: Vocabulary
) -> Iterator[str]:
    """A line a field that changed; of something new one line with all that it states."""
    called = field_labels() | known["population_group"]
    if not before:
        stated = [field for field, value in after.items() if value not in (None, "", [], {})]
        if stated:
            yield _("；").join(
                _("{field}：{value}").format(
                    field=called.get(field, field), value=_text(field, after[field], known)
                )
                for field in stated
            )
        return
    for field in before | after:
        old, new = before.get(field), after.get(field)
        if old != new:
            yield _("{field}：{before} → {after}").format(
                field=called.get(field, field),
                before=_text(field, old, known),
                after=_text(field, new, known),
            )


def _text(field: str, value: Any, known: Vocabulary) -> str:
    words = known.get(field, {})
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Mapping):
        parts = [
            words.get(key, key) + (f" {one}" if one is not None else "")
            for key, one in value.items()
        ]
        return _("、").join(parts) or NONE
    if isinstance(value, list):
        return _("、").join(words.get(str(one), str(one)) for one in value) or NONE
    if value in (None, ""):
        return NONE
    if field == "rule":
        return rules.words(rules.rule_of(value), date.min)
    if field == "expires_at":
        return f"{datetime.fromisoformat(value).astimezone(OFFICE_CLOCK):%Y-%m-%d %H:%M}"
    return words.get(str(value)) or mask(str(value))

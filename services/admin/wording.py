"""Lines of the change log in words: what kind of thing, what was done, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import Session
from db.reads.catalogue import units
from db.reads.changes import Change
from services.activities.approval import APPROVED, RETURNED, SUBMITTED, review_label
from services.activities.history import labels, reason_text
from services.admin.fields import action_labels, field_labels, kind_labels
from services.admin.population import groups
from services.formats import NONE
from services.i18n import _
from services.periods import OFFICE_CLOCK
from services.permissions import ALLOWED, role_label
from services.privacy import mask
from services.records import state_label

Vocabulary = Mapping[str, Mapping[str, str]]  # field → code → label


@dataclass(frozen=True)
class Line:
    """`differences`: "field：before → after" each, or in one what something new states."""

    at: datetime
    who: str
    action: str
    kind: str
    number: str
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
        "measures": measures,
        "grid": {grid.code: grid.name for grid in lists.grids},
        "partners": {kind.code: kind.label for kind in lists.partner_kinds},
        "role": {role: role_label(role) for role in ALLOWED},
        "state": {"recorded": state_label(False), "void": state_label(True)},
        "review": {code: review_label(code) for code in (SUBMITTED, APPROVED, RETURNED)},
        "offers": measures,
        "part": domains | {"opening": _("总体情况"), "issue": _("期号")},
        "rhythm": rhythm_labels(),
        "better": better_labels(),
        "weekday": {str(day): label for day, label in weekday_labels().items()},
        "unit_code": {unit.code: unit.label for unit in units(session)},
        "population_group": groups(),
    }


def rhythm_labels() -> dict[str, str]:
    return {
        "weekly": _("每周"),
        "monthly": _("每月"),
        "irregular": _("不定期"),
        "holiday": _("节假日"),
        "project": _("专项"),
        "round": _("按轮次"),
    }


def better_labels() -> dict[str, str]:
    """Which way a measure is meant to go."""
    return {"more": _("越多越好"), "less": _("越少越好"), "": _("不作评价")}


def weekday_labels() -> dict[int | None, str]:
    """Of a weekly rhythm; 6 stands for the weekend."""
    return {
        None: _("不固定"),
        1: _("星期一"),
        2: _("星期二"),
        3: _("星期三"),
        4: _("星期四"),
        5: _("星期五"),
        6: _("周末"),
        7: _("星期日"),
    }


def line_of(row: Change, known: Vocabulary) -> Line:
    """Numbers of persons are hidden, as everywhere."""
    return Line(
        row.at,
        row.user_name or _("程序"),
        action_label(row.action),
        kind_label(row.entity),
        row.entity_key,
        tuple(_differences(row.before or {}, row.after or {}, known)),
        reason_text(row.reason),
    )


def kind_label(entity: str) -> str:
    return kind_labels().get(entity, entity)


def action_label(action: str) -> str:
    return action_labels().get(action, action)


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any], known: Vocabulary
) -> Iterator[str]:
    """A line a field that changed; of something new one line with all that it states."""
    called = field_labels()
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
    if field == "expires_at":
        return f"{datetime.fromisoformat(value).astimezone(OFFICE_CLOCK):%Y-%m-%d %H:%M}"
    return words.get(str(value)) or mask(str(value))

"""What a record says in words, and how it came to say so: who changed what, from what, to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from db.engine import Session
from db.reads import catalogue as list_reads
from db.reads.changes import Change, about
from db.writes import activities as writes
from services.activities.entry import UNDO_REASON, Entry, entry_of, find
from services.activities.rules import field_label
from services.catalogue import Catalogue, catalogue
from services.formats import NONE, number, unit_of
from services.i18n import _, named
from services.log.fields import action_labels
from services.periods import span_label
from services.privacy import mask

Lines = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    who: str
    action: str
    reason: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Labels:
    """The lists in words. `measures`: code → (label, unit), those no longer offered included."""

    lists: Catalogue
    measures: Mapping[str, tuple[str, str]]


def labels(session: Session) -> Labels:
    units = {unit.code: named(unit.label, unit.label_en) for unit in list_reads.units(session)}
    return Labels(
        catalogue(session),
        {
            row.code: (named(row.label, row.label_en), units[row.unit_code])
            for row in list_reads.measures(session)
        },
    )


def history(session: Session, record_number: str) -> tuple[HistoryLine, ...]:
    """All that was done to a record, oldest first, in the current language."""
    key = writes.number_of(find(session, record_number).id)
    known = labels(session)
    return tuple(
        HistoryLine(
            at=row.at,
            who=row.user_name,
            action=_action(row, known.lists),
            reason=reason_text(row.reason),
            differences=between(
                lines(logged(row.before), known) if row.before and row.after else {},
                lines(logged(row.after), known) if row.before and row.after else {},
            ),
        )
        for row in about(session, writes.ENTITY, (key,))
    )


def differences(session: Session, record_number: str, entry: Entry) -> tuple[Difference, ...]:
    """Where an entry differs from the record: before = on record now, after = the entry."""
    known = labels(session)
    return between(lines(entry_of(find(session, record_number)), known), lines(entry, known))


def lines(entry: Entry, known: Labels) -> Lines:
    """An entry in words, numbers of persons hidden: field → (label, text), in a form's order."""
    lists = known.lists
    names = {place.code: place.name for place in lists.communities}
    grids = {grid.code: grid.name for grid in lists.grids}
    kinds = {kind.code: kind.label for kind in lists.partner_kinds}
    came, stated = dict(entry.partners), dict(entry.measures)
    partners = _("、").join(
        label + ("" if came[kind] is None else f" {number(came[kind])}")
        for kind, label in kinds.items()
        if kind in came
    )
    # Those that the type no longer offers last.
    measures = (*lists.type(entry.type_code).measures, *stated)
    return {
        "type_code": (_("活动类型"), lists.type(entry.type_code).label),
        "first_day": (_("日期"), span_label(entry.first_day, entry.last_day)),
        "host": (_("主办社区"), names[entry.host]),
        "communities": (
            _("共同开展的社区"),
            _("、").join(names[code] for code in entry.communities),
        ),
        "grid": (_("网格"), grids[entry.grid] if entry.grid else ""),
        "place": (_("地点"), mask(entry.place)),
        "partners": (_("参与力量"), partners),
        "participants": (
            _("参加人数"),
            "" if entry.participants is None else number(entry.participants),
        ),
        **{
            f"measure-{code}": (known.measures[code][0], quantity_text(stated[code], known, code))
            for code in measures
            if code in stated
        },
        "note": (_("备注"), mask(entry.note)),
    }


def quantity_text(value: Decimal, known: Labels, measure: str) -> str:
    return f"{number(value, 3)} {unit_of(value, known.measures[measure][1])}"


def reason_text(reason: str) -> str:
    return _("撤销") if reason == UNDO_REASON else mask(reason)


def between(before: Lines, after: Lines) -> tuple[Difference, ...]:
    """The fields whose text differs, in a form's order."""
    found = []
    for field in before | after:
        label = (after.get(field) or before[field])[0]
        old, new = (side.get(field, ("", ""))[1] for side in (before, after))
        if old != new:
            found.append(Difference(label, old or NONE, new or NONE))
    return tuple(found)


def logged(kept: Mapping[str, Any]) -> Entry:
    """What the change log kept of a record, as an entry."""
    return Entry(
        type_code=kept["type_code"],
        first_day=date.fromisoformat(kept["first_day"]),
        last_day=date.fromisoformat(kept["last_day"]),
        host=kept["host"],
        place=kept["place"],
        communities=tuple(kept["communities"]),
        grid=kept["grid"],
        partners=tuple(sorted(kept["partners"].items())),
        participants=kept["participants"],
        measures=tuple((code, Decimal(value)) for code, value in sorted(kept["measures"].items())),
        note=kept["note"],
    )


def _action(row: Change, lists: Catalogue) -> str:
    """What was done; of a remark also to which figure."""
    done = _deeds()[row.action]
    if "field" not in (row.after or {}):
        return done
    said = _("{action}：{label} {figure}").format(
        action=done, label=field_label(row.after["field"], lists), figure=row.after["figure"]
    )
    return said.rstrip()


def _deeds() -> dict[str, str]:
    return action_labels() | {"reopen": _("重新打开")}

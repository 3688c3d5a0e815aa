"""What is to be confirmed before a row of the grid is submitted, and whether it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.engine import Session
from services.activities import (
    Answer,
    Finding,
    covers,
    field_label,
    findings_of,
    mark_of,
    possible_duplicates,
)
from services.activities.entry import Entry
from services.catalogue import Catalogue
from services.drafts.cells import FOLLOW, SURE, column_of
from services.i18n import _

_DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Ask:
    """`field` is the grid's column that it is about."""

    field: str
    label: str
    sentence: str


def found_in(
    session: Session, entries: Sequence[Entry | None], lists: Catalogue
) -> list[tuple[Finding, ...]]:
    """Of every row's entry what is odd about it, and whether it may be there already."""
    whole = [entry for entry in entries if entry is not None]
    odd = findings_of(session, [(entry, 0) for entry in whole], lists)
    there = possible_duplicates(session, whole)
    found = iter(zip(there, odd, strict=True))
    return [() if entry is None else _together(*next(found)) for entry in entries]


def asks(found: Sequence[Finding], lists: Catalogue) -> tuple[Ask, ...]:
    return tuple(
        Ask(column_of(one.field), field_label(one.field, lists), one.sentence) for one in found
    )


def is_answered(cells: Mapping[str, str], found: Sequence[Finding]) -> bool:
    """The tick holds for what was found when it was set; a word of what is to be followed up holds
    for the row."""
    return covers(cells.get(SURE, ""), found) or bool(cells.get(FOLLOW, "").strip())


def answer_of(cells: Mapping[str, str], found: Sequence[Finding]) -> Answer:
    """What is kept with the activity: nothing of a duplicate, which is none."""
    note = cells.get(FOLLOW, "").strip()
    return Answer(mark_of(list(filter(is_odd, found))), note, follow_up=bool(note))


def is_odd(one: Finding) -> bool:
    """Whether it is about a figure: that it may be there already is not kept with the record."""
    return one.kind != _DUPLICATE


def _together(there: Sequence[str], odd: Sequence[Finding]) -> tuple[Finding, ...]:
    if not there:
        return tuple(odd)
    numbers = _("、").join(there[:3])
    sentence = _("当天已有同类记录 {numbers}。如果是同一场，请移除这一行。").format(numbers=numbers)
    return Finding("first_day", _DUPLICATE, numbers, sentence), *odd

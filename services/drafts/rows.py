"""The grid's rows as a person sees them: texts, state, reasons, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from db.engine import Session
from db.reads import activities as activity_reads
from db.reads import drafts as reads
from db.reads.office import data_version
from db.writes.activities import number_of
from services.activities import Entry, Finding, mark_of
from services.activities.entry import entry_of
from services.drafts.amounts import amounts
from services.drafts.asking import Ask, asks, found_in, is_answered
from services.drafts.cells import FOLLOW, SURE, Place, Reading, place_of, read_row
from services.drafts.rivals import Rivals, rivals_of, texts_of
from services.drafts.stated import grid_texts, stated
from services.errors import InvalidEntry
from services.formats import running
from services.i18n import _
from services.periods import Period, add_months, period_from_code
from services.permissions import CurrentUser, require
from services.privacy import mask


@dataclass(frozen=True)
class Row:
    """`state`: empty · conflict (two have typed into a cell) · draft (not complete) · invalid · ask
    (to be confirmed) · ready · submitted · approved · returned · void. `problems`: field →
    sentence; `asks` are what is odd, to be answered with their `mark`, and `question` all of it
    while it is not answered; `type_code`, `day` and `amounts` (field → number) are as they were
    read; `rivals`: field → what else was typed there."""

    key: str
    version: int
    position: int
    cells: Mapping[str, str]
    state: str
    discarded: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    asks: tuple[Ask, ...] = ()
    mark: str = ""
    number: str = ""
    type_code: str = ""
    day: str = ""
    reason: str = ""
    amounts: Mapping[str, float] = field(default_factory=dict)
    rivals: Mapping[str, Rivals] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A community's month. `mark` is another one after anything in it changed."""

    mark: str
    rows: tuple[Row, ...]


def month_of(code: str) -> Period:
    """The month of a link, 2023-10; InvalidEntry for anything else."""
    period = period_from_code(code)
    if period.kind != "month":
        raise InvalidEntry(_("请选择一个月。"), "month")
    return period


def place_in(session: Session, community: str, month: str, today: date) -> Place:
    """The place of the rows of a month, 2023-10; InvalidEntry if it is no month."""
    return place_of(session, community, month_of(month), today)


def sheet(
    session: Session, community: str, month: str, user: CurrentUser, today: date, seen: str = ""
) -> Sheet | None:
    """All rows of the month; None if they are still those of the mark that was seen."""
    require(user, "enter_activity", community)
    first_day = month_of(month).first_day
    stamp = (*reads.mark(session, community, first_day), data_version(session))
    mark = ".".join(map(str, stamp))
    if mark == seen:
        return None
    place = place_in(session, community, month, today)
    return Sheet(mark, rows_of(session, reads.month(session, community, first_day), place))


def rows_of(
    session: Session, drafts: Sequence[reads.ActivityDraft], place: Place
) -> tuple[Row, ...]:
    records = activity_reads.by_ids(session, [row.activity_id for row in drafts if row.activity_id])
    readings = [read_row(draft.cells, place) for draft in drafts]
    entries = [
        None if draft.activity_id is not None or draft.discarded else reading.entry
        for draft, reading in zip(drafts, readings, strict=True)
    ]
    found = found_in(session, entries, place.lists)
    return tuple(
        _row(draft, reading, odd, place, records)
        for draft, reading, odd in zip(drafts, readings, found, strict=True)
    )


def last_month(
    session: Session, community: str, month: str, user: CurrentUser, limit: int = 200
) -> tuple[dict[str, str], ...]:
    """What the community held in the month before, as texts of rows without days and counts."""
    require(user, "enter_activity", community)
    before = Period(add_months(month_of(month).first_day, -1), "month")
    choice = activity_reads.Choice(
        first=before.first_day, last=before.end, host=community, state="recorded"
    )
    place = place_of(session, community, before, before.end)
    offered = {kind.code for kind in place.lists.types if kind.active}
    held = map(entry_of, reversed(activity_reads.records(session, choice, limit)))
    return tuple(_again(one, place) for one in held if one.type_code in offered)


def _again(entry: Entry, place: Place) -> dict[str, str]:
    """What may be the same another time, with whom it still can be."""
    there = {one.code for one in place.lists.active_communities}
    planned = replace(
        entry,
        communities=tuple(code for code in entry.communities if code in there),
        partners=tuple((kind, None) for kind, _count in entry.partners),
    )
    texts = stated(planned, place.lists, place.names)
    return {name: texts[name] for name in ("type", "place", "communities", "partners")}


def question_of(cells: Mapping[str, str], found: Sequence[Finding]) -> str:
    """What is to be confirmed before the row may be submitted; "" if nothing is left to ask."""
    return "" if is_answered(cells, found) else running(*(one.sentence for one in found))


def _row(
    draft: reads.ActivityDraft,
    reading: Reading,
    found: Sequence[Finding],
    place: Place,
    records: Mapping[int, activity_reads.Activity],
) -> Row:
    seen = Row(
        key=draft.idempotency_key,
        version=draft.version,
        position=draft.position,
        cells=texts_of(draft.cells),
        state="",
        discarded=draft.discarded,
        type_code=reading.type_code,
        day=_day(reading.days),
        amounts=amounts(draft.cells, place.lists),
        rivals=rivals_of(draft.cells, hidden=draft.activity_id is not None),
    )
    if draft.activity_id is not None:
        return _submitted(seen, draft, records[draft.activity_id], place)
    question = question_of(draft.cells, found)
    return replace(
        seen,
        state=_state(draft.cells, reading, question),
        problems=reading.problems,
        question=question,
        asks=asks(found, place.lists),
        mark=mark_of(found),
    )


def _submitted(
    seen: Row, draft: reads.ActivityDraft, record: activity_reads.Activity, place: Place
) -> Row:
    """The row as its record is now: it may have been corrected elsewhere since."""
    entry = entry_of(record)
    said = {name: text for name, text in draft.cells.items() if name in (SURE, FOLLOW)}
    cells = grid_texts(entry, place) | said
    return replace(
        seen,
        cells={name: _shown(name, text) for name, text in cells.items()},
        state="void" if record.state == "void" else record.review,
        number=number_of(record.id),
        type_code=entry.type_code,
        day=_day((entry.first_day, entry.last_day)),
        reason=mask(record.return_reason),
        amounts=amounts(cells, place.lists),
    )


def _shown(name: str, text: str) -> str:
    """Of a record, to look up a person's number is a step of its own, which is logged."""
    return mask(text) if name in ("place", "note", FOLLOW) else text


def _state(cells: Mapping[str, str], reading: Reading, question: str) -> str:
    if not any(text.strip() for name, text in cells.items() if name != SURE):
        return "empty"
    if rivals_of(cells):
        return "conflict"
    if reading.problems:
        return "invalid"
    if reading.entry is None:
        return "draft"
    return "ask" if question else "ready"


def _day(days: tuple[date, date] | None) -> str:
    """The day as it was read, so that a slip is seen: 10-25 三."""
    if days is None:
        return ""
    first, last = days
    if first != last:
        return f"{first:%m-%d}–{last:%m-%d}"
    return f"{first:%m-%d} {_weekdays()[first.weekday()]}"


def _weekdays() -> tuple[str, ...]:
    return _("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")

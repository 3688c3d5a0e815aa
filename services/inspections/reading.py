"""What is on record: inspections as a list, and one with its photos, its chain and its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import changes as logs
from db.reads import inspections as reads
from db.writes.activities import number_of as activity_number
from db.writes.inspections import ENTITY, number_of
from services.activities.entry import find as find_activity
from services.catalogue import catalogue
from services.formats import NONE
from services.i18n import _
from services.inspections.course import OPEN, OVERDUE, VOID, action_label, state_of
from services.inspections.entry import Typed, find
from services.inspections.revealing import with_numbers
from services.inspections.rows import Photo, Row, photos_of, row_of
from services.privacy import mask
from services.views import View

PAGE = 20
_EVERY = 1_000_000


@dataclass(frozen=True)
class Chosen:
    """What to list within a view; empty means all."""

    verdict: str = ""
    state: str = ""


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True)
class Said:
    """What was said of it afterwards, or done to it."""

    at: datetime
    who: str
    action: str
    note: str


@dataclass(frozen=True)
class Full:
    """All there is to one inspection, numbers of persons hidden.

    state: its code; lines: (label, text); photos: those taken off too; reports: how it was put
    right; chain: the inspections it belongs to, the first one first; typed: what a correction
    starts from; hides_numbers: whether anything is hidden.
    """

    row: Row
    state: str
    version: int
    community: str
    lines: tuple[tuple[str, str], ...]
    photos: tuple[Photo, ...]
    reports: tuple[Said, ...]
    chain: tuple[Row, ...]
    typed: Typed
    hides_numbers: bool

    @property
    def number(self) -> str:
        return self.row.number

    @property
    def open(self) -> bool:
        """Whether it is still to be put right."""
        return self.state in (OPEN, OVERDUE)


def choice_of(view: View, chosen: Chosen = Chosen()) -> reads.Choice:  # noqa: B008
    filters = view.filters
    return reads.Choice(
        first=filters.period.first_day,
        last=filters.period.end,
        communities=filters.communities,
        domain=filters.domain,
        verdict=chosen.verdict or None,
        state="" if chosen.state == VOID else chosen.state,
        today=view.today,
        void=chosen.state == VOID,
    )


def listing(
    session: Session, view: View, chosen: Chosen, offset: int = 0, limit: int = PAGE
) -> Page:
    """The inspections of the view's period, newest first."""
    return _page(session, choice_of(view, chosen), view.today, offset, limit)


def whole_list(session: Session, view: View, chosen: Chosen) -> tuple[Row, ...]:
    """All of them, without their photos."""
    choice = choice_of(view, chosen)
    return _page(session, choice, view.today, 0, _EVERY, pictured=False).rows


def latest(session: Session, community: str, today: date, limit: int) -> Page:
    """The last inspections of a community, whenever they were."""
    return _page(session, reads.Choice(communities=(community,)), today, 0, limit)


def of_activity(session: Session, number: str, today: date) -> Page:
    """The inspections of one activity's result."""
    choice = reads.Choice(activity=find_activity(session, number).id)
    return _page(session, choice, today, 0, _EVERY)


def to_put_right(
    session: Session, today: date, community: str | None = None, recorded_by: int | None = None
) -> tuple[Row, ...]:
    """What still has to be put right (in a community; of what a person recorded), by its day.

    Without the photos: it is counted on every page, and a row of a photo is long to pass over.
    """
    own = (community,) if community else ()
    choice = reads.Choice(communities=own, state=OPEN, recorded_by=recorded_by)
    rows = _page(session, choice, today, 0, _EVERY, pictured=False).rows
    return tuple(sorted(rows, key=lambda row: (row.due_on, row.number)))


def reported(session: Session, rows: Sequence[Row]) -> frozenset[str]:
    """The numbers of those of which it was reported how they were put right."""
    return frozenset(logs.last_by(session, ENTITY, "rectify", [row.number for row in rows]))


def inspection(session: Session, number: str, today: date) -> Full:
    """One inspection; NotFound if there is none."""
    found = find(session, number)
    lists = catalogue(session)
    links = reads.chain(session, found)
    later = [*links[1:], None]
    pairs = list(zip(links, later, strict=True))
    photos = photos_of(reads.photos(session, [row.id for row in links]), links, lists)
    rows = tuple(row_of(*pair, lists, today, photos[pair[0].id]) for pair in pairs)
    place = links.index(found)
    lines = logs.about(session, ENTITY, (number_of(found.id),))
    return Full(
        row=rows[place],
        state=state_of(*pairs[place], today),
        version=found.version,
        community=found.community_code,
        lines=_lines(rows[place], found, lines),
        photos=photos[found.id],
        reports=tuple(said(line) for line in lines if line.action == "rectify"),
        chain=rows,
        typed=typed_of(found),
        hides_numbers=bool(with_numbers(found, lines)),
    )


def history(session: Session, number: str) -> tuple[Said, ...]:
    """The lines of the change log about one inspection, oldest first."""
    key = number_of(find(session, number).id)
    return tuple(said(line) for line in logs.about(session, ENTITY, (key,)))


def said(line: logs.Change) -> Said:
    note = mask((line.after or {}).get("note", "") or line.reason)
    return Said(line.at, line.user_name, action_label(line.action), note)


def _page(
    session: Session,
    choice: reads.Choice,
    today: date,
    offset: int,
    limit: int,
    *,
    pictured: bool = True,
) -> Page:
    lists = catalogue(session)
    pairs = reads.chosen(session, choice, limit, offset)
    links = [row for row, _later in pairs]
    found = reads.photos(session, [row.id for row in links]) if pictured else ()
    photos = photos_of(found, links, lists)
    rows = tuple(row_of(row, later, lists, today, photos[row.id]) for row, later in pairs)
    return Page(rows, reads.count(session, choice))


def _lines(
    row: Row, found: reads.Inspection, lines: Sequence[logs.Change]
) -> tuple[tuple[str, str], ...]:
    said = {
        _("督查日期"): row.day,
        _("社区"): row.community,
        _("服务领域"): row.domain,
        _("督查人"): row.inspector,
        _("整改期限"): row.due,
        _("作废原因"): mask(found.void_reason),
        _("录入"): lines[0].user_name if lines else NONE,
    }
    return tuple((label, text) for label, text in said.items() if text)


def typed_of(row: reads.Inspection) -> Typed:
    """As it was typed."""
    return Typed(
        day=row.day,
        community=row.community_code,
        domain=row.domain_code or "",
        activity=activity_number(row.activity_id) if row.activity_id else "",
        inspector=row.inspector,
        rank=row.rank,
        verdict=row.verdict,
        findings=row.findings,
        due_on=row.due_on,
        follows=number_of(row.follows_id) if row.follows_id else "",
    )

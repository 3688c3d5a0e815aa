"""Meetings as they are shown: the list, one with its slides, and every slide's content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import meetings as reads
from db.writes.meetings import number_of
from services.catalogue import catalogue
from services.i18n import language
from services.meetings.agenda import Item, item_label, made
from services.meetings.content import Content, from_json
from services.meetings.writing import Rules, find, scope_of
from services.periods import day_label, period_from_code
from services.permissions import CurrentUser, require

Progress = Callable[[int, int], None]


def quiet(_done: int, _of: int) -> None:
    """For who does not ask how far it is."""


@dataclass(frozen=True)
class Slide:
    """`headline` and `body` are what was written, "" where the content's own stands."""

    id: int
    kind: str
    subject: str
    headline: str
    body: str
    notes: str
    shown: bool
    version: int


@dataclass(frozen=True)
class Meeting:
    number: str
    title: str
    held_on: date
    day: str
    period: str
    period_label: str
    communities: tuple[str, ...]
    approved_only: bool | None
    frozen_at: datetime | None
    frozen_by: str
    void_reason: str
    version: int
    slides: tuple[Slide, ...]

    @property
    def shown(self) -> tuple[Slide, ...]:
        return tuple(slide for slide in self.slides if slide.shown)


def listing(session: Session) -> tuple[Meeting, ...]:
    """All meetings, the newest first, void ones too."""
    return tuple(_meeting(session, row) for row in reads.meetings(session))


def meeting(session: Session, number: str) -> Meeting:
    """One meeting with all its slides; NotFound if there is none."""
    return _meeting(session, find(session, number))


def contents(
    session: Session,
    number: str,
    user: CurrentUser,
    today: date,
    rules: Rules,
    some: tuple[int, ...] = (),
    progress: Progress = quiet,
) -> dict[int, Content]:
    """Slide id → its content: as frozen, or else as of today, in the current language.

    some: only these slides; `progress` hears after each how many of how many are made.
    """
    require(user, "see")
    row = find(session, number)
    kept = reads.snapshot(session, row.id, language())
    if kept is not None:
        found = {int(key): one for key, one in kept.content["slides"].items()}
        return {key: from_json(one) for key, one in found.items() if not some or key in some}
    return current(session, number, user, today, rules, some, progress)


def current(
    session: Session,
    number: str,
    user: CurrentUser,
    today: date,
    rules: Rules,
    some: tuple[int, ...] = (),
    progress: Progress = quiet,
) -> dict[int, Content]:
    """Slide id → its content as of today, whether or not the meeting is frozen."""
    require(user, "see")
    row = find(session, number)
    scope = scope_of(session, row, user, today, rules)
    slides = [one for one in reads.slides(session, row.id) if not some or one.id in some]
    found = {}
    for slide in slides:
        found[slide.id] = made(scope, Item(slide.kind, slide.subject))
        progress(len(found), len(slides))
    return found


def titles(session: Session, number: str) -> dict[int, str]:
    """Slide id → its title, without its figures: as frozen, or else by today's lists."""
    row = find(session, number)
    lists = catalogue(session)
    known = {
        slide.id: item_label(lists, Item(slide.kind, slide.subject))
        for slide in reads.slides(session, row.id)
    }
    kept = reads.snapshot(session, row.id, language())
    slides = kept.content["slides"] if kept else {}
    # A cover's own title is that of the meeting.
    frozen = {int(key): one["title"] for key, one in slides.items() if one["kind"] != "cover"}
    return known | frozen


def _meeting(session: Session, row: reads.Meeting) -> Meeting:
    return Meeting(
        number=number_of(row.id),
        title=row.title,
        held_on=row.held_on,
        day=day_label(row.held_on),
        period=row.period_code,
        period_label=period_from_code(row.period_code).label,
        communities=tuple(row.communities),
        approved_only=row.approved_only,
        frozen_at=row.frozen_at,
        frozen_by=row.frozen_by,
        void_reason=row.void_reason,
        version=row.version,
        slides=tuple(
            Slide(
                slide.id, slide.kind, slide.subject, slide.headline, slide.body, slide.notes,
                slide.shown, slide.version,
            )
            for slide in reads.slides(session, row.id)
        ),
    )  # fmt: skip

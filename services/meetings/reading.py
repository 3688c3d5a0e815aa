"""Meetings as they are shown: the list, one with its slides, and every slide's content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import meetings as reads
from db.writes.meetings import number_of
from services.i18n import language
from services.meetings.agenda import Item, made
from services.meetings.content import Content, from_json
from services.meetings.writing import Rules, find, scope_of
from services.periods import day_label, period_from_code
from services.permissions import CurrentUser, require


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
    session: Session, number: str, user: CurrentUser, today: date, rules: Rules
) -> dict[int, Content]:
    """Slide id → its content: as frozen, or else as of today, in the current language."""
    require(user, "see")
    row = find(session, number)
    kept = reads.snapshot(session, row.id, language())
    if kept is not None:
        return {int(key): from_json(one) for key, one in kept.content["slides"].items()}
    return current(session, number, user, today, rules)


def current(
    session: Session, number: str, user: CurrentUser, today: date, rules: Rules
) -> dict[int, Content]:
    """Slide id → its content as of today, whether or not the meeting is frozen."""
    require(user, "see")
    row = find(session, number)
    scope = scope_of(session, row, user, today, rules)
    return {
        slide.id: made(scope, Item(slide.kind, slide.subject))
        for slide in reads.slides(session, row.id)
    }


def _meeting(session: Session, row: reads.Meeting) -> Meeting:
    return Meeting(
        number=number_of(row.id),
        title=row.title,
        held_on=row.held_on,
        day=day_label(row.held_on),
        period=row.period_code,
        period_label=period_from_code(row.period_code).label,
        communities=tuple(row.communities),
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

"""A meeting's material as every form of it prints it: pages in order, words as edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from services.meetings.content import Content
from services.meetings.prose import Paragraph
from services.meetings.reading import Meeting, Progress, Slide, contents, meeting, quiet
from services.meetings.texts import bulletin_of
from services.meetings.writing import Rules
from services.permissions import CurrentUser


@dataclass(frozen=True)
class Page:
    """One page: its content, the headline that is printed, one's own words, the speaker's notes."""

    id: int
    content: Content
    headline: str
    body: str
    notes: str


@dataclass(frozen=True)
class Pack:
    """`office` is the name on every page; `frozen_at` is None while figures are as of today.

    `counted`: whether only approved records are; None where none waits, or where nobody knows.
    `issue` is the number of the bulletin, whose paragraphs are as edited.
    """

    number: str
    title: str
    office: str
    day: str
    period: str
    frozen_at: datetime | None
    counted: bool | None
    pages: tuple[Page, ...]
    issue: str
    bulletin: tuple[Paragraph, ...]


def pack(
    session: Session,
    number: str,
    user: CurrentUser,
    today: date,
    rules: Rules,
    office: str,
    progress: Progress = quiet,
) -> Pack:
    """The shown pages and the bulletin, from the frozen figures or else as of today.

    `progress` hears after each page how many of how many are made.
    """
    held = meeting(session, number)
    shown = tuple(slide.id for slide in held.shown)
    found = contents(session, number, user, today, rules, shown, progress)
    said = bulletin_of(session, number, user, today, rules, office)
    return Pack(
        number=held.number,
        title=held.title,
        office=office,
        day=held.day,
        period=held.period_label,
        frozen_at=held.frozen_at,
        counted=said.counted,
        pages=pages(held, found),
        issue=said.issue,
        bulletin=said.paragraphs,
    )


def pages(held: Meeting, found: Mapping[int, Content]) -> tuple[Page, ...]:
    """The shown slides among those whose content was found, in order, as they are printed."""
    return tuple(page(slide, found[slide.id]) for slide in held.shown if slide.id in found)


def page(slide: Slide, content: Content) -> Page:
    headline = slide.headline or content.headline
    return Page(slide.id, content, headline, slide.body, slide.notes)

"""Write review meetings: made, slides kept, figures frozen; each change a line of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import DataVersion, Meeting, MeetingSlide, MeetingSnapshot, MeetingText
from db.writes.log import Author, change_row, log_change

ENTITY = "meeting"


@dataclass(frozen=True)
class Facts:
    """What a meeting is called, when it is, and what it looks at (no communities: all).

    approved_only: as `Meeting.approved_only`.
    """

    title: str
    held_on: date
    period_code: str
    communities: tuple[str, ...]
    approved_only: bool | None


@dataclass(frozen=True)
class TextKey:
    """A part of a bulletin in a language."""

    part: str
    language: str


def make(
    session: Session, author: Author, key: str, facts: Facts, slides: Sequence[Mapping[str, str]]
) -> Meeting:
    """A new meeting with its slides (kind, subject, and what was written) in this order."""
    made = Meeting(
        **vars(facts) | {"communities": list(facts.communities)},
        idempotency_key=key,
        created_by=author.user_id,
        created_at=author.at,
        version=1,
        void_reason="",
        frozen_by="",
    )
    session.add(made)
    session.flush()
    session.add_all(
        MeetingSlide(meeting_id=made.id, position=place, **slide)
        for place, slide in enumerate(slides)
    )
    session.flush()
    log_change(session, author, "create", ENTITY, number_of(made.id), after=snapshot(made))
    return made


def change(
    session: Session,
    author: Author,
    action: str,
    meeting: Meeting,
    seen_version: int,
    changes: Mapping[str, Any],
    reason: str = "",
) -> bool:
    """Other facts for a meeting; False, and nothing written, for another version."""
    thing = (ENTITY, number_of(meeting.id))
    return change_row(
        session, author, action, thing, meeting, seen_version, changes, snapshot, reason
    )


def add_slide(
    session: Session, author: Author, meeting: Meeting, kind: str, subject: str, position: int
) -> MeetingSlide:
    """A new slide before those from this place on."""
    for other in _slides(session, meeting.id):
        if other.position >= position:
            other.position += 1
    slide = MeetingSlide(meeting_id=meeting.id, position=position, kind=kind, subject=subject)
    session.add(slide)
    session.flush()
    _log(session, author, "add_slide", meeting.id, None, _stated(slide))
    return slide


def change_slide(
    session: Session,
    author: Author,
    slide: MeetingSlide,
    seen_version: int,
    changes: Mapping[str, Any],
) -> bool:
    """Other words for a slide, or whether it is shown; False for another version."""
    thing = (ENTITY, number_of(slide.meeting_id))
    return change_row(session, author, "change_slide", thing, slide, seen_version, changes, _stated)


def arrange(session: Session, author: Author, meeting: Meeting, order: Sequence[int]) -> None:
    """Put the slides (by id) in this order."""
    slides = {slide.id: slide for slide in _slides(session, meeting.id)}
    before = {"order": sorted(slides, key=lambda number: slides[number].position)}
    for place, number in enumerate(order):
        slides[number].position = place
    session.flush()
    _log(session, author, "arrange_slides", meeting.id, before, {"order": list(order)})


def write_text(
    session: Session,
    author: Author,
    meeting: Meeting,
    key: TextKey,
    seen_version: int,
    text: str,
    computed: str,
) -> bool:
    """Keep a part of the bulletin as edited, "" for as computed; False for another version.

    The version of what nobody has edited yet is 0.
    """
    row = session.get(MeetingText, (meeting.id, key.part, key.language), populate_existing=True)
    if (row.version if row else 0) != seen_version:
        return False
    if row is None:
        row = MeetingText(
            meeting_id=meeting.id, part=key.part, language=key.language, text="", version=0
        )
        session.add(row)
    before = row.text
    row.text, row.computed, row.version = text, computed, seen_version + 1
    session.flush()
    stated = {"part": key.part, "language": key.language}
    action = "write_text" if text else "restore_text"
    _log(
        session, author, action, meeting.id,
        stated | {"text": before or computed}, stated | {"text": text or computed},
    )  # fmt: skip
    return True


def freeze(
    session: Session,
    author: Author,
    meeting: Meeting,
    seen_version: int,
    contents: Mapping[str, Mapping[str, Any]],
    approved_only: bool | None,
) -> bool:
    """Keep the contents, by language, which records they count, and the data version they are of;
    False as above."""
    version = session.scalar(select(DataVersion.version).where(DataVersion.id == 1))
    frozen = {
        "frozen_at": author.at,
        "frozen_by": author.name,
        "data_version": version,
        "approved_only": approved_only,
    }
    if not change(session, author, "freeze", meeting, seen_version, frozen):
        return False
    session.add_all(
        MeetingSnapshot(meeting_id=meeting.id, language=language, content=dict(content))
        for language, content in contents.items()
    )
    session.flush()
    return True


def number_of(meeting_id: int) -> str:
    """The number people see: M000012."""
    return f"M{meeting_id:06d}"


def snapshot(meeting: Meeting) -> dict[str, Any]:
    """What a meeting states, as the change log keeps it."""
    return {
        "title": meeting.title,
        "held_on": meeting.held_on.isoformat(),
        "period_code": meeting.period_code,
        "communities": list(meeting.communities),
        "approved_only": meeting.approved_only,
        "frozen": meeting.frozen_at is not None,
        "void_reason": meeting.void_reason,
    }


def _slides(session: Session, meeting_id: int) -> Sequence[MeetingSlide]:
    return session.scalars(select(MeetingSlide).where(MeetingSlide.meeting_id == meeting_id)).all()


def _stated(slide: MeetingSlide) -> dict[str, Any]:
    names = ("kind", "subject", "headline", "body", "notes", "shown")
    return {"slide": slide.id} | {name: getattr(slide, name) for name in names}


def _log(
    session: Session,
    author: Author,
    action: str,
    meeting_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any],
) -> None:
    log_change(session, author, action, ENTITY, number_of(meeting_id), before=before, after=after)

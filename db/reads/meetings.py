"""Read review meetings: as a list, one with its slides, and what was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Change, Meeting, MeetingSlide, MeetingSnapshot, MeetingText


def meetings(session: Session) -> Sequence[Meeting]:
    """All of them, void ones too, the newest first."""
    return session.scalars(
        select(Meeting).order_by(Meeting.held_on.desc(), Meeting.id.desc())
    ).all()


def meeting(session: Session, meeting_id: int) -> Meeting | None:
    return session.get(Meeting, meeting_id)


def by_key(session: Session, idempotency_key: str) -> Meeting | None:
    return session.scalar(select(Meeting).where(Meeting.idempotency_key == idempotency_key))


def place_in_year(session: Session, meeting: Meeting) -> int:
    """Which meeting of its year it is, void ones left out: 1 is the first."""
    first = date(meeting.held_on.year, 1, 1)
    earlier = session.execute(
        select(Meeting.held_on, Meeting.id).where(
            Meeting.held_on.between(first, meeting.held_on), Meeting.void_reason == ""
        )
    ).all()
    own = (meeting.held_on, meeting.id)
    return 1 + sum((row.held_on, row.id) < own for row in earlier)


def slides(session: Session, meeting_id: int) -> Sequence[MeetingSlide]:
    """The slides in their order, those taken out too."""
    return session.scalars(
        select(MeetingSlide)
        .where(MeetingSlide.meeting_id == meeting_id)
        .order_by(MeetingSlide.position, MeetingSlide.id)
    ).all()


def slide(session: Session, slide_id: int) -> MeetingSlide | None:
    return session.get(MeetingSlide, slide_id)


def snapshot(session: Session, meeting_id: int, language: str) -> MeetingSnapshot | None:
    return session.get(MeetingSnapshot, (meeting_id, language))


def texts(session: Session, meeting_id: int, language: str) -> Sequence[MeetingText]:
    """The bulletin's paragraphs that were edited."""
    return session.scalars(
        select(MeetingText).where(
            MeetingText.meeting_id == meeting_id, MeetingText.language == language
        )
    ).all()


def text(session: Session, meeting_id: int, part: str, language: str) -> MeetingText | None:
    return session.get(MeetingText, (meeting_id, part, language))


def text_changes(session: Session, number: str) -> Sequence[Change]:
    """What was written in the bulletin of a meeting (M000012), the newest first."""
    return session.scalars(
        select(Change)
        .where(
            Change.entity == "meeting",
            Change.entity_key == number,
            Change.action.in_(("write_text", "restore_text")),
        )
        .order_by(Change.id.desc())
    ).all()

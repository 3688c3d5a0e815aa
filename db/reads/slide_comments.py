"""Read comments on slides: those of a meeting, and the open ones that ask a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models import Meeting, MeetingSlide, SlideComment


def comment(session: Session, comment_id: int) -> SlideComment | None:
    return session.get(SlideComment, comment_id)


def by_key(session: Session, idempotency_key: str) -> SlideComment | None:
    return session.scalar(
        select(SlideComment).where(SlideComment.idempotency_key == idempotency_key)
    )


def of_meeting(session: Session, meeting_id: int) -> Sequence[SlideComment]:
    """All comments on the meeting's slides, the oldest first."""
    return session.scalars(
        select(SlideComment)
        .join(MeetingSlide, MeetingSlide.id == SlideComment.slide_id)
        .where(MeetingSlide.meeting_id == meeting_id)
        .order_by(SlideComment.id)
    ).all()


def still_open(session: Session) -> Sequence[Row[tuple[SlideComment, Meeting]]]:
    """Comments nobody has settled, each with its meeting, unless that is void."""
    return session.execute(
        select(SlideComment, Meeting)
        .join(MeetingSlide, MeetingSlide.id == SlideComment.slide_id)
        .join(Meeting, Meeting.id == MeetingSlide.meeting_id)
        .where(SlideComment.done_at.is_(None), Meeting.void_reason == "")
        .order_by(SlideComment.id)
    ).all()

"""Write comments on slides: made, settled, opened again; each a line of the meeting's log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.models import MeetingSlide, SlideComment
from db.writes.log import Author, change_row, log_change
from db.writes.meetings import ENTITY, number_of


def make(
    session: Session,
    author: Author,
    key: str,
    slide: MeetingSlide,
    text: str,
    mentioned: Sequence[int],
) -> SlideComment:
    """A new comment under its idempotency key, which the caller has looked up in the queue."""
    made = SlideComment(
        slide_id=slide.id,
        text=text,
        mentioned=list(mentioned),
        user_id=author.user_id,
        user_name=author.name,
        at=author.at,
        done_by="",
        version=1,
        idempotency_key=key,
    )
    session.add(made)
    session.flush()
    after = {"slide": slide.id, "text": text}
    log_change(session, author, "comment", ENTITY, number_of(slide.meeting_id), after=after)
    return made


def settle(
    session: Session,
    author: Author,
    slide: MeetingSlide,
    comment: SlideComment,
    seen_version: int,
    done: bool,
) -> bool:
    """Mark the comment as settled, or open it again; False for another version."""
    action, thing = "settle" if done else "unsettle", (ENTITY, number_of(slide.meeting_id))
    changes = {"done_at": author.at if done else None, "done_by": author.name if done else ""}
    return change_row(session, author, action, thing, comment, seen_version, changes, _stated)


def _stated(comment: SlideComment) -> dict[str, Any]:
    return {"slide": comment.slide_id, "text": comment.text, "done_by": comment.done_by}

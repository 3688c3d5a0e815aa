"""待办: what one person has to do, from all sources, what is overdue first."""

from __future__ import annotations

from datetime import date

from db.engine import Session
from services.due.item import Due
from services.due.sources import (
    follow_ups,
    occasions,
    promises,
    questions,
    rectifications,
    returned,
    to_approve,
    unfinished,
    unsent,
    voices,
    voices_to_take_on,
)
from services.permissions import CurrentUser

_SOURCES = (
    returned,
    to_approve,
    follow_ups,
    unsent,
    unfinished,
    occasions,
    voices,
    voices_to_take_on,
    promises,
    rectifications,
    questions,
)


def due(session: Session, user: CurrentUser, today: date) -> tuple[Due, ...]:
    """All of it: by day, the earliest first, then what has no day, in the order of the sources."""
    found = [one for source in _SOURCES for one in source(session, user, today)]
    return tuple(sorted(found, key=lambda one: (one.day is None, one.day or today)))


def due_count(session: Session, user: CurrentUser, today: date) -> int:
    """How many lines there are: what has its day still before it is to be done too, and counts."""
    return len(due(session, user, today))


__all__ = ["Due", "due", "due_count"]

"""Write the rounds of activity types; each change is a line of the log, with all it replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models import ActivityRound
from db.writes.log import Author, log_change

ENTITY = "activity_round"


@dataclass(frozen=True)
class Facts:
    """What can be said of a round; open while it has no last day."""

    number: int
    label: str
    label_en: str
    first_day: date
    last_day: date | None


def add(session: Session, author: Author, type_code: str, facts: Facts) -> None:
    row = ActivityRound(type_code=type_code, **vars(facts))
    session.add(row)
    session.flush()
    log_change(session, author, "add", ENTITY, key_of(row), after=snapshot(row))


def change(session: Session, author: Author, row: ActivityRound, facts: Facts) -> None:
    key, before = key_of(row), snapshot(row)
    for name, value in vars(facts).items():
        setattr(row, name, value)
    session.flush()
    log_change(session, author, "change", ENTITY, key, before=before, after=snapshot(row))


def clear(session: Session, author: Author, row: ActivityRound, reason: str) -> None:
    """Take a round out again; the log keeps all it said, and no activity changes."""
    key, before = key_of(row), snapshot(row)
    session.delete(row)
    session.flush()
    log_change(session, author, "clear", ENTITY, key, before=before, reason=reason)


def key_of(row: ActivityRound) -> str:
    return f"{row.type_code}/{row.id}"


def snapshot(row: ActivityRound) -> dict[str, Any]:
    return {
        "type_code": row.type_code,
        "number": row.number,
        "label": row.label,
        "label_en": row.label_en,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat() if row.last_day else None,
    }

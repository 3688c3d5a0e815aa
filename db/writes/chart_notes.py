"""Write notes on charts: made, changed, voided; each change a line of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models import ChartNote
from db.writes.log import Author, change_row, log_change

ENTITY = "chart_note"


@dataclass(frozen=True)
class Facts:
    """What happened on a day; no community: it is of the whole subdistrict."""

    series: str
    community_code: str | None
    day: date
    text: str


def make(session: Session, author: Author, key: str, facts: Facts) -> ChartNote:
    """A new note under its idempotency key, which the caller has looked up in the queue."""
    made = ChartNote(
        **vars(facts),
        idempotency_key=key,
        created_by=author.user_id,
        user_name=author.name,
        created_at=author.at,
        version=1,
        void_reason="",
    )
    session.add(made)
    session.flush()
    log_change(session, author, "add", ENTITY, str(made.id), after=snapshot(made))
    return made


def change(
    session: Session,
    author: Author,
    action: str,
    note: ChartNote,
    seen_version: int,
    changes: Mapping[str, Any],
    reason: str = "",
) -> bool:
    """Make the note state something else; False, and nothing written, for another version."""
    thing = (ENTITY, str(note.id))
    return change_row(session, author, action, thing, note, seen_version, changes, snapshot, reason)


def snapshot(note: ChartNote) -> dict[str, Any]:
    """All that a note states, as the change log keeps it."""
    plain = ("series", "community_code", "text", "void_reason")
    return {name: getattr(note, name) for name in plain} | {"day": note.day.isoformat()}

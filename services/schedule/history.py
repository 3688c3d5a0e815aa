"""How a plan came to say what it says, its occasions included."""

from __future__ import annotations

from db.engine import Session
from db.reads import plans as reads
from db.writes.plans import ENTITY, number_of
from services.admin.wording import Line, line_of, vocabulary
from services.schedule.reading import plan


def history(session: Session, number: str) -> tuple[Line, ...]:
    """Oldest first, in the current language."""
    known = vocabulary(session)
    key = number_of(plan(session, number).id)
    return tuple(line_of(row, known) for row in reads.history(session, ENTITY, key))

"""Write commitments: made, and carried on step by step; each step a row and a line of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models import Commitment, CommitmentStep
from db.writes.log import Author, change_row, log_change

ENTITY = "commitment"


@dataclass(frozen=True)
class Facts:
    """What was promised. `owner` is a person or an office, as the minutes say it."""

    made_on: date
    meeting: str
    text: str
    owner: str
    community_code: str | None
    domain_code: str | None
    due_on: date


def make(session: Session, author: Author, key: str, facts: Facts) -> Commitment:
    """A new commitment under its idempotency key, which the caller has looked up in the queue."""
    made = Commitment(**vars(facts), void_reason="", version=1, steps=[])
    made.steps.append(_row(author, key, "make", facts.made_on, ""))
    session.add(made)
    session.flush()
    log_change(session, author, "make", ENTITY, number_of(made.id), after=snapshot(made))
    return made


def take(
    session: Session,
    author: Author,
    key: str,
    commitment: Commitment,
    seen_version: int,
    action: str,
    day: date,
    note: str,
    changes: Mapping[str, Any],
) -> bool:
    """One step with the changes it makes; False, and nothing written, for another version."""
    thing, said = (ENTITY, number_of(commitment.id)), note[:500]
    if not change_row(
        session, author, action, thing, commitment, seen_version, changes, snapshot, said
    ):
        return False
    commitment.steps.append(_row(author, key, action, day, note))
    session.flush()
    return True


def correct(
    session: Session, author: Author, commitment: Commitment, seen_version: int, facts: Facts
) -> bool:
    """What was promised, stated anew; False, and nothing written, for another version."""
    thing = (ENTITY, number_of(commitment.id))
    if not change_row(
        session, author, "correct", thing, commitment, seen_version, vars(facts), snapshot
    ):
        return False
    commitment.steps[0].day = facts.made_on  # the course begins with the day of the meeting
    session.flush()
    return True


def facts_of(commitment: Commitment) -> Facts:
    return Facts(**{one.name: getattr(commitment, one.name) for one in fields(Facts)})


def number_of(commitment_id: int) -> str:
    """The number people see: C000123."""
    return f"C{commitment_id:06d}"


def snapshot(commitment: Commitment) -> dict[str, Any]:
    """All that a commitment states, as the change log keeps it."""
    plain = ("meeting", "text", "owner", "community_code", "domain_code", "void_reason")
    return {name: getattr(commitment, name) for name in plain} | {
        name: day.isoformat() if (day := getattr(commitment, name)) else None
        for name in ("made_on", "due_on", "done_on")
    }


def _row(author: Author, key: str, action: str, day: date, note: str) -> CommitmentStep:
    return CommitmentStep(
        action=action,
        day=day,
        note=note,
        at=author.at,
        user_id=author.user_id,
        user_name=author.name,
        idempotency_key=key,
    )

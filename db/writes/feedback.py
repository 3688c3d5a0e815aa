"""Write voices: submitted, and taken step by step; each step is a row and a line of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models import Feedback, FeedbackStep
from db.writes.log import Author, change_row, log_change

ENTITY = "feedback"


@dataclass(frozen=True)
class Step:
    """What is stated in a step; what an action does not ask for stays empty."""

    action: str
    day: date
    note: str = ""
    owner: int | None = None
    due: date | None = None
    verdict: str = ""


@dataclass(frozen=True)
class Facts:
    """What a voice says, and where it came from."""

    received_on: date
    channel_code: str
    topic_code: str
    community_code: str
    school: str
    text: str


def submit(session: Session, author: Author, key: str, facts: Facts) -> Feedback:
    """A new voice under its idempotency key, which the caller has looked up in the queue."""
    feedback = Feedback(**vars(facts), state="received", verdict="", rounds=1, version=1,
                        void_reason="", steps=[])  # fmt: skip
    session.add(feedback)
    step = Step("submit", facts.received_on)
    feedback.steps.append(_row(author, key, step))
    session.flush()
    log_change(session, author, "submit", ENTITY, number_of(feedback.id), after=snapshot(feedback))
    return feedback


def take(
    session: Session,
    author: Author,
    key: str,
    feedback: Feedback,
    seen_version: int,
    step: Step,
    changes: Mapping[str, Any],
) -> bool:
    """One step with the changes it makes; False, and nothing written, for another version."""
    thing, note = (ENTITY, number_of(feedback.id)), step.note[:500]
    if not change_row(
        session, author, step.action, thing, feedback, seen_version, changes, snapshot, note
    ):
        return False
    feedback.steps.append(_row(author, key, step))
    session.flush()
    return True


def correct(
    session: Session, author: Author, feedback: Feedback, seen_version: int, facts: Facts
) -> bool:
    """What a voice says, stated anew; False, and nothing written, for another version."""
    thing = (ENTITY, number_of(feedback.id))
    if not change_row(
        session, author, "correct", thing, feedback, seen_version, vars(facts), snapshot
    ):
        return False
    feedback.steps[0].day = facts.received_on  # the course begins with the day it came
    session.flush()
    return True


def facts_of(feedback: Feedback) -> Facts:
    return Facts(**{one.name: getattr(feedback, one.name) for one in fields(Facts)})


def number_of(feedback_id: int) -> str:
    """The number people see: F000123."""
    return f"F{feedback_id:06d}"


def snapshot(feedback: Feedback) -> dict[str, Any]:
    """All that a voice states, as the change log keeps it."""
    days = ("received_on", "due_on", "responded_on", "resolved_on")
    plain = ("channel_code", "topic_code", "community_code", "school", "text", "owner_id",
             "state", "verdict", "rounds", "void_reason")  # fmt: skip
    return {name: getattr(feedback, name) for name in plain} | {
        name: day.isoformat() if (day := getattr(feedback, name)) else None for name in days
    }


def _row(author: Author, key: str, step: Step) -> FeedbackStep:
    return FeedbackStep(
        action=step.action,
        day=step.day,
        note=step.note,
        verdict=step.verdict,
        owner_id=step.owner,
        due_on=step.due,
        at=author.at,
        user_id=author.user_id,
        user_name=author.name,
        idempotency_key=key,
    )

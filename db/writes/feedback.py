"""Write voices: submitted, and taken step by step; each step is a row and a line of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models import Feedback, FeedbackStep
from db.writes.log import Author, change_row, log_changes

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
    return submit_all(session, author, [(key, facts)])[0]


def submit_all(
    session: Session, author: Author, given: Sequence[tuple[str, Facts]]
) -> list[Feedback]:
    """The same for many at once, numbered in this order."""
    made = [
        Feedback(**vars(facts), state="received", verdict="", rounds=1, version=1, void_reason="",
                 steps=[_row(author, key, Step("submit", facts.received_on))])
        for key, facts in given
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    submitted = ((number_of(feedback.id), None, snapshot(feedback)) for feedback in made)
    log_changes(session, author, "submit", ENTITY, submitted)
    return made


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


def correct_all(session: Session, author: Author, given: Sequence[tuple[Feedback, Facts]]) -> None:
    """What many voices say, stated anew, each as it was read since the write was queued."""
    before = [snapshot(feedback) for feedback, _facts in given]
    for feedback, facts in given:
        for name, value in vars(facts).items():
            setattr(feedback, name, value)
        feedback.version += 1
        feedback.steps[0].day = facts.received_on
    session.flush()
    corrected = (
        (number_of(feedback.id), old, snapshot(feedback))
        for (feedback, _facts), old in zip(given, before, strict=True)
    )
    log_changes(session, author, "correct", ENTITY, corrected)


def take_all(
    session: Session,
    author: Author,
    step: Step,
    given: Sequence[tuple[str, Feedback, Mapping[str, Any]]],
) -> None:
    """The same step of many voices, which were read since the write was queued: of each its key,
    the voice, and the changes it makes."""
    before = [snapshot(feedback) for _key, feedback, _changes in given]
    for key, feedback, changes in given:
        for name, value in changes.items():
            setattr(feedback, name, value)
        feedback.version += 1
        feedback.steps.append(_row(author, key, step))
    session.flush()
    taken = (
        (number_of(feedback.id), old, snapshot(feedback))
        for (_key, feedback, _changes), old in zip(given, before, strict=True)
    )
    log_changes(session, author, step.action, ENTITY, taken, reason=step.note[:500])


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

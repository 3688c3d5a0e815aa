"""Read voices: the lists they are sorted by, one by one, and as a frame to count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, Row, case, func, select
from sqlalchemy.orm import Session

from db.models import Feedback, FeedbackChannel, FeedbackStep, FeedbackTopic, User
from db.reads.narrowing import narrowed

Sorted = Sequence[FeedbackChannel] | Sequence[FeedbackTopic]
OPEN = ("received", "assigned")
_CALLED = ("satisfied", "unsatisfied", "not_resolved")
_OWN = ("received_on", "channel_code", "topic_code", "community_code", "school", "due_on",
        "responded_on", "resolved_on", "state", "rounds")  # fmt: skip
# A row of `frame`; `resolves` and the answers count steps: one voice can be called back twice.
COLUMNS = ("domain_code", *_OWN, "resolves", *_CALLED)
_TOLD = (*_OWN, "id", "text", "owner_id", "verdict", "void_reason", "version")


@dataclass(frozen=True)
class Choice:
    """Which voices. What is empty does not narrow; void ones only if they are asked for."""

    first: date | None = None
    last: date | None = None
    communities: tuple[str, ...] = ()
    domain: str | None = None
    topic: str | None = None
    channel: str | None = None
    school: str | None = None
    states: tuple[str, ...] = ()
    owner: int | None = None
    due_before: date | None = None
    void: bool = False


def channels(session: Session) -> Sequence[FeedbackChannel]:
    return session.scalars(select(FeedbackChannel).order_by(FeedbackChannel.position)).all()


def topics(session: Session) -> Sequence[FeedbackTopic]:
    return session.scalars(select(FeedbackTopic).order_by(FeedbackTopic.position)).all()


def schools(session: Session) -> Sequence[str]:
    """Every school that was ever named."""
    return session.scalars(
        select(Feedback.school).where(Feedback.school != "").distinct().order_by(Feedback.school)
    ).all()


def people(session: Session) -> Sequence[User]:
    """Everybody, those who left included, in the order they came."""
    return session.scalars(select(User).order_by(User.id)).all()


def feedback(session: Session, feedback_id: int) -> Feedback | None:
    return session.get(Feedback, feedback_id)


def step_by_key(session: Session, idempotency_key: str) -> FeedbackStep | None:
    return session.scalar(
        select(FeedbackStep).where(FeedbackStep.idempotency_key == idempotency_key)
    )


def chosen(session: Session, choice: Choice, limit: int, offset: int = 0) -> Sequence[Feedback]:
    """The chosen voices, newest first."""
    return session.scalars(
        select(Feedback)
        .where(*_conditions(choice))
        .order_by(Feedback.received_on.desc(), Feedback.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()


def ids(session: Session, choice: Choice) -> Sequence[int]:
    """The chosen voices, oldest first."""
    return session.scalars(
        select(Feedback.id).where(*_conditions(choice)).order_by(Feedback.received_on, Feedback.id)
    ).all()


def told(session: Session) -> Sequence[Row]:
    """Every voice, void ones included, oldest first: what it says and where it stands, the
    `idempotency_key` it was submitted under, and the day of its next step (`followed_on`)."""
    first = FeedbackStep.action == "submit"
    return session.execute(
        select(
            *(getattr(Feedback, name) for name in _TOLD),
            func.max(case((first, FeedbackStep.idempotency_key))).label("idempotency_key"),
            func.min(case((~first, FeedbackStep.day))).label("followed_on"),
        )
        .join(FeedbackStep, FeedbackStep.feedback_id == Feedback.id)
        .group_by(Feedback.id)
        .order_by(Feedback.received_on, Feedback.id)
    ).all()


def by_ids(session: Session, wanted: Collection[int]) -> dict[int, Feedback]:
    rows = session.scalars(select(Feedback).where(Feedback.id.in_(wanted)))
    return {row.id: row for row in rows}


def keys_there(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys under which a step is on record."""
    return set(
        session.scalars(
            select(FeedbackStep.idempotency_key).where(FeedbackStep.idempotency_key.in_(keys))
        )
    )


def count(session: Session, choice: Choice) -> int:
    return session.scalar(select(func.count(Feedback.id)).where(*_conditions(choice))) or 0


def by_state(session: Session, choice: Choice) -> Sequence[Row]:
    """State of the chosen voices, how many are in it, and when the oldest of them came."""
    return session.execute(
        select(Feedback.state, func.count(Feedback.id), func.min(Feedback.received_on))
        .where(*_conditions(choice))
        .group_by(Feedback.state)
    ).all()


def frame(session: Session, choice: Choice) -> pd.DataFrame:
    """The chosen voices, a row each, with COLUMNS; days are dates or None."""
    rows = session.execute(
        select(
            FeedbackTopic.domain_code,
            *(getattr(Feedback, name) for name in _OWN),
            _count_of(FeedbackStep.action == "resolve"),
            *(_count_of(FeedbackStep.verdict == verdict) for verdict in _CALLED),
        )
        .join(FeedbackTopic, FeedbackTopic.code == Feedback.topic_code)
        .join(FeedbackStep, FeedbackStep.feedback_id == Feedback.id)
        .where(*_conditions(choice))
        .group_by(Feedback.id, FeedbackTopic.domain_code)
        .order_by(Feedback.id)
    ).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=list(COLUMNS)).astype(
        {name: object for name in COLUMNS if name.endswith("_on")}
    )


def _count_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _conditions(choice: Choice) -> list[ColumnElement[bool]]:
    equal = {
        Feedback.topic_code: choice.topic,
        Feedback.channel_code: choice.channel,
        Feedback.school: choice.school,
        Feedback.owner_id: choice.owner,
    }
    conditions = narrowed(equal, Feedback.received_on, choice.first, choice.last)
    conditions.append(Feedback.void_reason != "" if choice.void else Feedback.void_reason == "")
    if choice.communities:
        conditions.append(Feedback.community_code.in_(choice.communities))
    if choice.states:
        conditions.append(Feedback.state.in_(choice.states))
    if choice.due_before:
        conditions.append(Feedback.due_on < choice.due_before)
    if choice.domain:
        conditions.append(
            Feedback.topic_code.in_(
                select(FeedbackTopic.code).where(FeedbackTopic.domain_code == choice.domain)
            )
        )
    return conditions

"""Read commitments: as a list, one by one, and the meetings named so far."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Commitment, CommitmentStep


def commitment(session: Session, commitment_id: int) -> Commitment | None:
    return session.get(Commitment, commitment_id)


def step_by_key(session: Session, idempotency_key: str) -> CommitmentStep | None:
    return session.scalar(
        select(CommitmentStep).where(CommitmentStep.idempotency_key == idempotency_key)
    )


def commitments(session: Session) -> Sequence[Commitment]:
    """All of them, void ones too, by the day they are due."""
    return session.scalars(select(Commitment).order_by(Commitment.due_on, Commitment.id)).all()

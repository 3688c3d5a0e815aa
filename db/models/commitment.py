"""承诺事项: what was promised at a review meeting, and how it was kept."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import Base, Instant, RowNumber


class Commitment(Base):
    """One promise. It is done once it has a day (`done_on`), void while there is a reason."""

    __tablename__ = "commitments"
    __table_args__ = (
        CheckConstraint("due_on >= made_on", name="days_in_order"),
        Index("ix_commitments_done", "done_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    made_on: Mapped[date]
    meeting: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(60))
    community_code: Mapped[str | None] = mapped_column(ForeignKey("communities.code"))
    domain_code: Mapped[str | None] = mapped_column(ForeignKey("service_domains.code"))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)

    steps: Mapped[list[CommitmentStep]] = relationship(
        order_by="CommitmentStep.id", lazy="selectin"
    )


class CommitmentStep(Base):
    """What was done about it: made, reported on, done, opened again, made void, restored."""

    __tablename__ = "commitment_steps"
    __table_args__ = (Index("ix_commitment_steps_commitment", "commitment_id", "id"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"))
    action: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user_name: Mapped[str] = mapped_column(String(60))
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)

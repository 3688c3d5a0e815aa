"""民声: what residents and parents told the office, and every step until they were called back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import Base, Code, Instant, Label, RowNumber


class FeedbackChannel(Base):
    """By which way it came: 家长接待日, 上门走访, 热线 …"""

    __tablename__ = "feedback_channels"

    code: Mapped[Code] = mapped_column(primary_key=True)
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(default=True)


class FeedbackTopic(Base):
    """What it is about; the topic decides the service domain."""

    __tablename__ = "feedback_topics"

    code: Mapped[Code] = mapped_column(primary_key=True)
    domain_code: Mapped[Code] = mapped_column(ForeignKey("service_domains.code"))
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(default=True)


class Feedback(Base):
    """One voice. `state`: received · assigned · resolved · closed; void while there is a reason.

    `verdict` is the answer of the last call-back (satisfied · unsatisfied · not_resolved), "" once
    it is reported resolved anew; `rounds` counts how often it was taken up.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("state IN ('received', 'assigned', 'resolved', 'closed')", name="state"),
        CheckConstraint(
            "verdict IN ('', 'satisfied', 'unsatisfied', 'not_resolved')", name="verdict"
        ),
        CheckConstraint("rounds >= 1", name="rounds"),
        CheckConstraint("(state IN ('resolved', 'closed')) = (resolved_on IS NOT NULL)",
                        name="resolved"),
        CheckConstraint("(state = 'received') = (owner_id IS NULL)", name="owner"),
        CheckConstraint("(state = 'received') = (due_on IS NULL)", name="due"),
        Index("ix_feedback_received", "received_on", "id"),
        Index("ix_feedback_owner", "owner_id", "state", "due_on"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    received_on: Mapped[date]
    channel_code: Mapped[Code] = mapped_column(ForeignKey("feedback_channels.code"))
    topic_code: Mapped[Code] = mapped_column(ForeignKey("feedback_topics.code"))
    community_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"))
    school: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date | None]
    responded_on: Mapped[date | None]
    resolved_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default="received")
    verdict: Mapped[str] = mapped_column(String(20), default="")
    rounds: Mapped[int] = mapped_column(Integer, default=1)
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)

    steps: Mapped[list[FeedbackStep]] = relationship(order_by="FeedbackStep.id", lazy="selectin")


class FeedbackStep(Base):
    """One step of the course: who did what, on which day, and when it was written down."""

    __tablename__ = "feedback_steps"
    __table_args__ = (Index("ix_feedback_steps_feedback", "feedback_id", "id"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    action: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[str] = mapped_column(String(20), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date | None]
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user_name: Mapped[str] = mapped_column(String(60))
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)

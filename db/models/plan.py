"""工作节律: what is to happen when, what was moved or cancelled, and the rounds of a campaign."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Code, Instant, Label, RowNumber


class ActivityPlan(Base):
    """A recurring plan of one community for one activity type.

    `rule`: a recurrence rule of RFC 5545 (FREQ=WEEKLY;BYDAY=WE), or "" for once, on `first_day`;
    or one that RFC 5545 has no words for: X-WORKDAY, X-FESTIVAL, X-ROUND (decision 12).
    `on_day_off`: keep · skip · next_workday, for a day that is no working day in China.
    An occasion is done on time up to `grace_days` after its day.
    """

    __tablename__ = "activity_plans"
    __table_args__ = (
        CheckConstraint("on_day_off IN ('keep', 'skip', 'next_workday')", name="on_day_off"),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="days_in_order"),
        CheckConstraint("grace_days >= 0", name="grace_days"),
        Index("ix_activity_plans_community", "community_code", "type_code"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    type_code: Mapped[Code] = mapped_column(ForeignKey("activity_types.code"))
    community_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"))
    label: Mapped[Label] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(String(200), default="")
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    on_day_off: Mapped[str] = mapped_column(String(20), default="keep")
    grace_days: Mapped[int] = mapped_column(Integer, default=0)
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)


class PlanException(Base):
    """An occasion of a plan (its day by the rule) that is cancelled, or moved to another day."""

    __tablename__ = "plan_exceptions"

    plan_id: Mapped[int] = mapped_column(ForeignKey("activity_plans.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    moved_to: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(500))
    active: Mapped[bool] = mapped_column(default=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(Integer, default=1)


class ActivityRound(Base):
    """A round (第二轮) of a type: activities of its days belong to it; open while it has no end."""

    __tablename__ = "activity_rounds"
    __table_args__ = (
        UniqueConstraint("type_code", "number"),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    type_code: Mapped[Code] = mapped_column(ForeignKey("activity_types.code"))
    number: Mapped[int] = mapped_column(Integer)
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    first_day: Mapped[date]
    last_day: Mapped[date | None]

"""What was said about a figure: that an unusual one is right, or that it is to be looked into."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Instant, RowNumber


class ActivityRemark(Base):
    """`kind`: confirmed (确认无误, kept with the figure it was said of) · follow_up (待跟进).

    `field` is a field of the entry form (participants, measure-…), `finding` what was noticed.
    A follow-up is open until `closed_at`.
    """

    __tablename__ = "activity_remarks"
    __table_args__ = (
        CheckConstraint("kind IN ('confirmed', 'follow_up')", name="kind"),
        Index("ix_activity_remarks_activity", "activity_id", "id"),
        Index("ix_activity_remarks_open", "kind", "closed_at"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    field: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    finding: Mapped[str] = mapped_column(String(40), default="")
    figure: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str] = mapped_column(String(60), default="")
    closed_note: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)

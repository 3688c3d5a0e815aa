"""Rows of the batch grid before they are submitted: the texts as typed, saved at every cell."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Code, Instant, RowNumber


class ActivityDraft(Base):
    """One row of a community's month. `cells`: field → text as typed, valid or not.

    `idempotency_key` becomes the activity's own when the row is submitted (`activity_id`).
    A discarded row is kept, and can be taken back.
    """

    __tablename__ = "activity_drafts"
    __table_args__ = (
        Index("ix_activity_drafts_month", "community_code", "month", "position", "id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    community_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"))
    month: Mapped[date]
    position: Mapped[int] = mapped_column(Integer)
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    discarded: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime] = mapped_column(Instant)

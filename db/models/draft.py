"""What is typed and not submitted yet: rows of the batch grid, and single forms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String
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


class FormDraft(Base):
    """A single form as one person left it. `fields`: name → what is in it, empty once it ended.

    `token` is the idempotency key of what the form becomes. The row of a form that was submitted
    (`sent`) or emptied (`cleared`) stays for a while, so that a save under way can't bring it back.
    """

    __tablename__ = "form_drafts"
    __table_args__ = (CheckConstraint("state IN ('open', 'cleared', 'sent')", name="state"),)

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    form: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10), default="open")
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(Integer, default=1)
    at: Mapped[datetime] = mapped_column(Instant)

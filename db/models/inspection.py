"""督查: who looked at what, on which day, what was found, and the photos before and after."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from db.models.base import Base, Code, Instant, RowNumber


class Inspection(Base):
    """One inspection of a community, of a domain there, or of an activity's result.

    `verdict`: qualified (合格) · rectify (限期整改, with a day) · unqualified (不合格, with a day).
    `follows_id` is the inspection that this one re-inspects.
    """

    __tablename__ = "inspections"
    __table_args__ = (
        CheckConstraint("verdict IN ('qualified', 'rectify', 'unqualified')", name="verdict"),
        CheckConstraint("(verdict = 'qualified') = (due_on IS NULL)", name="due"),
        CheckConstraint("due_on IS NULL OR due_on >= day", name="days_in_order"),
        Index("ix_inspections_day", "day", "id"),
        Index("ix_inspections_community", "community_code", "day"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    day: Mapped[date]
    community_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"))
    domain_code: Mapped[str | None] = mapped_column(ForeignKey("service_domains.code"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    inspector: Mapped[str] = mapped_column(String(60))
    rank: Mapped[str] = mapped_column(String(60), default="")
    verdict: Mapped[str] = mapped_column(String(20))
    findings: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"), index=True)
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)


class InspectionPhoto(Base):
    """A photo, encoded anew without its metadata. `moment`: before · after. `image` and `small`
    are JPEG; a photo that was taken off stays, not `shown`."""

    __tablename__ = "inspection_photos"
    __table_args__ = (
        CheckConstraint("moment IN ('before', 'after')", name="moment"),
        Index("ix_inspection_photos_inspection", "inspection_id", "id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    moment: Mapped[str] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    image: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    small: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    shown: Mapped[bool] = mapped_column(default=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(Instant)

"""Monthly and weekly sums, kept in the same transaction as the write they follow from.

Each sum stands twice: of all that counts, and (`approved_…`) of what is approved.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import CLUSTERED, Base, Code


class ActivityMonth(Base):
    """Activities and known participants by month, type and community group."""

    __tablename__ = "activity_months"
    __table_args__ = CLUSTERED

    month: Mapped[date] = mapped_column(primary_key=True)
    type_code: Mapped[Code] = mapped_column(ForeignKey("activity_types.code"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("community_groups.id"), primary_key=True)
    activities: Mapped[int] = mapped_column(Integer)
    participants: Mapped[int] = mapped_column(BigInteger)
    approved_activities: Mapped[int] = mapped_column(Integer, server_default="0")
    approved_participants: Mapped[int] = mapped_column(BigInteger, server_default="0")


class QuantityMonth(Base):
    """Quantities (whole thousandths) by month, type, measure and community group."""

    __tablename__ = "quantity_months"
    __table_args__ = CLUSTERED

    month: Mapped[date] = mapped_column(primary_key=True)
    measure_code: Mapped[Code] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    type_code: Mapped[Code] = mapped_column(ForeignKey("activity_types.code"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("community_groups.id"), primary_key=True)
    activities: Mapped[int] = mapped_column(Integer)
    thousandths: Mapped[int] = mapped_column(BigInteger)
    approved_activities: Mapped[int] = mapped_column(Integer, server_default="0")
    approved_thousandths: Mapped[int] = mapped_column(BigInteger, server_default="0")


class ActivityWeek(Base):
    """Activities of weekly types by week (its Monday) and community: is the rhythm kept?"""

    __tablename__ = "activity_weeks"
    __table_args__ = (Index("ix_activity_weeks_community", "community_code", "week"), CLUSTERED)

    week: Mapped[date] = mapped_column(primary_key=True)
    type_code: Mapped[Code] = mapped_column(ForeignKey("activity_types.code"), primary_key=True)
    community_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"), primary_key=True)
    activities: Mapped[int] = mapped_column(Integer)
    approved_activities: Mapped[int] = mapped_column(Integer, server_default="0")

"""What was done: activities with their communities, partners and measured quantities."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, and_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import CLUSTERED, Base, Code, Instant, Quantity, RowNumber


class CommunityGroup(Base):
    """A set of communities that acted together; most are a single community.

    Figures are rolled up by group, so the total of any choice of communities counts a joint
    activity once: it sums the groups that meet the choice. `key`: the sorted codes, joined by ",".
    """

    __tablename__ = "community_groups"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    key: Mapped[str] = mapped_column(String(2000), unique=True)
    size: Mapped[int] = mapped_column(Integer)


class CommunityGroupMember(Base):
    __tablename__ = "community_group_members"

    group_id: Mapped[int] = mapped_column(ForeignKey("community_groups.id"), primary_key=True)
    community_code: Mapped[Code] = mapped_column(
        ForeignKey("communities.code"), primary_key=True, index=True
    )


class Activity(Base):
    """One event. It belongs to the period of its first day.

    `state`: recorded · void. `review`: submitted · approved · returned, with `return_reason`; while
    the office works without approval, what is entered is approved at once. What is recorded and
    not returned is part of the figures.
    """

    __tablename__ = "activities"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days_in_order"),
        CheckConstraint("participants IS NULL OR participants >= 0", name="participants"),
        CheckConstraint("state IN ('recorded', 'void')", name="state"),
        CheckConstraint("review IN ('submitted', 'approved', 'returned')", name="review"),
        # Holds all that sums over single days ask for, so that they never touch the table.
        Index(
            "ix_activities_first_day_type",
            "first_day",
            "type_code",
            "state",
            "review",
            "group_id",
            "participants",
        ),
        Index("ix_activities_host_first_day", "host_code", "first_day"),
        Index("ix_activities_review_host", "review", "host_code"),
        Index("ix_activities_created_by_type", "created_by", "type_code", "id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    type_code: Mapped[Code] = mapped_column(ForeignKey("activity_types.code"))
    host_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"))
    group_id: Mapped[int] = mapped_column(ForeignKey("community_groups.id"))
    grid_code: Mapped[str | None] = mapped_column(ForeignKey("grids.code"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    participants: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="recorded")
    review: Mapped[str] = mapped_column(String(20), default="approved", server_default="approved")
    return_reason: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)

    communities: Mapped[list[ActivityCommunity]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )
    partners: Mapped[list[ActivityPartner]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )
    measures: Mapped[list[ActivityMeasure]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def counts(self) -> bool:
        """Whether it is part of the figures."""
        return self.state == "recorded" and self.review != "returned"


# The same for a statement.
COUNTS = and_(Activity.state == "recorded", Activity.review != "returned")


class ActivityCommunity(Base):
    """Every community an activity belongs to, the host included."""

    __tablename__ = "activity_communities"
    __table_args__ = CLUSTERED

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    community_code: Mapped[Code] = mapped_column(
        ForeignKey("communities.code"), primary_key=True, index=True
    )


class ActivityPartner(Base):
    __tablename__ = "activity_partners"
    __table_args__ = (CheckConstraint("headcount IS NULL OR headcount > 0", name="headcount"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    kind_code: Mapped[Code] = mapped_column(ForeignKey("partner_kinds.code"), primary_key=True)
    headcount: Mapped[int | None] = mapped_column(Integer)


class ActivityMeasure(Base):
    """A reported quantity. What was left blank has no row: a blank is not a zero."""

    __tablename__ = "activity_measures"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        CLUSTERED,
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    measure_code: Mapped[Code] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Quantity)

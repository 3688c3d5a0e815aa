"""What can be done and counted: domains, activity types, measures with units, partner kinds."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Code, Label, Quantity


class ServiceDomain(Base):
    __tablename__ = "service_domains"

    code: Mapped[Code] = mapped_column(primary_key=True)
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(Integer)


class Unit(Base):
    """处, 吨, 台次 … Quantities of different units are never summed."""

    __tablename__ = "units"

    code: Mapped[Code] = mapped_column(primary_key=True)
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    whole: Mapped[bool] = mapped_column(default=True)


class Measure(Base):
    """A quantity an activity reports, with exactly one unit.

    `counter` is the word a bulletin puts after the figure where it is not the unit (3000余名);
    `more_word` is its word for "more than" (余 or 多). `better`: more · less, "" where neither is.
    A single activity reports from `least` to `most`; outside of them nothing is accepted.
    """

    __tablename__ = "measures"

    code: Mapped[Code] = mapped_column(primary_key=True)
    domain_code: Mapped[Code] = mapped_column(ForeignKey("service_domains.code"))
    unit_code: Mapped[Code] = mapped_column(ForeignKey("units.code"))
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    definition: Mapped[str] = mapped_column(Text, default="")
    definition_en: Mapped[str] = mapped_column(Text, default="")
    counter: Mapped[str] = mapped_column(String(10), default="")
    more_word: Mapped[str] = mapped_column(String(4), default="余")
    population_group: Mapped[str] = mapped_column(String(40), default="")
    better: Mapped[str] = mapped_column(String(4), default="", server_default=text("''"))
    least: Mapped[Decimal | None] = mapped_column(Quantity)
    most: Mapped[Decimal | None] = mapped_column(Quantity)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(default=True)


class ActivityType(Base):
    """A kind of activity. `rhythm`: weekly · monthly · irregular · holiday · project · round.

    `weekday` (1 Monday … 7 Sunday, 6 for "the weekend") goes with weekly.
    """

    __tablename__ = "activity_types"

    code: Mapped[Code] = mapped_column(primary_key=True)
    domain_code: Mapped[Code] = mapped_column(ForeignKey("service_domains.code"), index=True)
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    rhythm: Mapped[str] = mapped_column(String(20), default="irregular")
    weekday: Mapped[int | None] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(default=True)


class ActivityTypeMeasure(Base):
    """Which measures the entry form offers for a type, in order."""

    __tablename__ = "activity_type_measures"

    type_code: Mapped[Code] = mapped_column(ForeignKey("activity_types.code"), primary_key=True)
    measure_code: Mapped[Code] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)


class PartnerKind(Base):
    __tablename__ = "partner_kinds"

    code: Mapped[Code] = mapped_column(primary_key=True)
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(Integer)


class Target(Base):
    """A year's target of an indicator for one community, or ("" ) the whole subdistrict."""

    __tablename__ = "targets"
    __table_args__ = (UniqueConstraint("indicator_code", "community_code", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_code: Mapped[Code]
    community_code: Mapped[str] = mapped_column(String(40), default="")
    year: Mapped[int] = mapped_column(Integer)
    value: Mapped[Decimal] = mapped_column(Quantity)

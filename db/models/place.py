"""Where: the subdistrict, its communities and grids, and how many people live there."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Code, Label


class Subdistrict(Base):
    __tablename__ = "subdistricts"

    code: Mapped[Code] = mapped_column(primary_key=True)
    name: Mapped[Label]
    name_en: Mapped[str] = mapped_column(String(120), default="")


class Community(Base):
    """社区. `position` is the official order, kept in every list."""

    __tablename__ = "communities"

    code: Mapped[Code] = mapped_column(primary_key=True)
    subdistrict_code: Mapped[Code] = mapped_column(ForeignKey("subdistricts.code"))
    name: Mapped[Label]
    name_en: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(default=True)


class Grid(Base):
    __tablename__ = "grids"

    code: Mapped[Code] = mapped_column(primary_key=True)
    community_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"), index=True)
    name: Mapped[Label]
    position: Mapped[int] = mapped_column(Integer)


class PopulationGroup(Base):
    """人群: who is counted. The built-in ones are in db.reference; an office adds its own."""

    __tablename__ = "population_groups"

    code: Mapped[Code] = mapped_column(primary_key=True)
    label: Mapped[Label]
    label_en: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(default=True)


class PopulationCount(Base):
    """How many of a group live in a community in a year: the denominators."""

    __tablename__ = "population_counts"
    __table_args__ = (CheckConstraint("count >= 0", name="count_not_negative"),)

    community_code: Mapped[Code] = mapped_column(ForeignKey("communities.code"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    population_group: Mapped[Code] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(Integer)

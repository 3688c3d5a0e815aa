"""Read the reference lists, each in its official order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from db.models import (
    ActivityMeasure,
    ActivityType,
    ActivityTypeMeasure,
    Community,
    Grid,
    Measure,
    PartnerKind,
    PopulationCount,
    PopulationGroup,
    ServiceDomain,
    Subdistrict,
    Unit,
)


def subdistrict(session: Session) -> Subdistrict | None:
    return session.scalars(select(Subdistrict)).first()


def domains(session: Session) -> Sequence[ServiceDomain]:
    return session.scalars(select(ServiceDomain).order_by(ServiceDomain.position)).all()


def units(session: Session) -> Sequence[Unit]:
    return session.scalars(select(Unit)).all()


def measures(session: Session) -> Sequence[Measure]:
    return session.scalars(select(Measure).order_by(Measure.position)).all()


def activity_types(session: Session) -> Sequence[ActivityType]:
    return session.scalars(select(ActivityType).order_by(ActivityType.position)).all()


def measures_of_types(session: Session) -> Sequence[Row[tuple[str, str]]]:
    """(type, measure) pairs in the order the entry form offers them."""
    return session.execute(
        select(ActivityTypeMeasure.type_code, ActivityTypeMeasure.measure_code).order_by(
            ActivityTypeMeasure.type_code, ActivityTypeMeasure.position
        )
    ).all()


def partner_kinds(session: Session) -> Sequence[PartnerKind]:
    return session.scalars(select(PartnerKind).order_by(PartnerKind.position)).all()


def communities(session: Session) -> Sequence[Community]:
    return session.scalars(select(Community).order_by(Community.position)).all()


def grids(session: Session) -> Sequence[Grid]:
    return session.scalars(select(Grid).order_by(Grid.community_code, Grid.position)).all()


def population_groups(session: Session) -> Sequence[PopulationGroup]:
    return session.scalars(select(PopulationGroup).order_by(PopulationGroup.position)).all()


def population(session: Session, group: str, year: int) -> dict[str, Any]:
    """Community → people of a group in the newest year up to `year` that was counted for it."""
    counted = population_counted(session, group, year)
    return {code: people for code, (people, _year) in counted.items()}


def population_counted(session: Session, group: str, year: int) -> dict[str, tuple[int, int]]:
    """Community → (people of a group, the year they were counted in), the newest up to `year`."""
    rows = session.execute(
        select(PopulationCount.community_code, PopulationCount.count, PopulationCount.year)
        .where(PopulationCount.population_group == group, PopulationCount.year <= year)
        .order_by(PopulationCount.year)
    )
    return {code: (count, counted) for code, count, counted in rows}


def population_of_year(session: Session, year: int) -> dict[tuple[str, str], int]:
    """(community, group) → people, as counted for exactly this year."""
    rows = session.scalars(select(PopulationCount).where(PopulationCount.year == year))
    return {(row.community_code, row.population_group): row.count for row in rows}


def measures_in_use(session: Session) -> set[str]:
    """The measures of which a quantity was recorded, be it in a void record."""
    used = exists().where(ActivityMeasure.measure_code == Measure.code)
    return set(session.scalars(select(Measure.code).where(used)))

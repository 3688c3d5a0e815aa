"""Load the reference lists and the office's places; doing it again changes nothing it need not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import reference
from db.models import (
    ActivityType,
    ActivityTypeMeasure,
    Base,
    Community,
    DataVersion,
    FeedbackChannel,
    FeedbackTopic,
    Grid,
    Measure,
    Office,
    PartnerKind,
    PopulationCount,
    PopulationGroup,
    ServiceDomain,
    Subdistrict,
    Unit,
)

_MEASURE = (
    "code",
    "domain_code",
    "unit_code",
    "label",
    "label_en",
    "definition",
    "definition_en",
    "counter",
    "more_word",
    "population_group",
    "better",
    "most",
)
_FEEDBACK_TOPIC = ("code", "domain_code", "label", "label_en")
_ACTIVITY_TYPE = ("code", "domain_code", "label", "label_en", "rhythm", "weekday")


def load_reference_lists(session: Session) -> None:
    """Add what is missing of the catalogue; entries an administrator changed stay as they are."""
    _add(session, ServiceDomain, ("code", "label", "label_en"), reference.DOMAINS)
    _add(session, Unit, ("code", "label", "label_en", "whole"), reference.UNITS, ordered=False)
    session.flush()
    measures = [
        (*row, "" if row[0] in reference.BY_RIGHT else "more", reference.MOST.get(row[0]))
        for row in reference.MEASURES
    ]
    _add(session, Measure, _MEASURE, measures)
    known = set(session.scalars(select(ActivityType.code)))
    _add(session, ActivityType, _ACTIVITY_TYPE, [row[:6] for row in reference.ACTIVITY_TYPES])
    _add(session, PartnerKind, ("code", "label", "label_en"), reference.PARTNER_KINDS)
    _add(session, PopulationGroup, ("code", "label", "label_en"), reference.POPULATION_GROUPS)
    _add(session, FeedbackChannel, ("code", "label", "label_en"), reference.FEEDBACK_CHANNELS)
    _add(session, FeedbackTopic, _FEEDBACK_TOPIC, reference.FEEDBACK_TOPICS)
    session.flush()
    session.add_all(
        ActivityTypeMeasure(type_code=row[0], measure_code=measure, position=position)
        for row in reference.ACTIVITY_TYPES
        if row[0] not in known
        for position, measure in enumerate(row[6])
    )
    if session.get(DataVersion, 1) is None:
        session.add(DataVersion(id=1, version=1))


def load_office(
    session: Session,
    *,
    demonstration_day: date | None,
    running_since: date,
    approval: bool = False,
) -> None:
    """State once what this database is: a demonstration (with its day) or a real office."""
    if session.get(Office, 1) is None:
        session.add(
            Office(
                id=1,
                demonstration=demonstration_day is not None,
                demonstration_day=demonstration_day,
                running_since=running_since,
                approval=approval,
            )
        )


def load_places(
    session: Session, name: str, name_en: str, communities: Iterable[Mapping[str, Any]]
) -> None:
    """Add the communities, grids and years of population that are missing.

    What is there already stays as an administrator left it; only the office's name is taken over.
    """
    session.merge(Subdistrict(code="subdistrict", name=name, name_en=name_en))
    session.flush()
    known = set(session.scalars(select(Community.code)))
    place = session.scalar(select(func.max(Community.position)))
    for row in communities:
        if row["code"] not in known:
            place = 0 if place is None else place + 1
            session.add(
                Community(
                    code=row["code"],
                    subdistrict_code="subdistrict",
                    name=row["name"],
                    name_en=row.get("name_en", ""),
                    position=place,
                    active=row.get("active", True),
                )
            )
            session.flush()
        _add_grids(session, row["code"], row.get("grids", ()))
        for year, groups in row.get("population", {}).items():
            _add_population(session, row["code"], int(year), groups)


def _add_grids(session: Session, community: str, names: Iterable[str]) -> None:
    for place, name in enumerate(names, start=1):
        code = f"{community}-g{place:02d}"
        if session.get(Grid, code) is None:
            session.add(Grid(code=code, community_code=community, name=name, position=place))
    session.flush()


def _add_population(session: Session, community: str, year: int, groups: Mapping[str, int]) -> None:
    """A year's groups, all or none: what an administrator left blank must not come back."""
    counted = select(PopulationCount.count).where(
        PopulationCount.community_code == community, PopulationCount.year == year
    )
    if session.scalars(counted).first() is None:
        session.add_all(
            PopulationCount(
                community_code=community, year=year, population_group=group, count=count
            )
            for group, count in groups.items()
        )
        session.flush()


def _add(
    session: Session,
    model: type[Base],
    columns: tuple[str, ...],
    rows: Iterable[tuple[Any, ...]],
    ordered: bool = True,
) -> None:
    """Add the rows whose code is not there yet, with their place in the list."""
    known = set(session.scalars(select(model.code)))  # type: ignore[attr-defined]
    for position, row in enumerate(rows):
        if row[0] not in known:
            place = {"position": position} if ordered else {}
            session.add(model(**dict(zip(columns, row, strict=True)), **place))

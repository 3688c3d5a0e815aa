"""Load the reference lists and the office's places; doing it again changes nothing it need not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
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
)
_FEEDBACK_TOPIC = ("code", "domain_code", "label", "label_en")
_ACTIVITY_TYPE = ("code", "domain_code", "label", "label_en", "rhythm", "weekday")


def load_reference_lists(session: Session) -> None:
    """Add what is missing of the catalogue; entries an administrator changed stay as they are."""
    _add(session, ServiceDomain, ("code", "label", "label_en"), reference.DOMAINS)
    _add(session, Unit, ("code", "label", "label_en", "whole"), reference.UNITS, ordered=False)
    session.flush()
    _add(session, Measure, _MEASURE, reference.MEASURES)
    known = set(session.scalars(select(ActivityType.code)))
    _add(session, ActivityType, _ACTIVITY_TYPE, [row[:6] for row in reference.ACTIVITY_TYPES])
    _add(session, PartnerKind, ("code", "label", "label_en"), reference.PARTNER_KINDS)
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


def load_office(session: Session, *, demonstration_day: date | None, running_since: date) -> None:
    """State once what this database is: a demonstration (with its day) or a real office."""
    if session.get(Office, 1) is None:
        session.add(
            Office(
                id=1,
                demonstration=demonstration_day is not None,
                demonstration_day=demonstration_day,
                running_since=running_since,
            )
        )


def load_places(
    session: Session, name: str, name_en: str, communities: Iterable[Mapping[str, Any]]
) -> None:
    """Add communities, grids and population counts, in order; take over changed names."""
    session.merge(Subdistrict(code="subdistrict", name=name, name_en=name_en))
    session.flush()
    for position, row in enumerate(communities):
        code = row["code"]
        session.merge(
            Community(
                code=code,
                subdistrict_code="subdistrict",
                name=row["name"],
                name_en=row.get("name_en", ""),
                position=position,
                active=row.get("active", True),
            )
        )
        session.flush()
        for place, grid in enumerate(row.get("grids", ()), start=1):
            session.merge(
                Grid(
                    code=f"{code}-g{place:02d}",
                    community_code=code,
                    name=grid,
                    position=place,
                )
            )
        for year, groups in row.get("population", {}).items():
            for group, count in groups.items():
                session.merge(
                    PopulationCount(
                        community_code=code,
                        year=int(year),
                        population_group=group,
                        count=count,
                    )
                )


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

"""What of the catalogue something else stands on: every column that refers to an entry."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from db.models import (
    ActivityType,
    ActivityTypeMeasure,
    ChartNote,
    FeedbackChannel,
    FeedbackTopic,
    Measure,
    PopulationCount,
    PopulationGroup,
    Target,
)
from db.models.base import Base

_TABLES: dict[str, Any] = {
    "activity_type": ActivityType,
    "measure": Measure,
    "feedback_topic": FeedbackTopic,
    "feedback_channel": FeedbackChannel,
    "population_group": PopulationGroup,
}
# Columns that name an entry without a foreign key, and how they write its code.
_NAMED: dict[str, tuple[tuple[Any, str], ...]] = {
    "measure": (
        (Target.indicator_code, "{}"),
        (Target.indicator_code, "coverage_{}"),
        (ChartNote.series, "measure:{}"),
    ),
    "population_group": (
        (PopulationCount.population_group, "{}"),
        (Measure.population_group, "{}"),
    ),
}
# What a type offers is its own to say.
_OWN = ActivityTypeMeasure.__table__.c.type_code


def used(session: Session, entity: str, codes: Collection[str]) -> set[str]:
    """Those of the entries of a kind (as the change log calls it) that something refers to."""
    columns = [(column, "{}") for column in _referring(entity)]
    found = set[str]()
    for column, written in (*columns, *_NAMED.get(entity, ())):
        spelled = {written.format(code): code for code in codes}
        rows = session.scalars(select(column).where(column.in_(spelled)).distinct())
        found |= {spelled[one] for one in rows}
    return found


def _referring(entity: str) -> Iterator[Column[str]]:
    if entity not in _TABLES:
        return
    code = _TABLES[entity].__table__.c.code
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column is not _OWN and any(key.column is code for key in column.foreign_keys):
                yield column

"""Whether something stands on an entry of a kept list: every column that refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from db.models import (
    ActivityType,
    ActivityTypeMeasure,
    Change,
    ChartNote,
    Community,
    FeedbackChannel,
    FeedbackTopic,
    Grid,
    Measure,
    PartnerKind,
    PopulationCount,
    PopulationGroup,
    SurveyWave,
    Target,
    WaveOption,
)
from db.models.base import Base

_TABLES: dict[str, Any] = {
    "community": Community,
    "grid": Grid,
    "partner_kind": PartnerKind,
    "survey_wave": SurveyWave,
    "activity_type": ActivityType,
    "measure": Measure,
    "feedback_topic": FeedbackTopic,
    "feedback_channel": FeedbackChannel,
    "population_group": PopulationGroup,
}
# Columns that name an entry without a foreign key, and how they write its code.
_NAMED: dict[str, tuple[tuple[Any, str], ...]] = {
    "community": ((Target.community_code, "{}"),),
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
# What a type offers and what a survey can be answered are their own to say.
_OWN = (ActivityTypeMeasure.__table__.c.type_code, WaveOption.__table__.c.wave_code)


def is_used(session: Session, entity: str, code: str) -> bool:
    """Whether anything refers to an entry of a kind, as the change log calls it."""
    columns = [(column, "{}") for column in _referring(entity)]
    return any(
        session.scalar(select(column).where(column == written.format(code)).limit(1)) is not None
        for column, written in (*columns, *_NAMED.get(entity, ()))
    )


def _referring(entity: str) -> Iterator[Column[str]]:
    if entity not in _TABLES:
        return
    code = _TABLES[entity].__table__.c.code
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            own = any(column is one for one in _OWN)
            if not own and any(key.column is code for key in column.foreign_keys):
                yield column


def codes_ever(session: Session, entity: str) -> frozenset[str]:
    """The codes that the log knows entries of a kind by, those that were taken out included."""
    known = select(Change.entity_key).where(Change.entity == entity).distinct()
    return frozenset(session.scalars(known))

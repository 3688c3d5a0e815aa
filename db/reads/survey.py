"""Read survey waves with their scales, the counted answers and the published scores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
from sqlalchemy import BigInteger, and_, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from db.models import PublishedScore, Respondent, SurveyTally, SurveyWave, Target, WaveOption


def waves(
    session: Session, until: date | None = None, *, answered: bool = False
) -> Sequence[SurveyWave]:
    """Waves that began by a day, oldest first; if wished only those that hold results."""
    statement = select(SurveyWave).order_by(SurveyWave.last_day, SurveyWave.code)
    if until is not None:
        statement = statement.where(SurveyWave.first_day <= until)
    if answered:
        tables = (SurveyTally, PublishedScore, Respondent)
        held = (exists().where(table.wave_code == SurveyWave.code) for table in tables)
        statement = statement.where(or_(*held))
    return session.scalars(statement).all()


def options(session: Session) -> Sequence[WaveOption]:
    """The options of all waves, in their order."""
    return session.scalars(
        select(WaveOption).order_by(WaveOption.wave_code, WaveOption.position)
    ).all()


def tallies(
    session: Session,
    wave_codes: Sequence[str],
    communities: Sequence[str] = (),
    subjects: Sequence[str] = (),
) -> pd.DataFrame:
    """Columns: wave, community, subject, option, count. Empty choices mean all."""
    table = SurveyTally
    statement = select(
        table.wave_code, table.community_code, table.subject, table.option_code, table.count
    ).where(table.wave_code.in_(wave_codes))
    if communities:
        statement = statement.where(table.community_code.in_(communities))
    if subjects:
        statement = statement.where(table.subject.in_(subjects))
    return pd.DataFrame.from_records(
        [tuple(row) for row in session.execute(statement)],
        columns=["wave", "community", "subject", "option", "count"],
    ).astype({"count": "int64"})


def tally_sums(
    session: Session, wave_codes: Sequence[str], subjects: Sequence[str] = ()
) -> pd.DataFrame:
    """Columns: wave, community, subject, n_total, n, points, squares, satisfied: over all options.

    n counts answers with points, points and squares sum them and their squares. No subjects: all.
    """
    table, option = SurveyTally, WaveOption
    points = type_coerce(option.points, BigInteger)  # whole thousandths: the sums are exact
    valid = case((option.points.is_not(None), table.count), else_=0)
    keys = (table.wave_code, table.community_code, table.subject)
    statement = (
        select(
            *keys,
            func.sum(table.count),
            func.sum(valid),
            func.sum(table.count * points),
            func.sum(table.count * points * points),
            func.sum(case((option.satisfied, valid), else_=0)),
        )
        .join(
            option,
            and_(option.wave_code == table.wave_code, option.option_code == table.option_code),
        )
        .where(table.wave_code.in_(wave_codes))
        .group_by(*keys)
        .order_by(*keys)
    )
    if subjects:
        statement = statement.where(table.subject.in_(subjects))
    amounts = ["n_total", "n", "points", "squares", "satisfied"]
    sums = pd.DataFrame.from_records(
        [tuple(row) for row in session.execute(statement)],
        columns=["wave", "community", "subject", *amounts],
    )
    sums[amounts] = sums[amounts].astype("float64").fillna(0.0)
    return sums.assign(points=sums["points"] / 1000, squares=sums["squares"] / 1_000_000)


def published(session: Session, wave_codes: Sequence[str]) -> pd.DataFrame:
    """Columns: wave, community ("" is the subdistrict), subject, score, n."""
    statement = select(
        PublishedScore.wave_code,
        PublishedScore.community_code,
        PublishedScore.subject,
        PublishedScore.score,
        PublishedScore.n,
    ).where(PublishedScore.wave_code.in_(wave_codes))
    return pd.DataFrame.from_records(
        [tuple(row) for row in session.execute(statement)],
        columns=["wave", "community", "subject", "score", "n"],
    ).astype({"score": "float64", "n": "int64"})


def target(session: Session, indicator: str, year: int) -> float | None:
    """The subdistrict's target of an indicator in a year, if one was set."""
    value = session.scalar(
        select(Target.value).where(
            Target.indicator_code == indicator, Target.community_code == "", Target.year == year
        )
    )
    return None if value is None else float(value)

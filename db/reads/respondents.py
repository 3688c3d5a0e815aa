"""Read a wave's respondents, questions and answers, the estimates kept of them, and imports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from db.models import (
    Answer,
    ColumnMapping,
    PublishedScore,
    Respondent,
    SurveyEstimate,
    SurveyImport,
    SurveyQuestion,
    SurveyTally,
    SurveyWave,
)

_AT_ONCE = 10_000
_PEOPLE = ("number", "community", "weight", "day", "outcome", "sex", "age_group", "interviewer")
_ESTIMATE = {
    "wave": SurveyEstimate.wave_code,
    "community": SurveyEstimate.community_code,
    "subject": SurveyEstimate.subject,
    "basis": SurveyEstimate.basis,
    "n_total": SurveyEstimate.n_total,
    "n": SurveyEstimate.n,
    "dont_know_rate": SurveyEstimate.dont_know_rate,
    "score": SurveyEstimate.score,
    "score_se": SurveyEstimate.score_se,
    "df": SurveyEstimate.df,
    "share": SurveyEstimate.share,
    "share_se": SurveyEstimate.share_se,
    "n_eff": SurveyEstimate.n_eff,
    "deff": SurveyEstimate.deff,
    "asked": SurveyEstimate.asked,
    "weight_total": SurveyEstimate.weight_total,
    "weight": SurveyEstimate.weight,
    "score_cross": SurveyEstimate.score_cross,
    "share_cross": SurveyEstimate.share_cross,
}


def respondents(session: Session, wave: str) -> pd.DataFrame:
    """Columns: number, community, weight, day, outcome, sex, age_group, interviewer; by number."""
    table = Respondent
    statement = (
        select(
            table.number,
            table.community_code,
            table.weight,
            table.day,
            table.outcome,
            table.sex,
            table.age_group,
            table.interviewer,
        )
        .where(table.wave_code == wave)
        .order_by(table.number)
    )
    # Part by part: rows of Python take many times the memory of a frame's columns.
    parts = [
        pd.DataFrame.from_records([tuple(row) for row in part], columns=list(_PEOPLE))
        for part in session.execute(statement).partitions(_AT_ONCE)
    ]
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(_PEOPLE))
    return frame.astype({"number": "int64", "weight": "float64"})


def respondent_count(session: Session, wave: str) -> int:
    return session.scalar(
        select(func.count()).select_from(Respondent).where(Respondent.wave_code == wave)
    )  # type: ignore[return-value]


def last_number(session: Session, wave: str) -> int:
    """The highest running number given in the wave; 0 for none."""
    return (
        session.scalar(select(func.max(Respondent.number)).where(Respondent.wave_code == wave)) or 0
    )


def row_keys(session: Session, wave: str) -> set[str]:
    """The keys of the rows that are in the wave."""
    return set(session.scalars(select(Respondent.row_key).where(Respondent.wave_code == wave)))


def questions(session: Session, wave: str) -> Sequence[SurveyQuestion]:
    """The questions of a wave, in order."""
    return session.scalars(
        select(SurveyQuestion)
        .where(SurveyQuestion.wave_code == wave)
        .order_by(SurveyQuestion.position)
    ).all()


def answers(session: Session, question: int) -> pd.DataFrame:
    """Who chose what in one question. Columns: respondent (number), option."""
    # The driver's own tuples: rows of ours take several times as long, and there are a million.
    table = Answer.__table__.c
    statement = (
        select(table.respondent, table.option_code)
        .where(table.question_id == question)
        .order_by(table.respondent)
    )
    rows = session.execute(statement).cursor.fetchall()
    numbers, options = zip(*rows, strict=True) if rows else ((), ())
    return pd.DataFrame(
        {"respondent": np.array(numbers, "int64"), "option": pd.Categorical(list(options))}
    )


def estimates(
    session: Session, wave_codes: Sequence[str], subjects: Sequence[str] = ()
) -> pd.DataFrame:
    """The estimates kept, one row per wave × community ("" is the whole) × subject × basis."""
    statement = select(*_ESTIMATE.values()).where(SurveyEstimate.wave_code.in_(wave_codes))
    if subjects:
        statement = statement.where(SurveyEstimate.subject.in_(subjects))
    rows = [tuple(row) for row in session.execute(statement)]
    frame = pd.DataFrame.from_records(rows, columns=list(_ESTIMATE))
    figures = list(_ESTIMATE)[4:]
    return frame.astype(dict.fromkeys(figures, "float64"))


def waves_of_respondents(session: Session) -> Sequence[str]:
    """The codes of the waves that hold respondents, the oldest first."""
    asked = exists().where(Respondent.wave_code == SurveyWave.code)
    return session.scalars(select(SurveyWave.code).where(asked).order_by(SurveyWave.last_day)).all()


def has_results(session: Session, wave: str) -> bool:
    """Whether a wave holds anything: respondents, counts or published scores."""
    return any(
        session.scalar(select(table.wave_code).where(table.wave_code == wave).limit(1))
        for table in (Respondent, SurveyTally, PublishedScore)
    )


def imports(session: Session, wave: str) -> Sequence[SurveyImport]:
    """The files taken over into a wave, the newest first."""
    return session.scalars(
        select(SurveyImport).where(SurveyImport.wave_code == wave).order_by(SurveyImport.id.desc())
    ).all()


def column_mapping(session: Session, columns_sha256: str, kind: str) -> ColumnMapping | None:
    """What these columns meant the last time."""
    return session.get(ColumnMapping, (columns_sha256, kind))

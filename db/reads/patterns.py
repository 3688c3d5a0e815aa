"""Read what was kept of a wave's answers beside its scores."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import SurveyDriver, SurveyEstimate, SurveyFinding, SurveyMargin, SurveyQuestion


def margins(session: Session, wave: str) -> pd.DataFrame:
    """Columns: margin (sex, age_group), label ("" is not stated), count."""
    table = SurveyMargin
    rows = session.execute(
        select(table.margin, table.label, table.count).where(table.wave_code == wave)
    )
    return pd.DataFrame.from_records(
        [tuple(row) for row in rows], columns=["margin", "label", "count"]
    )


def drivers(session: Session, wave: str) -> pd.DataFrame:
    """Columns: basis, subject, n, share, low, high."""
    table = SurveyDriver
    rows = session.execute(
        select(table.basis, table.subject, table.n, table.share, table.low, table.high).where(
            table.wave_code == wave
        )
    )
    return pd.DataFrame.from_records(
        [tuple(row) for row in rows],
        columns=["basis", "subject", "n", "share", "low", "high"],
    )


def findings(session: Session, wave: str) -> Sequence[SurveyFinding]:
    """What is worth a check, by kind, community and interviewer."""
    table = SurveyFinding
    return session.scalars(
        select(table)
        .where(table.wave_code == wave)
        .order_by(table.kind, table.community_code, table.interviewer)
    ).all()


def has_answers(session: Session, wave: str) -> bool:
    """Whether the wave came with its answers one by one."""
    asked = select(SurveyQuestion.id).where(SurveyQuestion.wave_code == wave).limit(1)
    return session.scalar(asked) is not None


def has_weights(session: Session, wave: str) -> bool:
    """Whether there was something to weigh the wave's answers by."""
    table = SurveyEstimate
    weighted = select(table.subject).where(table.wave_code == wave, table.basis == "weighted")
    return session.scalar(weighted.limit(1)) is not None

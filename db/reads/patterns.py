"""Read what was kept of a wave's answers beside its scores."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import SurveyDriver, SurveyFinding, SurveyMargin


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

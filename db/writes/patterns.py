"""Write what a wave's answers show beside its scores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.models import SurveyDriver, SurveyFinding, SurveyMargin

Rows = Iterable[dict[str, Any]]


def replace_patterns(
    session: Session, wave: str, margins: Rows, drivers: Rows, findings: Rows
) -> None:
    """Put these in place of what was kept of the wave before; rows by the names of columns."""
    for table, rows in (
        (SurveyMargin, margins),
        (SurveyDriver, drivers),
        (SurveyFinding, findings),
    ):
        session.execute(delete(table).where(table.wave_code == wave))
        session.add_all(table(wave_code=wave, **row) for row in rows)
    session.flush()

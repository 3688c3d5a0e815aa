"""Read what the office is and how new its data are."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import COUNTS, Activity, DataVersion, Office, SurveyWave


def data_version(session: Session) -> int:
    """The number every write raises; 0 while nothing was loaded."""
    return session.scalar(select(DataVersion.version).where(DataVersion.id == 1)) or 0


def office(session: Session) -> Office | None:
    return session.get(Office, 1)


def first_record(session: Session) -> date | None:
    """The day of the oldest activity or survey wave."""
    days = (
        session.scalar(select(func.min(Activity.first_day))),
        session.scalar(select(func.min(SurveyWave.first_day))),
    )
    return min((day for day in days if day is not None), default=None)


def first_activity(session: Session) -> date | None:
    """The day of the oldest activity that counts."""
    return session.scalar(select(func.min(Activity.first_day)).where(COUNTS))

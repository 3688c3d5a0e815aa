"""Read what the office is and how new its data are."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import DataVersion, Office


def data_version(session: Session) -> int:
    """The number every write raises; 0 while nothing was loaded."""
    return session.scalar(select(DataVersion.version).where(DataVersion.id == 1)) or 0


def office(session: Session) -> Office | None:
    return session.get(Office, 1)

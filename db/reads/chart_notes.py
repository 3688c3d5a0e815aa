"""Read notes on charts: all, those of a series, and those that stand up to a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ChartNote


def note(session: Session, note_id: int) -> ChartNote | None:
    return session.get(ChartNote, note_id)


def by_key(session: Session, idempotency_key: str) -> ChartNote | None:
    return session.scalar(select(ChartNote).where(ChartNote.idempotency_key == idempotency_key))


def every(session: Session) -> Sequence[ChartNote]:
    """All notes, void ones too, the oldest day first."""
    return session.scalars(select(ChartNote).order_by(ChartNote.day, ChartNote.id)).all()


def of_series(session: Session, series: Collection[str]) -> Sequence[ChartNote]:
    """All notes of these series, void ones too, the newest day first."""
    return session.scalars(
        select(ChartNote)
        .where(ChartNote.series.in_(series))
        .order_by(ChartNote.day.desc(), ChartNote.id.desc())
    ).all()


def until(session: Session, last_day: date) -> Sequence[ChartNote]:
    """The notes that stand, of days up to this one, the oldest first."""
    return session.scalars(
        select(ChartNote)
        .where(ChartNote.day <= last_day, ChartNote.void_reason == "")
        .order_by(ChartNote.day, ChartNote.id)
    ).all()

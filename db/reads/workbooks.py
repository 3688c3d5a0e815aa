"""Read which workbooks were taken over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.models import Activity, WorkbookImport


def taken(session: Session, number: int) -> WorkbookImport | None:
    return session.get(WorkbookImport, number)


def last_taken(
    session: Session, kind: str, user_id: int | None, limit: int
) -> Sequence[WorkbookImport]:
    """Those taken over last, newest first; `user_id` None: of everybody."""
    own = [] if user_id is None else [WorkbookImport.user_id == user_id]
    return session.scalars(
        select(WorkbookImport)
        .where(WorkbookImport.kind == kind, *own)
        .order_by(WorkbookImport.id.desc())
        .limit(limit)
    ).all()


def entered_with(session: Session, taken: WorkbookImport) -> Sequence[Activity]:
    """The activities that a file added: its person entered them at its moment."""
    return session.scalars(select(Activity).where(*_of(taken)).order_by(Activity.id)).all()


def counted(session: Session, taken: WorkbookImport) -> Sequence[tuple[str, str, str, int, int]]:
    """The same by (state, review, void reason, version) and how many there are of each."""
    facts = (Activity.state, Activity.review, Activity.void_reason, Activity.version)
    rows = session.execute(select(*facts, func.count()).where(*_of(taken)).group_by(*facts))
    return [tuple(row) for row in rows]  # type: ignore[misc]


def _of(taken: WorkbookImport) -> tuple[ColumnElement[bool], ...]:
    return (
        Activity.created_by == taken.user_id,
        Activity.created_at == taken.at,
        Activity.idempotency_key.startswith("workbook-"),
    )

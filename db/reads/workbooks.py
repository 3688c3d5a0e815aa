"""Read which workbooks were taken over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
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
    return session.scalars(
        select(Activity)
        .where(
            Activity.created_by == taken.user_id,
            Activity.created_at == taken.at,
            Activity.idempotency_key.startswith("workbook-"),
        )
        .order_by(Activity.id)
    ).all()

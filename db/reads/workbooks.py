"""Read which workbooks were taken over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import WorkbookImport


def taken(session: Session, kind: str, sha256: str) -> Sequence[WorkbookImport]:
    """The times this very file was taken over, oldest first."""
    return session.scalars(
        select(WorkbookImport)
        .where(WorkbookImport.kind == kind, WorkbookImport.sha256 == sha256)
        .order_by(WorkbookImport.id)
    ).all()

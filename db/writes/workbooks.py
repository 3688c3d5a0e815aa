"""Note a workbook that was taken over, always logged."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from db.models import WorkbookImport
from db.writes.log import Author, log_change

ENTITY = "workbook_import"


def note(session: Session, author: Author, facts: dict[str, Any]) -> int:
    """One file: kind, file_name, sha256, rows, added, changed, unchanged, refused; its number."""
    row = WorkbookImport(user_id=author.user_id, user_name=author.name, at=author.at, **facts)
    session.add(row)
    session.flush()
    log_change(session, author, "import", ENTITY, str(row.id), after=facts)
    return row.id

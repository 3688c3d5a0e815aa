"""Note a workbook that was taken over, taken back or restored, always logged."""

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


def note_again(
    session: Session, author: Author, action: str, number: int, facts: dict[str, Any]
) -> None:
    """That what a file did was undone, or done anew (action "restore"), and how much of it."""
    log_change(session, author, action, ENTITY, str(number), after=facts)

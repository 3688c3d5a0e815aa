"""Write how the office works."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import Office
from db.writes.log import Author, log_change


def switch_approval(session: Session, author: Author, on: bool) -> None:
    """Work with approval, or without; nothing is written if it is so already."""
    office = session.get_one(Office, 1)
    if office.approval == on:
        return
    office.approval = on
    session.flush()
    log_change(
        session,
        author,
        "change",
        "office",
        "approval",
        before={"approval": not on},
        after={"approval": on},
    )

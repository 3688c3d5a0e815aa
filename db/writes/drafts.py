"""Write rows of the batch grid: made once per key, their cells, their end.

A cell that is typed is not logged and raises no data version: it is part of no figure, and is
saved at every stroke. What ends a row (submitted, discarded, taken back) is logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.models import ActivityDraft
from db.writes.log import Author, log_change

ENTITY = "draft"


def make(
    session: Session, author: Author, community: str, month: date, position: int, key: str
) -> None:
    """An empty row under its key; nothing if a row with the key is there already."""
    insert = postgresql.insert if session.bind.dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(ActivityDraft)
        .values(
            community_code=community,
            month=month,
            position=position,
            cells={},
            idempotency_key=key,
            discarded=False,
            version=1,
            created_by=author.user_id,
            updated_by=author.user_id,
            updated_at=author.at,
        )
        .on_conflict_do_nothing(index_elements=["idempotency_key"])
    )


def put(session: Session, author: Author, row: ActivityDraft, cells: Mapping[str, str]) -> None:
    """Let a locked row hold exactly these texts."""
    row.cells = dict(cells)
    _touch(row, author)
    session.flush()


def discard(session: Session, author: Author, row: ActivityDraft, discarded: bool) -> None:
    """Take a locked row out of the grid, or back into it; its texts stay with it."""
    row.discarded = discarded
    _touch(row, author)
    session.flush()
    log_change(
        session,
        author,
        "discard" if discarded else "take_back",
        ENTITY,
        row.idempotency_key,
        after={"community": row.community_code, "month": f"{row.month:%Y-%m}"},
    )


def submitted(
    session: Session, author: Author, entered: Iterable[tuple[ActivityDraft, int]]
) -> None:
    """Locked rows became activities of these ids, whose own entries are logged with them."""
    for row, activity_id in entered:
        row.activity_id = activity_id
        _touch(row, author)
    session.flush()


def _touch(row: ActivityDraft, author: Author) -> None:
    row.version += 1
    row.updated_by, row.updated_at = author.user_id, author.at

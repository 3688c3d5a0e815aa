"""The change log and the data version: no write goes without either."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from db.models import Change, DataVersion

# An UPDATE says by itself what the row in hand states then. Else every row that was ever read is
# looked through for those it may be about: with thousands of them that is most of the time.
_ALONE = {"synchronize_session": False}
_RAISED = "raised"  # of a session: the transaction in which it has raised the version


@dataclass(frozen=True)
class Author:
    """Who writes, and when (UTC). `user_id` is None for the program itself."""

    user_id: int | None
    name: str
    at: datetime


def log_change(
    session: Session,
    author: Author,
    action: str,
    entity: str,
    entity_key: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write one line of the log and raise the data version, in the caller's transaction."""
    log_changes(session, author, action, entity, [(entity_key, before, after)], reason=reason)


def log_changes(
    session: Session,
    author: Author,
    action: str,
    entity: str,
    changes: Iterable[tuple[str, dict[str, Any] | None, dict[str, Any] | None]],
    *,
    reason: str = "",
) -> None:
    """The same for many of a kind at once: (key, before, after)."""
    session.add_all(
        Change(
            at=author.at,
            user_id=author.user_id,
            user_name=author.name,
            action=action,
            entity=entity,
            entity_key=key,
            before=before,
            after=after,
            reason=reason,
        )
        for key, before, after in changes
    )
    raise_version(session)


def claim(session: Session, row: Any, seen_version: int, **also: Any) -> bool:
    """Take the row's next version; False, and nothing written, if its version is another one."""
    table, values = type(row), {"version": seen_version + 1, **also}
    claimed = session.scalar(
        update(table)
        .where(table.id == row.id, table.version == seen_version)
        .values(values)
        .returning(table.id),
        execution_options=_ALONE,
    )
    if claimed is None:
        return False
    for name, value in values.items():
        set_committed_value(row, name, value)
    return True


def change_row(
    session: Session,
    author: Author,
    action: str,
    thing: tuple[str, str],
    row: Any,
    seen_version: int,
    changes: Mapping[str, Any],
    stated: Callable[[Any], dict[str, Any]],
    reason: str = "",
) -> bool:
    """Give a row other values and log what it `stated` before and states then.

    thing: its entity and key in the log. False, and nothing written, if it is of another version.
    """
    before = stated(row)
    if not claim(session, row, seen_version, **changes):
        return False
    log_change(session, author, action, *thing, before=before, after=stated(row), reason=reason)
    return True


def raise_version(session: Session) -> None:
    """Every answer kept under the old version is stale from this commit on; in a transaction once
    is enough, and until its end all other writers wait."""
    if session.info.get(_RAISED) is session.get_transaction() is not None:
        return
    session.execute(
        update(DataVersion).where(DataVersion.id == 1).values(version=DataVersion.version + 1),
        execution_options=_ALONE,
    )
    session.info[_RAISED] = session.get_transaction()

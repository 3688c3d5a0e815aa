"""Write what an administrator changes of people, and the links by which they set a password."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.models import Invitation, User
from db.writes.log import Author, log_change

ENTITY = "user"


def change(
    session: Session, author: Author, action: str, person: User, columns: dict[str, Any]
) -> None:
    """Set columns of a person and log those that differ."""
    before = {name: getattr(person, name) for name in columns}
    for name, value in columns.items():
        setattr(person, name, value)
    differs = [name for name, value in columns.items() if before[name] != value]
    log_change(
        session,
        author,
        action,
        ENTITY,
        str(person.id),
        before={name: before[name] for name in differs},
        after={name: columns[name] for name in differs},
    )


def add_invitation(
    session: Session, author: Author, action: str, person: User, token_hash: str, until: datetime
) -> None:
    """Note a new link; the log says how long it leads to the form, never where it is."""
    end_invitations(session, person.id, author.at)
    session.add(
        Invitation(token_hash=token_hash, user_id=person.id, created_at=author.at, expires_at=until)
    )
    log_change(
        session, author, action, ENTITY, str(person.id), after={"expires_at": until.isoformat()}
    )


def end_invitations(session: Session, user_id: int, at: datetime) -> None:
    session.execute(
        update(Invitation)
        .where(Invitation.user_id == user_id, Invitation.ended_at.is_(None))
        .values(ended_at=at)
    )

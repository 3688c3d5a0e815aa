"""Write users, signed-in browsers and failed sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.models import Change, Office, SignInFailure, User, UserSession
from db.writes.log import Author, log_change


def one_at_a_time(session: Session) -> None:
    """Let sign-ins be counted one after another, so that none slips past the limit."""
    session.execute(select(Office.id).with_for_update())


def add_failure(session: Session, username: str, address: str, at: datetime) -> None:
    session.add(SignInFailure(username=username, address=address, at=at))


def forget_failures(session: Session, username: str, address: str) -> None:
    session.execute(
        delete(SignInFailure).where(
            SignInFailure.username == username, SignInFailure.address == address
        )
    )


def forget_failures_before(session: Session, moment: datetime) -> None:
    session.execute(delete(SignInFailure).where(SignInFailure.at <= moment))


def add_session(
    session: Session, person: User, token_hash: str, address: str, at: datetime
) -> None:
    session.add(
        UserSession(
            token_hash=token_hash,
            user_id=person.id,
            created_at=at,
            last_seen=at,
            address=address,
        )
    )
    _log_quietly(session, person, "sign_in", "session", at, after={"address": address})


def end_session(session: Session, person: User, found: UserSession, at: datetime) -> None:
    found.ended_at = at
    _log_quietly(session, person, "sign_out", "session", at, after={"address": found.address})


def end_other_sessions(session: Session, user_id: int, kept_hash: str, at: datetime) -> None:
    """Sign the person out everywhere but here."""
    session.execute(
        update(UserSession)
        .where(
            UserSession.user_id == user_id,
            UserSession.token_hash != kept_hash,
            UserSession.ended_at.is_(None),
        )
        .values(ended_at=at)
    )


def note_seen(session: Session, token_hash: str, at: datetime) -> None:
    session.execute(
        update(UserSession)
        .where(UserSession.token_hash == token_hash, UserSession.last_seen < at)
        .values(last_seen=at)
    )


def add_user(
    session: Session,
    author: Author,
    *,
    username: str,
    name: str,
    role: str,
    community: str | None,
    password_hash: str,
) -> User:
    person = User(
        username=username,
        name=name,
        role=role,
        community_code=community,
        password_hash=password_hash,
        language="zh",
        active=True,
        created_at=author.at,
    )
    session.add(person)
    session.flush()
    log_change(
        session,
        author,
        "create",
        "user",
        str(person.id),
        after={
            "username": username,
            "name": name,
            "role": role,
            "community": community,
        },
    )
    return person


def set_password_hash(session: Session, person: User, password_hash: str, author: Author) -> None:
    """The log says that the password was changed, never what it was or is."""
    person.password_hash = password_hash
    log_change(session, author, "change_password", "user", str(person.id))


def set_language(session: Session, person: User, language: str, at: datetime) -> None:
    before, person.language = person.language, language
    _log_quietly(
        session,
        person,
        "choose_language",
        "user",
        at,
        before={"language": before},
        after={"language": language},
    )


def _log_quietly(
    session: Session,
    person: User,
    action: str,
    entity: str,
    at: datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Log without raising the data version: no figure rests on it, and it happens all day."""
    session.add(
        Change(
            at=at,
            user_id=person.id,
            user_name=person.name,
            action=action,
            entity=entity,
            entity_key=str(person.id),
            before=before,
            after=after,
        )
    )

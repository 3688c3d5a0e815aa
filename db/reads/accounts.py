"""Read users, signed-in browsers and failed sign-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db.models import DataVersion, SignInFailure, User, UserSession


def answers(session: Session) -> bool:
    """Whether the database can be reached and holds our tables."""
    try:
        return session.scalar(select(DataVersion.version)) is not None
    except SQLAlchemyError:
        return False


def users(session: Session) -> Sequence[User]:
    """Everybody, in the order they were added."""
    return session.scalars(select(User).order_by(User.id)).all()


def user(session: Session, user_id: int) -> User | None:
    return session.get(User, user_id)


def user_named(session: Session, username: str) -> User | None:
    return session.scalar(select(User).where(User.username == username))


def first_active(session: Session, role: str) -> User | None:
    """The longest-standing person of a role who may still sign in."""
    return session.scalars(
        select(User).where(User.role == role, User.active).order_by(User.id)
    ).first()


def has_role(session: Session, role: str) -> bool:
    """Whether anybody has the role, active or not."""
    return session.scalar(select(User.id).where(User.role == role).limit(1)) is not None


def open_session(session: Session, token_hash: str) -> Row[tuple[UserSession, User]] | None:
    """A session that nobody ended, with its person, who may still sign in."""
    return session.execute(
        select(UserSession, User)
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.token_hash == token_hash, UserSession.ended_at.is_(None), User.active)
    ).one_or_none()


def failures(session: Session, username: str, address: str, since: datetime) -> int:
    """How many sign-ins failed for this name from this address after `since`."""
    return (
        session.scalar(
            select(func.count())
            .select_from(SignInFailure)
            .where(
                SignInFailure.username == username,
                SignInFailure.address == address,
                SignInFailure.at > since,
            )
        )
        or 0
    )

"""Read what an administrator sees of people: when they were last here, their open links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Invitation, User, UserSession


def last_seen(session: Session) -> dict[int, datetime]:
    """Person → their last sign of life; who never signed in is not there."""
    rows = session.execute(
        select(UserSession.user_id, func.max(UserSession.last_seen)).group_by(UserSession.user_id)
    )
    return dict(rows.all())


def invited_until(session: Session, now: datetime) -> dict[int, datetime]:
    """Person → how long their link still leads to the form."""
    rows = session.execute(
        select(Invitation.user_id, Invitation.expires_at).where(
            Invitation.ended_at.is_(None), Invitation.expires_at > now
        )
    )
    return dict(rows.all())


def invited_person(session: Session, token_hash: str, now: datetime) -> User | None:
    """Whose link this is, if it was not used, ended or outlived, and they may sign in."""
    return session.scalar(
        select(User)
        .join(Invitation, User.id == Invitation.user_id)
        .where(
            Invitation.token_hash == token_hash,
            Invitation.ended_at.is_(None),
            Invitation.expires_at > now,
            User.active,
        )
    )


def other_active(session: Session, role: str, user_id: int) -> bool:
    """Whether somebody else of the role may sign in."""
    others = select(User.id).where(User.role == role, User.active, User.id != user_id)
    return session.scalar(others.limit(1)) is not None

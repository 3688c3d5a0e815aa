"""Read single forms that one person left: one of them, and those not submitted yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import FormDraft


def draft(session: Session, token: str) -> FormDraft | None:
    return session.get(FormDraft, token)


def locked(session: Session, token: str) -> FormDraft | None:
    """The row as it is now, kept from other writers until the commit."""
    return session.scalar(
        select(FormDraft)
        .where(FormDraft.token == token)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def open_ones(session: Session, user_id: int, since: datetime) -> Sequence[FormDraft]:
    """A person's own that are neither submitted nor emptied, the newest first."""
    return session.scalars(
        select(FormDraft)
        .where(FormDraft.user_id == user_id, FormDraft.state == "open", FormDraft.at >= since)
        .order_by(FormDraft.at.desc(), FormDraft.token)
    ).all()

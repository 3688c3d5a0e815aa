"""Read the rows of the batch grid: a community's month, and those not submitted yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import ActivityDraft


def month(session: Session, community: str, first_day: date) -> Sequence[ActivityDraft]:
    """The rows of a month in their order, discarded ones too."""
    return session.scalars(
        select(ActivityDraft)
        .where(ActivityDraft.community_code == community, ActivityDraft.month == first_day)
        .order_by(ActivityDraft.position, ActivityDraft.id)
    ).all()


def locked(session: Session, keys: Collection[str]) -> dict[str, ActivityDraft]:
    """Rows by their key, as they are now, kept from other writers until the commit.

    Taken in one order, so that two writers of the same rows wait for each other and not both.
    """
    rows = session.scalars(
        select(ActivityDraft)
        .where(ActivityDraft.idempotency_key.in_(keys))
        .order_by(ActivityDraft.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.idempotency_key: row for row in rows}


def last_position(session: Session, community: str, first_day: date) -> int:
    """0 in a month without rows."""
    return (
        session.scalar(
            select(func.max(ActivityDraft.position)).where(
                ActivityDraft.community_code == community, ActivityDraft.month == first_day
            )
        )
        or 0
    )


def open_rows(session: Session, community: str, first_day: date) -> int:
    """How many rows a month has, without those that were taken out."""
    return (
        session.scalar(
            select(func.count()).where(
                ActivityDraft.community_code == community,
                ActivityDraft.month == first_day,
                ActivityDraft.discarded.is_(False),
            )
        )
        or 0
    )


def mark(session: Session, community: str, first_day: date) -> tuple[int, int]:
    """(rows, sum of their versions) of a month: another pair after every change."""
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(ActivityDraft.version), 0)).where(
            ActivityDraft.community_code == community, ActivityDraft.month == first_day
        )
    ).one()
    return row[0], int(row[1])


def waiting(session: Session, community: str | None, until: date) -> Sequence[ActivityDraft]:
    """Rows neither submitted nor discarded of the months up to a day, oldest month first.

    community: None for all of them.
    """
    own = [] if community is None else [ActivityDraft.community_code == community]
    return session.scalars(
        select(ActivityDraft)
        .where(
            ActivityDraft.activity_id.is_(None),
            ActivityDraft.discarded.is_(False),
            ActivityDraft.month <= until,
            *own,
        )
        .order_by(ActivityDraft.month, ActivityDraft.community_code, ActivityDraft.id)
    ).all()

"""Read what was said about figures of records: confirmations, and what is to be followed up."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Activity, ActivityRemark


def of_records(session: Session, activity_ids: Collection[int]) -> Sequence[ActivityRemark]:
    """All remarks on these records, oldest first."""
    return session.scalars(
        select(ActivityRemark)
        .where(ActivityRemark.activity_id.in_(activity_ids))
        .order_by(ActivityRemark.id)
    ).all()


def remark(session: Session, remark_id: int) -> ActivityRemark | None:
    return session.get(ActivityRemark, remark_id)


def open_follow_ups(session: Session, host: str | None) -> Sequence[ActivityRemark]:
    """What is to be followed up on recorded activities of a community (None: of all), oldest
    first."""
    own = [] if host is None else [Activity.host_code == host]
    return session.scalars(
        select(ActivityRemark)
        .join(Activity, Activity.id == ActivityRemark.activity_id)
        .where(
            ActivityRemark.kind == "follow_up",
            ActivityRemark.closed_at.is_(None),
            Activity.state == "recorded",
            *own,
        )
        .order_by(ActivityRemark.id)
    ).all()

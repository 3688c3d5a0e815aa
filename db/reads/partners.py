"""Who took part: in how many activities of a span each kind of partner joined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import COUNTS, Activity, ActivityPartner, ActivityType, CommunityGroupMember


def partner_counts(
    session: Session,
    first: date,
    last: date,
    communities: Sequence[str] = (),
    domain: str | None = None,
    approved_only: bool = False,
) -> dict[str, int]:
    """Partner kind → activities that it joined, of those that count."""
    statement = (
        select(ActivityPartner.kind_code, func.count())
        .join(Activity, Activity.id == ActivityPartner.activity_id)
        .where(
            Activity.first_day.between(first, last),
            COUNTS,
        )
        .group_by(ActivityPartner.kind_code)
    )
    if approved_only:
        statement = statement.where(Activity.review == "approved")
    if communities:
        met = select(CommunityGroupMember.group_id).where(
            CommunityGroupMember.community_code.in_(communities)
        )
        statement = statement.where(Activity.group_id.in_(met))
    if domain:
        statement = statement.join(ActivityType, ActivityType.code == Activity.type_code).where(
            ActivityType.domain_code == domain
        )
    return {row[0]: row[1] for row in session.execute(statement)}

"""Read the rounds of activity types, and what a round reached day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
from sqlalchemy import BigInteger, func, select, type_coerce
from sqlalchemy.orm import Session

from db.models import (
    COUNTS,
    Activity,
    ActivityMeasure,
    ActivityRound,
    CommunityGroupMember,
)


def rounds(session: Session) -> Sequence[ActivityRound]:
    """All of them, by type and number."""
    return session.scalars(
        select(ActivityRound).order_by(ActivityRound.type_code, ActivityRound.number)
    ).all()


def round_numbered(session: Session, type_code: str, number: int) -> ActivityRound | None:
    return session.scalar(
        select(ActivityRound).where(
            ActivityRound.type_code == type_code, ActivityRound.number == number
        )
    )


def daily(
    session: Session,
    type_code: str,
    measure: str,
    first: date,
    last: date,
    communities: Sequence[str],
    approved_only: bool,
) -> pd.DataFrame:
    """Columns: day, quantity: what the communities' activities of a type reported, a joint one
    once, in the order of days; days without any are left out."""
    meeting = select(CommunityGroupMember.group_id).where(
        CommunityGroupMember.community_code.in_(communities)
    )
    # Whole thousandths, as they are kept: as a quantity they would be divided twice.
    amount = func.sum(type_coerce(ActivityMeasure.__table__.c.quantity, BigInteger))
    statement = (
        select(Activity.first_day, amount)
        .join(ActivityMeasure, ActivityMeasure.activity_id == Activity.id)
        .where(
            COUNTS,
            Activity.type_code == type_code,
            Activity.first_day.between(first, last),
            ActivityMeasure.measure_code == measure,
            Activity.group_id.in_(meeting),
        )
        .group_by(Activity.first_day)
        .order_by(Activity.first_day)
    )
    if approved_only:
        statement = statement.where(Activity.review == "approved")
    rows = [(day, int(total) / 1000) for day, total in session.execute(statement)]
    return pd.DataFrame(rows, columns=["day", "quantity"])

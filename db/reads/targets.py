"""Read the targets set for indicators."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models import Target


def targets(session: Session, year: int) -> Sequence[Row[tuple[str, str, Decimal]]]:
    """(indicator, community, value) of a year; community "" is the whole subdistrict."""
    return session.execute(
        select(Target.indicator_code, Target.community_code, Target.value).where(
            Target.year == year
        )
    ).all()

"""Write the targets of indicators."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.models import Target


def replace_target(
    session: Session, indicator: str, community: str, year: int, value: Decimal | None
) -> None:
    """Put a value in place of an earlier one; None clears it. Community "" is the subdistrict."""
    session.execute(
        delete(Target).where(
            Target.indicator_code == indicator,
            Target.community_code == community,
            Target.year == year,
        )
    )
    if value is not None:
        session.add(
            Target(indicator_code=indicator, community_code=community, year=year, value=value)
        )
    session.flush()

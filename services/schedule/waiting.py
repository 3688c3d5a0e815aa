"""What a community is reminded of: due now, or overdue and not yet made up for."""

from __future__ import annotations

from datetime import date, timedelta

from db.engine import Session
from services.schedule.matching import LATEST, MISSING, PLANNED, Standing
from services.schedule.reading import Chosen, within

# An occasion may be due this long before it is overdue; those of rounds are not reminded of.
_LONGEST_GRACE = timedelta(days=60)


def waiting(session: Session, community: str, today: date) -> tuple[Standing, ...]:
    """Its occasions whose day has come and that nothing fulfils, until the next one begins."""
    first = today - LATEST - _LONGEST_GRACE
    return tuple(
        one
        for one in within(session, Chosen((community,)), first, today, today)
        if one.state in (PLANNED, MISSING) and today < one.closes
    )

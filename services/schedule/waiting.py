"""What a community is reminded of: due now, or overdue and not yet made up for."""

from __future__ import annotations

from datetime import date, timedelta

from db.engine import Session
from services.schedule.matching import LATEST, MISSING, PLANNED, Standing
from services.schedule.reading import Chosen, of_plans, plans


def waiting(session: Session, community: str, today: date) -> tuple[Standing, ...]:
    """Its occasions whose day has come and that nothing fulfils, until the next one begins.

    Those of rounds stay on the board alone: they have weeks.
    """
    kept = [one for one in plans(session, Chosen((community,))) if one.timing.rule.kind != "round"]
    longest = timedelta(days=max((one.timing.grace for one in kept), default=0))
    span = today - LATEST - longest, today
    return tuple(
        one
        for one in of_plans(session, kept, Chosen((community,)), *span, today)
        if one.state in (PLANNED, MISSING) and today < one.closes
    )

"""Rows of the batch grid that wait: their day is over, and they are not submitted yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from db.engine import Session
from db.reads import drafts as reads
from services.drafts.cells import place_of, read_row
from services.periods import Period, containing
from services.permissions import CurrentUser, may


@dataclass(frozen=True)
class Waiting:
    """So many rows of a community's month."""

    community: str
    month: Period
    rows: int


def waiting(session: Session, user: CurrentUser, today: date) -> tuple[Waiting, ...]:
    """What waits in the communities the person enters for, oldest month first.

    Of this month a row counts once its day is over; of a past month it counts without a day, too.
    """
    if not may(user, "enter_activity"):
        return ()
    this_month = containing(today, "month")
    place = place_of(session, user.community or "", this_month, today)
    found: Counter[tuple[date, str]] = Counter()
    for row in reads.waiting(session, user.community, today):
        month = replace(this_month, first_day=row.month)
        days = read_row(row.cells, replace(place, community=row.community_code, month=month)).days
        over = days[1] < today if days else month != this_month
        if over and any(row.cells.values()):
            found[row.month, row.community_code] += 1
    return tuple(
        Waiting(community, replace(this_month, first_day=month), count)
        for (month, community), count in sorted(found.items())
    )

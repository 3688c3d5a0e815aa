"""Read what communities stated of activity types over a span: what a new figure is held against."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import COUNTS, Activity, ActivityMeasure


@dataclass(frozen=True)
class Stated:
    """One figure of one record. `field`: participants or measure-…"""

    host: str
    type_code: str
    day: date
    activity_id: int
    field: str
    value: Decimal


def stated(
    session: Session, hosts: Collection[str], types: Collection[str], first: date, last: date
) -> Iterator[Stated]:
    """All figures of the records that count, held by the hosts, that began in the span."""
    chosen = (
        COUNTS,
        Activity.host_code.in_(hosts),
        Activity.type_code.in_(types),
        Activity.first_day.between(first, last),
    )
    about = (Activity.host_code, Activity.type_code, Activity.first_day, Activity.id)
    for *row, count in session.execute(
        select(*about, Activity.participants).where(*chosen, Activity.participants.is_not(None))
    ):
        yield Stated(*row, "participants", Decimal(count))
    for *row, code, quantity in session.execute(
        select(*about, ActivityMeasure.measure_code, ActivityMeasure.quantity)
        .join(ActivityMeasure, ActivityMeasure.activity_id == Activity.id)
        .where(*chosen)
    ):
        yield Stated(*row, f"measure-{code}", quantity)

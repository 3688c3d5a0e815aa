"""What the tests of activities share: a full entry, people, and sums to compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from db import rollups
from db.engine import Session
from db.models import Activity, ActivityMonth, ActivityWeek, Base, QuantityMonth, User
from services import activities
from services.activities import Entry
from services.permissions import CurrentUser
from tests.builders import add_activity, add_user

TODAY = date(2023, 10, 28)
NOW = datetime(2023, 10, 28, 2, 0, tzinfo=UTC)
WEDNESDAY = date(2023, 10, 25)
PHONE = "138" + "12345678"

ENTRY = Entry(
    type_code="wednesday_cleanup",
    first_day=WEDNESDAY,
    last_day=WEDNESDAY,
    host="c01",
    place="文化广场",
    communities=("c02",),
    grid="c01-g01",
    partners=(("property_management", None), ("volunteer", 12)),
    participants=40,
    measures=(("household_waste", Decimal("1.5")), ("litter_spots", Decimal(0))),
    note="雨后清理",
)


LATER = NOW + timedelta(minutes=5)
CORRECTED = replace(
    ENTRY,
    first_day=date(2023, 9, 27),
    last_day=date(2023, 9, 28),
    communities=("c03",),
    grid=None,
    partners=(("police", 2), ("volunteer", None)),
    participants=None,
    measures=(("household_waste", Decimal(2)), ("vehicle_trips", Decimal(3))),
)


def person(
    session: Session, role: str, community: str | None = None, username: str = ""
) -> CurrentUser:
    row: User = add_user(session, role, community, username)
    session.commit()
    return CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")


def add_usual_weeks(session: Session, before: date = WEDNESDAY) -> None:
    """What c01 stated in the weeks before a day: some thirty people every week."""
    for weeks, participants in enumerate((31, 28, 40, 35, 22, 30, 33), start=1):
        day = before - timedelta(weeks=weeks)
        add_activity(session, "wednesday_cleanup", day, "c01", participants=participants)
    session.commit()


def entered(session: Session, user: CurrentUser, entry: Entry = ENTRY, key: str = "key") -> str:
    """Enter an activity and commit; its number."""
    number = activities.submit(session, entry, key, user, NOW, TODAY).number
    session.commit()
    return number


def rows(session: Session, table: type[Base] = Activity) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def kept(session: Session) -> list[set[tuple[object, ...]]]:
    """The sums of every kind that count anything."""
    return [
        {tuple(row) for row in session.execute(select(*table.__table__.columns)) if row.activities}
        for table in (ActivityMonth, QuantityMonth, ActivityWeek)
    ]


def assert_sums_agree(session: Session) -> None:
    """The sums kept step by step are those that the records give."""
    session.flush()
    step_by_step = kept(session)
    rollups.rebuild(session)
    assert kept(session) == step_by_step

"""What the tests of plans share: a plan as it is typed, made, and how its occasions stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db.engine import Session
from services import schedule
from services.permissions import CurrentUser
from services.schedule import Chosen, Rule, Typed
from tests.activity_cases import NOW, TODAY

OCTOBER = date(2023, 10, 1), date(2023, 10, 31)
TYPED = Typed(
    type_code="wednesday_cleanup",
    communities=("c01",),
    label="",
    rule=Rule("weekly", (3,)),
    first_day=date(2023, 10, 1),
    last_day=None,
    on_day_off="keep",
    grace=0,
)


def planned(session: Session, user: CurrentUser, key: str = "key", **changes: object) -> str:
    """Make a plan and commit; its number."""
    made = schedule.make(session, replace(TYPED, **changes), key, user, NOW)
    session.commit()
    return made.numbers[0]


def states(session: Session, today: date = TODAY, *communities: str) -> str:
    """October's occasions by day: d, l, m, c, p."""
    found = schedule.within(session, Chosen(communities), *OCTOBER, today)
    return "".join(one.state[0] for one in found)

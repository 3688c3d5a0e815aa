"""The demonstration's plans: the rhythm that the office set, and what fell out for a reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy.orm import Session

from db.demo import places
from db.demo.calendar import FESTIVE_WEEK
from db.demo.events import Event
from db.demo.kinds import WITH_SCHOOL
from db.models import ActivityPlan, User
from db.writes import plans as writes
from db.writes.log import Author

_FIRST_DAY = date(2023, 1, 1)
_TERMS = ((date(2023, 2, 13), date(2023, 7, 5)), (date(2023, 9, 1), date(2024, 1, 12)))
_WEEKLY = "FREQ=WEEKLY;INTERVAL=1;BYDAY={day}"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# Type, rule, first day, last day, on a day off, days on which it is still on time, where.
_PLANS = (
    ("wednesday_cleanup", _WEEKLY.format(day="WE"), _FIRST_DAY, None, "keep", 0, places.CODES),
    ("weekend_duty", _WEEKLY.format(day="SA"), _FIRST_DAY, None, "keep", 1, places.CODES),
    ("allowances", "FREQ=MONTHLY;BYMONTHDAY=25", _FIRST_DAY, None, "keep", 2, places.CODES),
    *(("parents_day", _WEEKLY.format(day="WE"), first, last, "skip", 0, WITH_SCHOOL)
      for first, last in _TERMS),
    ("tug_of_war", "X-FESTIVAL=mid_autumn;X-BEFORE=3", _FIRST_DAY, None, "keep", 3, places.CODES),
    ("festival_show", "X-FESTIVAL=national;X-BEFORE=4", _FIRST_DAY, None, "keep", 4,
     places.CODES),
    ("double_ninth", "X-FESTIVAL=double_ninth;X-BEFORE=3", _FIRST_DAY, None, "keep", 3,
     places.CODES),
    ("elderly_check_up", "X-ROUND=1", _FIRST_DAY, None, "keep", 0, places.CODES),
)  # fmt: skip
_REASONS = ("持续降雨，改为线上宣传。", "迎接全市卫生检查，统一调整。", "当天全员参加业务培训。")
_CANCELLED = 0.3  # of what was not held
# Community, type, day by the rule, the day it was moved to, why.
_MOVED = (
    ("c03", "wednesday_cleanup", date(2023, 11, 1), date(2023, 11, 2), "周三全员参加业务培训。"),
    ("c07", "weekend_duty", date(2023, 11, 4), date(2023, 11, 5), "周六社区举办运动会。"),
)


def write(session: Session, users: Sequence[User], events: Sequence[Event]) -> None:
    """The plans as the office staff set them, then what was cancelled or moved of them."""
    office = next(user for user in users if user.role == "office_staff")
    staff = {user.community_code: user for user in users if user.community_code}
    held = _held(events)
    made = [
        writes.make(session, _author(office, facts.first_day), f"demo-plan-{place}", facts)
        for place, facts in enumerate(_facts(held))
    ]
    chance = Random("plans")
    for plan in made:
        for day, reason in _not_to_be(plan, held[plan.type_code, plan.community_code], chance):
            author = _author(staff[plan.community_code], day)
            writes.except_occasion(session, author, plan.id, day, "cancel", None, reason)
    by_place = {(plan.community_code, plan.type_code): plan for plan in made}
    for community, kind, day, to, reason in _MOVED:
        author = _author(staff[community], places.TODAY)
        plan_id = by_place[community, kind].id
        writes.except_occasion(session, author, plan_id, day, "move", to, reason)


def _held(events: Sequence[Event]) -> dict[tuple[str, str], set[date]]:
    """(type, community) → the days on which it took part."""
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for event in events:
        for community in event.communities:
            days[event.type_code, community].add(event.first_day)
    return days


def _facts(held: dict[tuple[str, str], set[date]]) -> Iterator[writes.Facts]:
    for kind, rule, first, last, day_off, grace, communities in _PLANS:
        for community in communities:
            yield writes.Facts(kind, community, "", rule, first, last, day_off, grace)
    for community in places.CODES:
        # Each shows the film on an evening of its own.
        evenings = Counter(day.weekday() for day in held["weekly_film", community])
        rule = _WEEKLY.format(day=_DAYS[evenings.most_common(1)[0][0]])
        yield writes.Facts("weekly_film", community, "", rule, _FIRST_DAY, None, "keep", 0)


def _not_to_be(plan: ActivityPlan, held: set[date], chance: Random) -> Iterator[tuple[date, str]]:
    """Weekly occasions up to today that were cancelled: those of the Spring Festival, and some."""
    if not plan.rule.startswith("FREQ=WEEKLY"):
        return
    weekday = _DAYS.index(plan.rule[-2:])
    day = plan.first_day + timedelta(days=(weekday - plan.first_day.weekday()) % 7)
    while day <= min(plan.last_day or places.TODAY, places.TODAY - timedelta(days=3)):
        if not held & {day, day + timedelta(days=plan.grace_days)}:
            if FESTIVE_WEEK[0] <= day <= FESTIVE_WEEK[1]:
                yield day, "春节放假。"
            elif chance.random() < _CANCELLED:
                yield day, chance.choice(_REASONS)
        day += timedelta(days=7)


def _author(user: User, day: date) -> Author:
    """At the noon before the day: a cancellation is said in time."""
    at = datetime.combine(day - timedelta(days=1), time(4), UTC)
    return Author(user.id, user.name, at)

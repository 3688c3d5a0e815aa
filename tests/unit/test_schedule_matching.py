"""Which activity fulfils which occasion: on time, late, missing, cancelled, still planned."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.schedule.figures import Tally, tallies, tally
from services.schedule.matching import Held, Standing, standings
from services.schedule.occasions import Change, Plan, Timing, occasions
from services.schedule.rules import Rule

TODAY = date(2023, 10, 28)
OCTOBER = date(2023, 10, 1), date(2023, 10, 31)
AT = datetime(2023, 10, 20, tzinfo=UTC)
WEDNESDAY = Rule("weekly", (3,))


def plan(
    rule: Rule = WEDNESDAY,
    grace: int = 0,
    number: int = 1,
    place: str = "c01",  # noqa: B008
) -> Plan:
    timing = Timing(rule, date(2023, 10, 1), date(2023, 11, 30), "keep", grace)
    return Plan(number, "wednesday_cleanup", place, "", timing, "", 1)


def held(*days: int | tuple[int, int], place: str = "c01") -> list[Held]:
    """Activities of days of October, each of one day or from one to another."""
    spans = [day if isinstance(day, tuple) else (day, day) for day in days]
    return [
        Held(number, "wednesday_cleanup", place, date(2023, 10, first), date(2023, 10, last))
        for number, (first, last) in enumerate(spans)
    ]


def stand(
    *plans: Plan,
    activities: list[Held],
    changes: dict[date, Change] | None = None,
    today: date = TODAY,
    rounds: tuple[tuple[date, date | None], ...] = (),
) -> list[Standing]:
    found = [one for own in plans for one in occasions(own, changes or {}, rounds, *OCTOBER)]
    first, last = OCTOBER
    return [one for one in standings(found, activities, today) if first <= one.occasion.due <= last]


def states(*plans: Plan, **facts: object) -> str:
    """d, l, m, c, p by day."""
    return "".join(one.state[0] for one in stand(*plans, **facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "grace", "expected"),
    [
        ((4, 11, 18, 25), 0, "dddd"),
        ((), 0, "mmmm"),
        ((4, 18), 0, "dmdm"),
        ((5, 12, 18), 0, "lldm"),
        ((5, 12, 18), 1, "dddm"),
        ((10,), 0, "lmmm"),  # the eve of the next is still late for the last
        ((3,), 0, "mmmm"),  # before the first it is nothing of the plan's
        ((4, 4, 4), 0, "dmmm"),  # more than one on a day fulfil one occasion
        ((4, 5, 6), 0, "dmmm"),
        ((26,), 3, "mmmd"),
        ((), 3, "mmmp"),  # what is due may be held until the 28th
        ((), 2, "mmmm"),
        ((11,), 20, "mdmp"),  # a long grace ends where the next begins
        (((4, 11),), 0, "ddmm"),  # of several days: all whose days it covers
        (((2, 4), 18), 0, "dmdm"),
        (((5, 9),), 0, "lmmm"),
    ],
)
def test_activities_fulfil_occasions(days: tuple, grace: int, expected: str) -> None:
    assert states(plan(grace=grace), activities=held(*days)) == expected


def test_what_is_to_come_is_planned_and_may_be_done_before_its_end() -> None:
    early = date(2023, 10, 11)
    assert states(plan(), activities=held(4), today=early) == "dppp"
    assert states(plan(), activities=held(4, 11), today=early) == "ddpp"


def test_each_community_stands_for_itself() -> None:
    both = (plan(), plan(number=2, place="c02"))
    assert states(*both, activities=held(4, 11, 18, 25, place="c02")) == "mmmmdddd"


def test_a_cancelled_occasion_stays_cancelled_and_takes_no_activity() -> None:
    off = {date(2023, 10, 11): Change(None, "暴雨", "某人", AT, 1)}
    assert states(plan(), activities=held(4, 11, 18, 25), changes=off) == "dcdd"
    assert states(plan(), activities=held(12), changes=off) == "mcmm"


def test_a_moved_occasion_is_due_on_its_new_day() -> None:
    moved = {date(2023, 10, 11): Change(date(2023, 10, 13), "会议", "某人", AT, 1)}
    found = stand(plan(), activities=held(4, 13, 18), changes=moved)
    assert [(one.occasion.due.day, one.state) for one in found] == [
        (4, "done"), (13, "done"), (18, "done"), (25, "missing"),
    ]  # fmt: skip
    assert states(plan(), activities=held(11, 18), changes=moved) == "lmdm"


def test_two_occasions_of_one_day_need_two_activities() -> None:
    onto = {date(2023, 10, 11): Change(date(2023, 10, 18), "会议", "某人", AT, 1)}
    assert states(plan(), activities=held(4, 18), changes=onto) == "ddmm"
    assert states(plan(), activities=held(4, 18, 18), changes=onto) == "dddm"


def test_two_plans_of_one_type_share_the_line_of_time() -> None:
    saturday = plan(Rule("weekly", (6,)), number=2)
    found = stand(plan(), saturday, activities=held(7, 14, 21, 28))
    assert {one.occasion.plan.id for one in found if one.state == "done"} == {2}
    assert [one.state for one in found if one.occasion.plan.id == 1] == ["missing"] * 4


def test_a_month_end_may_be_held_into_the_next_month() -> None:
    month_end = plan(Rule("month_day", nth=25), grace=3)
    assert states(month_end, activities=held(28)) == "d"
    assert states(month_end, activities=held(31), today=date(2023, 11, 5)) == "l"
    assert states(month_end, activities=held(24), today=date(2023, 11, 5)) == "m"


def test_an_open_round_is_planned_until_something_is_held_in_it() -> None:
    rounds = ((date(2023, 10, 9), None),)
    once = plan(Rule("round"))
    assert states(once, activities=[], rounds=rounds) == "p"
    assert states(once, activities=held(20, 27), rounds=rounds) == "d"
    closed = ((date(2023, 10, 9), date(2023, 10, 20)),)
    assert states(once, activities=[], rounds=closed) == "m"
    assert states(once, activities=held(24), rounds=closed) == "l"


def test_rates_are_sums_over_sums_and_cancelled_ones_leave_the_base() -> None:
    off = {date(2023, 10, 11): Change(None, "暴雨", "某人", AT, 1)}
    both = (plan(), plan(number=2, place="c02"))
    found = stand(*both, activities=held(4, 19), changes=off)
    whole = tally(found)
    assert whole == Tally(done=1, late=1, missing=4, cancelled=2)
    assert (whole.due, whole.timeliness, whole.completeness) == (6, 1 / 6, 2 / 6)
    by_place = tallies(found, lambda one: one.occasion.plan.community)
    assert by_place["c02"].completeness == 0
    assert sum(part.due for part in by_place.values()) == whole.due
    assert Tally(cancelled=2, planned=3).timeliness is None

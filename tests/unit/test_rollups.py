"""The kept sums agree with the records, exactly, however they came about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, cycle

import pytest
from sqlalchemy import select

from db import rollups
from db.engine import Session
from db.models import ActivityMeasure, ActivityMonth, ActivityWeek, Base, QuantityMonth
from db.reads.sums import Choice, activity_sums, joint_activities, quantity_sums, weeks_kept
from tests.builders import add_activity

TABLES = (ActivityMonth, QuantityMonth, ActivityWeek)
SEPTEMBER = Choice(date(2023, 9, 1), date(2023, 9, 30))
WEDNESDAY = date(2023, 9, 6)


def kept(session: Session, table: type[Base]) -> set[tuple[object, ...]]:
    """The rows of sums that count anything."""
    rows = session.execute(select(*table.__table__.columns))
    return {tuple(row) for row in rows if row.activities}


def test_taking_out_an_activity_undoes_adding_it(session: Session) -> None:
    add_activity(session, "wednesday_cleanup", WEDNESDAY, "c01", {"litter_spots": 3})
    before = [kept(session, table) for table in TABLES]
    activity = add_activity(
        session,
        "wednesday_cleanup",
        WEDNESDAY,
        "c01",
        {"litter_spots": 4, "household_waste": "0.375"},
        participants=12,
    )
    assert [kept(session, table) for table in TABLES] != before
    rollups.add(session, activity, -1)
    assert [kept(session, table) for table in TABLES] == before


def test_rebuilding_finds_what_was_kept_step_by_step(session: Session) -> None:
    for day, others in ((6, ()), (13, ("c02",)), (20, ("c02", "c03")), (20, ())):
        add_activity(
            session,
            "wednesday_cleanup",
            date(2023, 9, day),
            "c01",
            {"litter_spots": day, "household_waste": "1.001"},
            others,
            participants=day,
        )
    add_activity(session, "free_clinic", WEDNESDAY, "c03", {"free_clinics": 1})
    before = [kept(session, table) for table in TABLES]
    assert all(before)
    rollups.rebuild(session)
    assert [kept(session, table) for table in TABLES] == before


def test_a_void_activity_counts_nowhere(session: Session) -> None:
    add_activity(session, "wednesday_cleanup", WEDNESDAY, "c01", {"litter_spots": 3}, state="void")
    assert not any(kept(session, table) for table in TABLES)
    rollups.rebuild(session)
    assert not any(kept(session, table) for table in TABLES)


def test_thousandths_add_up_without_a_rounding_error(session: Session) -> None:
    for _ in range(30):
        add_activity(
            session, "volunteer_cleanup", WEDNESDAY, "c01", {"household_waste": Decimal("0.1")}
        )
    total = quantity_sums(session, SEPTEMBER).set_index("measure_code")
    assert total.at["household_waste", "quantity"] == 3.0
    assert sum(session.scalars(select(ActivityMeasure.quantity))) == Decimal(3)


def test_a_joint_activity_counts_once_in_any_choice_and_once_for_each_community(
    session: Session,
) -> None:
    add_activity(
        session,
        "volunteer_cleanup",
        WEDNESDAY,
        "c01",
        {"litter_spots": 10},
        ("c02", "c03"),
        participants=40,
    )
    add_activity(session, "volunteer_cleanup", WEDNESDAY, "c01", {"litter_spots": 5})
    for chosen, activities, spots in (
        ((), 2, 15),
        (("c01", "c02"), 2, 15),
        (("c02", "c03"), 1, 10),
        (("c03",), 1, 10),
    ):
        choice = replace(SEPTEMBER, communities=chosen)
        assert activity_sums(session, choice)["activities"].sum() == activities
        assert quantity_sums(session, choice)["quantity"].sum() == spots
        assert joint_activities(session, choice) == 1
    by = activity_sums(session, SEPTEMBER, ("community_code",)).set_index("community_code")
    assert by["activities"].to_dict() == {"c01": 2, "c02": 1, "c03": 1}
    assert by["participants"].to_dict() == {"c01": 40, "c02": 40, "c03": 40}


def test_whole_months_and_single_days_give_the_same_sums(session: Session) -> None:
    """A span that cuts months is summed from rows at its ends, from kept sums between."""
    for month, day in ((8, 31), (9, 1), (9, 30), (10, 1), (10, 28), (10, 29), (11, 5)):
        add_activity(
            session,
            "free_clinic",
            date(2023, month, day),
            "c01",
            {"health_leaflets": 10 ** (month - 8) + day},
            ("c02",),
        )
    span = Choice(date(2023, 8, 31), date(2023, 10, 28))
    assert activity_sums(session, span)["activities"].sum() == 5
    assert quantity_sums(session, span)["quantity"].sum() == 1 + 31 + 10 + 1 + 10 + 30 + 101 + 128
    months = activity_sums(session, span, ("month",)).set_index("month")["activities"]
    assert [(m.month, count) for m, count in sorted(months.items())] == [(8, 1), (9, 2), (10, 2)]


@pytest.mark.parametrize("approved_only", [False, True])
def test_any_span_of_days_sums_what_its_records_say(session: Session, approved_only: bool) -> None:
    """Within a month, over its end, over several: whichever way a span is put together."""
    days = [date(2023, 8, 20) + timedelta(days=3 * step) for step in range(25)]
    quantity = {day: Decimal(day.day) / 4 for day in days}
    reviews = dict(zip(days, cycle(["approved", "submitted", "returned"]), strict=False))
    for day in days:
        add_activity(
            session, "volunteer_cleanup", day, "c01", {"household_waste": quantity[day]},
            participants=day.day, review=reviews[day],
        )  # fmt: skip
    counted = {"approved"} if approved_only else {"approved", "submitted"}
    for first, last in combinations(days[::4], 2):
        inside = [day for day in days if first <= day <= last and reviews[day] in counted]
        choice = Choice(first, last, approved_only=approved_only)
        held = activity_sums(session, choice)
        assert held["activities"].sum() == len(inside)
        assert held["participants"].sum() == sum(day.day for day in inside)
        sums = quantity_sums(session, choice)
        assert sums["quantity"].sum() == float(sum(quantity[day] for day in inside))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2023, 9, 4), date(2023, 9, 4)),
        (date(2023, 9, 6), date(2023, 9, 4)),
        (date(2023, 9, 10), date(2023, 9, 4)),
        (date(2023, 9, 11), date(2023, 9, 11)),
    ],
)
def test_a_week_runs_from_monday_to_sunday(session: Session, day: date, week: date) -> None:
    add_activity(session, "weekly_film", day, "c01")
    for _ in range(2):
        assert list(session.scalars(select(ActivityWeek.week))) == [week]
        rollups.rebuild(session)


def test_two_films_in_one_week_keep_one_week(session: Session) -> None:
    for day in (4, 10, 11):
        add_activity(session, "weekly_film", date(2023, 9, day), "c01", communities=("c02",))
    kept_weeks = weeks_kept(session, SEPTEMBER).set_index("community_code")["weeks"]
    assert kept_weeks.to_dict() == {"c01": 2, "c02": 2}

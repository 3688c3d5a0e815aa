"""Activity figures: what a period holds, joint activities, ratios, and the rhythm kept."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from db import rollups
from db.engine import Session
from db.models import PopulationCount
from services import kpis
from services.catalogue import catalogue
from services.filters import Filters
from services.i18n import use_language
from services.periods import Period
from services.settings import Thresholds
from services.views import View
from tests.builders import add_activity

TODAY = date(2023, 10, 28)  # a Saturday
SINCE = Period(date(2023, 9, 1), "since", TODAY)
SEPTEMBER = Period(date(2023, 9, 1), "month")
WEDNESDAY = date(2023, 9, 6)


def view(
    period: Period = SINCE, communities: tuple[str, ...] = (), domain: str | None = None
) -> View:
    return View(Filters(period, communities, domain), TODAY, Thresholds())


def add_people(session: Session, year: int, **residents: int) -> None:
    session.add_all(
        PopulationCount(community_code=code, year=year, population_group="residents", count=count)
        for code, count in residents.items()
    )
    session.flush()


def rhythm(session: Session, chosen: View) -> dict[tuple[str, str], tuple[int, int]]:
    """(type, community) → (planned, done)."""
    rows = kpis.rhythm(session, chosen).itertuples(index=False)
    return {(row.type_code, row.community_code): (row.planned, row.done) for row in rows}


def test_an_empty_office_has_totals_of_zero_and_frames_with_their_columns(
    session: Session,
) -> None:
    assert kpis.totals(session, view()) == kpis.Totals(0, 0, 0)
    assert kpis.running_totals(session, view(), catalogue(session)) == ()
    by = ("month", "domain_code")
    assert list(kpis.activity_sums(session, view(), by)) == [*by, "activities", "participants"]
    assert list(kpis.quantity_sums(session, view(), ("month",))) == [
        "measure_code",
        "month",
        "quantity",
        "activities",
    ]
    assert list(kpis.rhythm(session, view())) == ["type_code", "community_code", "planned", "done"]


def test_a_joint_activity_counts_once_in_a_total_and_in_each_of_its_communities(
    session: Session,
) -> None:
    add_activity(session, "free_clinic", WEDNESDAY, "c01", {"free_clinics": 2}, ["c02"], 40)
    add_activity(session, "free_clinic", WEDNESDAY, "c02", {"free_clinics": 1}, (), 10)
    assert kpis.totals(session, view()) == kpis.Totals(2, 1, 50)
    assert kpis.totals(session, view(communities=("c01", "c02"))) == kpis.Totals(2, 1, 50)
    assert kpis.totals(session, view(communities=("c01",))) == kpis.Totals(1, 1, 40)
    assert kpis.totals(session, view(communities=("c03",))) == kpis.Totals(0, 0, 0)
    each = kpis.activity_sums(session, view(), ("community_code",)).set_index("community_code")
    assert each["activities"].to_dict() == {"c01": 1, "c02": 2}


def test_an_activity_without_a_head_count_counts_and_adds_nobody(session: Session) -> None:
    add_activity(session, "free_clinic", WEDNESDAY, "c01")
    add_activity(session, "free_clinic", WEDNESDAY, "c01", participants=7)
    assert kpis.totals(session, view()) == kpis.Totals(2, 0, 7)


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (SINCE, ["09-01", "09-30", "10-01", "10-28"]),
        (SEPTEMBER, ["09-01", "09-30"]),
        (Period(date(2023, 10, 1), "month"), ["10-01", "10-28"]),
        (Period(date(2023, 7, 1), "quarter"), ["08-31", "09-01", "09-30"]),
        (Period(date(2023, 1, 1), "year"), ["08-31", "09-01", "09-30", "10-01", "10-28"]),
        (Period(date(2023, 9, 30), "since", date(2023, 10, 1)), ["09-30", "10-01"]),
        (Period(date(2023, 11, 1), "month"), []),
        (Period(date(2024, 1, 1), "year"), []),
    ],
    ids=lambda value: value.code if isinstance(value, Period) else None,
)
def test_a_period_holds_its_first_and_its_last_day_and_nothing_after_today(
    session: Session, period: Period, days: list[str]
) -> None:
    for day in ("08-31", "09-01", "09-30", "10-01", "10-28", "10-29"):
        add_activity(session, "tai_chi", date.fromisoformat(f"2023-{day}"), "c01")
    assert kpis.totals(session, view(period)).activities == len(days)


def test_a_void_activity_is_in_no_figure(session: Session) -> None:
    add_activity(session, "free_clinic", WEDNESDAY, "c01", {"free_clinics": 2}, state="void")
    assert kpis.totals(session, view()) == kpis.Totals(0, 0, 0)
    assert kpis.running_totals(session, view(), catalogue(session)) == ()


def test_a_domain_holds_only_its_own_activities(session: Session) -> None:
    add_activity(session, "free_clinic", WEDNESDAY, "c01", {"health_leaflets": 30})
    add_activity(session, "fraud_prevention", WEDNESDAY, "c01", {"leaflets": 50})
    assert kpis.totals(session, view(domain="health")).activities == 1
    totals = kpis.running_totals(session, view(domain="safety"), catalogue(session))
    assert [(total.measure.code, total.quantity) for total in totals] == [("leaflets", 50.0)]


def test_running_totals_come_in_the_order_of_the_catalogue_each_in_its_own_unit(
    session: Session,
) -> None:
    add_activity(session, "free_clinic", WEDNESDAY, "c01", {"home_visits": 48})
    add_activity(
        session,
        "volunteer_cleanup",
        WEDNESDAY,
        "c01",
        {"bulky_waste": 6.2, "household_waste": 100.5, "litter_spots": 126},
    )
    add_activity(session, "volunteer_cleanup", WEDNESDAY, "c02", {"household_waste": 72})
    totals = kpis.running_totals(session, view(), catalogue(session))
    assert [(t.measure.code, t.quantity, t.activities, t.phrase) for t in totals] == [
        ("litter_spots", 126, 1, "120余处"),
        ("household_waste", 172.5, 2, "170余吨"),
        ("bulky_waste", 6.2, 1, "约6吨"),
        ("home_visits", 48, 1, "近50次"),
    ]


def test_a_count_of_people_is_said_with_the_word_of_the_measure(session: Session) -> None:
    add_activity(session, "fraud_prevention", WEDNESDAY, "c01", {"consultations": 3046})
    (total,) = kpis.running_totals(session, view(), catalogue(session))
    assert total.measure.unit_label == "人次"
    assert total.phrase == "3000余名"
    use_language("en")
    assert "名" not in total.phrase


def test_a_reported_zero_is_a_report_and_a_blank_is_none(session: Session) -> None:
    add_activity(session, "free_clinic", WEDNESDAY, "c01", {"free_clinics": 0})
    (total,) = kpis.running_totals(session, view(), catalogue(session))
    assert (total.measure.code, total.quantity, total.activities) == ("free_clinics", 0, 1)


def test_a_rate_is_the_sum_over_the_sum_and_never_a_mean_of_rates(session: Session) -> None:
    add_people(session, 2023, c01=1000, c02=9000)
    held = pd.Series({"c01": 10, "c02": 9})
    assert kpis.per_thousand(session, held, 2023).to_dict() == {"c01": 10.0, "c02": 1.0}
    assert kpis.per_thousand_together(session, held, 2023) == pytest.approx(19 / 10_000 * 1000)


def test_a_community_nobody_counted_has_no_rate_and_is_in_neither_sum(session: Session) -> None:
    add_people(session, 2023, c01=1000)
    held = pd.Series({"c01": 10, "c02": 90})
    rates = kpis.per_thousand(session, held, 2023)
    assert rates["c01"] == 10.0
    assert pd.isna(rates["c02"])
    assert kpis.per_thousand_together(session, held, 2023) == 10.0
    assert kpis.per_thousand_together(session, held, 2022) is None


def test_the_newest_count_of_people_up_to_the_year_is_the_denominator(session: Session) -> None:
    for year, residents in ((2021, 500), (2022, 1000), (2024, 4000)):
        add_people(session, year, c01=residents)
    held = pd.Series({"c01": 10})
    rates = [kpis.per_thousand(session, held, year)["c01"] for year in (2021, 2023, 2024)]
    assert rates == [20.0, 10.0, 2.5]


def test_a_weekly_type_is_planned_once_in_every_whole_week(session: Session) -> None:
    # Whole weeks of September 2023: Mondays 4, 11 and 18; the week from 25 runs into October.
    for day in (1, 6, 8, 20, 27):
        add_activity(session, "wednesday_cleanup", date(2023, 9, day), "c01")
    add_activity(session, "wednesday_cleanup", date(2023, 9, 13), "c02")
    assert rhythm(session, view(SEPTEMBER)) == {
        ("wednesday_cleanup", "c01"): (3, 2),
        ("wednesday_cleanup", "c02"): (3, 1),
    }


def test_a_week_still_running_is_not_expected_yet(session: Session) -> None:
    add_activity(session, "wednesday_cleanup", date(2023, 10, 4), "c01")
    add_activity(session, "wednesday_cleanup", date(2023, 10, 25), "c01")
    october = Period(date(2023, 10, 1), "month")
    assert rhythm(session, view(october)) == {("wednesday_cleanup", "c01"): (3, 1)}
    sunday = View(Filters(october), TODAY + timedelta(days=1), Thresholds())
    assert rhythm(session, sunday) == {("wednesday_cleanup", "c01"): (4, 2)}


def test_a_joint_activity_keeps_the_rhythm_of_each_of_its_communities(session: Session) -> None:
    add_activity(session, "weekly_film", WEDNESDAY, "c01", communities=("c03",))
    assert rhythm(session, view(SEPTEMBER)) == {
        ("weekly_film", "c01"): (3, 1),
        ("weekly_film", "c03"): (3, 1),
    }
    assert rhythm(session, view(SEPTEMBER, ("c03",))) == {("weekly_film", "c03"): (3, 1)}


def test_a_monthly_type_is_planned_once_in_every_whole_month(session: Session) -> None:
    for month, day in ((7, 31), (8, 1), (8, 30), (10, 5)):
        add_activity(session, "allowances", date(2023, month, day), "c01")
    kept = ("allowances", "c01")
    quarter = Period(date(2023, 7, 1), "quarter")
    assert rhythm(session, view(quarter)) == {kept: (3, 2)}
    # October still runs, and half of July is no month.
    since = Period(date(2023, 7, 15), "since", TODAY)
    assert rhythm(session, view(since)) == {kept: (2, 1)}
    assert rhythm(session, view(Period(date(2023, 10, 1), "month"))) == {}


def test_only_occasions_of_the_chosen_domain_and_only_rhythmic_types_are_planned(
    session: Session,
) -> None:
    for kind in ("weekly_film", "wednesday_cleanup", "allowances", "free_clinic"):
        add_activity(session, kind, WEDNESDAY, "c01")
    assert set(rhythm(session, view(SEPTEMBER))) == {
        ("weekly_film", "c01"),
        ("wednesday_cleanup", "c01"),
        ("allowances", "c01"),
    }
    assert set(rhythm(session, view(SEPTEMBER, domain="culture"))) == {("weekly_film", "c01")}
    assert set(rhythm(session, view(SEPTEMBER, domain="health"))) == set()


def test_what_was_taken_out_again_keeps_no_rhythm(session: Session) -> None:
    for kind in ("weekly_film", "allowances"):
        activity = add_activity(session, kind, WEDNESDAY, "c01")
        rollups.add(session, activity, -1)
    assert rhythm(session, view(SEPTEMBER)) == {}

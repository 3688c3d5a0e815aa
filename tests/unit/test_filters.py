"""Filters and views: keys under which answers are kept, so equal choices must be equal keys."""

from __future__ import annotations

from datetime import date

from services.filters import Filters
from services.periods import Period
from services.settings import Thresholds
from services.views import View

MONTH = Period(date(2023, 10, 1), "month")
TODAY = date(2023, 10, 28)
VIEW = View(Filters(MONTH, ("c01", "c02"), "health"), TODAY, Thresholds())


def test_the_same_choice_is_the_same_key_however_it_was_reached() -> None:
    direct = Filters(MONTH, ("c01",), "safety")
    stepwise = Filters(MONTH.previous).during(MONTH).only("c01").within("safety")
    assert direct == stepwise
    assert hash(direct) == hash(stepwise)
    assert repr(direct) == repr(stepwise)


def test_different_choices_are_different_keys() -> None:
    keys = {
        repr(view)
        for view in (
            VIEW,
            VIEW.only(),
            VIEW.only("c01"),
            VIEW.within(None),
            VIEW.within("safety"),
            View(VIEW.filters.during(MONTH.previous), TODAY, Thresholds()),
            View(VIEW.filters, date(2023, 10, 29), Thresholds()),
            View(VIEW.filters, TODAY, Thresholds(hide_below=11)),
        )
    }
    assert len(keys) == 8


def test_a_step_changes_only_what_it_names() -> None:
    assert VIEW.only("c03").filters == Filters(MONTH, ("c03",), "health")
    assert VIEW.within(None).filters == Filters(MONTH, ("c01", "c02"), None)
    assert VIEW.filters.during(MONTH.previous) == Filters(MONTH.previous, ("c01", "c02"), "health")


def test_no_record_can_lie_after_today_or_after_the_period() -> None:
    assert VIEW.last_day == TODAY
    past = View(Filters(MONTH.previous), TODAY, Thresholds())
    assert past.last_day == date(2023, 9, 30)


def test_a_line_shows_at_least_twelve_months_up_to_the_last_day() -> None:
    assert VIEW.trend.filters == Filters(
        Period(date(2022, 11, 1), "since", TODAY), ("c01", "c02"), "health"
    )
    long = View(Filters(Period(date(2021, 1, 1), "since", TODAY)), TODAY, Thresholds())
    assert long.trend.filters.period.first_day == date(2021, 1, 1)

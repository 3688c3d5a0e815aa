"""Monthly series: which months count, what their limits are, and what is said of the latest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest

from db.engine import Session
from db.models import Measure
from services.catalogue import catalogue
from services.filters import Filters
from services.monthly import Series, assurance, finding, is_special, monthly_series
from services.periods import Period, add_months
from services.settings import Thresholds
from services.targets import set_targets
from services.views import View
from tests.activity_cases import person
from tests.builders import add_activity

START = date(2022, 1, 1)
ORDINARY = (10, 12, 9, 11, 10, 12, 8, 11, 10, 9, 12, 10)


def add_months_of(session: Session, values: Sequence[int], start: date = START) -> None:
    """One clean-up a month on its first day with so many litter spots; 0 is no activity at all."""
    for place, value in enumerate(values):
        if value:
            day = add_months(start, place)
            add_activity(session, "volunteer_cleanup", day, "c01", {"litter_spots": value})


def found(session: Session, last_day: date, *communities: str) -> dict[str, Series]:
    view = View(
        Filters(Period(START, "since", last_day), communities, "environment"),
        last_day,
        Thresholds(),
    )
    lists = catalogue(session)
    return {
        one.measure.code if one.measure else "": one for one in monthly_series(session, view, lists)
    }


def test_an_empty_office_has_no_series(session: Session) -> None:
    assert found(session, date(2022, 12, 31)) == {}


def test_only_complete_months_count(session: Session) -> None:
    add_months_of(session, ORDINARY)
    assert len(found(session, date(2022, 12, 30))["litter_spots"].months) == 11
    whole = found(session, date(2022, 12, 31))["litter_spots"]
    assert whole.months[-1] == date(2022, 12, 1)
    assert list(whole.values) == list(ORDINARY)


def test_limits_come_with_twelve_complete_months(session: Session) -> None:
    add_months_of(session, ORDINARY)
    eleven = found(session, date(2022, 12, 30))["litter_spots"]
    assert eleven.limits is None
    assert eleven.limits_from == date(2023, 1, 1)
    assert finding(eleven) == ""
    limits = found(session, date(2022, 12, 31))["litter_spots"].limits
    assert limits is not None
    # Mean 124/12; the eleven moving ranges 2 3 2 1 2 4 3 1 1 3 2 have the mean 24/11.
    assert limits.mean[0] == pytest.approx(124 / 12)
    assert limits.high[0] == pytest.approx(124 / 12 + 2.66 * 24 / 11)


def test_a_month_without_a_report_counts_as_zero_but_none_before_the_first(
    session: Session,
) -> None:
    add_months_of(session, (3, 5))
    add_months_of(session, (7, 0, 4), date(2022, 3, 1))
    add_activity(session, "volunteer_cleanup", date(2022, 4, 2), "c01", {"bulky_waste": 2})
    series = found(session, date(2022, 5, 31))
    assert list(series["litter_spots"].values) == [3, 5, 7, 0, 4]
    assert list(series["bulky_waste"].values) == [2, 0]
    assert list(series[""].values) == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(("day", "months"), [(7, 3), (8, 2)])
def test_the_first_month_counts_if_its_first_week_was_recorded(
    session: Session, day: int, months: int
) -> None:
    add_activity(session, "volunteer_cleanup", date(2022, 1, day), "c02")
    add_months_of(session, (1, 1), date(2022, 2, 1))
    assert len(found(session, date(2022, 3, 31))[""].months) == months


def test_a_void_record_does_not_begin_the_series(session: Session) -> None:
    add_activity(session, "volunteer_cleanup", date(2021, 5, 1), "c01", state="void")
    add_months_of(session, (1, 1))
    assert len(found(session, date(2022, 2, 28))[""].months) == 2


def test_a_series_goes_back_three_years_at_most(session: Session) -> None:
    add_months_of(session, [5] * 40, date(2020, 1, 1))
    months = found(session, date(2023, 4, 30))["litter_spots"].months
    assert (months[0], len(months)) == (date(2020, 5, 1), 36)


def test_a_choice_of_communities_has_its_own_series(session: Session) -> None:
    add_months_of(session, ORDINARY)
    add_activity(session, "volunteer_cleanup", date(2022, 5, 9), "c02", {"litter_spots": 30})
    assert list(found(session, date(2022, 12, 31), "c02")["litter_spots"].values) == [30] + [0] * 7
    assert found(session, date(2022, 12, 31))["litter_spots"].values[4] == 40


def test_ordinary_variation_needs_no_explanation(session: Session) -> None:
    add_months_of(session, ORDINARY)
    series = found(session, date(2022, 12, 31))["litter_spots"]
    assert not is_special(series)
    assert finding(series) == "波动属正常范围，无需单独解释。"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            (10, 20) * 3 + (10,) + (19, 22, 19, 21, 20, 22, 19, 21),
            "近 8 个月持续高于均值，属于持续性变化。",
        ),
        (
            (20, 10) * 3 + (20,) + (11, 8, 11, 9, 10, 8, 11, 9),
            "近 8 个月持续低于均值，属于持续性变化。",
        ),
        (ORDINARY + (40,), "2023年1月高于正常波动的上限，属于特殊变化，建议了解原因。"),
        (ORDINARY + (1,), "2023年1月低于正常波动的下限，属于特殊变化，建议了解原因。"),
        (
            (30, 40, 20, 40, 30, 20, 30) + (24, 26, 28, 30, 32, 34, 36),
            "近 7 个月逐月上升，属于持续性变化。",
        ),
        (
            (30, 20, 40, 20, 30, 40, 30) + (36, 34, 32, 30, 28, 26, 24),
            "近 7 个月逐月下降，属于持续性变化。",
        ),
        (
            (10, 14) * 6 + (22, 15, 22),
            "近 3 个月有 2 个月接近正常波动的上限，建议了解原因。",
        ),
    ],
)
def test_the_latest_month_is_said_in_a_sentence(
    session: Session, values: tuple[int, ...], sentence: str
) -> None:
    add_months_of(session, values)
    last_day = add_months(START, len(values))
    series = found(session, last_day)["litter_spots"]
    assert is_special(series)
    assert finding(series) == sentence


def test_an_earlier_special_month_is_mentioned(session: Session) -> None:
    add_months_of(session, (10, 30) * 2 + (120,) + (30, 10) * 4)
    series = found(session, date(2023, 1, 31))["litter_spots"]
    assert not is_special(series)
    assert finding(series) == "近期波动属正常范围；此前有 1 个月超出，图中已标出。"


@pytest.mark.parametrize(
    ("year_target", "sentence"),
    [
        (24, "稳定达标（全年目标折合每月 2 处，低于正常波动的下限）。"),
        (120, "暂不能判定（全年目标折合每月 10 处，在正常波动范围之内）。"),
        (360, "未达标（全年目标折合每月 30 处，高于正常波动的上限）。"),
    ],
)
def test_a_months_share_of_the_years_target_is_held_against_the_limits(
    session: Session, year_target: int, sentence: str
) -> None:
    add_months_of(session, ORDINARY)
    keeper = person(session, "administrator")
    now = datetime(2022, 1, 1, tzinfo=UTC)
    set_targets(session, "", 2022, {"litter_spots": Decimal(year_target)}, keeper, now)
    whole = found(session, date(2022, 12, 31))
    assert assurance(whole["litter_spots"]) == sentence
    assert assurance(whole[""]) == ""
    # The subdistrict's target is not that of one community.
    assert assurance(found(session, date(2022, 12, 31), "c01")["litter_spots"]) == ""


def test_what_is_paid_by_right_is_neither_better_nor_worse(session: Session) -> None:
    for place in range(12):
        day = add_months(START, place)
        add_activity(session, "allowances", day, "c01", {"low_income_recipients": 60 + place % 2})
    view = View(
        Filters(Period(START, "since", date(2022, 12, 31)), (), "assistance"),
        date(2022, 12, 31),
        Thresholds(),
    )
    series = monthly_series(session, view, catalogue(session))
    assert [one.direction for one in series] == [1, 0]
    assert np.isfinite(series[1].values).all()


@pytest.mark.parametrize(
    ("year_limit", "sentence"),
    [
        (24, "未达标（全年限额折合每月 2 处，低于正常波动的下限）。"),
        (360, "稳定达标（全年限额折合每月 30 处，高于正常波动的上限）。"),
    ],
)
def test_where_less_is_better_the_years_target_is_a_limit(
    session: Session, year_limit: int, sentence: str
) -> None:
    session.get_one(Measure, "litter_spots").better = "less"
    add_months_of(session, ORDINARY)
    keeper = person(session, "administrator")
    now = datetime(2022, 1, 1, tzinfo=UTC)
    set_targets(session, "", 2022, {"litter_spots": Decimal(year_limit)}, keeper, now)
    series = found(session, date(2022, 12, 31))["litter_spots"]
    assert series.direction == -1
    assert assurance(series) == sentence

"""Periods: their ends, what lies before them, and their names in links and in two languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.errors import InvalidEntry
from services.i18n import use_language
from services.periods import (
    Period,
    add_months,
    containing,
    day_label,
    day_named,
    months_of,
    one_year_before,
    period_from_code,
    span_label,
    spans_before,
)

SINCE = Period(date(2023, 9, 1), "since", date(2023, 10, 28))
PERIODS = [
    SINCE,
    Period(date(2023, 10, 28), "since", date(2023, 10, 28)),
    *(Period(add_months(date(2022, 11, 1), step), "month") for step in range(26)),
    *(Period(date(2023, month, 1), "quarter") for month in (1, 4, 7, 10)),
    Period(date(2024, 1, 1), "year"),
]


@pytest.mark.parametrize(
    ("period", "end"),
    [
        (SINCE, date(2023, 10, 28)),
        (Period(date(2024, 2, 1), "month"), date(2024, 2, 29)),
        (Period(date(2023, 12, 1), "month"), date(2023, 12, 31)),
        (Period(date(2023, 10, 1), "quarter"), date(2023, 12, 31)),
        (Period(date(2023, 1, 1), "year"), date(2023, 12, 31)),
    ],
)
def test_a_period_ends_on_its_last_day(period: Period, end: date) -> None:
    assert period.end == end


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.code)
def test_the_period_before_ends_the_day_before_and_is_of_the_same_kind(period: Period) -> None:
    before = period.previous
    assert before.end == period.first_day - timedelta(days=1)
    assert before.kind == period.kind
    if period.kind == "since":
        assert before.end - before.first_day == period.end - period.first_day
    else:
        assert containing(before.end, period.kind) == before


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.code)
def test_a_period_comes_back_from_its_code(period: Period) -> None:
    assert period_from_code(period.code) == period


def test_codes_are_short_and_plain() -> None:
    codes = [period.code for period in (SINCE, PERIODS[2], PERIODS[-2], PERIODS[-1])]
    assert codes == ["2023-09-01~2023-10-28", "2022-11", "2023Q4", "2024"]


@pytest.mark.parametrize(
    "code",
    [
        "",
        "abc",
        "2023-13",
        "2023-00",
        "2023Q5",
        "2023-02-30~2023-03-01",
        "2023-10-28",
        "20231",
        "2023-10-28~2023-09-01",
        "9999",
        "0001-01",
        "0001-01-01~2023-10-28",
        "２０２３",
    ],
)
def test_a_link_that_names_no_period_is_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        period_from_code(code)
    assert refused.value.sentence


@pytest.mark.parametrize("code", ["1900", "1900-01", "1900Q1", "2099", "2099-12", "2099Q4"])
def test_every_period_of_a_link_has_one_before_it_and_an_end(code: str) -> None:
    period = period_from_code(code)
    assert period.previous.first_day < period.year_before.end < period.first_day <= period.end or (
        period.year_before.end < period.first_day <= period.end
    )


def test_the_year_before_keeps_the_days_and_gives_up_only_a_leap_day() -> None:
    assert SINCE.year_before == Period(date(2022, 9, 1), "since", date(2022, 10, 28))
    assert Period(date(2024, 2, 1), "month").year_before.end == date(2023, 2, 28)
    leap = Period(date(2024, 2, 29), "since", date(2024, 2, 29))
    assert leap.year_before == Period(date(2023, 2, 28), "since", date(2023, 2, 28))
    assert one_year_before(date(2023, 3, 1)) == date(2022, 3, 1)


@pytest.mark.parametrize(
    ("period", "last_day", "previous", "year_before"),
    [
        ("2023-10", "2023-10-31", "2023-09", "2022-10"),
        ("2023-10", "2023-10-28", "2023-09-01~2023-09-28", "2022-10-01~2022-10-28"),
        ("2023-03", "2023-03-30", "2023-02-01~2023-02-28", "2022-03-01~2022-03-30"),
        ("2024-02", "2024-02-29", "2024-01", "2023-02"),
        ("2023Q4", "2023-10-28", "2023-07-01~2023-07-28", "2022-10-01~2022-10-28"),
        ("2024", "2024-02-29", "2023-01-01~2023-03-01", "2023-01-01~2023-02-28"),
        (
            *("2023-09-01~2023-10-28", "2023-10-28"),
            *("2023-07-05~2023-08-31", "2022-09-01~2022-10-28"),
        ),
    ],
)
def test_of_a_period_that_still_runs_only_the_days_gone_by_are_compared(
    period: str, last_day: str, previous: str, year_before: str
) -> None:
    spans = spans_before(period_from_code(period), date.fromisoformat(last_day))
    assert [span.code for span in spans] == [previous, year_before]


def test_since_a_day_after_today_is_refused_at_the_field() -> None:
    with pytest.raises(InvalidEntry) as refused:
        Period(date(2023, 10, 29), "since", date(2023, 10, 28))
    assert refused.value.field == "since"


def test_only_since_a_date_has_a_last_day_of_its_own() -> None:
    with pytest.raises(ValueError, match="last day"):
        Period(date(2023, 9, 1), "month", date(2023, 9, 30))
    with pytest.raises(ValueError, match="last day"):
        Period(date(2023, 9, 1), "since")
    with pytest.raises(ValueError, match="fortnight"):
        Period(date(2023, 9, 1), "fortnight")


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2023, 10, 28), 0, date(2023, 10, 1)),
        (date(2023, 10, 28), 3, date(2024, 1, 1)),
        (date(2023, 1, 31), -1, date(2022, 12, 1)),
        (date(2023, 1, 31), -25, date(2020, 12, 1)),
    ],
)
def test_months_are_added_across_years(day: date, months: int, first: date) -> None:
    assert add_months(day, months) == first


def test_the_months_of_a_span_are_all_it_touches() -> None:
    assert months_of(date(2022, 12, 31), date(2023, 2, 1)) == (
        date(2022, 12, 1),
        date(2023, 1, 1),
        date(2023, 2, 1),
    )
    assert months_of(date(2023, 2, 1), date(2023, 1, 31)) == ()


@pytest.mark.parametrize(
    ("kind", "code"), [("month", "2023-11"), ("quarter", "2023Q4"), ("year", "2023")]
)
def test_a_day_lies_in_one_period_of_each_kind(kind: str, code: str) -> None:
    assert containing(date(2023, 11, 5), kind).code == code


def test_periods_are_named_in_chinese() -> None:
    labels = [period.label for period in (SINCE, PERIODS[2], PERIODS[-2], PERIODS[-1])]
    assert labels == ["2023年9月1日至2023年10月28日", "2022年11月", "2023年第4季度", "2024年"]
    assert Period(date(2023, 9, 1), "since", date(2023, 9, 1)).label == "2023年9月1日"
    assert span_label(date(2023, 9, 1), date(2023, 9, 1)) == "2023年9月1日"
    assert span_label(date(2023, 9, 1), date(2023, 9, 3)) == "2023年9月1日 – 2023年9月3日"


def test_days_and_months_are_named_in_english() -> None:
    use_language("en")
    assert PERIODS[2].label == "Nov 2022"
    assert span_label(date(2023, 9, 1), date(2023, 9, 1)) == "1 Sep 2023"
    for period in (SINCE, PERIODS[-2], PERIODS[-1]):
        assert period.label.isascii() or "–" in period.label


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_day_is_read_back_from_its_name(language: str) -> None:
    use_language(language)
    for day in (date(2023, 10, 28), date(2024, 2, 29), date(2023, 1, 1)):
        assert day_named(day_label(day)) == day_named(day.isoformat()) == day
    for text in ("", "2023年", "2023年2月30日", "31 Foo 2023", "28 Oct", "20231028"):
        assert day_named(text) is None

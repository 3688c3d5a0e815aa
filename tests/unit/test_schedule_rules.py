"""Rules of plans: which days they name, how days off move them, how they are said and kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.errors import InvalidEntry
from services.i18n import use_language
from services.schedule import workdays
from services.schedule.occasions import OPEN_END, Timing, slots
from services.schedule.rules import LAST, Rule, days, rule_of, words

WEDNESDAY = Rule("weekly", (3,))
WEEKEND = Rule("weekly", (6, 7))
FIRST = date(2023, 1, 1)

# Rule, a month, the days of that month.
NAMED = [
    (WEDNESDAY, (2023, 10), (4, 11, 18, 25)),
    (WEEKEND, (2023, 9), (2, 3, 9, 10, 16, 17, 23, 24, 30)),
    (Rule("weekly", (3,), every=2), (2023, 1), (11, 25)),
    (Rule("weekly", (3,), every=2), (2023, 10), (4, 18)),
    (Rule("weekly", (1, 5), every=3), (2023, 2), (6, 10, 27)),
    (Rule("month_day", nth=25), (2024, 2), (25,)),
    (Rule("month_day", nth=1), (2023, 10), (1,)),
    (Rule("month_day", nth=LAST), (2023, 2), (28,)),
    (Rule("month_day", nth=LAST), (2024, 2), (29,)),
    (Rule("month_day", nth=LAST), (2023, 10), (31,)),
    (Rule("month_workday", nth=LAST), (2023, 9), (28,)),  # 29 September began the holidays
    (Rule("month_workday", nth=LAST), (2023, 12), (29,)),
    (Rule("month_workday", nth=LAST), (2024, 6), (28,)),
    (Rule("month_workday", nth=1), (2023, 10), (7,)),  # a Saturday on which people worked
    (Rule("month_workday", nth=1), (2024, 1), (2,)),
    (Rule("month_weekday", (3,), nth=2), (2023, 10), (11,)),
    (Rule("month_weekday", (5,), nth=LAST), (2023, 10), (27,)),
    (Rule("month_weekday", (7,), nth=1), (2023, 10), (1,)),
    (Rule("festival", festivals=("double_ninth",)), (2023, 10), (23,)),
    (Rule("festival", festivals=("mid_autumn", "national")), (2023, 10), (1,)),
    (Rule("festival", festivals=("mid_autumn", "national")), (2023, 9), (29,)),
    (Rule("festival", festivals=("national",), before=4), (2023, 9), (27,)),
    (Rule("festival", festivals=("new_year",), before=3), (2023, 12), (29,)),
    (Rule("round"), (2023, 10), ()),
]


@pytest.mark.parametrize(("rule", "month", "expected"), NAMED)
def test_a_rule_names_these_days_of_a_month(
    rule: Rule, month: tuple[int, int], expected: tuple[int, ...]
) -> None:
    start = date(*month, 1)
    end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    assert [day.day for day in days(rule, FIRST, start, end)] == list(expected)


@pytest.mark.parametrize("rule", [rule for rule, *_rest in NAMED])
def test_the_days_of_a_span_are_those_of_its_parts(rule: Rule) -> None:
    """Looking at a year at once or week by week gives the same days."""
    at_once = days(rule, FIRST, FIRST, date(2024, 12, 31))
    week = timedelta(days=7)
    starts = [FIRST + step * week for step in range(105)]
    piecewise = [
        day
        for start in starts
        for day in days(rule, FIRST, start, min(start + timedelta(days=6), date(2024, 12, 31)))
    ]
    assert list(at_once) == piecewise


def test_nothing_is_named_before_the_first_day() -> None:
    assert days(WEDNESDAY, date(2023, 10, 12), date(2023, 10, 1), date(2023, 10, 20)) == (
        date(2023, 10, 18),
    )
    once = Rule("once")
    assert days(once, date(2023, 10, 12), date(2023, 10, 1), date(2023, 10, 20)) == (
        date(2023, 10, 12),
    )
    assert days(once, date(2023, 10, 12), date(2023, 10, 13), date(2023, 10, 20)) == ()


@pytest.mark.parametrize("rule", [Rule("once"), *(rule for rule, *_rest in NAMED)])
def test_a_rule_is_kept_as_a_text_and_read_back(rule: Rule) -> None:
    assert rule_of(rule.text) == rule
    assert len(rule.text) <= 200


def test_every_festival_together_still_fits_the_column() -> None:
    everything = Rule("festival", festivals=tuple(workdays.festival_labels()), before=60)
    assert len(everything.text) <= 200
    assert rule_of(everything.text) == everything


SAID = [
    (WEDNESDAY, "每周三", "every Wed"),
    (WEEKEND, "每周六和周日", "every Sat and Sun"),
    (Rule("weekly", (1, 3, 5)), "每周一、周三和周五", "every Mon, Wed and Fri"),
    (Rule("weekly", (3,), every=2), "每 2 周的周三", "every 2 weeks on Wed"),
    (Rule("month_day", nth=25), "每月 25 日", "on day 25 of every month"),
    (Rule("month_day", nth=LAST), "每月最后一天", "on the last day of every month"),
    (Rule("month_workday", nth=LAST), "每月最后一个工作日", "last working day of every month"),
    (Rule("month_workday", nth=1), "每月第一个工作日", "first working day of every month"),
    (Rule("month_weekday", (3,), nth=2), "每月第 2 个周三", "Wed no. 2 of every month"),
    (Rule("month_weekday", (5,), nth=LAST), "每月最后一个周五", "last Fri of every month"),
    (Rule("festival", festivals=("double_ninth",)), "每年重阳节", "every year: Double Ninth"),
    (
        Rule("festival", festivals=("national", "mid_autumn"), before=3),
        "每年中秋节和国庆节前 3 天",
        "every year: 3 days before Mid-Autumn and National Day",
    ),
    (Rule("round"), "每轮一次", "once a round"),
    (Rule("once"), "只在2023年1月1日", "only on 1 Jan 2023"),
]


@pytest.mark.parametrize(("rule", "chinese", "english"), SAID)
def test_a_rule_is_said_in_plain_words(rule: Rule, chinese: str, english: str) -> None:
    assert words(rule, FIRST) == chinese
    use_language("en")
    assert words(rule, FIRST) == english


# The lunar festivals as the State Council's notices and almanacs give them.
LUNAR = [
    (2020, "0125 0208 0625 1001 1025"),
    (2021, "0212 0226 0614 0921 1014"),
    (2022, "0201 0215 0603 0910 1004"),
    (2023, "0122 0205 0622 0929 1023"),
    (2024, "0210 0224 0610 0917 1011"),
    (2025, "0129 0212 0531 1006 1029"),
    (2026, "0217 0303 0619 0925 1018"),
    (2027, "0206 0220 0609 0915 1008"),
]


@pytest.mark.parametrize(("year", "dates"), LUNAR)
def test_the_lunar_festivals_are_on_their_days(year: int, dates: str) -> None:
    codes = ("spring", "lantern", "dragon_boat", "mid_autumn", "double_ninth")
    assert " ".join(f"{workdays.festival(code, year):%m%d}" for code in codes) == dates


def test_a_festival_beyond_the_tables_is_refused_in_words() -> None:
    with pytest.raises(InvalidEntry, match="1902"):
        workdays.festival("double_ninth", 1700)


def test_moved_days_are_known_as_far_as_they_are_published() -> None:
    assert workdays.is_moved_workday(date(2023, 10, 7))
    assert workdays.is_workday(date(2023, 10, 8))
    assert not workdays.is_workday(date(2023, 10, 6))
    assert not workdays.is_workday(date(2026, 2, 20))
    assert workdays.next_workday(date(2023, 9, 28)) == date(2023, 10, 7)
    assert workdays.is_published(2026)
    assert not workdays.is_published(2027)
    assert workdays.is_public_holiday(date(2027, 10, 1))  # the statutory days are known


def timing(rule: Rule, on_day_off: str, grace: int = 0, last: date | None = None) -> Timing:
    return Timing(rule, FIRST, last, on_day_off, grace)


@pytest.mark.parametrize(
    ("rule", "on_day_off", "due"),
    [
        (WEDNESDAY, "keep", "1004 1011"),
        (WEDNESDAY, "skip", "1011"),
        (WEDNESDAY, "next_workday", "1007 1011"),
        (Rule("weekly", (2, 3)), "next_workday", "1007 1010 1011"),  # two become one
        (WEEKEND, "keep", "1001 1007 1008"),
        (WEEKEND, "skip", "1007 1008"),  # a weekend is no day off for a weekend's duty
        (Rule("month_day", nth=2), "next_workday", "1007"),
        (Rule("month_day", nth=8), "skip", "1008"),  # a Sunday on which people worked
        (Rule("month_day", nth=1), "skip", ""),
    ],
)
def test_a_day_off_is_kept_left_out_or_put_off(rule: Rule, on_day_off: str, due: str) -> None:
    found = slots(timing(rule, on_day_off), date(2023, 10, 1), date(2023, 10, 12))
    assert " ".join(f"{slot.due:%m%d}" for slot in found) == due


def test_the_month_end_is_put_off_into_the_next_month() -> None:
    rule = Rule("month_day", nth=LAST)
    found = slots(timing(rule, "next_workday", 2), date(2023, 9, 1), date(2023, 9, 30))
    assert [(slot.day, slot.due, slot.until) for slot in found] == [
        (date(2023, 9, 30), date(2023, 10, 7), date(2023, 10, 9))
    ]


def test_a_plan_ends_with_its_last_day() -> None:
    found = slots(
        timing(WEDNESDAY, "keep", last=date(2023, 10, 11)), date(2023, 10, 1), date(2023, 10, 31)
    )
    assert [slot.day.day for slot in found] == [4, 11]


def test_a_round_is_one_occasion_from_its_first_to_its_last_day() -> None:
    rounds = ((date(2022, 3, 6), date(2022, 5, 26)), (date(2023, 9, 4), None))
    found = slots(timing(Rule("round"), "keep"), date(2022, 1, 1), date(2023, 12, 31), rounds)
    assert [(slot.due, slot.until) for slot in found] == [(date(2023, 9, 4), OPEN_END)]
    early = Timing(Rule("round"), date(2022, 4, 1), None, "keep", 0)
    assert len(slots(early, date(2022, 1, 1), date(2023, 12, 31), rounds)) == 2

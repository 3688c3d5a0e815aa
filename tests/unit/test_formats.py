"""Numbers as text: what is missing, what is rounded, and the rounding words by rule."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest

from services.formats import (
    approximate,
    approximate_text,
    fixed,
    number,
    numbered,
    percent,
    running,
    short,
    signed,
    unit_of,
)
from services.i18n import use_language

# Every quantity a counter can hold near the small and the round ones, and a spread of big ones.
RECORDS = [
    Decimal(thousandths) / 1000
    for thousandths in (
        *range(0, 12_000, 125),
        *range(12_000, 1_300_000, 1_000),
        *range(9_990_000, 10_110_000, 500),
        *(7 * 10**power + shift for power in range(4, 14) for shift in (-1000, -125, 0, 1, 9000)),
    )
]


def stated(figure: str) -> Decimal:
    """The number a figure states: 1.2万 is 12000."""
    sizes = {"万": 10**4, "亿": 10**8}
    return Decimal(figure.rstrip("万亿")) * sizes.get(figure[-1], 1)


@pytest.mark.parametrize("more_word", ["余", "多"])
def test_more_is_never_said_of_a_figure_above_the_record(more_word: str) -> None:
    said = [(record, *approximate(record, more_word)) for record in RECORDS]
    more = [(record, figure) for record, _, figure, after in said if after == more_word]
    assert len(more) > 500
    assert all(stated(figure) < record for record, figure in more)
    assert {after for *_, after in said} == {"", more_word}


def test_nearly_is_never_said_of_a_figure_below_the_record() -> None:
    nearly = [
        (record, figure)
        for record in RECORDS
        for before, figure, _ in [approximate(record)]
        if before == "近"
    ]
    assert len(nearly) > 100
    assert all(stated(figure) > record for record, figure in nearly)


def test_a_round_sum_of_decimals_is_written_without_them() -> None:
    assert approximate_text(130.0, "人次") == "130人次"
    assert approximate_text(450_000.0, "元") == "45万元"


def test_about_is_the_nearest_whole_number() -> None:
    about = [
        (record, figure)
        for record in RECORDS
        for before, figure, _ in [approximate(record)]
        if before == "约"
    ]
    assert about
    assert all(abs(stated(figure) - record) <= Decimal("0.5") for record, figure in about)


def test_a_figure_without_a_word_is_the_record_itself() -> None:
    plain = [
        (record, figure)
        for record in RECORDS
        for before, figure, after in [approximate(record)]
        if not before and not after
    ]
    assert len(plain) > 50
    assert all(stated(figure) == record for record, figure in plain)


def test_the_figure_stays_within_one_step_of_the_record() -> None:
    for record in RECORDS:
        step = max(10, 10 ** (len(str(int(record))) - 2)) if record >= 10 else 1
        assert abs(stated(approximate(record)[1]) - record) < step


@pytest.mark.parametrize(
    ("record", "more_word", "unit", "phrase"),
    [
        (126, "余", "处", "120余处"),
        (172.5, "余", "吨", "170余吨"),
        (6.2, "余", "吨", "约6吨"),
        (63, "余", "台次", "60余台次"),
        (3068, "余", "份", "3000余份"),
        (24, "多", "场", "20多场"),
        (48, "多", "次", "近50次"),
        (33, "多", "场", "30多场"),
        (5036, "多", "份", "5000多份"),
        (7, "余", "处", "7处"),
        (120, "余", "处", "120处"),
        (100.0, "余", "处", "100处"),
        (50_000.0, "余", "元", "5万元"),
        (0.4, "余", "吨", "0.4吨"),
        (98, "余", "处", "近100处"),
        (99.5, "余", "吨", "近100吨"),
        (10.5, "余", "吨", "10余吨"),
        (453_210, "余", "元", "45万余元"),
        (123_456_789, "余", "元", "1.2亿余元"),
    ],
)
def test_a_record_is_said_as_a_bulletin_says_it(
    record: float, more_word: str, unit: str, phrase: str
) -> None:
    assert approximate_text(record, unit, more_word) == phrase


def test_english_puts_one_word_before_the_figure() -> None:
    use_language("en")
    said = [approximate_text(record, "tonnes") for record in (172.5, 48, 6.2, 7)]
    assert [phrase.split(" ")[-2:] for phrase in said] == [
        ["170", "tonnes"],
        ["50", "tonnes"],
        ["6", "tonnes"],
        ["7", "tonnes"],
    ]
    assert [len(phrase.split(" ")) > 2 for phrase in said] == [True, True, True, False]


@pytest.mark.parametrize("say", [number, short, fixed, signed, percent])
@pytest.mark.parametrize("missing", [None, float("nan"), np.nan])
def test_what_is_missing_is_a_dash_and_never_zero(
    say: Callable[[float | None], str], missing: float | None
) -> None:
    assert say(missing) == "—"
    assert say(0) != "—"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (12345, 0, "12,345"),
        (3.5, 1, "3.5"),
        (3.0, 1, "3"),
        (100, 1, "100"),
        (0.05, 1, "0.1"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (-0.04, 1, "0"),
        (1.005, 2, "1.01"),
        (np.int64(7), 0, "7"),
        (np.float64(0.5), 1, "0.5"),
    ],
)
def test_halves_round_away_from_zero_and_no_zero_is_left_over(
    value: float, digits: int, text: str
) -> None:
    assert number(value, digits) == text


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (9999, "9,999", "9,999"),
        (12_345, "1.23万", "12,345"),
        (123_456, "12.3万", "123,456"),
        (1_234_567, "123.5万", "1.23m"),
        (345_000_000, "3.45亿", "345m"),
        (-20_000, "−2万", "−20,000"),
        (3.25, "3.3", "3.3"),
    ],
)
def test_a_big_number_is_shortened_in_the_manner_of_the_language(
    value: float, chinese: str, english: str
) -> None:
    assert short(value) == chinese
    use_language("en")
    assert short(value) == english


def test_a_score_keeps_its_decimals_and_a_change_its_sign() -> None:
    assert [fixed(82), fixed(82.04), fixed(-0.04)] == ["82.0", "82.0", "0.0"]
    assert [signed(2.1), signed(-0.4), signed(0), signed(0.04)] == ["+2.1", "−0.4", "0.0", "0.0"]


def test_a_share_becomes_a_percentage() -> None:
    assert [percent(0.823), percent(0.5, 0), percent(1), percent(0.0005)] == [
        "82.3%",
        "50%",
        "100.0%",
        "0.1%",
    ]


def test_sentences_run_on_as_their_language_does() -> None:
    assert running("甲。", "", "乙。") == "甲。乙。"
    use_language("en")
    assert running("One.", "", "Two.") == "One. Two."


def test_headings_are_numbered_in_the_manner_of_the_language() -> None:
    said = [numbered(place, "标题") for place in (1, 10, 11, 20, 42)]
    assert said == ["一、标题", "十、标题", "十一、标题", "二十、标题", "四十二、标题"]
    use_language("en")
    assert numbered(12, "Title") == "12. Title"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "sessions", "session"),
        (1, "copies", "copy"),
        (1, "vehicle trips", "vehicle trip"),
        (1, "yuan", "yuan"),
        (0, "sessions", "sessions"),
        (0.5, "tonnes", "tonnes"),
        (2, "copies", "copies"),
        (None, "days", "days"),
    ],
)
def test_a_unit_loses_its_plural_for_exactly_one(value: float, unit: str, said: str) -> None:
    assert unit_of(1, "场") == "场"
    use_language("en")
    assert unit_of(value, unit) == said
    assert approximate_text(1, "copies") == "1 copy"

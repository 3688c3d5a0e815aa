"""The XmR chart: limits, the four rules, and the target."""

from __future__ import annotations

import numpy as np
import pytest

from services.statistics.control_chart import COMMON_CAUSE, xmr
from tests.statistics.reference import fetched, near

RANDOM = np.random.default_rng(20231028)
CALM = [10, 12, 11, 9, 10, 12, 9, 11, 10, 12, 9, 11]


def test_charts_agree_with_the_reference() -> None:
    for case in fetched("xmr_nhs_rules")["cases"]:
        given, expected = case["input"], case["expected"]
        target = given.get("target")
        chart = xmr(given["y"], given["dir"], target=target, screen=given["screen"])
        near(chart.mean, expected["mean"], abs=1e-8)
        near(chart.low, expected["lower_limit"], abs=1e-8)
        near(chart.high, expected["upper_limit"], abs=1e-8)
        assert chart.special_cause.tolist() == expected["special_cause"], case["name"]
        assert chart.point_type.tolist() == expected["point_type"], case["name"]
        assert chart.assurance == expected.get("assurance")


def test_ordinary_variation_needs_no_explanation() -> None:
    chart = xmr(CALM, 1)
    assert set(chart.special_cause) == {COMMON_CAUSE}
    assert set(chart.point_type) == {"common_cause"}
    near(chart.high[0] - chart.mean[0], 2.66 * np.abs(np.diff(CALM)).mean(), rel=1e-12)
    near(chart.mean[0] - chart.low[0], chart.high[0] - chart.mean[0], rel=1e-12)


def test_a_constant_series_has_no_special_cause() -> None:
    chart = xmr([5] * 12, 1)
    near([chart.mean, chart.low, chart.high], np.full((3, 12), 5.0))
    assert set(chart.special_cause) == {COMMON_CAUSE}


def test_a_point_outside_is_named_before_any_other_rule() -> None:
    chart = xmr([*CALM, 30], -1)
    assert chart.special_cause[-1] == "Above UCL"
    assert chart.point_type[-1] == "special_cause_concern"
    assert xmr([*CALM, -10], -1).special_cause[-1] == "Below LCL"


def test_seven_on_one_side_are_a_shift_and_six_are_not() -> None:
    seven = xmr([1, 9, 2, 8, 1, 9, 2, 9, 1, 6, 7, 6, 7, 6, 7, 6], 1).special_cause
    assert seven[-7:].tolist() == ["7 Points Above CL"] * 7
    six = xmr([1, 9, 2, 8, 1, 9, 2, 9, 1, 6, 7, 6, 7, 6, 7], 1).special_cause
    assert set(six) == {COMMON_CAUSE}


def test_seven_falling_are_a_trend_and_a_pause_breaks_it() -> None:
    noise = [20, 8, 22, 6, 21, 7, 20]
    falling = xmr([*noise, 17, 16, 15, 14, 13, 12], -1)
    assert falling.special_cause[-7:].tolist() == ["7 Point Trend (Decreasing)"] * 7
    assert set(falling.point_type[-7:]) == {"special_cause_improvement"}
    paused = xmr([*noise, 17, 16, 16, 14, 13, 12], -1)
    assert set(paused.special_cause) == {COMMON_CAUSE}


def test_two_of_three_near_a_limit_must_lie_on_one_side() -> None:
    calm = [-1.0, 1.0] * 8
    same = xmr([*calm, 4.8, 1.0, 4.8, -1.0, 1.0, *calm[:7]], 1)
    marked = np.flatnonzero(same.special_cause == "2 in 3 Above CL")
    assert marked.tolist() == [16, 18]
    opposite = xmr([*calm, 4.8, -4.8, 1.0, -1.0, 1.0, *calm[:7]], 1)
    assert set(opposite.special_cause) == {COMMON_CAUSE}


def test_a_jump_is_screened_from_the_ranges_once() -> None:
    series = [*CALM, 40, *CALM]
    kept, screened = xmr(series, 1, screen=False), xmr(series, 1)
    assert screened.high[0] < kept.high[0]
    near(screened.mean, kept.mean)


def test_a_new_period_has_its_own_limits_and_runs() -> None:
    series = [*CALM, *(value + 20 for value in CALM)]
    whole, parts = xmr(series, 1), xmr(series, 1, rebase=[13])
    assert COMMON_CAUSE not in whole.special_cause
    assert set(parts.special_cause) == {COMMON_CAUSE}
    near(parts.mean[[0, 11, 12, 23]], np.mean(CALM) + np.array([0, 0, 20, 20]))
    near(parts.high[12:] - 20, xmr(CALM, 1).high)


@pytest.mark.parametrize(
    ("target", "direction", "assurance"),
    [
        (2, 1, "consistent_pass"),
        (30, 1, "consistent_fail"),
        (2, -1, "consistent_fail"),
        (30, -1, "consistent_pass"),
        (11, 1, "inconsistent"),
        (None, 1, None),
    ],
)
def test_a_target_is_held_against_the_limits(
    target: float | None, direction: int, assurance: str | None
) -> None:
    assert xmr(CALM, direction, target=target).assurance == assurance


def test_turning_the_series_over_turns_every_rule_over() -> None:
    other = {"Above": "Below", "UCL": "LCL", "(Increasing)": "(Decreasing)"}
    other |= {value: key for key, value in other.items()}
    series = np.cumsum(RANDOM.normal(size=200))
    once, again = xmr(series, 1), xmr(-series, -1)
    assert (once.point_type == again.point_type).all()
    assert len(set(once.special_cause)) > 4
    for name, mirrored in zip(once.special_cause, again.special_cause, strict=True):
        assert " ".join(other.get(word, word) for word in name.split()) == mirrored


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"y": CALM[:11]}, "needs 12 points"),
        ({"y": [*CALM, np.nan]}, "missing"),
        ({"direction": 0}, "direction"),
        ({"rebase": [1]}, "rebase"),
        ({"rebase": [12]}, "rebase"),
        ({"rebase": [14]}, "rebase"),
        ({"rebase": [7, 5]}, "rebase"),
    ],
)
def test_bad_input_is_refused(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        xmr(**{"y": CALM, "direction": 1, **arguments})

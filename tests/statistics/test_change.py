"""Differences between groups and the correction for many comparisons."""

from __future__ import annotations

import numpy as np
import pytest

from services.statistics import change
from tests.statistics.reference import cases, columns, near, vector

RANDOM = np.random.default_rng(20231028)
ADJUSTMENTS = {
    "bh": change.benjamini_hochberg,
    "by": change.benjamini_yekutieli,
    "holm": change.holm,
    "bonferroni": change.bonferroni,
}


def figures(difference: change.Difference) -> list[float]:
    names = ("diff", "t", "df", "p", "low", "high")
    return [getattr(difference, name) for name in names]


@pytest.mark.parametrize(("given", "expected"), cases("difference_of_means_welch"))
def test_welch_agrees_with_the_reference(given: dict, expected: dict) -> None:
    diff = expected["mean_x"] - expected["mean_y"]
    wanted = [diff, *(expected[name] for name in ("t", "df", "p")), *expected["ci"]]
    near(figures(change.welch(given["x"], given["y"])), wanted, rel=1e-7)


def test_the_design_based_difference_agrees_with_the_reference() -> None:
    source = vector("difference_design_based")
    data = columns(source["data"])
    expected = source["cases"][0]["expected"]
    actual = change.design_difference(data["api00"], data["pw"], data["stype"], data["sch.wide"])
    wanted = [*(expected[name] for name in ("diff", "t", "df", "p")), *expected["ci"]]
    near(figures(actual), wanted, rel=1e-5)


@pytest.mark.parametrize(("given", "expected"), cases("benjamini_hochberg"))
def test_adjusted_p_values_agree_with_the_reference(given: dict, expected: dict) -> None:
    for name, adjust in ADJUSTMENTS.items():
        near(adjust(given["p"]), expected[f"adjusted_{name}"], abs=1e-9)
    for name in ("bh", "bonferroni"):
        rejected = np.count_nonzero(ADJUSTMENTS[name](given["p"]) <= given["q"] + 1e-12)
        assert rejected == expected[f"rejected_{name}"]


@pytest.mark.parametrize("adjust", ADJUSTMENTS.values(), ids=ADJUSTMENTS)
def test_a_missing_p_stays_missing_and_does_not_count(adjust: object) -> None:
    p = [0.01, None, 0.04, np.nan, 0.03]
    adjusted = adjust(p)
    assert np.isnan(adjusted[[1, 3]]).all()
    near(adjusted[[0, 2, 4]], adjust([0.01, 0.04, 0.03]))
    assert len(adjust([])) == 0


@pytest.mark.parametrize("adjust", ADJUSTMENTS.values(), ids=ADJUSTMENTS)
def test_adjusting_never_lowers_a_p_and_keeps_the_order(adjust: object) -> None:
    p = RANDOM.uniform(size=42)
    adjusted = adjust(p)
    assert (adjusted >= p).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= 0).all()
    order = RANDOM.permutation(42)
    near(adjust(p[order]), adjusted[order], rel=1e-12)


def test_a_p_outside_0_to_1_is_refused() -> None:
    for p in ([0.5, 1.2], [-0.1], [[0.5]]):
        with pytest.raises(ValueError, match="p must"):
            change.benjamini_hochberg(p)


def test_the_interval_contains_the_difference_and_swaps_with_the_sides() -> None:
    x, y = RANDOM.normal(80, 20, 40), RANDOM.normal(75, 10, 25)
    once, again = change.welch(x, y), change.welch(y, x)
    assert once.low < once.diff < once.high
    near([again.diff, again.low, again.high], [-once.diff, -once.high, -once.low], rel=1e-12)


def test_too_little_to_test_leaves_the_difference_alone() -> None:
    for x, y in (([3], [1, 2]), ([3, 3], [1, 1])):
        difference = change.welch(x, y)
        near(difference.diff, np.mean(x) - np.mean(y))
        assert np.isnan(figures(difference)[1:]).all()
    assert np.isnan(figures(change.welch([], [1, 2]))).all()


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        change.welch([1, np.nan], [1, 2])


def test_weights_of_one_and_two_waves_give_nearly_welch() -> None:
    x, y = RANDOM.normal(80, 20, 400), RANDOM.normal(75, 10, 300)
    wave = np.repeat([2022, 2023], [400, 300])
    both = change.design_difference(np.concatenate([x, y]), np.ones(700), wave, wave)
    welch = change.welch(y, x)
    near([both.diff, both.t], [welch.diff, welch.t], rel=1e-3)
    near(both.p, welch.p, abs=1e-6)
    assert both.df == 700 - 2 - 1


def test_the_order_of_respondents_changes_no_difference() -> None:
    y, w = RANDOM.normal(80, 20, 50), RANDOM.uniform(1, 3, 50)
    strata, group = np.tile(["a", "b"], 25), np.repeat([0, 1], 25)
    order = RANDOM.permutation(50)
    once = change.design_difference(y, w, strata, group)
    again = change.design_difference(y[order], w[order], strata[order], group[order])
    near(figures(again), figures(once), rel=1e-9)


def test_a_design_without_spare_answers_has_a_difference_but_no_test() -> None:
    difference = change.design_difference([60, 80], [1, 1], None, ["a", "b"])
    assert difference.diff == 20
    assert np.isnan(figures(difference)[1:]).all()


@pytest.mark.parametrize(
    ("group", "weights", "message"),
    [
        (["a", "a", "a"], [1, 1, 1], "two different"),
        (["a", "b", "c"], [1, 1, 1], "two different"),
        (["a", "b"], [1, 1, 1], "two different"),
        (["a", "b", "b"], [0, 1, 1], "no weight"),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(
    group: list, weights: list, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        change.design_difference([60, 80, 90], weights, None, group)

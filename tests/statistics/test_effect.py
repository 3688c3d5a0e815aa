"""Before and after, with and without: changes of communities compared."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from services.statistics import effect
from tests.statistics.reference import columns, fetched, near, vector

RANDOM = np.random.default_rng(20231028)
TREATED, CONTROL = RANDOM.normal(3, 4, 8), RANDOM.normal(0, 4, 7)
ERRORS = {"se_iid": "se_iid", "se_cr0": "CR0", "se_cr1": "CR1", "se_cr2": "CR2"}


def assert_regression(fit: effect.FixedEffects, expected: dict) -> None:
    near(fit.coef, expected["coef"], rel=1e-5)
    for ours, theirs in ERRORS.items():
        near(
            getattr(fit, ours),
            expected[theirs if "iid" in theirs else f"se_cluster_{theirs}"],
            1e-5,
        )
    assert fit.df == expected["df_resid"]


def test_the_difference_of_changes_agrees_with_the_reference() -> None:
    source = fetched("did_two_groups")
    data, expected = columns(source["data"]), source["cases"][0]["expected"]
    treated, means = {}, {}
    for unit in np.unique(data["id"]):
        own = data["id"] == unit
        after, before = (data["y"][own & (data["post"] == post)].mean() for post in (1, 0))
        treated[unit] = bool(data["treat"][own][0])
        means[unit] = after - before
    sides = [[means[unit] for unit in means if treated[unit] is side] for side in (True, False)]
    result = effect.before_after(*sides)
    near(result.diff, expected["did"], rel=1e-5)
    wanted = expected["change_scores"]
    actual = [result.diff, result.diff / result.t, result.df, result.low, result.high, result.p]
    near(actual, [wanted["diff"], wanted["se"], wanted["df"], *wanted["ci"], wanted["p"]], rel=1e-5)


def test_a_published_difference_of_four_means_is_found_again() -> None:
    case = fetched("did_two_groups")["cases"][1]
    given = case["input"]
    changes = [[given[f"{side}_post"] - given[f"{side}_pre"]] for side in ("treated", "control")]
    near(effect.before_after(*changes).diff, case["expected"]["did"], rel=1e-5)


def test_two_way_fixed_effects_agree_with_the_reference() -> None:
    source = fetched("did_two_groups")
    data, expected = columns(source["data"]), source["cases"][0]["expected"]
    for name in ("twfe_no_covariate", "twfe_with_x1"):
        X = np.column_stack([data[column] for column in expected[name]["names"]])
        assert_regression(
            effect.fixed_effects(X, data["y"], data["id"], data["period"]), expected[name]
        )


def test_one_way_fixed_effects_agree_with_the_reference() -> None:
    source = vector("panel_fixed_effects")
    data, case = columns(source["data"]), source["cases"][0]
    X = np.column_stack([data[name] for name in case["input"]["x"]])
    fit = effect.fixed_effects(X, data[case["input"]["y"]], data[case["input"]["id"]])
    assert_regression(fit, case["expected"])


def test_with_two_periods_fixed_effects_are_the_difference_of_changes() -> None:
    start = RANDOM.normal(70, 10, 15)
    y = np.concatenate([start, start + np.concatenate([TREATED, CONTROL])])
    unit, period = np.tile(np.arange(15), 2), np.repeat([0, 1], 15)
    acted = ((unit < 8) & (period == 1)).astype(float)
    fit = effect.fixed_effects(acted[:, None], y, unit, period)
    difference = effect.before_after(TREATED, CONTROL)
    near(fit.coef[0], difference.diff, rel=1e-9)
    near(fit.se_cr2[0], difference.diff / difference.t, rel=1e-9)


def test_the_interval_contains_the_difference() -> None:
    difference = effect.before_after(TREATED, CONTROL)
    assert difference.low < difference.diff < difference.high


def test_the_order_of_communities_changes_nothing() -> None:
    again = effect.before_after(RANDOM.permutation(TREATED), RANDOM.permutation(CONTROL))
    near(again.p, effect.before_after(TREATED, CONTROL).p, rel=1e-9)
    assert effect.permutation_p(TREATED[::-1], CONTROL[::-1]) == effect.permutation_p(
        TREATED, CONTROL
    )


def test_all_assignments_are_counted_where_they_are_few() -> None:
    assert effect.permutation_p([3, 4, 5], [0, 1, 2]) == 2 / 20
    assert effect.permutation_p([5], [1, 2, 3]) == 1 / 4
    assert effect.permutation_p([1, 1], [1, 1]) == 1


def test_drawn_assignments_repeat_with_the_seed_and_are_never_zero() -> None:
    low, high = np.arange(12.0), np.arange(100.0, 112.0)
    assert effect.permutation_p(high, low) == 1 / 20_000
    treated, control = RANDOM.normal(0.5, 1, 12), RANDOM.normal(0, 1, 12)
    once = effect.permutation_p(treated, control)
    assert once == effect.permutation_p(treated, control)
    near(effect.permutation_p(treated, control, seed=7), once, abs=0.02)
    near(once, effect.before_after(treated, control).p, abs=0.03)


def test_a_side_without_communities_is_missing() -> None:
    assert np.isnan(effect.permutation_p([], [1, 2]))
    assert np.isnan(effect.before_after([], [1, 2]).diff)


def test_a_missing_change_is_refused() -> None:
    for method in (effect.before_after, effect.permutation_p):
        with pytest.raises(ValueError, match="missing"):
            method([1, np.nan], [1, 2])


@pytest.mark.parametrize(
    ("X", "unit", "message"),
    [
        ([[1], [2], [3], [4]], [1, 1, 1, 1], "two units"),
        ([[1], [2], [3]], [1, 1, 2, 2], "one row"),
        ([[1], [1], [3], [3]], [1, 1, 2, 2], "nothing to explain"),
        ([[1, 0], [2, 1], [3, 5], [5, 1]], [1, 1, 2, 2], "nothing to explain"),
    ],
)
def test_a_regression_that_cannot_be_is_refused(X: list, unit: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        effect.fixed_effects(X, [1.0, 2.0, 4.0, 3.0], unit)


def test_a_rank_correlation_by_hand() -> None:
    # Ranks 1 2 3 4 5 against 2 1 4 3 5: the squared differences sum to 4, so rho = 1 − 24/120.
    found = effect.association([1, 5, 7, 20, 30], [0.2, 0.1, 0.9, 0.4, 7])
    near(found.rho, 0.8, 1e-12)
    half = 1.959963984540054 * np.sqrt(1.06 / 2)
    near([found.low, found.high], np.tanh([np.arctanh(0.8) - half, np.arctanh(0.8) + half]), 1e-12)
    near(found.p, 2 * (1 - stats.norm.cdf(np.arctanh(0.8) / np.sqrt(0.53))), 1e-12)


def test_a_rank_correlation_keeps_to_order_and_ties() -> None:
    x, y = RANDOM.normal(size=30), RANDOM.poisson(3, 30)
    near(effect.association(x, y).rho, stats.spearmanr(x, y).statistic, 1e-12)
    near(effect.association(np.exp(x), y).p, effect.association(x, y).p, 1e-12)
    assert effect.association(-x, y).rho == -effect.association(x, y).rho


def test_a_rank_correlation_of_few_or_equal_figures_is_not_known() -> None:
    assert np.isnan(effect.association([], []).rho)
    assert np.isnan(effect.association([1, 1, 1, 1], [1, 2, 3, 4]).rho)
    three = effect.association([1, 2, 3], [1, 2, 3])
    assert (three.rho, np.isnan(three.low)) == (1.0, True)
    whole = effect.association(range(9), range(9))
    assert 0 < whole.low < whole.high <= 1
    with pytest.raises(ValueError, match="missing"):
        effect.association([1, np.nan], [1, 2])


def test_the_interval_of_a_rank_correlation_holds_the_truth_about_as_often_as_it_says() -> None:
    held = 0
    for _ in range(2000):
        found = effect.association(*RANDOM.normal(size=(2, 12)))
        held += found.low <= 0 <= found.high
    assert 0.92 <= held / 2000 <= 0.98

"""Intervals for shares, shrinkage and detectable changes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from services.statistics import proportions
from tests.statistics.reference import cases, near

RANDOM = np.random.default_rng(20231028)
INTERVALS = ("wilson", "agresti_coull", "clopper_pearson", "jeffreys")


@pytest.mark.parametrize(("given", "expected"), cases("wilson_interval"))
def test_wilson_agrees_with_the_reference(given: dict, expected: dict) -> None:
    low, high = proportions.wilson(given["x"], given["n"], given["conf_level"])
    near([low, high], [expected["lower"], expected["upper"]], abs=1e-7)


@pytest.mark.parametrize(("given", "expected"), cases("other_proportion_intervals"))
@pytest.mark.parametrize("method", INTERVALS[1:])
def test_other_intervals_agree_with_the_reference(method: str, given: dict, expected: dict) -> None:
    actual = getattr(proportions, method)(given["x"], given["n"], given["conf_level"])
    near(actual, np.clip(expected[method], 0, 1), abs=1e-6)


@pytest.mark.parametrize(("given", "expected"), cases("difference_two_proportions"))
def test_difference_of_shares_agrees_with_the_reference(given: dict, expected: dict) -> None:
    samples = [given[name] for name in ("x1", "n1", "x2", "n2")]
    near(proportions.newcombe(*samples, given["conf_level"]), expected["newcombe"], abs=1e-6)
    z, p = proportions.pooled_test(*samples)
    near([z**2, p], [expected["chi2"], expected["z_pooled_p"]], abs=1e-6)


@pytest.mark.parametrize(("given", "expected"), cases("eb_beta_binomial"))
def test_shrinkage_agrees_with_the_reference(given: dict, expected: dict) -> None:
    fit = proportions.beta_binomial(given["x"], given["n"])
    n = np.array(given["n"])
    near([fit.alpha, fit.beta], [expected["alpha"], expected["beta"]], rel=2e-4)
    near(fit.alpha / (fit.alpha + fit.beta), expected["prior_mean"], abs=1e-5)
    near(fit.mean, expected["posterior_mean"], abs=1e-5)
    near(fit.low, expected["ci95_lower"], abs=1e-5)
    near(fit.high, expected["ci95_upper"], abs=1e-5)
    weight = (fit.alpha + fit.beta) / (fit.alpha + fit.beta + n)
    near(weight, expected["shrinkage"], abs=1e-5)
    likelihood = stats.betabinom.logpmf(given["x"], n, fit.alpha, fit.beta).sum()
    near(likelihood, expected["loglik"], abs=1e-5)


@pytest.mark.parametrize(("given", "expected"), cases("minimum_detectable_change"))
def test_detectable_changes_agree_with_the_reference(given: dict, expected: dict) -> None:
    risks = given["power"], given["alpha"]
    if "sd" in given:
        change = proportions.minimum_detectable_change(given["n_per_wave"], given["sd"], *risks)
        near(change, expected["delta"], rel=1e-5)
        return
    n = given.get("n_per_wave", expected.get("n_per_wave"))
    p2 = given.get("p2", expected.get("p2"))
    near(proportions.minimum_detectable_share(n, given["p1"], *risks), p2, rel=1e-5)


@pytest.mark.parametrize("method", INTERVALS)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_an_interval_contains_its_share_and_stays_in_0_to_1(method: str, level: float) -> None:
    n = RANDOM.integers(1, 500, 400)
    x = RANDOM.binomial(n, RANDOM.uniform(size=400))
    low, high = getattr(proportions, method)(x, n, level)
    assert ((low >= 0) & (low <= x / n) & (x / n <= high) & (high <= 1)).all()


@pytest.mark.parametrize("method", INTERVALS)
def test_an_interval_of_no_answers_is_missing(method: str) -> None:
    low, high = getattr(proportions, method)([0, 3], [0, 5])
    assert np.isnan([low[0], high[0]]).all()
    assert np.isfinite([low[1], high[1]]).all()


def test_wilson_ends_are_exact_where_all_answer_alike() -> None:
    low, high = proportions.wilson([0, 7, 120], [33, 7, 120])
    assert low[0] == 0
    assert high[1] == high[2] == 1
    assert low[2] < 1


def test_wilson_takes_scalars_and_arrays_that_broadcast() -> None:
    low, high = proportions.wilson(3, 10)
    assert isinstance(low, float)
    assert isinstance(high, float)
    lows, highs = proportions.wilson([3, 5], 10)
    assert lows.shape == highs.shape == (2,)
    assert lows[0] == low


@pytest.mark.parametrize(
    ("x", "n", "level", "message"),
    [
        (5, 4, 0.95, "larger than n"),
        (-1, 4, 0.95, "negative"),
        (0, -4, 0.95, "negative"),
        (np.nan, 4, 0.95, "missing"),
        (1, [4, np.nan], 0.95, "missing"),
        (1, 4, 1.0, "level"),
        (1, 4, 95, "level"),
    ],
)
@pytest.mark.parametrize("method", INTERVALS)
def test_counts_that_cannot_be_are_refused(
    method: str, x: float, n: object, level: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        getattr(proportions, method)(x, n, level)


def test_newcombe_changes_sign_when_the_samples_change_places() -> None:
    low, high = proportions.newcombe(40, 60, 30, 70)
    near(proportions.newcombe(30, 70, 40, 60), [-high, -low], abs=1e-12)
    assert low < 40 / 60 - 30 / 70 < high


def test_a_difference_with_an_empty_sample_is_missing() -> None:
    assert np.isnan(proportions.newcombe(0, 0, 3, 7)).all()
    assert np.isnan(proportions.pooled_test(0, 0, 3, 7)).all()
    assert np.isnan(proportions.pooled_test(5, 5, 7, 7)).all()


def test_shrinkage_draws_small_areas_further_than_large_ones() -> None:
    fit = proportions.beta_binomial([2, 80, 30, 55], [10, 200, 40, 100])
    raw = np.array([0.2, 0.4, 0.75, 0.55])
    moved = np.abs(fit.mean - raw) / np.abs(raw - fit.alpha / (fit.alpha + fit.beta))
    assert moved[0] > moved[2] > moved[3] > moved[1]
    assert ((fit.low < fit.mean) & (fit.mean < fit.high)).all()


def test_shrinkage_does_not_depend_on_the_order_of_areas() -> None:
    x, n = np.array([2, 80, 30, 55, 9]), np.array([10, 200, 40, 100, 11])
    order = [3, 1, 4, 0, 2]
    near(
        proportions.beta_binomial(x[order], n[order]).mean,
        proportions.beta_binomial(x, n).mean[order],
        abs=1e-7,
    )


def test_areas_that_do_not_differ_are_never_surer_than_all_answers_together() -> None:
    fit = proportions.beta_binomial([5, 10, 20], [10, 20, 40])
    pooled_low, pooled_high = proportions.wilson(35, 70)
    near(fit.mean, [0.5, 0.5, 0.5], abs=1e-9)
    assert (fit.high - fit.low > 0.6 * (pooled_high - pooled_low)).all()


def test_an_area_without_answers_gets_the_prior() -> None:
    fit = proportions.beta_binomial([2, 80, 30, 0], [10, 200, 40, 0])
    near(fit.mean[3], fit.alpha / (fit.alpha + fit.beta), abs=1e-12)


@pytest.mark.parametrize(("x", "n"), [([0, 0], [10, 20]), ([10, 20], [10, 20]), ([3], [10])])
def test_without_a_prior_to_estimate_areas_keep_wilson(x: list, n: list) -> None:
    fit = proportions.beta_binomial(x, n)
    assert np.isnan(fit.alpha)
    near([fit.low, fit.high], proportions.wilson(x, n))


def test_more_answers_detect_smaller_changes() -> None:
    shares = [proportions.minimum_detectable_share(n, 0.8) for n in (60, 120, 900)]
    assert shares == sorted(shares, reverse=True)
    changes = [proportions.minimum_detectable_change(n, 20) for n in (20, 120, 900)]
    assert changes == sorted(changes, reverse=True)


def test_a_rise_that_no_sample_of_this_size_can_detect_is_missing() -> None:
    assert np.isnan(proportions.minimum_detectable_share(5, 0.9))
    assert np.isnan(proportions.minimum_detectable_share(5000, 1.0))


def test_a_rise_from_nobody_can_be_detected() -> None:
    assert 0.05 < proportions.minimum_detectable_share(120, 0.0) < 0.1


@pytest.mark.parametrize("bad", [{"n": 0}, {"p1": -0.1}, {"p1": 1.2}, {"power": 1}, {"alpha": 0}])
def test_a_question_about_detection_that_cannot_be_is_refused(bad: dict) -> None:
    with pytest.raises(ValueError, match="must"):
        proportions.minimum_detectable_share(**{"n": 100, "p1": 0.5, **bad})


def test_a_change_cannot_be_detected_with_one_answer() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        proportions.minimum_detectable_change(1, 20)

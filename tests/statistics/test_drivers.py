"""Relative weights, LMG, and the grades shown for them."""

from __future__ import annotations

import numpy as np
import pytest

from services.statistics import drivers
from tests.statistics.reference import cases, near

RANDOM = np.random.default_rng(20231028)
X = RANDOM.normal(size=(120, 4)) @ RANDOM.uniform(size=(4, 4))
Y = X @ [3.0, 1.0, 0.0, 0.0] + RANDOM.normal(size=120)
METHODS = [drivers.relative_weights, drivers.lmg]


@pytest.mark.parametrize(("given", "expected"), cases("driver_importance"))
def test_importance_agrees_with_the_reference(given: dict, expected: dict) -> None:
    X = np.column_stack([given["data"][name] for name in given["predictors"]])
    y = given["data"][given["outcome"]]
    raw = drivers.relative_weights(X, y)
    near(raw, expected["relative_weights_raw"], abs=1e-8)
    near(100 * raw / raw.sum(), expected["relative_weights_pct"], abs=1e-8)
    near(drivers.lmg(X, y), expected["lmg"], abs=1e-8)
    near([raw.sum(), drivers.lmg(X, y).sum()], [expected["r_squared"]] * 2, abs=1e-8)


@pytest.mark.parametrize("method", METHODS)
def test_weights_of_one_and_the_order_of_respondents_change_nothing(method: object) -> None:
    once, order = method(X, Y), RANDOM.permutation(120)
    near(method(X, Y, np.ones(120)), once, rel=1e-12)
    near(method(X[order], Y[order], np.full(120, 7.0)), once, rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_a_weight_of_two_is_the_respondent_twice(method: object) -> None:
    twice = np.repeat([2, 1], 60)
    near(method(X, Y, twice), method(np.repeat(X, twice, axis=0), np.repeat(Y, twice)), rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_units_and_the_order_of_drivers_change_nothing(method: object) -> None:
    once = method(X, Y)
    near(method(X[:, [2, 0, 3, 1]] * [9, 1, 5, 0.1] + 40, Y / 7), once[[2, 0, 3, 1]], rel=1e-8)
    assert (once >= 0).all()


def test_uncorrelated_drivers_have_their_squared_correlation() -> None:
    design = np.array([[a, b] for a in (-1.0, 1.0) for b in (-1.0, 1.0)] * 5)
    y = design @ [2.0, 1.0] + np.tile([1, -1, -1, 1], 5)
    squared = [np.corrcoef(design[:, j], y)[0, 1] ** 2 for j in (0, 1)]
    for method in METHODS:
        near(method(design, y), squared, abs=1e-12)


def test_bands_hold_the_shares_and_repeat_with_the_seed() -> None:
    low, high = drivers.bands(drivers.lmg, X, Y, draws=200)
    share = drivers.lmg(X, Y) / drivers.lmg(X, Y).sum()
    assert ((low <= share) & (share <= high)).all()
    near(drivers.bands(drivers.lmg, X, Y, draws=200), [low, high])
    assert not np.array_equal(drivers.bands(drivers.lmg, X, Y, draws=200, seed=1)[0], low)


def test_the_bands_of_very_many_are_those_of_drawing_them_one_by_one() -> None:
    random = np.random.default_rng(5)
    felt = random.normal(size=(10_000, 1))
    answers = np.digitize(felt + random.normal(size=(10_000, 4)), (-1.5, -0.5, 0.5, 1.5)) + 1.0
    weights = random.uniform(0.5, 2, 10_000)
    normal, drawn = (
        drivers.bands(drivers.relative_weights, answers[:n, :3], answers[:n, 3], weights[:n])
        for n in (10_000, 9_999)
    )
    near(normal, drawn, abs=0.006)


def test_a_driver_is_high_only_when_its_whole_band_is_above_an_equal_share() -> None:
    assert drivers.grades([0.4, 0.2, 0.0], [0.6, 0.5, 0.3]) == ("high", "middle", "low")


def test_draws_that_do_not_vary_are_left_out() -> None:
    rare = np.column_stack([np.eye(30)[0], RANDOM.normal(size=30)])
    y = rare.sum(axis=1) + RANDOM.normal(size=30)
    assert np.isfinite(drivers.bands(drivers.lmg, rare, y, draws=50)).all()
    with pytest.raises(ValueError, match="in no draw"):
        drivers.bands(drivers.lmg, rare, y, draws=0)


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        (X[:3], Y[:3], "more respondents"),
        (X[:, 0], Y, "respondents × drivers"),
        (X, Y[:-1], "expected"),
        (np.column_stack([X, np.ones(120)]), Y, "does not vary"),
        (X, np.full(120, 80.1), "does not vary"),
        (np.column_stack([X, X[:, 0] + X[:, 1]]), Y, "determine each other"),
        (np.where(X > 1, np.nan, X), Y, "missing"),
    ],
)
@pytest.mark.parametrize("method", METHODS)
def test_data_that_cannot_be_divided_are_refused(
    method: object, X: np.ndarray, y: np.ndarray, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        method(X, y)


def test_too_many_drivers_for_all_orders_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 12"):
        drivers.lmg(RANDOM.normal(size=(50, 13)), RANDOM.normal(size=50))

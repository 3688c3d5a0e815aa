"""Rates put on the footing of one population."""

from __future__ import annotations

import numpy as np
import pytest

from services.statistics.standardise import direct
from tests.statistics.reference import cases, near

X, N, PEOPLE = np.array([8, 40, 15]), np.array([10, 80, 60]), np.array([2000, 500, 900])


@pytest.mark.parametrize(("given", "expected"), cases("direct_standardisation_simpson"))
def test_standardised_rates_agree_with_the_reference(given: dict, expected: dict) -> None:
    for name in ("male", "female"):
        x, n = given[name]["x"], given[name]["n"]
        near(sum(x) / sum(n), expected[f"{name}_crude"], abs=1e-9)
        near(direct(x, n, given["standard"]), expected[f"{name}_adjusted"], abs=1e-9)


def test_a_population_made_up_like_the_sample_keeps_the_crude_rate() -> None:
    near(direct(X, N, 7 * N), X.sum() / N.sum(), rel=1e-12)


def test_the_order_of_communities_changes_nothing() -> None:
    order = [2, 0, 1]
    near(direct(X[order], N[order], PEOPLE[order]), direct(X, N, PEOPLE), rel=1e-12)


def test_merging_two_identical_communities_changes_no_total() -> None:
    apart = direct([*X, X[0]], [*N, N[0]], [*PEOPLE, PEOPLE[0]])
    double = np.array([2, 1, 1])
    near(apart, direct(X * double, N * double, PEOPLE * double), rel=1e-12)


def test_the_rate_lies_between_those_of_the_communities() -> None:
    assert (X / N).min() < direct(X, N, PEOPLE) < (X / N).max()


def test_a_community_without_answers_leaves_no_rate_unless_nobody_lives_there() -> None:
    assert np.isnan(direct([0, 3], [0, 5], [100, 100]))
    assert direct([0, 3], [0, 5], [0, 100]) == 0.6


@pytest.mark.parametrize(
    ("x", "standard", "message"),
    [
        ([6, 3], [1, 1], "larger than n"),
        ([-1, 3], [1, 1], "negative"),
        ([np.nan, 3], [1, 1], "missing"),
        ([1, 3], [1, -1], "standard"),
        ([1, 3], [0, 0], "standard"),
        ([1, 3], [1, 1, 1], "expected"),
    ],
)
def test_bad_input_is_refused(x: list, standard: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        direct(x, [5, 5], standard)

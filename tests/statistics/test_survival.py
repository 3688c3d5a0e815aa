"""Time to closing, with open tickets censored."""

from __future__ import annotations

import numpy as np
import pytest

from services.statistics import survival
from tests.statistics.reference import cases, near

RANDOM = np.random.default_rng(20231028)
TIME, EVENT = RANDOM.integers(1, 40, 150), RANDOM.integers(0, 2, 150)
SHARES = {"q25": 0.25, "median": 0.5, "q75": 0.75}
CURVES = [case for case in cases("kaplan_meier") if "group" not in case.values[0]]
GROUPED = [case for case in cases("kaplan_meier") if "group" in case.values[0]]


@pytest.mark.parametrize(("given", "expected"), CURVES)
def test_curves_agree_with_the_reference(given: dict, expected: dict) -> None:
    curve = survival.kaplan_meier(given["time"], given["event"])
    assert (len(given["time"]), sum(given["event"])) == (expected["n"], expected["events"])
    at = expected["survival_at"]
    near(survival.survival_at(curve, at["time"]), at["surv"], abs=1e-6)
    place = np.searchsorted(curve.time, at["time"])
    low, high = survival.interval(curve)
    near(curve.se[place], at["se_greenwood"], abs=1e-6)
    near([low[place], high[place]], [at["lower_log"], at["upper_log"]], abs=1e-6)
    mean = expected["rmst"]
    near(survival.restricted_mean(curve, mean["tau"]), mean["value"], abs=1e-6)


@pytest.mark.parametrize(("given", "expected"), CURVES)
@pytest.mark.parametrize("transform", survival.TRANSFORMS)
def test_quantiles_agree_with_the_reference(transform: str, given: dict, expected: dict) -> None:
    curve = survival.kaplan_meier(given["time"], given["event"])
    for name, q in SHARES.items():
        limits = survival.quantile_interval(curve, q, transform=transform)
        wanted = expected[f"quantiles_{transform}"][name]
        near([survival.quantile(curve, q), *limits], wanted, abs=1e-6)


@pytest.mark.parametrize(("given", "expected"), GROUPED)
def test_the_log_rank_test_agrees_with_the_reference(given: dict, expected: dict) -> None:
    chisq, df, p = survival.log_rank(given["time"], given["event"], given["group"])
    near([chisq, p], [expected["logrank_chisq"], expected["p"]], abs=1e-6)
    assert df == expected["df"]


def test_without_open_tickets_the_curve_is_the_plain_share() -> None:
    curve = survival.kaplan_meier(TIME, np.ones(150))
    near(curve.survival, [(moment < TIME).mean() for moment in curve.time], abs=1e-12)
    inside = curve.survival > 0
    share = curve.survival[inside]
    near(curve.se[inside], np.sqrt(share * (1 - share) / 150), rel=1e-9)


def test_leaving_out_the_open_tickets_would_flatter() -> None:
    honest = survival.quantile(survival.kaplan_meier(TIME, EVENT))
    assert honest > np.median(TIME[EVENT == 1])


@pytest.mark.parametrize("transform", survival.TRANSFORMS)
def test_the_limits_contain_the_curve_and_stay_in_0_to_1(transform: str) -> None:
    curve = survival.kaplan_meier(TIME, EVENT)
    low, high = survival.interval(curve, transform=transform)
    known = ~np.isnan(high)
    assert known.sum() > 30
    assert ((low >= 0) & (low <= curve.survival))[known].all()
    assert ((high <= 1) & (high >= curve.survival))[known].all()


def test_the_order_of_tickets_changes_nothing() -> None:
    order = RANDOM.permutation(150)
    once = survival.kaplan_meier(TIME, EVENT)
    again = survival.kaplan_meier(TIME[order], EVENT[order])
    near([again.time, again.survival, again.se], [once.time, once.survival, once.se], abs=1e-12)


def test_merging_two_identical_communities_changes_no_curve() -> None:
    twice = survival.kaplan_meier(np.tile(TIME, 2), np.tile(EVENT, 2))
    near(twice.survival, survival.kaplan_meier(TIME, EVENT).survival, abs=1e-12)
    group = np.repeat(["east", "west"], 150)
    near(survival.log_rank(np.tile(TIME, 2), np.tile(EVENT, 2), group)[0], 0, abs=1e-9)


def test_a_flat_piece_at_the_half_gives_its_middle() -> None:
    assert survival.quantile(survival.kaplan_meier([1, 2, 6, 7], [1, 1, 1, 1])) == 4
    assert survival.quantile(survival.kaplan_meier([1, 2, 6, 7], [1, 1, 0, 0])) == 2


def test_a_share_that_is_not_reached_is_missing() -> None:
    curve = survival.kaplan_meier([1, 2, 3, 4], [1, 0, 0, 0])
    assert np.isnan(survival.quantile(curve))
    assert survival.quantile(curve, 0.2) == 1
    near(survival.survival_at(curve, [0, 1, 4, 5]), [1, 0.75, 0.75, np.nan])


def test_no_ticket_gives_an_empty_curve() -> None:
    curve = survival.kaplan_meier([], [])
    assert len(curve.time) == 0
    assert np.isnan(survival.quantile(curve))
    assert np.isnan(survival.survival_at(curve, 3))


def test_nothing_to_tell_groups_apart_is_missing() -> None:
    assert np.isnan(survival.log_rank([1, 2], [1, 1], ["a", "a"])[2])
    assert np.isnan(survival.log_rank([1, 2], [0, 0], ["a", "b"])[2])


@pytest.mark.parametrize(
    ("time", "event", "message"),
    [
        ([-1], [1], "negative"),
        ([np.nan], [1], "missing"),
        ([1], [2], "0 or 1"),
        ([1, 2], [1], "expected"),
    ],
)
def test_tickets_that_cannot_be_are_refused(time: list, event: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        survival.kaplan_meier(time, event)


def test_questions_that_cannot_be_answered_are_refused() -> None:
    curve = survival.kaplan_meier(TIME, EVENT)
    with pytest.raises(ValueError, match="q must"):
        survival.quantile(curve, 1.0)
    with pytest.raises(ValueError, match="transform"):
        survival.interval(curve, transform="arcsine")
    with pytest.raises(ValueError, match="tau"):
        survival.restricted_mean(curve, 1000)

"""Funnel limits and the variation between areas beyond chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from services.statistics import funnel
from services.statistics.proportions import wilson
from tests.statistics.reference import cases, fetched, near

LEVELS = {"95": 0.95, "998": 0.998}


def test_limits_agree_with_the_reference() -> None:
    case = fetched("funnel_limits_proportion")["cases"][0]
    given, expected = case["input"], case["expected"]
    for name, level in LEVELS.items():
        low, high = funnel.limits(given["target"], given["n"], level)
        near(low, expected[f"lower{name}"], abs=1e-6)
        near(high, expected[f"upper{name}"], abs=1e-6)


def test_areas_are_flagged_as_in_the_reference() -> None:
    case = fetched("funnel_limits_proportion")["cases"][1]
    x, n = (np.array(case["input"][name]) for name in ("numerator", "denominator"))
    target = x.sum() / n.sum()
    near(target, case["expected"]["target"], abs=1e-6)
    labels = np.full(len(n), "inside", dtype=object)
    for suffix, level in (("95", 0.95), ("99.8", 0.998)):
        low, high = funnel.limits(target, n, level)
        labels[x / n < low] = f"low_{suffix}"
        labels[x / n > high] = f"high_{suffix}"
    assert labels.tolist() == case["expected"]["label"]


@pytest.mark.parametrize(("given", "expected"), cases("funnel_overdispersion"))
def test_overdispersion_agrees_with_the_reference(given: dict, expected: dict) -> None:
    x, n = np.array(given["numerator"]), np.array(given["denominator"])
    z, winsorised, phi, tau2 = funnel.overdispersion(x, n, given["winsorise"])
    near(z, expected["z"], rel=1e-6)
    near(winsorised, expected["z_winsorised"], rel=1e-6)
    near([phi, tau2], [expected["phi"], expected["tau2"]], rel=1e-6)
    target = x.sum() / n.sum()
    near(target, expected["target"], rel=1e-6)
    # The reference rounds its quantiles.
    for name, quantile in (("95", 1.959964), ("998", 3.090232)):
        level = 2 * stats.norm.cdf(quantile) - 1
        low, high = funnel.overdispersed_limits(target, n, level, tau2)
        near(low, expected[f"lower{name}_od"], rel=1e-6)
        near(high, expected[f"upper{name}_od"], rel=1e-6)
        assert ((x / n < low) | (x / n > high)).tolist() == expected[f"outside{name}_od"]
    # On the arcsine scale, where z lives.
    assert (np.abs(z) > 1.959964).tolist() == expected["outside95_unadjusted"]


def test_an_area_is_outside_exactly_where_its_wilson_interval_leaves_out_the_target() -> None:
    n = np.repeat(np.arange(1, 80), 40)
    x = np.round(np.tile(np.linspace(0, 1, 40), 79) * n)
    for level in LEVELS.values():
        low, high = funnel.limits(0.8, n, level)
        own_low, own_high = wilson(x, n, level)
        # Where they meet, rounding decides.
        clear = np.minimum(np.abs(own_low - 0.8), np.abs(own_high - 0.8)) > 1e-9
        outside = (x / n < low) | (x / n > high)
        assert (outside == ((own_high < 0.8) | (own_low > 0.8)))[clear].all()


def test_limits_narrow_with_n_and_stay_in_0_to_1() -> None:
    low, high = funnel.limits(0.95, [0, 1, 10, 100, 10_000], 0.998)
    assert np.isnan([low[0], high[0]]).all()
    assert (np.diff(low[1:]) >= 0).all()
    assert (np.diff(high[1:]) <= 0).all()
    assert low[1] >= 0
    assert high[1] <= 1


def test_widened_limits_without_dispersion_are_the_arcsine_limits_and_wider_with_it() -> None:
    near(
        funnel.overdispersed_limits(0.5, 10_000, 0.95, 0.0), funnel.limits(0.5, 10_000, 0.95), 1e-3
    )
    narrow, wide = (funnel.overdispersed_limits(0.5, 100, 0.95, tau2) for tau2 in (0.0, 0.01))
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]


def test_widened_limits_end_at_0_and_1() -> None:
    assert funnel.overdispersed_limits(0.5, 10, 0.998, 1.0) == (0, 1)


def test_areas_that_differ_by_chance_only_have_no_extra_variance() -> None:
    n = np.full(12, 60)
    assert funnel.overdispersion(np.tile([47, 48, 49], 4), n)[3] == 0
    assert funnel.overdispersion(np.tile([30, 48, 59], 4), n)[3] > 0


def test_too_few_areas_have_no_dispersion() -> None:
    z, _, phi, tau2 = funnel.overdispersion([30] * 9 + [0], [60] * 9 + [0])
    assert np.isnan([phi, tau2, z[9]]).all()
    assert np.isfinite(z[:9]).all()
    assert np.isfinite(funnel.overdispersion([30] * 10, [60] * 10)[2])
    assert np.isnan(funnel.overdispersion([], [])[2:]).all()


def test_bad_input_is_refused() -> None:
    for target in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="target"):
            funnel.limits(target, 10, 0.95)
    with pytest.raises(ValueError, match="negative"):
        funnel.limits(0.5, -1, 0.95)
    with pytest.raises(ValueError, match="tau2"):
        funnel.overdispersed_limits(0.5, 10, 0.95, -1)
    with pytest.raises(ValueError, match="larger than n"):
        funnel.overdispersion([3], [2])
    with pytest.raises(ValueError, match="winsorise"):
        funnel.overdispersion([1], [2], winsorise=0.5)

"""Rates of places of different make-up, put on one footing."""

from __future__ import annotations

from numpy.typing import ArrayLike

from services.statistics.checks import column, counts


def direct(x: ArrayLike, n: ArrayLike, standard: ArrayLike) -> float:
    """Rate that a population made up as `standard` would have at the rates x / n of its strata.

    One value per stratum: x events out of n, standard people; the rate runs from 0 to 1. NaN
    where a stratum that counts has n = 0. With strata = communities and standard = residents it
    is the population-weighted mean of the subdistrict. ValueError: lengths differ, x > n,
    counts negative or missing, a standard that sums to zero.
    Source: Breslow and Day (1987) Statistical Methods in Cancer Research II, 2.
    """
    standard = column(standard, "standard")
    x, base = counts(column(x, "x", len(standard)), column(n, "n", len(standard)))
    if (standard < 0).any() or not standard.sum() > 0:
        raise ValueError("standard must not be negative nor sum to zero")
    used = standard > 0
    return float((standard[used] * x[used] / base[used]).sum() / standard.sum())

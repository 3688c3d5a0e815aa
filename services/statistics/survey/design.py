"""Means of weighted, stratified, clustered answers, with the errors of their design."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from services.statistics.checks import Array, codes, column, positive_weights, two_sided

SINGLE_PSU = ("adjust", "certainty", "fail")


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error, degrees of freedom and 95 % interval."""

    value: float
    se: float
    df: int
    low: float
    high: float


def survey_mean(
    y: ArrayLike,
    weights: ArrayLike,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    fpc: ArrayLike | None = None,
    domain: ArrayLike | None = None,
    single_psu: str = "adjust",
) -> Estimate:
    """Weighted mean with its Taylor-linearised error and 95 % t interval.

    One value per respondent; `clusters` are primary sampling units (PSUs, told apart within
    their stratum), `fpc` the number of PSUs in the population of the stratum, `domain` a mask:
    the mean is of its members and the variance of the whole design. A stratum with one PSU is
    centred at the mean of all ("adjust"), adds nothing ("certainty") or is refused ("fail").
    df = PSUs − strata; the interval is NaN at df = 0, everything at an empty domain.
    ValueError: lengths differ, a missing y inside the domain, bad weights, fpc below the PSUs.
    Source: Lumley (2004) J Stat Softw 9(8); Binder (1983) Int Stat Rev 51:279-292.
    """
    w = positive_weights(weights)
    inside = np.ones(len(w), bool) if domain is None else np.asarray(domain, dtype=bool)
    w_inside = np.where(inside, w, 0.0)
    y = np.asarray(y, dtype=float)
    if y.shape != w.shape or inside.shape != w.shape:
        raise ValueError("y and domain must have one value per respondent")
    y = column(np.where(inside, y, 0.0), "y")
    if w_inside.sum() == 0:
        return Estimate(np.nan, np.nan, _design(len(w), strata, clusters)[3], np.nan, np.nan)
    mean = (w_inside * y).sum() / w_inside.sum()
    influence = w_inside * (y - mean) / w_inside.sum()
    variance, df = linearised_variance(influence, strata, clusters, fpc, single_psu)
    return _estimate(float(mean), float(np.sqrt(variance)), df)


def _estimate(value: float, se: float, df: int, level: float = 0.95) -> Estimate:
    half = special.stdtrit(df, two_sided(level)) * se if df > 0 else np.nan
    return Estimate(value, se, df, float(value - half), float(value + half))


def linearised_variance(
    influence: Array,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    fpc: ArrayLike | None = None,
    single_psu: str = "adjust",
) -> tuple[float, int]:
    """Variance of a total of influence values between PSUs within strata, and its df.

    Arguments and errors as in `survey_mean`. Variance is NaN where the design has one PSU.
    """
    if single_psu not in SINGLE_PSU:
        raise ValueError(f"single_psu must be one of {', '.join(SINGLE_PSU)}")
    stratum, psu, stratum_of_psu, df = _design(len(influence), strata, clusters)
    size = np.bincount(stratum_of_psu)
    if single_psu == "fail" and (size == 1).any():
        raise ValueError("a stratum has a single primary sampling unit")
    if len(stratum_of_psu) == 1:
        return np.nan, df
    totals = np.bincount(psu, weights=influence)
    centre = np.bincount(stratum_of_psu, weights=totals) / size
    if single_psu == "adjust":
        # Influence values sum to zero, so zero is the mean of all.
        centre = np.where(size == 1, 0.0, centre)
    squares = np.bincount(stratum_of_psu, weights=(totals - centre[stratum_of_psu]) ** 2)
    scale = np.where(size > 1, size / np.maximum(size - 1, 1), 1.0)
    return float((_sampled(fpc, stratum, size) * scale * squares).sum()), df


def _design(
    n: int, strata: ArrayLike | None, clusters: ArrayLike | None
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], int]:
    """Stratum and PSU number of each respondent, stratum of each PSU, and PSUs − strata."""
    stratum = np.zeros(n, int) if strata is None else codes(strata, "strata", n)
    if clusters is None:
        return stratum, np.arange(n), stratum, n - len(np.unique(stratum))
    cluster = codes(clusters, "clusters", n)
    pairs, psu = np.unique(np.column_stack([stratum, cluster]), axis=0, return_inverse=True)
    return stratum, psu.ravel(), pairs[:, 0], len(pairs) - len(np.unique(stratum))


def _sampled(fpc: ArrayLike | None, stratum: NDArray[np.intp], size: NDArray[np.intp]) -> Array:
    """1 − sampling fraction of each stratum."""
    if fpc is None:
        return np.ones(len(size))
    population = np.zeros(len(size))
    population[stratum] = column(np.broadcast_to(fpc, stratum.shape), "fpc")
    if (population < size).any():
        raise ValueError("fpc is smaller than the number of units sampled")
    return 1 - size / population


def design_effect(y: ArrayLike, weights: ArrayLike, se: float) -> float:
    """se² against simple random sampling without replacement of as many of Σ weights people.

    One value per respondent. NaN where y does not vary, or where
    everyone was asked. Source: R svymean(deff = TRUE).
    """
    w = positive_weights(weights)
    y = column(y, "y", len(w))
    n, population = len(w), w.sum()
    if n < 2:
        return np.nan
    spread = (w * (y - (w * y).sum() / population) ** 2).sum() / population
    simple = spread / (n - 1) * (1 - n / population)
    return float(se**2 / simple) if simple > 0 else np.nan

"""Differences between two groups or waves, and the correction for many comparisons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from services.statistics.checks import Array, column, positive_weights, two_sided
from services.statistics.survey.design import linearised_variance


@dataclass(frozen=True)
class Difference:
    """A difference with its t, degrees of freedom, two-sided p and 95 % interval."""

    diff: float
    t: float
    df: float
    p: float
    low: float
    high: float


def welch(x: ArrayLike, y: ArrayLike) -> Difference:
    """Mean of x − mean of y, unequal variances, in the unit of the values.

    One-dimensional arrays. With fewer than two values on a side, or none that vary, only the
    difference is known (NaN for an empty side) and the rest is NaN. ValueError: a missing value.
    Source: Welch (1947) Biometrika 34:28-35.
    """
    sides = [column(x, "x"), column(y, "y")]
    if not all(len(side) for side in sides):
        return Difference(*[np.nan] * 6)
    diff = sides[0].mean() - sides[1].mean()
    if min(len(side) for side in sides) < 2:
        return t_difference(diff, np.nan, np.nan)
    parts = np.array([side.var(ddof=1) / len(side) for side in sides])
    if not parts.sum() > 0:
        return t_difference(diff, np.nan, np.nan)
    freedom = np.array([len(side) - 1 for side in sides])
    df = parts.sum() ** 2 / (parts**2 / freedom).sum()
    return t_difference(diff, np.sqrt(parts.sum()), df)


def t_difference(diff: float, se: float, df: float, level: float = 0.95) -> Difference:
    """The t test and interval of a difference with known error and df; NaN where se is."""
    t = diff / se
    half = special.stdtrit(df, two_sided(level)) * se
    p = 2 * special.stdtr(df, -abs(t))
    return Difference(*(float(v) for v in (diff, t, df, p, diff - half, diff + half)))


def design_difference(
    y: ArrayLike, weights: ArrayLike, strata: ArrayLike | None, group: ArrayLike
) -> Difference:
    """Weighted mean of the second group − that of the first (in sorted order of the labels).

    One value per respondent; the covariance within strata is kept; df = respondents − strata − 1.
    For two waves drawn independently, stack them and use wave × stratum as strata. NaN beside
    the difference where nothing varies or df ≤ 0. ValueError: not two groups, a group without
    weight, lengths that differ, missing values. Source: R survey, svyttest.
    """
    w = positive_weights(weights)
    y = column(y, "y", len(w))
    labels, member = np.unique(np.asarray(group), return_inverse=True)
    if len(labels) != 2 or len(member) != len(w):
        raise ValueError("group must have one label per respondent and two different labels")
    size = np.bincount(member, weights=w)
    if not (size > 0).all():
        raise ValueError("a group has no weight")
    mean = np.bincount(member, weights=w * y) / size
    influence = np.where(member == 1, 1.0, -1.0) * w * (y - mean[member]) / size[member]
    variance, df = linearised_variance(influence, strata)
    known = variance > 0 and df > 1
    return t_difference(
        mean[1] - mean[0], np.sqrt(variance) if known else np.nan, df - 1 if known else np.nan
    )


def benjamini_hochberg(p: ArrayLike) -> Array:
    """p-values adjusted for the false discovery rate, in the given order.

    One-dimensional; a missing p (NaN or None) stays NaN and does not count among the comparisons.
    ValueError: a p outside 0 to 1. Source: Benjamini and Hochberg (1995) JRSS B 57:289-300.
    """
    return _adjusted(p, lambda rank, m: m / rank, _falling)


def benjamini_yekutieli(p: ArrayLike) -> Array:
    """As `benjamini_hochberg`, valid under any dependence of the comparisons.

    Source: Benjamini and Yekutieli (2001) Ann Stat 29:1165-1188.
    """
    return _adjusted(p, lambda rank, m: m / rank * (1 / np.arange(1, m + 1)).sum(), _falling)


def holm(p: ArrayLike) -> Array:
    """p-values adjusted for the chance of any false finding; p as in `benjamini_hochberg`.

    Source: Holm (1979) Scand J Stat 6:65-70.
    """
    return _adjusted(p, lambda rank, m: m - rank + 1, np.maximum.accumulate)


def bonferroni(p: ArrayLike) -> Array:
    """p-values times their number; p as in `benjamini_hochberg`. Source: Dunn (1961)."""
    return _adjusted(p, lambda rank, m: np.full_like(rank, m), np.maximum.accumulate)


def _falling(scaled: Array) -> Array:
    """Step-up: no smaller p may end with a larger adjusted value."""
    return np.minimum.accumulate(scaled[::-1])[::-1]


def _adjusted(
    p: ArrayLike, factor: Callable[[Array, int], Array], running: Callable[[Array], Array]
) -> Array:
    """p times the factor of its rank (1 = smallest), made monotone by `running`."""
    p = np.asarray(p, dtype=float)
    adjusted = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    if p.ndim != 1 or (p[known] < 0).any() or (p[known] > 1).any():
        raise ValueError("p must have one dimension and lie in 0 to 1")
    order = known[np.argsort(p[known], kind="stable")]
    scaled = p[order] * factor(np.arange(1.0, len(order) + 1), len(order))
    adjusted[order] = np.minimum(running(scaled), 1.0)
    return adjusted

"""Intervals for shares, differences of shares, shrinkage, and what a sample can detect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from services.statistics.checks import Array, column, counts, normal_quantile, probability


@dataclass(frozen=True)
class Shrinkage:
    """Prior Beta(alpha, beta) and, per area, the posterior mean with its 95 % interval."""

    alpha: float
    beta: float
    mean: Array
    low: Array
    high: Array


def wilson(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Array, Array]:
    """Wilson score interval of the share x / n, without continuity correction.

    Scalars or arrays that broadcast; shares from 0 to 1, ends exactly 0 at x = 0 and 1 at x = n.
    n = 0 gives NaN. ValueError: x > n, a negative or missing count, level outside (0, 1).
    Source: Wilson (1927) JASA 22:209-212; Newcombe (1998) Stat Med 17:857-872, method 3.
    """
    x, n = counts(x, n)
    z = normal_quantile(level)
    return score_interval(x / n, n, z)


def score_interval(p: Array, n: Array, z: float) -> tuple[Array, Array]:
    """Wilson's formula at share p, (effective) sample size n and quantile z; all broadcast."""
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # Rounding leaves 1e-17 where the exact end is 0 or 1.
    low = np.where((p == 0) & (n > 0), 0.0, centre - half)
    high = np.where((p == 1) & (n > 0), 1.0, centre + half)
    return low[()], high[()]


def agresti_coull(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Array, Array]:
    """Agresti-Coull interval of x / n, clipped to 0 and 1. Shapes and errors as in `wilson`.

    Source: Agresti and Coull (1998) Am Stat 52:119-126, with z itself rather than 2.
    """
    x, n = counts(x, n)
    z = normal_quantile(level)
    centre = (x + z**2 / 2) / (n + z**2)
    half = z * np.sqrt(centre * (1 - centre) / (n + z**2))
    return np.clip(centre - half, 0, 1)[()], np.clip(centre + half, 0, 1)[()]


def clopper_pearson(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Array, Array]:
    """Exact (conservative) interval of x / n. Shapes and errors as in `wilson`.

    Source: Clopper and Pearson (1934) Biometrika 26:404-413.
    """
    x, n = counts(x, n)
    tail = (1 - probability(level, "level")) / 2
    return _beta_ends(x, n, (x, n - x + 1), (x + 1, n - x), tail)


def jeffreys(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Array, Array]:
    """Equal-tailed Jeffreys interval of x / n, ends 0 at x = 0 and 1 at x = n.

    Shapes and errors as in `wilson`. Source: Brown, Cai, DasGupta (2001) Stat Sci 16:101-133.
    """
    x, n = counts(x, n)
    tail = (1 - probability(level, "level")) / 2
    shape = (x + 0.5, n - x + 0.5)
    return _beta_ends(x, n, shape, shape, tail)


def _beta_ends(
    x: Array, n: Array, lower: tuple[Array, Array], upper: tuple[Array, Array], tail: float
) -> tuple[Array, Array]:
    """Beta quantiles, with the ends at x = 0 and x = n set exactly; NaN stays NaN."""
    low = np.where(x == 0, 0.0 * n, special.betaincinv(*lower, tail))
    high = np.where(x == n, 1.0, special.betaincinv(*upper, 1 - tail))
    return low[()], high[()]


def newcombe(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95
) -> tuple[Array, Array]:
    """Hybrid score interval of x1 / n1 − x2 / n2, from −1 to 1.

    Scalars or arrays that broadcast; n = 0 gives NaN; errors as in `wilson`.
    Source: Newcombe (1998) Stat Med 17:873-890, method 10.
    """
    low1, high1 = wilson(x1, n1, level)
    low2, high2 = wilson(x2, n2, level)
    p1, p2 = (np.divide(*counts(x, n)) for x, n in ((x1, n1), (x2, n2)))
    low = p1 - p2 - np.hypot(p1 - low1, high2 - p2)
    high = p1 - p2 + np.hypot(high1 - p1, p2 - low2)
    return low[()], high[()]


def pooled_test(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> tuple[Array, Array]:
    """z and two-sided p of equal shares, pooled variance; z² is the 2 × 2 chi-square.

    Scalars or arrays that broadcast; NaN where n = 0 or where all answered alike in both.
    Source: Pearson (1900); equals R prop.test(correct = FALSE).
    """
    (x1, n1), (x2, n2) = counts(x1, n1), counts(x2, n2)
    pooled = (x1 + x2) / (n1 + n2)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    z = (x1 / n1 - x2 / n2) / np.sqrt(np.where(variance > 0, variance, np.nan))
    return z[()], (2 * special.ndtr(-np.abs(z)))[()]


def beta_binomial(x: ArrayLike, n: ArrayLike) -> Shrinkage:
    """Empirical Bayes: draw the shares of areas with few answers towards the common mean.

    x, n: one value per area. Alpha and beta by marginal maximum likelihood; the interval is the
    equal-tailed 95 % of the posterior beta and ignores that alpha and beta are estimated. The
    prior weighs at most as much as all answers together. An area with n = 0 gets the prior.
    With fewer than two areas, or where all answered alike, there is no prior to estimate:
    alpha and beta are NaN and the areas keep x / n and Wilson.
    Errors as in `wilson`. Source: Griffin and Krutchkoff (1971) Biometrika 58:597-600.
    """
    n = column(n, "n")
    x = column(x, "x", len(n))
    _, base = counts(x, n)
    if np.count_nonzero(n) < 2 or x.sum() in (0, n.sum()):
        return Shrinkage(np.nan, np.nan, x / base, *wilson(x, n))
    alpha, beta = _fit_prior(x, n)
    a, b = x + alpha, n - x + beta
    low, high = (special.betaincinv(a, b, q) for q in (0.025, 0.975))
    return Shrinkage(alpha, beta, a / (a + b), low, high)


def _fit_prior(x: Array, n: Array) -> tuple[float, float]:
    """Alpha, beta of highest marginal likelihood, searched as logit mean and log precision."""

    def shapes(theta: Array) -> tuple[float, float]:
        mean, precision = special.expit(theta[0]), np.exp(theta[1])
        return mean * precision, (1 - mean) * precision

    def loss(theta: Array) -> tuple[float, Array]:
        a, b = shapes(theta)
        value = (special.betaln(x + a, n - x + b) - special.betaln(a, b)).sum()
        common = special.digamma(a + b) - special.digamma(n + a + b)
        by_a = (special.digamma(x + a) - special.digamma(a) + common).sum()
        by_b = (special.digamma(n - x + b) - special.digamma(b) + common).sum()
        slope = a * b / (a + b)
        return -value, -np.array([slope * (by_a - by_b), a * by_a + b * by_b])

    start = [special.logit(x.sum() / n.sum()), np.log(10.0)]
    # Areas that differ by less than chance would drive the precision to infinity, and the
    # interval of one area below that of all answers pooled.
    bounds = [(None, None), (np.log(1e-3), np.log(n.sum()))]
    best = optimize.minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1000},
    )
    alpha, beta = shapes(best.x)
    return float(alpha), float(beta)


def minimum_detectable_share(n: float, p1: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """Smallest share above p1 that two independent waves of n answers each would detect.

    Shares from 0 to 1; two-sided test at alpha; NaN where not even 1 would be detected. For a
    fall: 1 − minimum_detectable_share(n, 1 − p1). ValueError: n ≤ 0, p1 outside 0 to 1, power or
    alpha outside (0, 1). Source: Fleiss (1981), as in R power.prop.test(strict = FALSE).
    """
    power = probability(power, "power")
    z = normal_quantile(1 - probability(alpha, "alpha"))
    if not n > 0:
        raise ValueError(f"n must be positive, not {n}")
    if not 0 <= p1 <= 1:
        raise ValueError(f"p1 must lie in 0 to 1, not {p1}")

    def surplus(p2: float) -> float:
        pooled = np.sqrt((p1 + p2) * (1 - (p1 + p2) / 2))
        apart = np.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
        return np.sqrt(n) * (p2 - p1) - z * pooled - special.ndtri(power) * apart

    if p1 == 1 or surplus(1.0) < 0:
        return np.nan
    # At p1 = 0 the start itself would be a root.
    return float(optimize.brentq(surplus, p1 + 1e-12, 1.0, xtol=1e-14))


def minimum_detectable_change(
    n: float, sd: float, power: float = 0.8, alpha: float = 0.05
) -> float:
    """Smallest change of a mean, in the unit of sd, that two independent waves of n would detect.

    Two-sided t test at alpha, equal n and sd in both waves. ValueError: n < 2, sd < 0, power or
    alpha outside (0, 1). Source: noncentral t, as in R power.t.test(strict = FALSE).
    """
    if not (n >= 2 and sd >= 0):
        raise ValueError(f"n must be at least 2 and sd not negative, not {n} and {sd}")
    freedom = 2 * (n - 1)
    critical = special.stdtrit(freedom, 1 - probability(alpha, "alpha") / 2)
    shift = special.nctdtrinc(freedom, 1 - probability(power, "power"), critical)
    return float(shift * sd * np.sqrt(2 / n))

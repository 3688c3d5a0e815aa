"""Funnel limits for shares, and how much areas differ beyond the chance of sampling."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from services.statistics.checks import Array, column, counts, normal_quantile, numbers

MINIMUM_AREAS = 10


def limits(target: float, n: ArrayLike, level: float) -> tuple[Array, Array]:
    """Limits around `target` (0 to 1) between which a share out of n varies by chance.

    n scalar or array; an area lies outside exactly where the target is outside its own Wilson
    interval. n = 0 gives NaN. ValueError: target outside 0 to 1, n negative or missing, level
    outside (0, 1). Source: Spiegelhalter (2005) Stat Med 24:1185-1202.
    """
    half = normal_quantile(level) * np.sqrt(target * (1 - target) / _base(target, n))
    return np.clip(target - half, 0, 1)[()], np.clip(target + half, 0, 1)[()]


def overdispersed_limits(
    target: float, n: ArrayLike, level: float, tau2: float
) -> tuple[Array, Array]:
    """`limits` widened by the variance tau2 between areas, on the arcsine scale.

    tau2 from `overdispersion`; errors as in `limits`, and a negative tau2.
    Source: Spiegelhalter (2005) Stat Med 24:1185-1202, additive model.
    """
    if tau2 < 0:
        raise ValueError(f"tau2 must not be negative, not {tau2}")
    spread = normal_quantile(level) * np.sqrt(1 / (4 * _base(target, n)) + tau2)
    centre = np.arcsin(np.sqrt(target))
    low = np.sin(np.clip(centre - spread, 0, np.pi / 2)) ** 2
    high = np.sin(np.clip(centre + spread, 0, np.pi / 2)) ** 2
    return low[()], high[()]


def overdispersion(
    x: ArrayLike, n: ArrayLike, winsorise: float = 0.1
) -> tuple[Array, Array, float, float]:
    """z, winsorised z, phi (mean squared winsorised z) and tau2 of areas around their pooled share.

    x, n: one value per area; z on the arcsine scale, in standard errors; winsorised at the
    quantiles `winsorise` and 1 − `winsorise` (type 7). tau2 (arcsine scale, squared) is 0 where
    phi is no more than chance. An area with n = 0 has z NaN and does not count; with fewer than
    10 areas phi and tau2 are too unstable to use and are NaN. ValueError: x > n, a negative or
    missing count, winsorise outside 0 to 0.5.
    Source: Spiegelhalter et al. (2012) JRSS A 175:1-47; DerSimonian and Laird (1986).
    """
    if not 0 <= winsorise < 0.5:
        raise ValueError(f"winsorise must lie in 0 to 0.5, not {winsorise}")
    n = column(n, "n")
    x, base = counts(column(x, "x", len(n)), n)
    known = n > 0
    if not known.any():
        return base, base.copy(), np.nan, np.nan
    precision = 4 * base
    target = x.sum() / n.sum()
    z = (np.arcsin(np.sqrt(x / base)) - np.arcsin(np.sqrt(target))) * np.sqrt(precision)
    clipped = np.clip(z, *np.quantile(z[known], [winsorise, 1 - winsorise]))
    areas = np.count_nonzero(known)
    if areas < MINIMUM_AREAS:
        return z, clipped, np.nan, np.nan
    phi, weight = (clipped[known] ** 2).mean(), precision[known]
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    return z, clipped, float(phi), float(max(0.0, areas * phi - (areas - 1)) / scale)


def _base(target: float, n: ArrayLike) -> Array:
    if not 0 <= target <= 1:
        raise ValueError(f"target must lie in 0 to 1, not {target}")
    return counts(0.0, numbers(n, "n"))[1]

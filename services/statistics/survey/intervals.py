"""Intervals of a design-based share."""

from __future__ import annotations

import numpy as np
from scipy import special

from services.statistics.checks import normal_quantile, two_sided
from services.statistics.proportions import score_interval


def wilson_design(
    p: float, se: float, df: float, level: float = 0.95, n_eff: float = np.nan
) -> tuple[float, float]:
    """Wilson interval of a design-based share p (0 to 1), effective n = p(1 − p) / se² and t.

    At se = 0 (everyone answered alike): Wilson with `n_eff` answers (see `kish`) and z; without
    `n_eff` NaN, as a share that never varied says nothing of its own uncertainty. NaN p or se
    gives NaN. ValueError: p outside 0 to 1, se negative, df ≤ 0 where se > 0.
    Source: Dean and Pagano (2015) J Surv Stat Methodol 3:484-503; R svyciprop("wilson").
    """
    if p < 0 or p > 1 or se < 0:
        raise ValueError(f"p must lie in 0 to 1 and se must not be negative, not {p} and {se}")
    if np.isnan(p) or np.isnan(se):
        return np.nan, np.nan
    quantile, size = normal_quantile(level), n_eff
    if se > 0:
        quantile, size = _t(df, level), p * (1 - p) / se**2
    low, high = score_interval(np.float64(p), np.float64(size), quantile)
    return float(low), float(high)


def logit_design(p: float, se: float, df: float, level: float = 0.95) -> tuple[float, float]:
    """Interval of a design-based share, symmetric on the logit scale; NaN at p = 0 and p = 1.

    ValueError: df ≤ 0. Source: R svyciprop("logit"); Korn and Graubard (1999), p. 65.
    """
    if not (0 < p < 1):
        return np.nan, np.nan
    half = _t(df, level) * se / (p * (1 - p))
    low, high = special.expit(special.logit(p) + np.array([-half, half]))
    return float(low), float(high)


def korn_graubard(
    p: float, se: float, n: int, df: float, level: float = 0.95
) -> tuple[float, float]:
    """Clopper-Pearson interval of a design-based share at its effective n; NaN at se = 0.

    n: respondents. ValueError: df ≤ 0. Source: Korn and Graubard (1998) Surv Methodol 24:193-201.
    """
    if not se > 0:
        return np.nan, np.nan
    size = p * (1 - p) / se**2 * (_t(n - 1, level) / _t(df, level)) ** 2
    tail = 1 - two_sided(level)
    low = special.betaincinv(size * p, size * (1 - p) + 1, tail)
    high = special.betaincinv(size * p + 1, size * (1 - p), 1 - tail)
    return float(low), float(high)


def _t(df: float, level: float) -> float:
    if not df > 0:
        raise ValueError(f"df must be positive, not {df}")
    return float(special.stdtrit(df, two_sided(level)))

"""Time until a ticket is closed, with the open ones counted as not yet closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from services.statistics.checks import Array, codes, column, normal_quantile

TRANSFORMS = ("log", "log-log", "plain")
# Products of fractions miss 0.5 by rounding; a tie is meant to be a tie.
_TIE = 1e-9


@dataclass(frozen=True)
class Curve:
    """Share not yet closed after each observed time, with its Greenwood standard error."""

    time: Array
    survival: Array
    se: Array


def kaplan_meier(time: ArrayLike, event: ArrayLike) -> Curve:
    """Kaplan-Meier curve at every distinct time, ascending.

    time: duration until closed or until the cut-off, any unit; event: 1 closed, 0 still open
    (censored). No ticket gives an empty curve; the error is NaN once the curve is at 0.
    ValueError: a negative or missing time, an event other than 0 and 1, lengths that differ.
    Source: Kaplan and Meier (1958) JASA 53:457-481; Greenwood (1926).
    """
    time, event = _checked(time, event)
    times, at = np.unique(time, return_inverse=True)
    closed = np.bincount(at, weights=event, minlength=len(times))
    left = np.bincount(at, minlength=len(times))
    at_risk = left[::-1].cumsum()[::-1]
    survival = np.cumprod(1 - closed / at_risk)
    open_after = np.where(at_risk > closed, at_risk - closed, np.nan)
    greenwood = np.cumsum(closed / (at_risk * open_after))
    return Curve(times, survival, survival * np.sqrt(greenwood))


def quantile(curve: Curve, q: float = 0.5) -> float:
    """Time by which the share q (0 to 1) is closed; NaN where the curve does not fall so far.

    The smallest time at which less than 1 − q is open; the middle of the flat piece where
    exactly 1 − q is. ValueError: q outside (0, 1). Source: as R quantile(survfit).
    """
    return _crossing(curve.time, curve.survival, q)


def quantile_interval(
    curve: Curve, q: float = 0.5, level: float = 0.95, transform: str = "log"
) -> tuple[float, float]:
    """Interval of `quantile`: where the limits of the curve cross; NaN where one does not.

    Arguments as in `quantile` and `interval`. Source: Brookmeyer and Crowley (1982)
    Biometrics 38:29-41.
    """
    low, high = (_crossing(curve.time, limit, q) for limit in interval(curve, level, transform))
    return low, high


def interval(curve: Curve, level: float = 0.95, transform: str = "log") -> tuple[Array, Array]:
    """Pointwise limits of the curve, from 0 to 1, on the log, log-log or plain scale.

    Where the curve is at 0 the lower limit is 0 and the upper NaN. ValueError: an unknown
    transform, level outside (0, 1). Source: Kalbfleisch and Prentice (2002), 1.4.
    """
    if transform not in TRANSFORMS:
        raise ValueError(f"transform must be one of {', '.join(TRANSFORMS)}")
    z = normal_quantile(level)
    inside = (curve.survival > 0) & (curve.survival < 1)
    s, se = (np.where(inside, values, 0.5) for values in (curve.survival, curve.se))
    if transform == "log":
        low, high = s * np.exp(-z * se / s), s * np.exp(z * se / s)
    elif transform == "log-log":
        reach = np.exp(z * se / (s * np.log(s)))
        low, high = s ** (1 / reach), s**reach
    else:
        low, high = s - z * se, s + z * se
    low = np.where(inside, np.clip(low, 0, 1), curve.survival)
    high = np.where(inside, np.clip(high, 0, 1), np.where(curve.survival > 0, 1.0, np.nan))
    return low, high


def survival_at(curve: Curve, time: ArrayLike) -> Array:
    """Share not yet closed at `time` (scalar or array); NaN after the last observed time."""
    time = np.asarray(time, dtype=float)
    steps = np.concatenate([[1.0], curve.survival])
    share = steps[np.searchsorted(curve.time, time, side="right")]
    seen = time <= (curve.time[-1] if len(curve.time) else -np.inf)
    return np.where(seen, share, np.nan)[()]


def restricted_mean(curve: Curve, tau: float) -> float:
    """Mean time to closing, counting no ticket beyond tau; in the unit of time.

    ValueError: tau negative or after the last observed time.
    Source: Royston and Parmar (2013) BMC Med Res Methodol 13:152.
    """
    if not (len(curve.time) and 0 <= tau <= curve.time[-1]):
        raise ValueError(f"tau must lie within the observed times, not {tau}")
    edges = np.concatenate([[0.0], curve.time[curve.time < tau], [tau]])
    steps = np.concatenate([[1.0], curve.survival[curve.time < tau]])
    return float((np.diff(edges) * steps).sum())


def log_rank(time: ArrayLike, event: ArrayLike, group: ArrayLike) -> tuple[float, int, float]:
    """Chi-square, df and p of equal curves in all groups; group: one label per ticket.

    NaN where nothing tells the groups apart (one group, no event). Errors as in `kaplan_meier`.
    Source: Mantel (1966); Peto and Peto (1972) JRSS A 135:185-207.
    """
    time, event = _checked(time, event)
    member = codes(group, "group", len(time))[:, None] == np.arange(len(np.unique(group)))
    moments = np.unique(time[event == 1])
    closed = (time[:, None] == moments) & (event[:, None] == 1)
    risk = (time[:, None] >= moments).T @ member.astype(float)
    observed = closed.T @ member.astype(float)
    at_risk, events = risk.sum(axis=1, keepdims=True), observed.sum(axis=1, keepdims=True)
    share = risk / at_risk
    excess = (observed - events * share).sum(axis=0)
    factor = (events * (at_risk - events) / np.maximum(at_risk - 1, 1)).ravel()
    covariance = np.diag(factor @ share) - (share * factor[:, None]).T @ share
    df = member.shape[1] - 1
    if df < 1 or not covariance.any():
        return np.nan, max(df, 0), np.nan
    chisq = float(excess @ np.linalg.pinv(covariance) @ excess)
    return chisq, df, float(special.chdtrc(df, chisq))


def _checked(time: ArrayLike, event: ArrayLike) -> tuple[Array, Array]:
    time = column(time, "time")
    event = column(event, "event", len(time))
    if (time < 0).any():
        raise ValueError("a time is negative")
    if not np.isin(event, (0, 1)).all():
        raise ValueError("event must be 0 or 1")
    return time, event


def _crossing(time: Array, survival: Array, q: float) -> float:
    if not 0 < q < 1:
        raise ValueError(f"q must lie between 0 and 1, not {q}")
    level = 1 - q
    reached = np.flatnonzero(survival <= level + _TIE)
    if not len(reached):
        return np.nan
    start = reached[0]
    below = np.flatnonzero(survival < level - _TIE)
    if survival[start] < level - _TIE or not len(below):
        return float(time[start])
    return float((time[start] + time[below[0]]) / 2)

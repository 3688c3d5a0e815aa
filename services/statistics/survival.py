"""Time until a ticket is closed, with the open ones counted as not yet closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from services.statistics.checks import Array, column

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


def survival_at(curve: Curve, time: ArrayLike) -> Array:
    """Share not yet closed at `time` (scalar or array); NaN after the last observed time."""
    time = np.asarray(time, dtype=float)
    steps = np.concatenate([[1.0], curve.survival])
    share = steps[np.searchsorted(curve.time, time, side="right")]
    seen = time <= (curve.time[-1] if len(curve.time) else -np.inf)
    return np.where(seen, share, np.nan)[()]


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

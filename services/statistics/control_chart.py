"""The XmR control chart: limits of ordinary variation and the points that are not ordinary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from services.statistics.checks import Array, column

MINIMUM_POINTS = 12
_LIMIT = 2.66
_SCREEN = 3.267
_RUN = 7
COMMON_CAUSE = "Common Cause"
# In the order of naming, where several hit; each with its name above and below.
_RULES = (
    ("Above UCL", "Below LCL"),
    ("7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"),
    ("2 in 3 Above CL", "2 in 3 Below CL"),
    ("7 Points Above CL", "7 Points Below CL"),
)


@dataclass(frozen=True)
class XmR:
    """One value per point: mean, limits, cause, type; and the assurance against a target.

    special_cause: "Common Cause" or the rule that hit. point_type: common_cause ·
    special_cause_improvement · special_cause_concern. assurance: consistent_pass ·
    consistent_fail · inconsistent, or None without a target.
    """

    mean: Array
    low: Array
    high: Array
    special_cause: NDArray[np.str_]
    point_type: NDArray[np.str_]
    assurance: str | None


def xmr(
    y: ArrayLike,
    direction: int,
    target: float | None = None,
    rebase: Sequence[int] = (),
    screen: bool = True,
) -> XmR:
    """Mean ± 2.66 · mean moving range, and the four "Making Data Count" rules.

    y: at least 12 values in time order, any unit; direction 1 (higher is better) or −1; rebase:
    1-based positions where a new period, with its own mean, limits and runs, starts; screen:
    moving ranges of 3.267 means and more are left out once. The target is held against the
    limits of the last period. ValueError: fewer than 12 points, a missing value, another
    direction, a position outside the series or a period of a single point.
    Source: Wheeler (2000) Understanding Variation; NHS England, Making Data Count.
    """
    y = column(y, "y")
    if len(y) < MINIMUM_POINTS:
        raise ValueError(f"a control chart needs {MINIMUM_POINTS} points, not {len(y)}")
    if direction not in (1, -1):
        raise ValueError(f"direction must be 1 or -1, not {direction}")
    edges = [0, *(position - 1 for position in rebase), len(y)]
    if np.diff(edges).min() < 2:
        raise ValueError("rebase must rise within the series, each period with two points")
    periods = [_period(part, screen) for part in np.split(y, edges[1:-1])]
    mean, low, high, signs = (
        np.concatenate(parts, axis=-1) for parts in zip(*periods, strict=True)
    )
    cause, sign = _first_cause(signs)
    kind = np.where(sign == direction, "special_cause_improvement", "special_cause_concern")
    return XmR(
        mean,
        low,
        high,
        cause,
        np.where(sign == 0, "common_cause", kind),
        None if target is None else _assurance(target, low[-1], high[-1], direction),
    )


def _period(y: Array, screen: bool) -> tuple[Array, Array, Array, NDArray[np.int_]]:
    """Mean, limits and, rule by rule, the side on which each point breaks it (1, 0, −1)."""
    ranges = np.abs(np.diff(y))
    if screen:
        # A range of zero is never an outlier, even where all are zero.
        ranges = ranges[(ranges < _SCREEN * ranges.mean()) | (ranges == 0)]
    mean, reach = y.mean(), _LIMIT * ranges.mean()
    low, high = mean - reach, mean + reach
    side = np.sign(y - mean).astype(int)
    outside = (y > high).astype(int) - (y < low)
    near = (outside == 0) & (np.abs(y - mean) > reach * 2 / 3)
    steps = np.sign(np.diff(y)).astype(int)
    signs = np.stack(
        [outside, _runs(steps, _RUN - 1, _RUN), _two_in_three(side, near), _runs(side, _RUN, _RUN)]
    )
    return np.full(len(y), mean), np.full(len(y), low), np.full(len(y), high), signs


def _runs(signs: NDArray[np.int_], length: int, points: int) -> NDArray[np.int_]:
    """Sign of the points that belong to `length` equal signs in a row."""
    if len(signs) < length:
        return np.zeros(len(signs) + points - length, int)
    total = sliding_window_view(signs, length).sum(axis=1)
    return _members(np.where(np.abs(total) == length, np.sign(total), 0), points)


def _two_in_three(side: NDArray[np.int_], near: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Sign of the points near a limit in three on one side of which two are near."""
    if len(side) < 3:
        return np.zeros(len(side), int)
    total = sliding_window_view(side, 3).sum(axis=1)
    enough = sliding_window_view(near, 3).sum(axis=1) >= 2
    return np.where(near, _members(np.where(enough & (np.abs(total) == 3), total // 3, 0), 3), 0)


def _members(hits: NDArray[np.int_], points: int) -> NDArray[np.int_]:
    """Spread the sign of each window over the points it covers; the earlier window wins."""
    covered = np.zeros(len(hits) + points - 1, int)
    for offset in reversed(range(points)):
        part = covered[offset : offset + len(hits)]
        np.copyto(part, hits, where=part == 0)
    return covered


def _first_cause(signs: NDArray[np.int_]) -> tuple[NDArray[np.str_], NDArray[np.int_]]:
    """Name and side of the first rule each point breaks."""
    first = np.argmax(signs != 0, axis=0)
    sign = np.take_along_axis(signs, first[None], axis=0)[0]
    above, below = (np.array(names)[first] for names in zip(*_RULES, strict=True))
    return np.where(sign == 0, COMMON_CAUSE, np.where(sign > 0, above, below)), sign


def _assurance(target: float, low: float, high: float, direction: int) -> str:
    if low <= target <= high:
        return "inconsistent"
    met = target < low if direction == 1 else target > high
    return "consistent_pass" if met else "consistent_fail"

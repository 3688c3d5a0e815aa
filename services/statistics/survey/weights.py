"""Weights: what unequal ones cost, and how they are brought to known totals."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from services.statistics.checks import Array, codes, column, positive_weights

_RAKING_ROUNDS = 1000
_RAKING_TOLERANCE = 1e-9


def kish(weights: ArrayLike) -> tuple[float, float]:
    """Design effect of unequal weights, 1 + CV², and the effective number of answers.

    One weight per respondent; NaN without any. ValueError: a weight negative or missing, all zero.
    Source: Kish (1965) Survey Sampling, 11.7; Kish (1992) J Off Stat 8:183-200.
    """
    w = positive_weights(weights)
    if not len(w):
        return np.nan, np.nan
    n_eff = w.sum() ** 2 / (w**2).sum()
    return float(len(w) / n_eff), float(n_eff)


def post_stratify(weights: ArrayLike, labels: ArrayLike, totals: Mapping[object, float]) -> Array:
    """Weights scaled within each cell so that they sum to the cell's population total.

    One weight and one label per respondent; totals: label → people. ValueError: labels and
    totals do not name the same cells, a total not positive, a cell of no weight, bad weights.
    Source: Holt and Smith (1979) JRSS A 142:33-46.
    """
    w = positive_weights(weights)
    code, target = _cells(labels, totals, len(w))
    sums = np.bincount(code, weights=w)
    if not (sums > 0).all():
        raise ValueError("a cell has no weight")
    return w * (target / sums)[code]


def rake(
    weights: ArrayLike,
    columns: Mapping[str, ArrayLike],
    margins: Mapping[str, Mapping[object, float]],
) -> Array:
    """Weights scaled in turn to each margin until every |ratio − 1| < 1e-9.

    columns: name → one label per respondent; margins: name → (label → people). ValueError: as
    in `post_stratify`, margins that sum to different totals, or no convergence.
    Source: Deming and Stephan (1940) Ann Math Stat 11:427-444.
    """
    w = positive_weights(weights)
    sums = [sum(totals.values()) for totals in margins.values()]
    if columns.keys() != margins.keys() or not np.allclose(sums, sums[:1], rtol=1e-9):
        raise ValueError("columns and margins must have the same names and one total")
    for _ in range(_RAKING_ROUNDS):
        gap = 0.0
        for name, totals in margins.items():
            before, w = w, post_stratify(w, columns[name], totals)
            ratio = np.divide(w, before, out=np.ones_like(w), where=before > 0)
            gap = max(gap, np.abs(ratio - 1).max())
        if gap < _RAKING_TOLERANCE:
            return w
    raise ValueError("raking does not converge: the margins contradict each other")


def _cells(
    labels: ArrayLike, totals: Mapping[object, float], n: int
) -> tuple[NDArray[np.intp], Array]:
    """Cell number of each respondent and the total of each cell."""
    code = codes(labels, "labels", n)
    cells = np.unique(np.asarray(labels)).tolist()
    if set(cells) != set(totals):
        raise ValueError("labels and totals do not name the same cells")
    target = column([totals[cell] for cell in cells], "totals")
    if not (target > 0).all():
        raise ValueError("a total is not positive")
    return code, target

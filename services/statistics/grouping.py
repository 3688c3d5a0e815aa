"""Groups of areas that cannot be told apart, and the ranks each may have."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def letter_groups(different: ArrayLike) -> list[frozenset[int]]:
    """The largest sets of areas of which no two differ; together they hold every area.

    different: areas × areas, True where a pair was told apart, symmetric. Two areas that cannot
    be told apart share at least one set, two that differ share none; sets may overlap. No area
    gives no set. ValueError: not square, not symmetric, an area that differs from itself.
    Source: Piepho (2004) J Comput Graph Stat 13:456-466, insert and absorb.
    """
    apart = _square(different)
    if (apart != apart.T).any() or apart.diagonal().any():
        raise ValueError("different must be symmetric, and no area differs from itself")
    groups = [frozenset(range(len(apart)))] if len(apart) else []
    for first, second in np.argwhere(np.triu(apart)).tolist():
        torn = [group for group in groups if {first, second} <= group]
        halves = [group - {one} for group in torn for one in (first, second)]
        groups = _absorbed([group for group in groups if group not in torn] + halves)
    return groups


def rank_ranges(higher: ArrayLike) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Best and worst rank of each area; 1 is the highest.

    higher: areas × areas, True where the area of the row was told to lie above that of the
    column. Best is one more than are told to be above, worst leaves room for all not told to be
    below. Where the tests hold for all pairs at once, so do the ranges. ValueError: not square.
    Source: Mogstad, Romano, Shaikh, Wilhelm (2024) Rev Econ Stud 91:476-518.
    """
    above = _square(higher)
    return above.sum(axis=0) + 1, len(above) - above.sum(axis=1)


def _absorbed(groups: list[frozenset[int]]) -> list[frozenset[int]]:
    """Without those that lie within another, each once."""
    kept: list[frozenset[int]] = []
    for group in sorted(groups, key=len, reverse=True):
        if not any(group <= other for other in kept):
            kept.append(group)
    return kept


def _square(matrix: ArrayLike) -> NDArray[np.bool_]:
    array = np.asarray(matrix, dtype=bool)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ValueError("the matrix must have a row and a column for every area")
    return array

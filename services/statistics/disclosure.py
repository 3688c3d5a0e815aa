"""Small cells: which to leave out of a table, and the proof that nobody can work them out."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse

from services.statistics.checks import Array, numbers

# Counts that differ by less are the same to the solver.
_EXACT = 1e-6
Mask = NDArray[np.bool_]


def suppress(table: ArrayLike, minimum: float) -> Mask:
    """Cells to leave out (True), given that the row, column and grand totals are printed.

    table: counts, as a list with its total or as rows × columns; one row or one column is a
    list. Hidden are the counts above 0 and below `minimum`, and beside each as few and as small
    others as it takes to move counts about without moving a total. A 0 needs no hiding: nobody
    stands behind it. Where the totals alone give a count away (one cell, or everything in one
    row or column) no mask helps: all that is not 0 is hidden, `audit` reports it, and the totals
    must not be printed either. ValueError: a count negative or missing, three dimensions.
    Source: Cox (1980) JASA 75:377-385.
    """
    counts = _counts(table)
    grid = _grid(counts)
    hidden = (grid > 0) & (grid < minimum)
    # Smallest first: what hides beside it often serves the others too.
    for row, column in sorted(np.argwhere(hidden).tolist(), key=lambda cell: grid[*cell]):
        companions = _in_list if 1 in grid.shape else _in_rectangle
        hidden |= companions(grid, hidden, row, column)
    return hidden.reshape(counts.shape)


def audit(table: ArrayLike, mask: ArrayLike) -> Mask:
    """Hidden cells (True) whose count follows exactly from what is printed.

    table and errors as in `suppress`; mask: True where a cell is hidden, of the same shape.
    """
    low, high = ranges(table, mask)
    return np.asarray(mask, dtype=bool) & (high - low < _EXACT)


def ranges(table: ArrayLike, mask: ArrayLike) -> tuple[Array, Array]:
    """Least and greatest count of each cell that agree with the printed cells and totals.

    Shapes and errors as in `audit`; a printed cell has its own count as both. A reader is taken
    to know that counts are not negative, and nothing else. Source: linear programmes over the
    hidden cells, as in Fischetti and Salazar (2001) Manage Sci 47:1008-1027.
    """
    counts = _counts(table)
    hidden = np.asarray(mask, dtype=bool)
    if hidden.shape != counts.shape:
        raise ValueError(f"mask must have the shape of the table, {counts.shape}")
    low, high = counts.copy(), counts.copy()
    cells = int(hidden.sum())
    if cells:
        solved = _extremes(_totals(_grid(hidden)), counts[hidden])
        low[hidden], high[hidden] = solved[:cells], solved[cells:]
    return low, high


def _extremes(totals: sparse.csr_array, counts: Array) -> Array:
    """Minimum of every hidden cell, then maximum, all programmes solved as one."""
    cells = len(counts)
    aims = np.vstack([np.eye(cells), -np.eye(cells)])
    best = optimize.linprog(
        aims.ravel(),
        A_eq=sparse.kron(sparse.eye_array(2 * cells), totals, format="csr"),
        b_eq=np.tile(totals @ counts, 2 * cells),
        method="highs",
    )
    return (np.abs(aims) * best.x.reshape(aims.shape)).sum(axis=1)


def _totals(hidden: Mask) -> sparse.csr_array:
    """Which hidden cells (columns) enter which printed total (rows)."""
    row, column = np.nonzero(hidden)
    every = np.arange(len(row))
    if 1 in hidden.shape:
        return sparse.csr_array(np.ones((1, len(row))))
    lines = np.concatenate([row, hidden.shape[0] + column])
    shape = (sum(hidden.shape), len(row))
    return sparse.csr_array((np.ones(2 * len(row)), (lines, np.tile(every, 2))), shape=shape)


def _in_list(grid: Array, hidden: Mask, row: int, column: int) -> Mask:
    """A cell hidden alone is the total less the rest: hide the smallest other."""
    chosen = np.zeros_like(hidden)
    if hidden.sum() == 1 and grid.size > 1:
        price = _price(grid, hidden)
        price[row, column] = np.inf
        chosen.flat[price.argmin()] = True
    return chosen


def _in_rectangle(grid: Array, hidden: Mask, row: int, column: int) -> Mask:
    """The cheapest rectangle round the cell in which a count can be moved."""
    price = _price(grid, hidden)
    cost = price + price[row] + price[:, [column]]
    # Either diagonal must have something to give; the cell itself has.
    movable = (grid > 0) | ((grid[row] > 0) & (grid[:, [column]] > 0))
    cost[~movable] = np.inf
    cost[row], cost[:, column] = np.inf, np.inf
    if not np.isfinite(cost).any():
        return grid > 0
    other_row, other_column = np.unravel_index(cost.argmin(), cost.shape)
    chosen = np.zeros_like(hidden)
    chosen[np.ix_([row, other_row], [column, other_column])] = True
    return chosen


def _price(grid: Array, hidden: Mask) -> Array:
    """What hiding a cell loses. A 0 comes last: many a reader knows that nobody is there."""
    return np.where(hidden, 0.0, np.where(grid > 0, grid, grid.sum() + 1))


def _counts(table: ArrayLike) -> Array:
    counts = numbers(table, "table")
    if counts.ndim not in (1, 2):
        raise ValueError(f"a table has one or two dimensions, not {counts.ndim}")
    if (counts < 0).any():
        raise ValueError("a count is negative")
    return counts


def _grid(cells: NDArray) -> NDArray:
    """Rows × columns; a list becomes one row."""
    return cells if cells.ndim == 2 else cells[None, :]

"""How the explained variation of an outcome divides among correlated drivers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

from services.statistics.checks import Array, column, numbers, positive_weights, two_sided

MAXIMUM_LMG = 12
_MANY = 10_000  # respondents, of whom every sum is normal
_AT_ONCE = 20  # draws, of which each takes as many numbers as there are different answers
Method = Callable[..., Array]


def relative_weights(X: ArrayLike, y: ArrayLike, weights: ArrayLike | None = None) -> Array:
    """Share of the variance of y carried by each column of X; the shares sum to R².

    X: respondents × drivers; y, weights: one value per respondent; any units. ValueError: shapes
    that differ, missing values, no more respondents than drivers, a column or y that does not
    vary, columns that determine each other.
    Source: Johnson (2000) Multivar Behav Res 35:1-19; equals Genizi (1993).
    """
    return _relative_weights(*_correlations(X, y, weights))


def _relative_weights(among: Array, with_y: Array) -> Array:
    value, vector = np.linalg.eigh(among)
    root = (vector * np.sqrt(value)) @ vector.T
    return root**2 @ np.linalg.solve(root, with_y) ** 2


def lmg(X: ArrayLike, y: ArrayLike, weights: ArrayLike | None = None) -> Array:
    """R² gained by each driver, averaged over all orders of entry (Shapley); sums to R².

    Shapes and errors as in `relative_weights`; at most 12 drivers.
    Source: Lindeman, Merenda, Gold (1980); Grömping (2006) J Stat Softw 17(1).
    """
    return _lmg(*_correlations(X, y, weights))


def _lmg(among: Array, with_y: Array) -> Array:
    k = len(with_y)
    if k > MAXIMUM_LMG:
        raise ValueError(f"at most {MAXIMUM_LMG} drivers, not {k}")
    members = [[j for j in range(k) if subset >> j & 1] for subset in range(2**k)]
    explained = [
        with_y[s] @ np.linalg.solve(among[np.ix_(s, s)], with_y[s]) if s else 0.0 for s in members
    ]
    gain = np.zeros(k)
    for subset, inside in enumerate(members):
        for j in set(range(k)) - set(inside):
            orders = k * comb(k - 1, len(inside))
            gain[j] += (explained[subset | 1 << j] - explained[subset]) / orders
    return gain


def bands(
    method: Method,
    X: ArrayLike,
    y: ArrayLike,
    weights: ArrayLike | None = None,
    draws: int = 500,
    seed: int = 0,
    level: float = 0.95,
) -> tuple[Array, Array]:
    """Bootstrap percentile band of each driver's share (0 to 1) of the explained variance.

    method: `relative_weights` or `lmg`; respondents are drawn with replacement, the same for the
    same seed; draws in which something does not vary are left out. From 10,000 respondents on the
    sums of a draw are taken from the normal distribution that they have by then. Other arguments
    and errors as in `relative_weights`. Source: Efron and Tibshirani (1993), chapter 13.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    w = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=float)
    method(X, y, w)
    divide = {relative_weights: _relative_weights, lmg: _lmg}[method]
    data = np.column_stack([X, y])
    usual, shares = data.var(axis=0), []
    data -= np.average(data, axis=0, weights=w)
    drawn = _drawn_sums if len(data) < _MANY else _normal_sums
    for sums in drawn(data, w, draws, np.random.default_rng(seed)):
        try:
            importance = divide(*_from_sums(sums, usual))
        except ValueError:
            continue
        shares.append(importance / importance.sum())
    if not shares:
        raise ValueError("in no draw do all drivers vary")
    upper = two_sided(level)
    low, high = np.quantile(shares, [1 - upper, upper], axis=0)
    return low, high


def _products(answers: Array) -> Array:
    """1, z and zz′ of each row z."""
    first, second = np.triu_indices(answers.shape[1])
    return np.column_stack([np.ones(len(answers)), answers, answers[:, first] * answers[:, second]])


def _normal_sums(data: Array, w: Array, draws: int, random: np.random.Generator) -> Iterator[Array]:
    """As `_drawn_sums` for so many respondents that the sums are normal (central limit)."""
    total, squares = 0.0, 0.0
    for start in range(0, len(w), _MANY):  # so many at once, for the sake of memory
        some = slice(start, start + _MANY)
        products = w[some, None] * _products(data[some])
        total, squares = total + products.sum(axis=0), squares + products.T @ products
    value, vector = np.linalg.eigh(squares - np.outer(total, total) / len(w))
    root = vector * np.sqrt(np.maximum(value, 0.0))
    yield from total + random.normal(size=(draws, len(value))) @ root.T


def _drawn_sums(data: Array, w: Array, draws: int, random: np.random.Generator) -> Iterator[Array]:
    """Per draw Σw, Σwz and Σwzz′ of the answers z, many draws by one product of matrices."""
    # Who answered alike is one row of more weight: thousands of respondents become hundreds.
    answers, row = np.unique(data, axis=0, return_inverse=True)
    products = _products(answers)
    for start in range(0, draws, _AT_ONCE):
        weight = np.empty((min(_AT_ONCE, draws - start), len(answers)))
        for own in weight:
            drawn = random.integers(len(row), size=len(row))
            own[:] = np.bincount(row[drawn], w[drawn], len(answers))
        yield from weight @ products


def _from_sums(sums: Array, usual: Array) -> tuple[Array, Array]:
    """Correlations as `_correlations` gives them; `usual`: the columns' variances beforehand."""
    columns = len(usual)
    mean = sums[1 : columns + 1] / sums[0]
    covariance = np.empty((columns, columns))
    upper = np.triu_indices(columns)
    covariance[upper] = covariance.T[upper] = sums[columns + 1 :] / sums[0]
    covariance -= np.outer(mean, mean)
    return _correlated(covariance, np.diag(covariance) > 1e-12 * usual)


def grades(low: ArrayLike, high: ArrayLike) -> tuple[str, ...]:
    """Grade per driver, high · middle · low: its band above, across or below an equal share.

    low, high: one value per driver, from `bands`. ValueError: lengths differ, missing values.
    """
    low = column(low, "low")
    high = column(high, "high", len(low))
    equal = 1 / len(low)
    grade = np.where(low > equal, "high", np.where(high < equal, "low", "middle"))
    return tuple(grade.tolist())


def _correlations(X: ArrayLike, y: ArrayLike, weights: ArrayLike | None) -> tuple[Array, Array]:
    """Weighted correlations among the columns of X, and of each with y."""
    X = numbers(X, "X")
    if X.ndim != 2 or not 0 < X.shape[1] < X.shape[0]:
        raise ValueError("X must be respondents × drivers, with more respondents than drivers")
    y = column(y, "y", len(X))
    w = positive_weights(np.ones(len(X)) if weights is None else weights, len(X))
    data = np.column_stack([X, y])
    data = data - np.average(data, axis=0, weights=w)
    covariance = (w[:, None] * data).T @ data / w.sum()
    varies = np.sqrt(np.diag(covariance)) > 1e-12 * np.abs(np.column_stack([X, y])).max(axis=0)
    return _correlated(covariance, varies)


def _correlated(covariance: Array, varies: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Correlations among all but the last column, and of each with the last."""
    if not varies.all():
        raise ValueError("a driver or the outcome does not vary")
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)
    among = correlation[:-1, :-1]
    if np.linalg.eigvalsh(among)[0] < 1e-10:
        raise ValueError("the drivers determine each other")
    return among, correlation[:-1, -1]

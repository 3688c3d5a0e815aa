"""Checks on what goes into a statistical method, each failing with one clear sentence."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Array = NDArray[np.float64]


def numbers(values: ArrayLike, name: str) -> Array:
    """`values` as floats of the same shape. ValueError when one is missing or infinite."""
    array = np.asarray(values, dtype=float)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} has a missing or infinite value")
    return array


def column(values: ArrayLike, name: str, length: int | None = None) -> Array:
    """`numbers` in one dimension, of the given length if one is given. ValueError otherwise."""
    array = numbers(values, name)
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not {array.ndim}")
    if length is not None and len(array) != length:
        raise ValueError(f"{name} has {len(array)} values where {length} are expected")
    return array


def counts(x: ArrayLike, n: ArrayLike) -> tuple[Array, Array]:
    """Broadcast x out of n; n = 0 becomes NaN, so that it carries through as "no estimate".

    Counts may be fractional (weighted). ValueError when one is negative or missing, or x > n.
    """
    x, n = np.broadcast_arrays(numbers(x, "x"), numbers(n, "n"))
    if (x < 0).any() or (n < 0).any():
        raise ValueError("a count is negative")
    if (x > n).any():
        raise ValueError("x is larger than n")
    return x, np.where(n == 0, np.nan, n)


def codes(labels: ArrayLike, name: str, n: int) -> NDArray[np.intp]:
    """Each label as its number in sorted order. ValueError unless there are n labels."""
    array = np.asarray(labels)
    if array.shape != (n,):
        raise ValueError(f"{name} must have {n} labels")
    return np.unique(array, return_inverse=True)[1]


def positive_weights(weights: ArrayLike, length: int | None = None) -> Array:
    """Weights in one dimension. ValueError when one is negative or missing, or all are zero.

    None at all is not an error: without respondents there is nothing to weigh.
    """
    array = column(weights, "weights", length)
    if (array < 0).any():
        raise ValueError("a weight is negative")
    if len(array) and not array.sum() > 0:
        raise ValueError("the weights sum to zero")
    return array


def probability(value: float, name: str) -> float:
    """`value` itself. ValueError unless it lies strictly between 0 and 1."""
    if not 0 < value < 1:
        raise ValueError(f"{name} must lie between 0 and 1, not {value}")
    return float(value)


def two_sided(level: float) -> float:
    """Upper tail point of a two-sided level: 0.95 gives 0.975."""
    return 0.5 + probability(level, "level") / 2


def normal_quantile(level: float) -> float:
    """z of a two-sided level: 0.95 gives 1.959964."""
    return float(special.ndtri(two_sided(level)))

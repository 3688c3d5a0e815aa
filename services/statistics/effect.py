"""Whether communities that acted moved differently from those that did not: an association."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from services.statistics.change import Difference, welch
from services.statistics.checks import Array, codes, column, normal_quantile, numbers

EXACT_ASSIGNMENTS = 20_000


@dataclass(frozen=True)
class FixedEffects:
    """Coefficients, and errors clustered by unit: CR0 plain, CR1 × G/(G−1), CR2 bias-reduced."""

    coef: Array
    se_iid: Array
    se_cr0: Array
    se_cr1: Array
    se_cr2: Array
    df: int


@dataclass(frozen=True)
class Association:
    """A correlation from −1 to 1, its interval, and its two-sided p."""

    rho: float
    low: float
    high: float
    p: float


def before_after(treated: ArrayLike, control: ArrayLike) -> Difference:
    """Mean change of the treated communities − mean change of the others (Welch).

    One change (after − before) per community, in the unit of the figure; with more than one
    period on a side, the change of its means. NaN and errors as in `change.welch`.
    Source: Bertrand, Duflo, Mullainathan (2004) Q J Econ 119:249-275, collapsed periods.
    """
    return welch(treated, control)


def permutation_p(treated: ArrayLike, control: ArrayLike, seed: int = 0) -> float:
    """Two-sided p of the difference in means when the labels are dealt out anew.

    One change per community. Up to 20,000 assignments all are counted, otherwise 19,999 are
    drawn, the same for the same seed. NaN where a side is empty. ValueError: a missing value.
    Source: Fisher (1935); Phipson and Smyth (2010) Stat Appl Genet Mol Biol 9:39.
    """
    treated, control = column(treated, "treated"), column(control, "control")
    if not (len(treated) and len(control)):
        return np.nan
    everyone, k = np.concatenate([treated, control]), len(treated)
    exact = comb(len(everyone), k) <= EXACT_ASSIGNMENTS
    if exact:
        chosen = np.array(list(combinations(range(len(everyone)), k)))
        totals = everyone[chosen].sum(axis=1)
    else:
        deals = np.tile(everyone, (EXACT_ASSIGNMENTS - 1, 1))
        totals = np.random.default_rng(seed).permuted(deals, axis=1)[:, :k].sum(axis=1)
    # The difference in means is a rising function of the treated total alone.
    apart = np.abs(totals - k * everyone.mean())
    observed = abs(treated.sum() - k * everyone.mean())
    extreme = np.count_nonzero(apart >= observed - 1e-9 * (1 + np.abs(everyone).sum()))
    return extreme / len(totals) if exact else (extreme + 1) / EXACT_ASSIGNMENTS


def association(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> Association:
    """Rank correlation of two figures of the same places, with its interval and p.

    One value per place. NaN where either figure is the same everywhere; interval and p only from
    four places on. ValueError: lengths that differ, a missing value.
    Source: Spearman (1904) Am J Psychol 15:72-101; error of Fisher's z of a rank correlation:
    Fieller, Hartley, Pearson (1957) Biometrika 44:470-481.
    """
    x = column(x, "x")
    y = column(y, "y", len(x))
    if len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return Association(*[np.nan] * 4)
    rho = float(np.clip(np.corrcoef(stats.rankdata(x), stats.rankdata(y))[0, 1], -1, 1))
    if len(x) < 4:
        return Association(rho, *[np.nan] * 3)
    # At ±1 the scale of z has no end; the interval there is that of a correlation just inside.
    z = np.arctanh(np.clip(rho, -0.999, 0.999))
    error = np.sqrt(1.06 / (len(x) - 3))
    half = normal_quantile(level) * error
    low, high = np.tanh([z - half, z + half])
    return Association(rho, float(low), float(high), float(2 * stats.norm.sf(abs(z) / error)))


def fixed_effects(
    X: ArrayLike, y: ArrayLike, unit: ArrayLike, period: ArrayLike | None = None
) -> FixedEffects:
    """Regression of y on X within units (and periods): what moves when X moves in a place.

    X: rows × columns; y, unit, period: one per row. df = rows − columns − effects. ValueError:
    shapes that differ, missing values, fewer than two units, too few rows, columns of X that
    the effects determine.
    Source: Wooldridge (2010) 10.5; CR2: Bell and McCaffrey (2002) Surv Methodol 28:169-181.
    """
    X, y = np.atleast_2d(numbers(X, "X")), column(y, "y")
    member = codes(unit, "unit", len(y))
    if X.shape[0] != len(y) or member.max() < 1:
        raise ValueError("X must have one row per value of y, and there must be two units")
    dummies = np.zeros((len(y), 0))
    if period is not None:
        moment = codes(period, "period", len(y))
        dummies = (moment[:, None] == np.arange(1, moment.max() + 1)).astype(float)
    design = _within(np.column_stack([X, dummies]), member)
    df = len(y) - design.shape[1] - int(member.max()) - 1
    if df < 1 or np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("the effects leave X nothing to explain")
    return _fit(design, _within(y[:, None], member)[:, 0], member, X.shape[1], df)


def _fit(design: Array, y: Array, member: NDArray[np.intp], columns: int, df: int) -> FixedEffects:
    """Least squares and its errors; `columns` of the design are reported."""
    bread = np.linalg.inv(design.T @ design)
    coef = bread @ design.T @ y
    residual = y - design @ coef
    plain, reduced = [], []
    for group in range(member.max() + 1):
        part, rest = design[member == group], residual[member == group]
        value, vector = np.linalg.eigh(np.eye(len(part)) - part @ bread @ part.T)
        root = np.where(value > 1e-10, 1 / np.sqrt(np.maximum(value, 1e-10)), 0.0)
        plain.append(part.T @ rest)
        reduced.append(part.T @ ((vector * root) @ (vector.T @ rest)))
    cr0, cr2 = (
        np.sqrt(np.diag(bread @ np.transpose(s) @ np.array(s) @ bread)) for s in (plain, reduced)
    )
    iid = np.sqrt(np.diag(bread) * (residual @ residual) / df)
    groups = member.max() + 1
    cr1 = cr0 * np.sqrt(groups / (groups - 1))
    return FixedEffects(coef[:columns], *(se[:columns] for se in (iid, cr0, cr1, cr2)), df)


def _within(columns: Array, member: NDArray[np.intp]) -> Array:
    """Columns less their mean in each unit."""
    size = np.bincount(member)[:, None]
    sums = np.zeros((len(size), columns.shape[1]))
    np.add.at(sums, member, columns)
    return columns - (sums / size)[member]

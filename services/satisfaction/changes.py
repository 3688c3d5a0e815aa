"""Changes between two comparable waves, tested and corrected for the number of comparisons."""

from __future__ import annotations

from typing import Any, NewType

import numpy as np
import pandas as pd
from scipy import stats

from services.satisfaction.scores import ScoreFrame
from services.satisfaction.waves import Wave
from services.statistics.change import benjamini_hochberg
from services.statistics.proportions import minimum_detectable_change

ChangeFrame = NewType("ChangeFrame", pd.DataFrame)
CHANGE_COLUMNS = ("community", "subject", "now", "before", "diff", "margin", "p", "real")
_MOMENTS = ("score", "score_se", "df")


def changes(scores: ScoreFrame, now: Wave, before: Wave, level: float = 0.95) -> ChangeFrame:
    """One row per community × subject shown in both waves.

    diff and margin in points (Welch, unequal variances); `real`: still below 1 − level after
    Benjamini-Hochberg over all rows. Rows with few answers are not compared.
    """
    key = ["community", "subject"]
    comparable = scores[(scores["state"] == "ok") & scores["score_se"].notna()]
    pair = comparable[comparable["wave"] == now.code].merge(
        comparable[comparable["wave"] == before.code], on=key, suffixes=("_now", "_before")
    )
    sides = [pair[[f"{name}_{side}" for name in _MOMENTS]] for side in ("now", "before")]
    found = differences(*sides, level)
    adjusted = benjamini_hochberg(found["p"])
    return ChangeFrame(
        found.assign(
            community=pair["community"],
            subject=pair["subject"],
            now=pair["score_now"],
            before=pair["score_before"],
            real=np.nan_to_num(adjusted, nan=1.0) < 1 - level,
        )[list(CHANGE_COLUMNS)]
    )


def differences(first: pd.DataFrame, second: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Row by row first − second in points: diff, margin and p of Welch's t test.

    Both hold three columns: score, its error, its degrees of freedom. Source: Welch (1947)
    Biometrika 34:28-35.
    """
    (score, error, df), (other, other_error, other_df) = (
        side.to_numpy(float).T for side in (first, second)
    )
    diff, squares = score - other, (error**2, other_error**2)
    variance = squares[0] + squares[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = variance**2 / (squares[0] ** 2 / df + squares[1] ** 2 / other_df)
        freedom = np.where(np.isfinite(freedom), freedom, np.inf)
        p = np.where(
            variance > 0, 2 * stats.t.sf(np.abs(diff) / np.sqrt(variance), freedom), np.nan
        )
    margin = stats.t.ppf(0.5 + level / 2, freedom) * np.sqrt(variance)
    return pd.DataFrame({"diff": diff, "margin": margin, "p": p})


def detectable(row: Any, level: float = 0.95) -> float:
    """The smallest change in points that two waves like a score row's would show; NaN if unknown.

    80 of 100 such changes would be noticed. One answer's deviation is taken from the row itself.
    """
    if row is None or not (row.n >= 2 and row.score_se > 0):
        return np.nan
    return minimum_detectable_change(row.n, row.score_se * np.sqrt(row.n), alpha=1 - level)

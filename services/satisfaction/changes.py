"""Changes between two comparable waves, tested and corrected for the number of comparisons."""

from __future__ import annotations

from typing import NewType

import numpy as np
import pandas as pd
from scipy import stats

from services.satisfaction.scores import ScoreFrame
from services.satisfaction.waves import Wave
from services.statistics.change import benjamini_hochberg

ChangeFrame = NewType("ChangeFrame", pd.DataFrame)
CHANGE_COLUMNS = ("community", "subject", "now", "before", "diff", "margin", "p", "real")


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
    diff = (pair["score_now"] - pair["score_before"]).to_numpy(float)
    squares = [pair[f"score_se_{side}"].to_numpy(float) ** 2 for side in ("now", "before")]
    sizes = [pair[f"n_{side}"].to_numpy(float) for side in ("now", "before")]
    variance = squares[0] + squares[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = variance**2 / sum(s**2 / (n - 1) for s, n in zip(squares, sizes, strict=True))
        freedom = np.where(np.isfinite(freedom), freedom, np.inf)
        p = np.where(
            variance > 0, 2 * stats.t.sf(np.abs(diff) / np.sqrt(variance), freedom), np.nan
        )
    margin = stats.t.ppf(0.5 + level / 2, freedom) * np.sqrt(variance)
    adjusted = np.asarray(benjamini_hochberg(p)) if len(p) else p
    return ChangeFrame(
        pd.DataFrame(
            {
                "community": pair["community"],
                "subject": pair["subject"],
                "now": pair["score_now"],
                "before": pair["score_before"],
                "diff": diff,
                "margin": margin,
                "p": p,
                "real": np.nan_to_num(adjusted, nan=1.0) < 1 - level,
            },
            columns=list(CHANGE_COLUMNS),
        )
    )

"""Score rows as services.satisfaction gives them, with only what a test is about."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd

from services.satisfaction import SCORE_COLUMNS, Option, Wave

WAVE = Wave(
    code="w1",
    label="第三季度调查",
    mode="telephone",
    scale="three_grade",
    wording="1",
    first_day=date(2023, 9, 1),
    last_day=date(2023, 9, 20),
    options=(
        Option("satisfied", "满意", 100.0, True),
        Option("fairly_satisfied", "基本满意", 75.0, True),
        Option("dissatisfied", "不满意", 55.0, False),
        Option("dont_know", "不了解", None, False),
    ),
)


def rows(*places: tuple[str, float, float, float]) -> pd.DataFrame:
    """Community, score, its error and n; the state follows from n as on the pages."""
    return pd.DataFrame([_row(*place) for place in places], columns=list(SCORE_COLUMNS))


def whole(score: float, score_se: float, n: float, state: str = "ok") -> SimpleNamespace:
    """The row of all communities together."""
    return SimpleNamespace(**_row("", score, score_se, n) | {"state": state})


def _row(community: str, score: float, score_se: float, n: float) -> dict[str, object]:
    state = "hidden" if n < 10 else "few" if n < 30 else "ok"
    figures = {
        "n": n,
        "n_total": n,
        "dont_know_rate": 0.0,
        "score": score,
        "score_se": score_se,
        "low": score - 2 * score_se,
        "high": score + 2 * score_se,
        "share": 0.9,
        "share_low": 0.8,
        "share_high": 1.0,
        "df": n - 1,
    }
    if state == "hidden":
        figures = dict.fromkeys(figures, np.nan)
    return {"wave": "w1", "community": community, "subject": "overall", "state": state} | figures

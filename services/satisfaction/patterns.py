"""What a wave's answers show beside its scores, found once and kept with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from db.engine import Session
from db.writes import patterns as writes
from services.satisfaction.drivers import shares
from services.satisfaction.integrity import findings
from services.satisfaction.waves import OVERALL

Floats = NDArray[np.float64]


def keep(
    session: Session,
    wave: str,
    people: pd.DataFrame,
    chosen: Mapping[int, NDArray[np.int16]],
    scores: Mapping[str, tuple[Floats, Floats]],
    weights: Mapping[str, Floats | None],
) -> None:
    """Keep who took part, what goes together and what is worth a check, in the caller's
    transaction.

    people and chosen as in services.satisfaction.estimates.Sample; scores: subject → everybody's
    points and satisfied share; weights: basis → one weight per respondent, or None for equal.
    """
    nobody = np.full(len(people), np.nan)
    overall, satisfied = scores.get(OVERALL, (nobody, nobody))
    domains = {subject: points for subject, (points, _) in scores.items() if subject != OVERALL}
    writes.replace_patterns(
        session,
        wave,
        _margins(people),
        [row for basis, own in weights.items() for row in shares(overall, domains, basis, own)],
        findings(people, chosen, satisfied),
    )


def _margins(people: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """How many there are of each sex and age group; of a column that was not asked, nothing."""
    for margin in ("sex", "age_group"):
        if (people[margin] != "").any():
            for label, count in people[margin].value_counts().items():
                yield {"margin": margin, "label": str(label), "count": int(count)}

"""What goes together with overall satisfaction: each domain's share, found once per wave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.statistics.drivers import bands, relative_weights

MINIMUM = 100  # complete answers; with fewer the bands hold almost everything

Floats = NDArray[np.float64]


def shares(
    overall: Floats, domains: Mapping[str, Floats], basis: str, weights: Floats | None
) -> Iterator[dict[str, Any]]:
    """A row per domain, as db.writes.patterns takes it; none where nothing can be said.

    overall, domains: everybody's points, NaN without a valid answer; only respondents with an
    answer to everything count. Bands: 500 bootstrap draws, the same for the same answers.
    Source: Johnson (2000), see services.statistics.drivers.
    """
    asked = {subject: points for subject, points in domains.items() if np.isfinite(points).any()}
    if len(asked) < 2:
        return
    table = np.column_stack([overall, *asked.values()])
    complete = np.isfinite(table).all(axis=1)
    table = table[complete]
    if len(table) < MINIMUM:
        return
    varies = np.ptp(table, axis=0) > 0
    subjects = [subject for subject, known in zip(asked, varies[1:], strict=True) if known]
    if not varies[0] or len(subjects) < 2:
        return
    y, X = table[:, 0], table[:, 1:][:, varies[1:]]
    own = None if weights is None else weights[complete]
    try:
        importance = relative_weights(X, y, own)
        low, high = bands(relative_weights, X, y, own)
    except ValueError:
        return  # domains of which one tells the others
    figures = zip(importance / importance.sum(), low, high, strict=True)
    for subject, (share, least, most) in zip(subjects, figures, strict=True):
        yield {
            "basis": basis,
            "subject": subject,
            "n": len(table),
            "share": float(share),
            "low": float(least),
            "high": float(most),
        }

"""Which survey figures may not be shown, so that none of few answers can be read or worked out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from services.satisfaction.waves import SUBDISTRICT
from services.statistics.disclosure import suppress

_TABLE = ["wave", "subject"]


def concealed(frame: pd.DataFrame, least: int, communities: Sequence[str] = ()) -> pd.Series:
    """Rows to hide (True), given that all others and the sums of any choice of places are shown.

    frame: wave, community ("" is the sum over the chosen ones, or over all), subject, n; all
    communities are in it, whichever were chosen. Hidden are rows with fewer than `least` answers;
    beside them as many of the smallest others of the same question as it takes for two to be
    hidden, with `least` answers together; and the sum of a choice with some, but not all of them.
    Shown figures then tell of the hidden ones nothing but their sum.
    """
    n = frame["n"].to_numpy(float)
    place = (frame["community"] != SUBDISTRICT).to_numpy()
    chosen = frame["community"].isin(communities).to_numpy()
    hidden = n < least
    for rows in frame.groupby(_TABLE).indices.values():
        whole, places = rows[~place[rows]], rows[place[rows]]
        beside = places[_beside(n[places], least)]
        hidden[beside] = True
        if chosen[beside].any() and not chosen[beside].all():
            hidden[whole] = True
    return pd.Series(hidden, index=frame.index)


def _beside(counts: NDArray[np.float64], least: int) -> NDArray[np.bool_]:
    """One question's places to hide, those with few answers and those beside them."""
    if not (counts < least).any():
        return np.zeros(len(counts), dtype=bool)
    mask = suppress(counts, least)
    for place in np.argsort(counts, kind="stable"):
        if not mask.any() or counts[mask].sum() >= least:
            break
        mask[place] |= counts[place] > 0
    return mask

"""Which survey figures may not be shown, so that none of few answers can be read or worked out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

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
    hidden = frame["n"] < least
    places = frame[frame["community"] != SUBDISTRICT]
    fewest = places.groupby(_TABLE)["n"].transform("min")
    for table, counts in places[fewest < least].groupby(_TABLE)["n"]:
        beside = _beside(counts, least)
        hidden[beside] = True
        inside = places.loc[beside, "community"].isin(communities)
        if inside.any() and not inside.all():
            hidden |= _whole_of(frame, table)
    return hidden


def _beside(counts: pd.Series, least: int) -> pd.Index:
    """One question's places to hide, those with few answers and those beside them."""
    mask = pd.Series(suppress(counts, least), index=counts.index)
    for place in counts[~mask & (counts > 0)].sort_values(kind="stable").index:
        if not mask.any() or counts[mask].sum() >= least:
            break
        mask[place] = True
    return counts.index[mask]


def _whole_of(frame: pd.DataFrame, table: tuple[str, str]) -> pd.Series:
    wave, subject = table
    return (
        (frame["community"] == SUBDISTRICT)
        & (frame["wave"] == wave)
        & (frame["subject"] == subject)
    )

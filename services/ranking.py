"""Communities in groups that can be told apart: no rank without its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NewType

import numpy as np
import pandas as pd

from services.satisfaction.changes import differences
from services.satisfaction.funnel import Funnel
from services.statistics.change import holm
from services.statistics.grouping import letter_groups, rank_ranges

LeagueFrame = NewType("LeagueFrame", pd.DataFrame)
LEAGUE_COLUMNS = (
    "community",
    "score",
    "score_se",
    "low",
    "high",
    "n",
    "state",
    "group",
    "best",
    "worst",
)
_MOMENTS = ["score", "score_se", "df"]


def league(
    rows: pd.DataFrame, funnel: Funnel | None, order: Mapping[str, int], level: float = 0.95
) -> LeagueFrame:
    """The communities of one wave and subject, best group first, in official order inside it.

    rows: of services.satisfaction.scores without the whole; order: community → official place.
    `group`: the numbers, from 0, of the sets a community belongs to; two that share one cannot
    be told apart (Welch, all pairs, Holm: right for all pairs at once, however they depend on
    each other). `best` and `worst` bound its rank. Without a set, and last: few answers, then
    hidden. `state` becomes above or below beyond the 99.8 % limits of the funnel, never else.
    Sources: Holm (1979) Scand J Stat 6:65-70; services.statistics.grouping.
    """
    rows = rows.assign(place=rows["community"].map(order)).sort_values("place", kind="stable")
    compared = rows[(rows["state"] == "ok") & rows["score_se"].notna()].reset_index(drop=True)
    higher = _told_higher(compared, level)
    best, worst = rank_ranges(higher)
    ranks = pd.DataFrame({"community": compared["community"], "best": best, "worst": worst})
    frame = rows.merge(ranks, on="community", how="left")
    groups = dict(zip(compared["community"], _groups(compared, higher | higher.T), strict=True))
    frame["group"] = [groups.get(community, ()) for community in frame["community"]]
    if funnel is not None:
        frame["state"] = funnel.flags(frame)
    frame["level"] = [np.mean(group) if group else np.inf for group in frame["group"]]
    frame["hidden"] = frame["state"] == "hidden"
    frame = frame.sort_values(["level", "hidden"], kind="stable")
    return LeagueFrame(frame[list(LEAGUE_COLUMNS)].reset_index(drop=True))


def _told_higher(rows: pd.DataFrame, level: float) -> np.ndarray:
    """Communities × communities: the first was told to lie above the second."""
    first, second = np.triu_indices(len(rows), 1)
    moments = rows[_MOMENTS]
    found = differences(moments.iloc[first], moments.iloc[second], level)
    told = np.nan_to_num(holm(found["p"]), nan=1.0) < 1 - level
    higher = np.zeros((len(rows), len(rows)), dtype=bool)
    higher[first, second] = told & (found["diff"].to_numpy() > 0)
    higher[second, first] = told & (found["diff"].to_numpy() < 0)
    return higher


def _groups(rows: pd.DataFrame, different: np.ndarray) -> list[tuple[int, ...]]:
    """The sets each row belongs to; 0 is the set with the highest mean score."""
    score = rows["score"].to_numpy(float)
    groups = sorted(
        letter_groups(different), key=lambda group: (-score[list(group)].mean(), min(group))
    )
    return [
        tuple(number for number, group in enumerate(groups) if row in group)
        for row in range(len(rows))
    ]

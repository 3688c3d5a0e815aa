"""Scores and shares of survey waves by community and subject, with intervals and n."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NewType

import numpy as np
import pandas as pd
from scipy import stats

from db.engine import Session
from db.reads import respondents as kept
from db.reads import survey as reads
from services.satisfaction.estimates import UNWEIGHTED, WEIGHTED, together
from services.satisfaction.small_cells import concealed
from services.satisfaction.waves import SUBDISTRICT, Wave
from services.settings import Thresholds
from services.statistics.proportions import score_interval

# A standard error below this is rounding: everyone answered alike.
_ALIKE = 1e-9

ScoreFrame = NewType("ScoreFrame", pd.DataFrame)
SCORE_COLUMNS = (
    "wave",
    "community",
    "subject",
    "n",
    "n_total",
    "dont_know_rate",
    "score",
    "score_se",
    "low",
    "high",
    "share",
    "share_low",
    "share_high",
    "df",
    "n_eff",
    "deff",
    "basis",
    "state",
)
_KEY = ["wave", "community", "subject"]
_TABLE = ["wave", "subject"]
_FIGURES = list(SCORE_COLUMNS[3:-2])
_ESTIMATE = ["n", "n_total", "dont_know_rate", "score", "score_se", "df", "share", "share_se"]
_ESTIMATE += ["n_eff", "deff", "basis"]


def scores(
    session: Session,
    waves: Sequence[Wave],
    thresholds: Thresholds,
    communities: Sequence[str] = (),
    subjects: Sequence[str] = (),
    basis: str = WEIGHTED,
) -> ScoreFrame:
    """One row per wave × community × subject; community "" is all the chosen ones together.

    Scores on the wave's own scale, shares from 0 to 1 among valid answers, options without
    points out of both bases. `state`: ok · few (not to be compared) · hidden (figures blank).
    Where a wave has respondents its kept estimates count: on the basis asked for, unweighted
    where there is nothing to weigh by. A published score has score and n only.
    """
    codes = [wave.code for wave in waves]
    # Hiding looks at all communities: else one choice would uncover what another one hides.
    frame = pd.concat(
        [
            _kept(session, codes, communities, subjects, basis),
            _counted(session, waves, communities, subjects),
        ],
        ignore_index=True,
    )
    frame = _intervals(frame, waves, thresholds.level)
    frame = _with_published(frame, reads.published(session, codes), communities, subjects)
    frame = _guarded(frame, thresholds, communities)
    if communities:
        frame = frame[frame["community"].isin([SUBDISTRICT, *communities])]
    return ScoreFrame(frame[list(SCORE_COLUMNS)].reset_index(drop=True))


def _kept(
    session: Session,
    codes: Sequence[str],
    communities: Sequence[str],
    subjects: Sequence[str],
    basis: str,
) -> pd.DataFrame:
    """The estimates of waves that have respondents."""
    rows = kept.estimates(session, codes, subjects)
    weighted = rows.loc[rows["basis"] == WEIGHTED, "wave"].unique()
    wanted = np.where(rows["wave"].isin(weighted), basis, UNWEIGHTED)
    rows = rows[rows["basis"] == wanted]
    if communities:
        places = rows[rows["community"] != SUBDISTRICT]
        chosen = places[places["community"].isin(communities)]
        whole = together(chosen, [*_TABLE, "basis"]).assign(community=SUBDISTRICT)
        rows = pd.concat([places, whole], ignore_index=True)
    return rows[[*_KEY, *_ESTIMATE]]


def _counted(
    session: Session, waves: Sequence[Wave], communities: Sequence[str], subjects: Sequence[str]
) -> pd.DataFrame:
    """Estimates from the counts of waves that came without respondents."""
    own = set(kept.waves_of_respondents(session))
    codes = [wave.code for wave in waves if wave.code not in own]
    parts = reads.tally_sums(session, codes, subjects)
    chosen = parts[parts["community"].isin(communities)] if communities else parts
    whole = chosen.drop(columns="community").groupby(_TABLE, as_index=False).sum()
    sums = pd.concat([parts, whole.assign(community=SUBDISTRICT)], ignore_index=True)
    n, total = sums["n"].to_numpy(float), sums["n_total"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = sums["points"].to_numpy(float) / n
        share = sums["satisfied"].to_numpy(float) / n
        variance = np.maximum(sums["squares"].to_numpy(float) / n - score**2, 0.0)
        # The domain estimator: valid answers are a random part of all answers.
        squared_error = variance * total / (total - 1) / n
        dont_know = 1 - n / total
    return sums[_KEY].assign(
        n=n,
        n_total=total,
        dont_know_rate=dont_know,
        score=score,
        score_se=np.sqrt(np.where(variance < 1e-12, 0.0, squared_error)),
        df=np.maximum(n - 1, 1),
        share=share,
        # Counts alone are a plain sample: Wilson's n is their own.
        share_se=np.nan,
        n_eff=n,
        deff=1.0,
        basis=UNWEIGHTED,
    )


def _intervals(frame: pd.DataFrame, waves: Sequence[Wave], level: float) -> pd.DataFrame:
    """Score ± t·se clipped to the scale; where everyone answered alike, Wilson on the scale."""
    figures = {name: frame[name].to_numpy(float) for name in ("n_eff", "df", "score", "score_se")}
    size, df, score, error = figures.values()
    low_end, high_end = _scale_ends(frame["wave"], waves)
    span = high_end - low_end
    z = stats.norm.ppf(0.5 + level / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = stats.t.ppf(0.5 + level / 2, np.maximum(df, 1))
        place = np.clip((score - low_end) / span, 0.0, 1.0)
        alike_low, alike_high = score_interval(place, size, z)
        share_low, share_high = _share_interval(frame, t, z)
    alike = error < _ALIKE
    low = np.where(alike, low_end + span * alike_low, np.maximum(score - t * error, low_end))
    high = np.where(alike, low_end + span * alike_high, np.minimum(score + t * error, high_end))
    # Nobody else's answer was seen, but that is no certainty: take the error Wilson allows for.
    allowed = np.maximum(score - low, high - score) / z
    return frame.assign(
        score_se=np.where(alike, allowed, error),
        low=low,
        high=high,
        share_low=share_low,
        share_high=share_high,
    )


def _share_interval(frame: pd.DataFrame, t: np.ndarray, z: float) -> tuple[np.ndarray, np.ndarray]:
    """`wilson_design` by row; Wilson at the effective n where the design gives no error."""
    share, error = frame["share"].to_numpy(float), frame["share_se"].to_numpy(float)
    designed = error > _ALIKE
    size = np.where(designed, share * (1 - share) / error**2, frame["n_eff"].to_numpy(float))
    low, high = score_interval(np.clip(share, 0.0, 1.0), size, np.where(designed, t, z))
    return low, high


def _scale_ends(codes: pd.Series, waves: Sequence[Wave]) -> tuple[np.ndarray, np.ndarray]:
    ends = {
        wave.code: [option.points for option in wave.options if option.points is not None]
        for wave in waves
    }
    low = codes.map({code: min(points, default=0.0) for code, points in ends.items()})
    high = codes.map({code: max(points, default=100.0) for code, points in ends.items()})
    return low.to_numpy(float), high.to_numpy(float)


def _with_published(
    frame: pd.DataFrame,
    published: pd.DataFrame,
    communities: Sequence[str],
    subjects: Sequence[str],
) -> pd.DataFrame:
    """Add published scores where there are no answers of our own."""
    if subjects:
        published = published[published["subject"].isin(subjects)]
    if communities:
        # A published score of the subdistrict is not the score of a choice of communities.
        published = published[published["community"] != SUBDISTRICT]
    if published.empty:
        return frame
    known = pd.MultiIndex.from_frame(frame[_KEY])
    fresh = published[~pd.MultiIndex.from_frame(published[_KEY]).isin(known)]
    return pd.concat([frame, fresh.assign(n_total=fresh["n"])], ignore_index=True)


def _guarded(
    frame: pd.DataFrame, thresholds: Thresholds, communities: Sequence[str]
) -> pd.DataFrame:
    """State each row's state and blank what may not be shown, before anyone can read it."""
    frame = frame.reindex(columns=[*_KEY, *_FIGURES, "basis"]).assign(state="ok")
    hidden = concealed(frame, thresholds.hide_below, communities)
    frame.loc[frame["n"] < thresholds.compare_from, "state"] = "few"
    frame.loc[hidden, "state"] = "hidden"
    frame.loc[hidden, _FIGURES] = np.nan
    return frame

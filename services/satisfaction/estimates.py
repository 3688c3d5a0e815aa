"""Estimates of a wave from its answers, kept with it, and put together for a choice of places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from db.engine import Session
from db.reads import respondents as reads
from db.writes import respondents as writes
from services.satisfaction import patterns
from services.satisfaction.waves import Option, Wave, line_up
from services.satisfaction.weights import Weighting, register, weigh
from services.statistics.survey import kish, survey_mean

UNWEIGHTED, WEIGHTED = "unweighted", "weighted"
WHOLE = ""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sample:
    """A wave's respondents who answered anything, as arrays of one length.

    `chosen`: question → option's place in the wave, −1 where it was left blank.
    `subjects`: subject → its questions.
    """

    people: pd.DataFrame
    chosen: Mapping[int, NDArray[np.int16]]
    subjects: Mapping[str, Sequence[int]]
    options: Sequence[Option]

    @property
    def places(self) -> list[str]:
        return sorted(self.people["community"].unique())


def keep_all(session: Session) -> None:
    """Keep the counts and estimates of every wave that has respondents."""
    for wave in reads.waves_of_respondents(session):
        keep(session, wave)


def keep_since(session: Session, year: int) -> None:
    """Keep the waves anew that may rest on the register of a year: those of it and after it."""
    dated = {wave.code: wave.last_day.year for wave in line_up(session, date.max)}
    for wave in reads.waves_of_respondents(session):
        if dated[wave] >= year:
            keep(session, wave)


def keep(session: Session, wave: str) -> Weighting:
    """Count and estimate a wave anew from its answers, in the caller's transaction.

    A respondent's score of a subject is the mean of the points of their valid answers to its
    questions; unweighted, and weighted where there is something to weigh by.
    """
    found, weighting = weighted_sample(session, wave)
    rows: list[tuple[object, ...]] = []
    bases = {UNWEIGHTED: np.ones(len(found.people))}
    if weighting.weights is not None:
        bases[WEIGHTED] = weighting.weights
    for basis, weights in bases.items():
        if len(weights):
            rows += _estimates(found, basis, weights)
    writes.replace_sums(session, wave, _tallies(found), rows)
    scores = {subject: respondent_scores(found, subject)[:2] for subject in found.subjects}
    patterns.keep(session, wave, found.people, found.chosen, scores, bases)
    return weighting


def weighted_sample(session: Session, wave: str) -> tuple[Sample, Weighting]:
    """The wave's respondents and the weights they have."""
    chosen = next(one for one in line_up(session, date.max) if one.code == wave)
    found = sample(session, chosen)
    return found, weigh(found.people, register(session, chosen.last_day.year))


def sample(session: Session, wave: Wave) -> Sample:
    """The answers of a wave, read back."""
    people = reads.respondents(session, wave.code)
    numbers = people["number"].to_numpy()
    places = {option.code: place for place, option in enumerate(wave.options)}
    chosen: dict[int, NDArray[np.int16]] = {}
    subjects: dict[str, list[int]] = {}
    took_part = np.zeros(len(people), bool)
    for question in reads.questions(session, wave.code):
        given = reads.answers(session, question.id)
        row = np.full(len(people), -1, np.int16)  # a million of them
        row[np.searchsorted(numbers, given["respondent"])] = given["option"].map(places).astype(int)
        took_part |= row >= 0
        chosen[question.id] = row
        if question.subject:
            subjects.setdefault(question.subject, []).append(question.id)
    return Sample(
        people[took_part].reset_index(drop=True),
        {question: row[took_part] for question, row in chosen.items()},
        subjects,
        wave.options,
    )


def respondent_scores(found: Sample, subject: str) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Everybody's points and satisfied share of a subject (NaN without a valid answer).

    The third says who answered at all, be it 不了解.
    """
    points = np.array([np.nan if o.points is None else o.points for o in found.options] + [np.nan])
    satisfied = np.array([float(option.satisfied) for option in found.options] + [0.0])
    chosen = np.stack([found.chosen[question] for question in found.subjects[subject]])
    scored = points[chosen]
    valid = np.isfinite(scored)
    with np.errstate(invalid="ignore"):
        count = np.where(valid.any(axis=0), valid.sum(axis=0), np.nan)
        score = np.where(valid, scored, 0.0).sum(axis=0) / count
        share = np.where(valid, satisfied[chosen], 0.0).sum(axis=0) / count
    return score, share, (chosen >= 0).any(axis=0)


def together(parts: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Estimates of several communities as one, what `survey_mean` says of their union as a domain.

    parts: rows of db.reads.respondents.estimates, one per community; key: the columns that tell
    apart what is put together. Communities are strata; one with a single respondent is centred
    at the mean of all.
    """
    own = parts.assign(
        asked_spread=np.where(parts["asked"] > 1, parts["asked"] / (parts["asked"] - 1), 1.0),
        squares=(parts["weight"] ** 2 / parts["n_eff"]).fillna(0.0),
        strata=1,
    )
    groups = own.groupby(list(key), sort=False)
    sums = groups[["n_total", "n", "asked", "weight_total", "weight", "squares", "strata"]].sum()
    whole = sums.assign(
        dont_know_rate=1 - sums["weight"] / sums["weight_total"],
        df=sums["asked"] - sums["strata"],
        n_eff=sums["weight"] ** 2 / sums["squares"].where(sums["squares"] > 0),
    )
    whole["deff"] = whole["n"] / whole["n_eff"]
    for figure in ("score", "share"):
        mean = (own[figure] * own["weight"]).groupby([own[k] for k in key], sort=False).sum()
        whole[figure] = mean / whole["weight"].where(whole["weight"] > 0)
        whole[f"{figure}_se"] = _error(own, whole, key, figure)
    return whole.drop(columns=["squares", "strata"]).reset_index()


def _error(own: pd.DataFrame, whole: pd.DataFrame, key: Sequence[str], figure: str) -> pd.Series:
    """Taylor's error of the mean of several strata, from what is kept of each."""
    lines = pd.MultiIndex.from_frame(own[list(key)]) if len(key) > 1 else own[key[0]]
    mean = whole[figure].reindex(lines).to_numpy()
    apart = (own[figure] - mean).fillna(0.0)
    within = (own[f"{figure}_se"] * own["weight"]).fillna(0.0) ** 2 / own["asked_spread"]
    cross = own[f"{figure}_cross"].fillna(0.0) * own["weight"] ** 2
    centre = np.where(own["asked"] > 1, (own["weight"] * apart) ** 2 / own["asked"], 0.0)
    squares = within + 2 * apart * cross + apart**2 * own["squares"] - centre
    variance = (squares * own["asked_spread"]).groupby([own[k] for k in key], sort=False).sum()
    return np.sqrt(variance.clip(lower=0.0)) / whole["weight"].where(whole["weight"] > 0)


def _tallies(found: Sample) -> Iterator[tuple[str, str, str, int]]:
    """Community, subject, option and how many answers, all options of a place that was asked."""
    place = pd.Index(found.places).get_indexer(found.people["community"])
    width = len(found.options) + 1
    for subject, questions in found.subjects.items():
        counts = np.zeros((len(found.places), width), int)
        for question in questions:
            cells = place * width + found.chosen[question] + 1
            counts += np.bincount(cells, minlength=counts.size).reshape(counts.shape)
        for community, row in zip(found.places, counts[:, 1:].tolist(), strict=True):
            if any(row):
                for option, count in zip(found.options, row, strict=True):
                    yield community, subject, option.code, count


def _estimates(found: Sample, basis: str, weights: Floats) -> Iterator[tuple[object, ...]]:
    """Rows in the order of the table, the wave's code left out."""
    place = pd.Index(found.places).get_indexer(found.people["community"])
    inside = {code: np.flatnonzero(place == k) for k, code in enumerate(found.places)}
    for subject in found.subjects:
        score, share, answered = respondent_scores(found, subject)
        for code, rows in {WHOLE: np.arange(len(place)), **inside}.items():
            if not answered[rows].any():
                continue
            figures = _place(score[rows], share[rows], answered[rows], weights[rows], place[rows])
            yield code, subject, basis, *(_stored(figure) for figure in figures)


def _place(
    score: Floats, share: Floats, answered: NDArray[np.bool_], weights: Floats, strata: NDArray
) -> tuple[float, ...]:
    """One place's figures: n_total and all that follows it in the table."""
    valid = np.isfinite(score)
    own = weights[valid]
    of_score = survey_mean(score, weights, strata, domain=valid)
    of_share = survey_mean(share, weights, strata, domain=valid)
    deff, n_eff = kish(own)
    asked, total = weights[answered].sum(), own.sum()
    return (
        int(answered.sum()),
        int(valid.sum()),
        1 - total / asked,
        of_score.value,
        of_score.se,
        of_score.df,
        of_share.value,
        of_share.se,
        n_eff,
        deff,
        len(weights),
        asked,
        total,
        _cross(own, score[valid], of_score.value),
        _cross(own, share[valid], of_share.value),
    )


def _cross(weights: Floats, y: Floats, mean: float) -> float:
    """How weights and answers go together; 0 where all weights are the same."""
    if not len(weights):
        return np.nan
    return float((weights**2 * (y - mean)).sum() / weights.sum() ** 2)


def _stored(figure: float) -> float | int | None:
    """As the database takes it: no NumPy, and nothing for NaN."""
    if isinstance(figure, int | np.integer):
        return int(figure)
    return float(figure) if np.isfinite(figure) else None

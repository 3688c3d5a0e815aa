"""Mean points and shares of one question, from the counts of its options."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from services.statistics.checks import column


@dataclass(frozen=True)
class Score:
    """Answers, valid answers, rate of excluded options (0 to 1), mean points and its error."""

    n_total: float
    n_valid: float
    dont_know_rate: float
    score: float
    score_se: float


def score(
    counts: Mapping[str, float], points: Mapping[str, float], excluded: Collection[str] = ()
) -> Score:
    """Mean points of the valid answers of one question.

    counts: option → answers; points: option → points; excluded options leave the base. The
    error is that of a domain in all answers (Taylor). No valid answer gives NaN. ValueError: a
    negative or missing count, an option without points that is not excluded.
    Source: R survey, svymean of subset(design, valid).
    """
    valid = _valid(counts, excluded)
    unscored = [option for option in valid if option not in points]
    if unscored:
        raise ValueError(f"options without points: {', '.join(unscored)}")
    total = float(sum(counts.values()))
    base = float(sum(valid.values()))
    mean, se = _domain_mean(valid, {option: points[option] for option in valid}, total)
    return Score(total, base, 1 - base / total if total else np.nan, mean, se)


def share(
    counts: Mapping[str, float], options: Collection[str], excluded: Collection[str] = ()
) -> tuple[float, float]:
    """Share (0 to 1) of `options` among the valid answers, with its standard error.

    Arguments, error and NaN as in `score`. ValueError: an option that is unknown or excluded.
    """
    valid = _valid(counts, excluded)
    unknown = [option for option in options if option not in valid]
    if unknown:
        raise ValueError(f"options that are not valid answers: {', '.join(unknown)}")
    hit = {option: float(option in options) for option in valid}
    return _domain_mean(valid, hit, float(sum(counts.values())))


def _valid(counts: Mapping[str, float], excluded: Collection[str]) -> dict[str, float]:
    if (column(list(counts.values()), "counts") < 0).any():
        raise ValueError("a count is negative")
    return {option: count for option, count in counts.items() if option not in excluded}


def _domain_mean(
    valid: Mapping[str, float], value: Mapping[str, float], total: float
) -> tuple[float, float]:
    n = np.array(list(valid.values()), dtype=float)
    y = np.array(list(value.values()), dtype=float)
    if n.sum() == 0:
        return np.nan, np.nan
    mean = (n * y).sum() / n.sum()
    if total <= 1:
        return float(mean), np.nan
    variance = (n * (y - mean) ** 2).sum() / n.sum() ** 2 * total / (total - 1)
    return float(mean), float(np.sqrt(variance))

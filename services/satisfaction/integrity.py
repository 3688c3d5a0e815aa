"""Answers that are worth a check: a hint for those who were there, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from services.statistics.funnel import limits

SATISFIED, ALIKE, COPIES, LOAD = "satisfied", "alike", "copies", "load"
LEVEL = 0.998  # as for communities' scores: what chance does less than twice in a thousand
MINIMUM = 30  # answers of a community or interviewer, to be looked at at all
QUESTIONS = 5  # answered by one person, before the same option throughout means anything
TIMES = 3  # an even load, before an interviewer's is worth a word

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
_BACKGROUND = ["community", "sex", "age_group", "day", "interviewer"]


def findings(
    people: pd.DataFrame, chosen: Mapping[int, NDArray[np.int16]], satisfied: Floats
) -> Iterator[dict[str, Any]]:
    """Rows as db.writes.patterns takes them.

    people: one row per respondent, with community, sex, age_group, day and interviewer; chosen:
    question → option's place, −1 where it was left blank; satisfied: everybody's satisfied share
    of the overall question (NaN without a valid answer). Source of the limits: Spiegelhalter
    (2005), see services.statistics.funnel.
    """
    options = np.column_stack([np.zeros((len(people), 0), int), *chosen.values()])
    long = (options >= 0).sum(axis=1) >= QUESTIONS
    same = long & _one_option(options)
    copied = _copied(people, options, long & ~same)
    for column in ("community", "interviewer"):
        groups = people[column].to_numpy(str)
        yield from _satisfied(column, groups, satisfied)
        yield from _beyond(ALIKE, column, groups[long], same[long])
        yield from _beyond(COPIES, column, groups[long], copied[long])
    yield from _load(people["interviewer"].to_numpy(str))


def _one_option(options: NDArray[np.int16]) -> Bools:
    """Who chose one option throughout, blanks aside."""
    blank = options < 0
    highest = options.max(axis=1, initial=-1)
    lowest = np.where(blank, highest[:, None], options).min(axis=1, initial=highest.max(initial=0))
    return highest == lowest


def _copied(people: pd.DataFrame, options: NDArray[np.int16], looked_at: Bools) -> Bools:
    """Whose answers and background all equal those of somebody before."""
    table = pd.DataFrame(options).assign(**{name: people[name] for name in _BACKGROUND})
    copied = np.zeros(len(people), bool)
    copied[looked_at] = table[looked_at].duplicated().to_numpy()
    return copied


def _groups(groups: NDArray[np.str_], hit: Bools) -> tuple[NDArray[np.str_], Floats, Floats]:
    """Those with enough answers: name, how many are hit, how many there are."""
    names, member = np.unique(groups, return_inverse=True)
    n = np.bincount(member, minlength=len(names)).astype(float)
    count = np.bincount(member, weights=hit, minlength=len(names))
    enough = (n >= MINIMUM) & (names != "")
    return names[enough], count[enough], n[enough]


def _beyond(kind: str, column: str, groups: NDArray[np.str_], hit: Bools) -> Iterator[dict]:
    """Groups whose share of hits is above what chance makes of the whole's."""
    if not hit.any():
        return
    whole = hit.mean()
    for name, count, n in zip(*_groups(groups, hit), strict=True):
        if count / n > limits(whole, n, LEVEL)[1]:
            yield _row(kind, column, name, count, n, whole)


def _satisfied(column: str, groups: NDArray[np.str_], satisfied: Floats) -> Iterator[dict]:
    """Groups in which all are satisfied though chance would hardly ever have it so."""
    valid = np.isfinite(satisfied)
    content = satisfied[valid] == 1
    if not valid.any():
        return
    whole = content.mean()
    for name, count, n in zip(*_groups(groups[valid], content), strict=True):
        if count == n and whole**n < (1 - LEVEL) / 2:
            yield _row(SATISFIED, column, name, count, n, whole)


def _load(interviewers: NDArray[np.str_]) -> Iterator[dict]:
    """Interviewers who did several times as much as an even share."""
    known = interviewers[interviewers != ""]
    names, counts = np.unique(known, return_counts=True)
    for name, count in zip(names, counts, strict=True):
        if count >= MINIMUM and count * len(names) >= TIMES * len(known):
            yield _row(LOAD, "interviewer", name, count, len(known), 1 / len(names))


def _row(kind: str, column: str, name: str, count: float, n: float, whole: float) -> dict[str, Any]:
    place, person = (name, "") if column == "community" else ("", name)
    return {
        "kind": kind,
        "community_code": str(place),
        "interviewer": str(person),
        "count": int(count),
        "n": int(n),
        "whole": float(whole),
    }

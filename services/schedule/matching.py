"""Which activity fulfils which occasion, and so how each occasion stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from services.schedule.occasions import OPEN_END, Occasion

PLANNED, DONE, LATE, CANCELLED, MISSING = "planned", "done", "late", "cancelled", "missing"
# What is held longer after its time than this is not that occasion any more.
LATEST = timedelta(days=31)


@dataclass(frozen=True)
class Held:
    """An activity as its community took part in it."""

    activity: int
    type_code: str
    community: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Standing:
    """An occasion with its state and what fulfils it. `closes`: the first day it can no more be
    made up for."""

    occasion: Occasion
    state: str
    closes: date
    held: Held | None = None


def standings(occasions: Iterable[Occasion], held: Iterable[Held], today: date) -> list[Standing]:
    """Each occasion as it stands today, those of a community and type one after another.

    Per community and type the occasions share one line of time: each is on time from its day to
    its last day on time, late from then on, and ends where the next begins. An activity of one day
    fulfils one occasion; one of several days all whose days it covers.
    """
    planned: dict[tuple[str, str], list[Occasion]] = defaultdict(list)
    for one in occasions:
        planned[one.plan.community, one.plan.type_code].append(one)
    kept: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for activity in held:
        kept[activity.community, activity.type_code].append(activity)
    found: list[Standing] = []
    for key, own in planned.items():
        found += _of_one(own, kept.get(key, []), today)
    return found


def _of_one(own: list[Occasion], held: list[Held], today: date) -> list[Standing]:
    own.sort(key=lambda one: (one.due, one.day, one.plan.id))
    held.sort(key=lambda one: (one.first_day, one.activity))
    firsts = [one.first_day for one in held]
    longest = max((one.last_day - one.first_day for one in held), default=timedelta())
    days = [list(same) for _due, same in groupby(own, key=lambda one: one.due)]
    found = []
    for place, same in enumerate(days):
        following = days[place + 1][0].due if place + 1 < len(days) else None
        used: set[int] = set()
        for one in same:
            closes = _closes(one, following)
            begin = bisect_left(firsts, one.due - longest)
            end = bisect_left(firsts, closes)
            activity = None if one.cancelled else _first(held[begin:end], one.due, used)
            found.append(Standing(one, _state(one, activity, closes, today), closes, activity))
    return found


def _closes(one: Occasion, following: date | None) -> date:
    """Where the next begins, at the latest a month after its last day on time."""
    latest = OPEN_END if one.until == OPEN_END else one.until + LATEST
    return latest if following is None else min(following, latest)


def _first(held: Sequence[Held], due: date, used: set[int]) -> Held | None:
    """The first that is not over before the day is due and was not taken before."""
    for one in held:
        if one.last_day >= due and one.activity not in used:
            if one.first_day == one.last_day:
                used.add(one.activity)
            return one
    return None


def _state(one: Occasion, held: Held | None, closes: date, today: date) -> str:
    if one.cancelled:
        return CANCELLED
    last = min(one.until, closes - timedelta(days=1))
    if held is not None:
        return DONE if held.first_day <= last else LATE
    return PLANNED if today <= last else MISSING

"""When the year's activities take place: school terms, festivals, weeks, months and rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from db import reference
from db.demo import places
from db.demo.kinds import KEEPS, KINDS, LIVELY, WITH_SCHOOL

# Place and day of one event.
Slot = tuple[str, date]

_TERMS = (
    (date(2022, 10, 8), date(2023, 1, 11)),
    (date(2023, 2, 13), date(2023, 7, 5)),
    (date(2023, 9, 1), date(2023, 9, 28)),
    (date(2023, 10, 7), places.TODAY),
)
_HOLIDAYS = (  # the days off by the calendar of public holidays
    (date(2022, 10, 1), date(2022, 10, 7)),
    (date(2022, 12, 31), date(2023, 1, 2)),
    (date(2023, 1, 21), date(2023, 1, 27)),
    (date(2023, 4, 5), date(2023, 4, 5)),
    (date(2023, 4, 29), date(2023, 5, 3)),
    (date(2023, 6, 22), date(2023, 6, 24)),
    (date(2023, 9, 29), date(2023, 10, 6)),
)
FESTIVE_WEEK = _HOLIDAYS[2]
# Mid-Autumn was on 29 September, National Day is on 1 October, Double Ninth was on 23 October.
_FESTIVE = {
    "tug_of_war": (date(2023, 9, 26), date(2023, 9, 29)),
    "festival_show": (date(2023, 9, 27), date(2023, 9, 30)),
    "double_ninth": (date(2023, 10, 20), date(2023, 10, 23)),
}
_OLDER_RESIDENTS_A_SESSION = 250


def slots(code: str, chance: Random) -> list[Slot]:
    """Where and when the type is held in the demonstration year, in no particular order."""
    rhythm = next(row[4] for row in reference.ACTIVITY_TYPES if row[0] == code)
    held: dict[str, Callable[[str, Random], Iterator[Slot]]] = {
        "weekly": _weekly,
        "monthly": _monthly,
        "holiday": _holiday,
        "round": _rounds,
        "irregular": _scattered,
        "project": _scattered,
    }
    return list(held[rhythm](code, chance))


def progress(day: date) -> float:
    """0 on the first day of the year, 1 on the last."""
    return (day - places.FIRST_DAY) / (places.TODAY - places.FIRST_DAY)


def months() -> Iterator[tuple[date, date]]:
    """The months of the year, first and last day; the last one is cut at today."""
    first = places.FIRST_DAY
    while first <= places.TODAY:
        following = (first + timedelta(days=31)).replace(day=1)
        yield first, min(following - timedelta(days=1), places.TODAY)
        first = following


def _weekly(code: str, chance: Random) -> Iterator[Slot]:
    """Every week on its weekday (either day of the weekend), less the weeks that were missed."""
    weekday = next(row[5] for row in reference.ACTIVITY_TYPES if row[0] == code)
    for host in _hosts(code):
        # The film has no official weekday; each community shows it on its own evening.
        own = weekday or chance.choice((4, 5))
        monday = places.FIRST_DAY - timedelta(days=places.FIRST_DAY.weekday())
        while monday <= places.TODAY:
            day = monday + timedelta(days=own - 1 + (own == weekday == 6 and chance.random() < 0.4))
            kept = KEEPS[host] - 0.03 + 0.06 * progress(day)
            if _within(day, FESTIVE_WEEK):
                kept *= 0.4
            if chance.random() < kept and _open(code, day):
                yield host, day
            monday += timedelta(days=7)


def _monthly(code: str, chance: Random) -> Iterator[Slot]:
    for host in _hosts(code):
        for first, _ in months():
            yield host, first.replace(day=chance.randint(25, 28))


def _holiday(code: str, chance: Random) -> Iterator[Slot]:
    """Patrols on any day off; a festival's own activity once, by most communities."""
    for host in _hosts(code):
        if code in _FESTIVE:
            first, last = _FESTIVE[code]
            if chance.random() < KEEPS[host] - 0.1:
                yield host, last - timedelta(days=int((last - first).days * chance.random() ** 2))
            continue
        for first, last in _HOLIDAYS:
            for step in range((last - first).days + 1):
                if chance.random() < 0.3 * LIVELY[host]:
                    yield host, first + timedelta(days=step)


def _rounds(code: str, chance: Random) -> Iterator[Slot]:
    """Check-up days on weekdays; a community needs the more, the more older residents it has."""
    for host in _hosts(code):
        sessions = places.population(host, "aged_60", 2023) / _OLDER_RESIDENTS_A_SESSION
        for first, end in places.ROUNDS:
            last = end or places.TODAY - timedelta(days=1)
            days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
            open_days = [
                day
                for day in days
                if day.weekday() < 5
                and _open(code, day)
                and not any(_within(day, span) for span in _HOLIDAYS)
            ]
            for day in chance.sample(open_days, max(1, round(sessions * KEEPS[host]))):
                yield host, day


def _scattered(code: str, chance: Random) -> Iterator[Slot]:
    """So many a month as the type is frequent and the community lively, on any days."""
    kind = KINDS[code]
    for host in _hosts(code):
        for first, last in months():
            length = (last - first).days + 1
            rate = kind.months.get(first.month, kind.rate) * LIVELY[host] * length / 30.4
            for step in chance.sample(range(length), int(rate + chance.random())):
                day = first + timedelta(days=step)
                if _open(code, day):
                    yield host, day


def _hosts(code: str) -> tuple[str, ...]:
    return WITH_SCHOOL if KINDS[code].in_term else places.CODES


def _open(code: str, day: date) -> bool:
    if not places.FIRST_DAY <= day <= places.TODAY:
        return False
    if not KINDS[code].in_term:
        return True
    return day.weekday() < 5 and any(_within(day, span) for span in _TERMS)


def _within(day: date, span: tuple[date, date]) -> bool:
    return span[0] <= day <= span[1]

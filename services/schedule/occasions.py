"""From a plan to its occasions: the day each is due, until when it is on time, what moved it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from services.schedule import rules, workdays
from services.schedule.rules import Rule

ON_DAY_OFF = ("keep", "skip", "next_workday")
FURTHEST_MOVE = timedelta(days=31)
# A day by the rule may lie so far from the day that counts.
MARGIN = FURTHEST_MOVE + timedelta(days=14)
OPEN_END = date(9999, 12, 31)  # of a round without a last day

Round = tuple[date, date | None]


@dataclass(frozen=True)
class Timing:
    """When a plan wants something to happen, and how long after its day it is still on time."""

    rule: Rule
    first_day: date
    last_day: date | None
    on_day_off: str
    grace: int


@dataclass(frozen=True)
class Plan:
    id: int
    type_code: str
    community: str
    label: str
    timing: Timing
    void_reason: str
    version: int


@dataclass(frozen=True)
class Change:
    """An occasion cancelled (no `to`) or moved to another day, by whom and when."""

    to: date | None
    reason: str
    who: str
    at: datetime
    version: int


@dataclass(frozen=True)
class Slot:
    """One occasion by its rule: its own day, the day it is due, the last day it is on time."""

    day: date
    due: date
    until: date


@dataclass(frozen=True)
class Occasion:
    """A slot of a plan as it stands after what people changed of it."""

    plan: Plan
    day: date
    due: date
    until: date
    change: Change | None = None

    @property
    def cancelled(self) -> bool:
        return self.change is not None and self.change.to is None


@lru_cache(maxsize=4096)
def slots(
    timing: Timing, start: date, end: date, rounds: tuple[Round, ...] = ()
) -> tuple[Slot, ...]:
    """The occasions whose own day lies in the span; `rounds` are those of the plan's type."""
    last = min(end, timing.last_day or end)
    if timing.rule.kind == "round":
        return tuple(
            Slot(begins, begins, ends or OPEN_END)
            for begins, ends in rounds
            if start <= begins <= last and (ends or OPEN_END) >= timing.first_day
        )
    found: dict[date, Slot] = {}
    for day in rules.days(timing.rule, timing.first_day, start, last):
        due = due_day(timing, day)
        if due is not None:
            # Two that are put off to the same day are one.
            found.setdefault(due, Slot(day, due, due + timedelta(days=timing.grace)))
    return tuple(found.values())


def due_day(timing: Timing, day: date) -> date | None:
    """On which day an occasion is due that the rule names for `day`; None if it is left out."""
    if timing.on_day_off == "keep" or not is_off(timing.rule, day):
        return day
    return workdays.next_workday(day) if timing.on_day_off == "next_workday" else None


def is_off(rule: Rule, day: date) -> bool:
    """Whether it is a day off: who says 每周六 means the weekend, so there only holidays are."""
    if rule.kind == "weekly":
        return workdays.is_public_holiday(day)
    return not workdays.is_workday(day)


def occasions(
    plan: Plan,
    changes: Mapping[date, Change],
    rounds: tuple[Round, ...],
    start: date,
    end: date,
) -> list[Occasion]:
    """The plan's occasions due from `start` on, beyond `end` as many as may bound one of before.

    In no particular order; `changes` by their own day.
    """
    found = []
    for slot in slots(plan.timing, start - MARGIN, end + MARGIN, rounds):
        change = changes.get(slot.day)
        due, until = slot.due, slot.until
        if change is not None and change.to is not None:
            due = change.to
            until = max(until, due) if rounds else due + (slot.until - slot.due)
        if due >= start:
            found.append(Occasion(plan, slot.day, due, until, change))
    return found

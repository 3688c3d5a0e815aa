"""Timeliness and completeness: occasions on time, and held at all, of those that were due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from db.engine import Session
from services.schedule.matching import CANCELLED, DONE, LATE, MISSING, PLANNED, Standing
from services.schedule.reading import chosen_of, within
from services.views import View


@dataclass(frozen=True)
class Tally:
    """How many occasions stand how. What was cancelled and what is still to come are not due."""

    done: int = 0
    late: int = 0
    missing: int = 0
    cancelled: int = 0
    planned: int = 0

    @property
    def due(self) -> int:
        return self.done + self.late + self.missing

    @property
    def held(self) -> int:
        return self.done + self.late

    @property
    def timeliness(self) -> float | None:
        """On time ÷ due; None where nothing was due."""
        return self.done / self.due if self.due else None

    @property
    def completeness(self) -> float | None:
        """On time or late ÷ due; None where nothing was due."""
        return self.held / self.due if self.due else None


def tally(found: Iterable[Standing]) -> Tally:
    states = Counter(one.state for one in found)
    return Tally(*(states[state] for state in (DONE, LATE, MISSING, CANCELLED, PLANNED)))


def tallies(
    found: Iterable[Standing], key: Callable[[Standing], Hashable]
) -> dict[Hashable, Tally]:
    """The same by what `key` says of an occasion: sums, so that rates stay sum ÷ sum."""
    groups: dict[Hashable, list[Standing]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return {name: tally(group) for name, group in groups.items()}


def of_view(session: Session, view: View, type_code: str = "") -> tuple[Standing, ...]:
    """The occasions due in the view's period up to its last day."""
    chosen = chosen_of(view, type_code)
    first = view.filters.period.first_day
    return within(session, chosen, first, view.last_day, view.today)

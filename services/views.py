"""A view: what is looked at, on which day, with which thresholds. The key of every board."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.filters import Filters
from services.periods import Period, add_months
from services.settings import Thresholds


@dataclass(frozen=True)
class View:
    """approval: the office works with approval, so that some of what is counted may wait."""

    filters: Filters
    today: date
    thresholds: Thresholds
    approval: bool = False

    @property
    def last_day(self) -> date:
        """The last day that can hold records: the period's end, but not after today."""
        return min(self.filters.period.end, self.today)

    @property
    def counted(self) -> bool | None:
        """Whether only approved records are counted; None in an office where none waits."""
        return self.filters.approved_only if self.approval else None

    @property
    def trend(self) -> View:
        """The view over at least the twelve months up to its last day: what a line needs."""
        first = min(self.filters.period.first_day, add_months(self.last_day, -11))
        return replace(self, filters=self.filters.during(Period(first, "since", self.last_day)))

    def only(self, *communities: str) -> View:
        return replace(self, filters=self.filters.only(*communities))

    def within(self, domain: str | None) -> View:
        return replace(self, filters=self.filters.within(domain))

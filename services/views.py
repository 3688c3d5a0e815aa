"""A view: what is looked at, on which day, with which thresholds. The key of every board."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.filters import Filters
from services.settings import Thresholds


@dataclass(frozen=True)
class View:
    filters: Filters
    today: date
    thresholds: Thresholds

    @property
    def last_day(self) -> date:
        """The last day that can hold records: the period's end, but not after today."""
        return min(self.filters.period.end, self.today)

    def only(self, *communities: str) -> View:
        return replace(self, filters=self.filters.only(*communities))

    def within(self, domain: str | None) -> View:
        return replace(self, filters=self.filters.within(domain))

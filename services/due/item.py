"""One thing that a person is to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """`page` and `query` lead to where it is done; `day` is when it was or is due, if any day is.

    `count`: how many things the line stands for.
    """

    title: str
    detail: str
    day: date | None
    page: str
    query: tuple[tuple[str, str], ...] = ()
    count: int = 1

    def late(self, today: date) -> bool:
        return self.day is not None and self.day < today

    def soon(self, today: date) -> bool:
        """Whether its day is today or within a week."""
        return self.day is not None and today <= self.day <= today + SOON

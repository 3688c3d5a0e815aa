"""One thing that a person is to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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

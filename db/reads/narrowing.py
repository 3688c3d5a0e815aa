"""What every list is narrowed by: columns of one value, and a span of days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute


def narrowed(
    equal: Mapping[InstrumentedAttribute[Any], Any],
    day: InstrumentedAttribute[date],
    first: date | None,
    last: date | None,
) -> list[ColumnElement[bool]]:
    """Each column equal to its value, the day from the first to the last; None does not narrow."""
    conditions = [column == value for column, value in equal.items() if value is not None]
    if first:
        conditions.append(day >= first)
    if last:
        conditions.append(day <= last)
    return conditions

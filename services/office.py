"""What this office is: a demonstration or a real one, since when it records, and from which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.engine import Session
from db.reads import office as reads
from services.errors import NotFound
from services.i18n import _


@dataclass(frozen=True)
class OfficeState:
    """`day` is "today" in the demonstration office, else None; no `first_record` when empty.

    `approval`: what is entered waits to be approved.
    """

    demonstration: bool
    day: date | None
    running_since: date
    first_record: date | None
    approval: bool


def office_state(session: Session) -> OfficeState:
    """The state of the office; NotFound while nothing was set up."""
    row = reads.office(session)
    if row is None:
        raise NotFound(_("数据库还没有初始化，请先运行 python3 manage.py run。"))
    return OfficeState(
        row.demonstration,
        row.demonstration_day,
        row.running_since,
        reads.first_record(session),
        row.approval,
    )

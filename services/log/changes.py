"""The change log as an administrator reads it: searched, in words, as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db.engine import Session
from db.reads import changes as reads
from services.entries import half_width, words
from services.errors import InvalidEntry
from services.exports import csv_bytes
from services.i18n import _
from services.log.wording import Line, line_of, vocabulary
from services.periods import OFFICE_CLOCK
from services.permissions import CurrentUser, require

PAGE = 20
COUNTED = 10_000  # lines; beyond that a search is to be narrowed, not paged through
EXPORTED = 100_000
_LONGEST = 500
PROGRAM = 0  # as a person: what the program did by itself, or the console


@dataclass(frozen=True)
class Asked:
    """What an administrator looks for. Days are the office's, both counted; "" and None: any."""

    person: int | None = None
    first: date | None = None
    last: date | None = None
    kind: str = ""
    number: str = ""
    words: str = ""


def count(session: Session, user: CurrentUser, asked: Asked) -> int:
    """How many lines there are, or COUNTED + 1 if there are more than that.

    NotPermitted without manage_users, InvalidEntry for days in disorder; so do the others.
    """
    return reads.count(session, _search(user, asked), COUNTED + 1)


def lines(session: Session, user: CurrentUser, asked: Asked, offset: int = 0) -> tuple[Line, ...]:
    """A page of the log, newest first."""
    search = _search(user, asked)
    known = vocabulary(session)
    return tuple(line_of(row, known) for row in reads.found(session, search, PAGE, offset))


def export(session: Session, user: CurrentUser, asked: Asked) -> bytes:
    """The newest EXPORTED lines that fit, as CSV."""
    search = _search(user, asked)
    known = vocabulary(session)
    columns = (_("时间"), _("操作人"), _("操作"), _("对象"), _("编号"), _("内容"), _("原因"))
    return csv_bytes(
        columns,
        (
            (
                f"{line.at.astimezone(OFFICE_CLOCK):%Y-%m-%d %H:%M:%S}",
                line.who,
                line.action,
                line.kind,
                line.number,
                _("；").join(line.differences),
                line.reason,
            )
            for line in (line_of(row, known) for row in reads.found(session, search, EXPORTED))
        ),
    )


def _search(user: CurrentUser, asked: Asked) -> reads.Search:
    require(user, "manage_users")
    if asked.first and asked.last and asked.last < asked.first:
        raise InvalidEntry(_("结束日期不能早于开始日期。"), "last")
    return reads.Search(
        person=asked.person,
        since=_start(asked.first) if asked.first else None,
        until=_start(asked.last) + timedelta(days=1) if asked.last else None,
        entity=asked.kind,
        number=words(half_width(asked.number), _("编号"), _LONGEST, "number"),
        words=words(asked.words, _("原因中的文字"), _LONGEST, "words"),
    )


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, OFFICE_CLOCK)

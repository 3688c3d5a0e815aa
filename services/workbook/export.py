"""Records as a workbook in the layout of the template: what is imported back changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from db.engine import Session
from db.reads import activities as reads
from services.activities.entry import entry_of
from services.activities.reading import Mine, mine_choice
from services.activities.records import choice_of
from services.drafts.rows import month_of
from services.permissions import CurrentUser, require
from services.views import View
from services.workbook.book import book
from services.workbook.sheet import MEASURE, Lists, columns, lists_of, record_texts
from services.workbook.table import LIMITS
from services.workbook.template import page_of

MOST_EXPORTED = LIMITS.rows


def record_book(session: Session, view: View, type_code: str = "", measure: str = "") -> bytes:
    """The records that a view's figures count, oldest first."""
    return book_of(session, choice_of(view, type_code, measure))


def own_book(session: Session, user: CurrentUser, filters: Mine) -> bytes:
    """What 我的填报 lists, without void records: they can be restored, but not corrected."""
    return book_of(session, mine_choice(user, filters))


def month_book(session: Session, community: str, month: str, user: CurrentUser) -> bytes:
    """What is on record of a community's month."""
    require(user, "enter_activity", community)
    days = month_of(month)
    return book_of(session, reads.Choice(days.first_day, days.end, host=community), community)


def book_of(session: Session, choice: reads.Choice, own: str = "") -> bytes:
    """The chosen records that are not void, oldest first. `own`: whose grids are offered."""
    lists = lists_of(session)
    found = [row for row in reads.records(session, choice, MOST_EXPORTED)
             if row.state == "recorded"]  # fmt: skip
    found.sort(key=lambda row: (row.first_day, row.id))
    rows = [record_texts(row, entry_of(row), lists) for row in found]
    return book(page_of(lists, columns(lists, _measures(rows, found, lists), own), rows))


def _measures(
    rows: Sequence[dict[str, str]], found: Sequence[reads.Activity], lists: Lists
) -> set[str]:
    """Those that have a figure, and those that a type of the sheet offers."""
    types = {row.type_code for row in found}
    stated = {name.removeprefix(MEASURE) for row in rows for name in row
              if name.startswith(MEASURE)}  # fmt: skip
    offered = {code for kind in lists.known.lists.types if kind.code in types
               for code in kind.measures}  # fmt: skip
    return stated | (offered & {measure.code for measure in lists.known.lists.measures})

"""Save cells as they are typed: merged by cell, nobody's text lost, a replay changes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import drafts as reads
from db.writes import activities as activity_writes
from db.writes import drafts as writes
from db.writes.log import Author
from services.drafts import rivals
from services.drafts.cells import FIELDS, FOLLOW, SURE
from services.drafts.rows import Row, place_in, rows_of
from services.entries import LONGEST_NOTE, LONGEST_REASON
from services.errors import Conflict, InvalidEntry
from services.i18n import _
from services.permissions import CurrentUser, require
from services.writing import author_of

MOST_ROWS = 500  # of one month as the page offers it, and of one request
KEPT_ROWS = 2 * MOST_ROWS  # what two people put in at once, each seeing room enough, is kept
LONGEST_CELL = 10 * LONGEST_NOTE  # what is too long for its field is kept, with the reason
_KEY = re.compile(r"[0-9a-f]{32}")
_MEASURE = re.compile(r"measure-[a-z0-9_]{1,40}")


@dataclass(frozen=True)
class Change:
    """What a person did to a row. `cells`: field → (the text they saw, the text they typed), and
    other-field → (mark, "") for their decision about what two have typed; `discarded`: taken out,
    taken back, or None as it is."""

    key: str
    cells: Mapping[str, tuple[str, str]]
    discarded: bool | None = None


@dataclass(frozen=True)
class Saved:
    """The rows as they are now."""

    rows: tuple[Row, ...]


def save(
    session: Session,
    community: str,
    month: str,
    changes: Sequence[Change],
    user: CurrentUser,
    now: datetime,
    today: date,
) -> Saved:
    """Keep what was typed. A text replaces the text its writer saw; if another is there now, both
    are kept, for somebody to decide. The same changes once more do nothing."""
    require(user, "enter_activity", community)
    place = place_in(session, community, month, today)
    first_day = place.month.first_day
    place.lists.community(community)
    _check(changes)
    author = author_of(user, now)
    if any(change.discarded is not None for change in changes):
        activity_writes.queue(session)  # a logged write; taken before the rows, as by a submission
    rows = _made(session, author, community, first_day, changes)
    for change in changes:
        row = rows[change.key]
        if row.community_code != community or row.month != first_day:
            raise Conflict(_("这一行属于别的社区或月份，请刷新页面。"))
        _merge(session, author, row, change)
    kept = sorted(rows.values(), key=lambda row: (row.position, row.id))
    return Saved(rows_of(session, kept, place))


def _check(changes: Sequence[Change]) -> None:
    """What only a broken or a forged page sends."""
    if len(changes) > MOST_ROWS:
        raise InvalidEntry(_("一次最多保存 {most} 行，请分批粘贴。").format(most=MOST_ROWS))
    for change in changes:
        if not all(map(_is_known, change.cells)) or not _KEY.fullmatch(change.key):
            raise InvalidEntry(_("这张表已失效，请刷新页面后重新填报。"))
        for name, (_seen, text) in change.cells.items():
            longest = LONGEST_REASON if name == FOLLOW else LONGEST_CELL
            if len(text) > longest:
                raise InvalidEntry(_("一格最多 {longest} 个字，请缩短。").format(longest=longest))


def _is_known(name: str) -> bool:
    field = name.removeprefix(rivals.OTHER)
    return field in (*FIELDS, SURE, FOLLOW) or _MEASURE.fullmatch(field) is not None


def _made(
    session: Session, author: Author, community: str, month: date, changes: Sequence[Change]
) -> dict[str, reads.ActivityDraft]:
    """The rows of the changes, new ones made in the order given, locked until the commit."""
    keys = [change.key for change in changes]
    there = reads.locked(session, keys)
    fresh = [key for key in keys if key not in there]
    if not fresh:
        return there
    if reads.open_rows(session, community, month) + len(fresh) > KEPT_ROWS:
        raise InvalidEntry(
            _("一个月最多 {most} 行，其余请用“导入”或分到别的月份。").format(most=MOST_ROWS)
        )
    last = reads.last_position(session, community, month)
    # In the order of the keys: two requests with the same new rows wait, and do not deadlock.
    places = {key: last + place for place, key in enumerate(fresh, 1)}
    for key in sorted(places):
        writes.make(session, author, community, month, places[key], key)
    return there | reads.locked(session, fresh)


def _merge(session: Session, author: Author, row: reads.ActivityDraft, change: Change) -> None:
    """Put what may be put, and beside it what somebody else's text stands in the way of."""
    cells, locked = dict(row.cells), row.activity_id is not None
    who = (author.user_id, author.name)
    for name, (mark, _none) in change.cells.items():
        if name.startswith(rivals.OTHER):
            rivals.decide(cells, name.removeprefix(rivals.OTHER), mark)
    for name, (seen, typed) in change.cells.items():
        if name == SURE:  # of two answers the first one holds: the server asks what is left
            _answer(cells, seen, storable(typed), locked)
        elif not name.startswith(rivals.OTHER):
            rivals.put(cells, name, seen, storable(typed), who, locked)
    if cells != row.cells:
        writes.put(session, author, row, cells)
    if change.discarded not in (None, row.discarded) and not locked:
        writes.discard(session, author, row, bool(change.discarded))


def _answer(cells: dict[str, str], seen: str, mark: str, locked: bool) -> None:
    if not locked and cells.get(SURE, "") == seen:
        cells[SURE] = mark
    if not cells.get(SURE):
        cells.pop(SURE, None)


def storable(text: str) -> str:
    """The text without characters that no database keeps."""
    return "".join(char for char in text if unicodedata.category(char) != "Cs" and char != "\0")

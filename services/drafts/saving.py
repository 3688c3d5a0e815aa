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
from services.drafts.cells import FIELDS, FOLLOW, SURE
from services.drafts.rows import Row, place_in, rows_of
from services.entries import LONGEST_NOTE, LONGEST_REASON
from services.errors import Conflict, InvalidEntry
from services.i18n import _
from services.permissions import CurrentUser, require
from services.writing import author_of

MOST_ROWS = 500  # of one month, and of one request
LONGEST_CELL = LONGEST_NOTE + 200  # what is too long for its field is refused there, not cut here
_KEY = re.compile(r"[0-9a-f]{32}")
_MEASURE = re.compile(r"measure-[a-z0-9_]{1,40}")


@dataclass(frozen=True)
class Change:
    """What a person did to a row. `cells`: field → (the text they saw, the text they typed);
    `discarded`: taken out, taken back, or None as it is."""

    key: str
    cells: Mapping[str, tuple[str, str]]
    discarded: bool | None = None


@dataclass(frozen=True)
class Saved:
    """The rows as they are now; `conflicts`: row → field → the text somebody else has put there,
    while the one that was sent was not kept."""

    rows: tuple[Row, ...]
    conflicts: Mapping[str, Mapping[str, str]]


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
    are given back. The same changes once more do nothing."""
    require(user, "enter_activity", community)
    place = place_in(session, community, month, today)
    first_day = place.month.first_day
    place.lists.community(community)
    _check(changes)
    author = author_of(user, now)
    if any(change.discarded is not None for change in changes):
        activity_writes.queue(session)  # a logged write; taken before the rows, as by a submission
    rows = _made(session, author, community, first_day, changes)
    conflicts: dict[str, dict[str, str]] = {}
    for change in changes:
        row = rows[change.key]
        if row.community_code != community or row.month != first_day:
            raise Conflict(_("这一行属于别的社区或月份，请刷新页面。"))
        theirs = _merge(session, author, row, change)
        if theirs:
            conflicts[change.key] = theirs
    kept = sorted(rows.values(), key=lambda row: (row.position, row.id))
    now_there = rows_of(session, kept, place)
    for row in now_there:
        if row.number and row.key in conflicts:  # a record may say something else by now
            conflicts[row.key] = {name: row.cells.get(name, "") for name in conflicts[row.key]}
    return Saved(now_there, conflicts)


def _check(changes: Sequence[Change]) -> None:
    """What only a broken or a forged page sends."""
    if len(changes) > MOST_ROWS:
        raise InvalidEntry(_("一次最多保存 {most} 行，请分批粘贴。").format(most=MOST_ROWS))
    for change in changes:
        known = all(
            name in (*FIELDS, SURE, FOLLOW) or _MEASURE.fullmatch(name) for name in change.cells
        )
        if not known or not _KEY.fullmatch(change.key):
            raise InvalidEntry(_("这张表已失效，请刷新页面后重新填报。"))
        for name, (_seen, text) in change.cells.items():
            longest = LONGEST_REASON if name == FOLLOW else LONGEST_CELL
            if len(text) > longest:
                raise InvalidEntry(_("一格最多 {longest} 个字，请缩短。").format(longest=longest))


def _made(
    session: Session, author: Author, community: str, month: date, changes: Sequence[Change]
) -> dict[str, reads.ActivityDraft]:
    """The rows of the changes, new ones made in the order given, locked until the commit."""
    keys = [change.key for change in changes]
    there = reads.locked(session, keys)
    fresh = [key for key in keys if key not in there]
    if not fresh:
        return there
    rows, _versions = reads.mark(session, community, month)
    if rows + len(fresh) > MOST_ROWS:
        raise InvalidEntry(
            _("一个月最多 {most} 行，其余请用“导入”或分到别的月份。").format(most=MOST_ROWS)
        )
    last = reads.last_position(session, community, month)
    # In the order of the keys: two requests with the same new rows wait, and do not deadlock.
    places = {key: last + place for place, key in enumerate(fresh, 1)}
    for key in sorted(places):
        writes.make(session, author, community, month, places[key], key)
    return there | reads.locked(session, fresh)


def _merge(
    session: Session, author: Author, row: reads.ActivityDraft, change: Change
) -> dict[str, str]:
    """Put what may be put; what stands in the way of the rest."""
    cells, theirs = dict(row.cells), {}
    for name, (seen, typed) in change.cells.items():
        text = storable(typed)
        present = cells.get(name, "")
        if present == text:
            continue
        if row.activity_id is not None or present != seen:
            theirs[name] = present
        elif text:
            cells[name] = text
        else:
            cells.pop(name, None)
    if cells != row.cells:
        writes.put(session, author, row, cells)
    open_row = row.activity_id is None
    if change.discarded not in (None, row.discarded) and open_row:
        writes.discard(session, author, row, bool(change.discarded))
    return theirs


def storable(text: str) -> str:
    """The text without characters that no database keeps."""
    return "".join(char for char in text if unicodedata.category(char) != "Cs" and char != "\0")

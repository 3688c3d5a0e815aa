"""Submit rows of the grid: each becomes an activity once, under its own key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import activities as activity_reads
from db.reads import drafts as reads
from db.writes import activities as activity_writes
from db.writes import drafts as writes
from services import activities
from services.activities import Entry, Finding, Stated
from services.drafts.asking import answer_of, found_in, is_odd
from services.drafts.cells import Place, read_row
from services.drafts.rivals import rivals_of
from services.drafts.rows import Row, place_in, question_of, rows_of
from services.drafts.saving import MOST_ROWS
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, require
from services.writing import author_of

Draft = reads.ActivityDraft


@dataclass(frozen=True)
class Submitted:
    """The row as it is now, and why it was not submitted; "" if it is an activity."""

    row: Row
    refusal: str = ""


def submit(
    session: Session,
    community: str,
    month: str,
    asked: Sequence[tuple[str, int]],
    user: CurrentUser,
    now: datetime,
    today: date,
) -> tuple[Submitted, ...]:
    """Enter rows, (key, the version that was seen), as activities; a second time gives the first
    ones. All in one transaction, with one set of lists: a refused row holds up no other."""
    require(user, "enter_activity", community)
    activity_writes.queue(session)
    place = place_in(session, community, month, today)
    seen = dict(asked)
    rows = _asked_for(session, list(seen), place)
    refusals: dict[str, str] = {}
    waiting = [(row, read_row(row.cells, place).entry) for row in rows if row.activity_id is None]
    while waiting:
        some, waiting = _parted(waiting)
        refusals |= _enter(session, some, seen, place, user, now)
    shown = rows_of(session, rows, place)
    return tuple(Submitted(row, refusals.get(row.key, "")) for row in shown)


def _asked_for(session: Session, keys: Sequence[str], place: Place) -> list[Draft]:
    """The rows in the order of their keys, locked until the commit."""
    if len(keys) > MOST_ROWS:
        raise InvalidEntry(_("请求无法读取，请刷新页面。"))
    there = reads.locked(session, keys)
    own = [
        row
        for row in there.values()
        if (row.community_code, row.month) == (place.community, place.month.first_day)
    ]
    entered = activity_reads.ids_by_key(session, [row.idempotency_key for row in own])
    strange = any(row.activity_id != entered.get(row.idempotency_key) for row in own)
    if len(own) < len(keys) or strange:
        raise NotFound(_("这一行不在这张表里，请刷新页面。"))
    return [there[key] for key in keys]


Read = tuple[Draft, Entry | None]


def _parted(rows: Sequence[Read]) -> tuple[list[Read], list[Read]]:
    """Those to enter now, and those that may be the same as one of them: they are looked at when
    it is on record."""
    now: list[Read] = []
    later: list[Read] = []
    for row, entry in rows:
        alike = entry is not None and any(_alike(entry, other) for _row, other in now)
        (later if alike else now).append((row, entry))
    return now, later


def _alike(one: Entry, other: Entry | None) -> bool:
    return (
        other is not None
        and one.type_code == other.type_code
        and one.first_day <= other.last_day
        and other.first_day <= one.last_day
    )


def _enter(
    session: Session,
    rows: Sequence[Read],
    seen: dict[str, int],
    place: Place,
    user: CurrentUser,
    now: datetime,
) -> dict[str, str]:
    """Enter what can be; key → why the others cannot."""
    found = found_in(session, [entry for _row, entry in rows], place.lists)
    refusals: dict[str, str] = {}
    ready: list[tuple[Draft, Stated]] = []
    for (row, entry), noticed in zip(rows, found, strict=True):
        key = row.idempotency_key
        refusal = _refusal(row, entry, noticed, seen[key])
        if refusal or entry is None:
            refusals[key] = refusal
            continue
        odd = tuple(filter(is_odd, noticed))
        ready.append((row, Stated(key, entry, odd, answer_of(row.cells, noticed))))
    if not ready:
        return refusals
    made = activities.enter(session, [stated for _row, stated in ready], user, now)
    entered = [(row, one) for (row, _stated), one in zip(ready, made, strict=True)]
    writes.submitted(session, author_of(user, now), entered)
    return refusals


def _refusal(row: Draft, entry: Entry | None, found: Sequence[Finding], seen: int) -> str:
    """Why the row is not to be entered; "" if it is."""
    if row.discarded:
        return _("这一行已被移除。")
    if row.version != seen:
        return _("这一行刚刚被别人改过，请看过再提交。")
    if rivals_of(row.cells):
        return _("这一行有一格两个人填得不一样，请先决定用哪一个。")
    if entry is None:
        return _("这一行还没有填完，或有的内容不对。")
    return question_of(row.cells, found)

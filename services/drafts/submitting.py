"""Submit rows of the grid: each becomes an activity once, under its own key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import drafts as reads
from db.writes import activities as activity_writes
from db.writes import drafts as writes
from services import activities
from services.activities.entry import find
from services.drafts.asking import answer_of, found_in
from services.drafts.cells import Place, read_row
from services.drafts.rows import Row, question_of, rows_of
from services.errors import NotFound
from services.i18n import _
from services.permissions import CurrentUser, require
from services.writing import author_of


@dataclass(frozen=True)
class Submitted:
    """The row as it is now, and why it was not submitted; "" if it is an activity."""

    row: Row
    refusal: str = ""


def submit(
    session: Session,
    place: Place,
    key: str,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
    today: date,
) -> Submitted:
    """Enter the row as an activity; a second time gives the first one. One row, one transaction:
    what is refused holds up no other row. place: of all rows that are submitted together; the
    activity is checked against the lists of its own transaction."""
    require(user, "enter_activity", place.community)
    activity_writes.queue(session)
    row = reads.locked(session, [key]).get(key)
    if row is None or (row.community_code, row.month) != (place.community, place.month.first_day):
        raise NotFound(_("这一行不在这张表里，请刷新页面。"))
    refusal = ""
    if row.activity_id is None:
        reading = read_row(row.cells, place)
        found = found_in(session, [reading.entry], place.lists)[0]
        if row.discarded:
            refusal = _("这一行已被移除。")
        elif row.version != seen_version:
            refusal = _("这一行刚刚被别人改过，请看过再提交。")
        elif reading.entry is None:
            refusal = _("这一行还没有填完，或有的内容不对。")
        elif question := question_of(row.cells, found):
            refusal = question
        else:
            answer = answer_of(row.cells, found)
            receipt = activities.submit(session, reading.entry, key, user, now, today, answer)
            author = author_of(user, now)
            writes.submitted(session, author, row, find(session, receipt.number).id)
    return Submitted(rows_of(session, [row], place)[0], refusal)

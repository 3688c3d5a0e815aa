"""A file of activities against what is on record, and taking it over: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from db.engine import Session
from db.reads import activities as reads
from db.writes import activities as writes
from db.writes import workbooks
from db.writes.log import Author
from services.activities import Entry
from services.activities.approval import entered_as
from services.activities.entry import facts_of
from services.activities.remarks import keep_answers
from services.catalogue import catalogue
from services.formats import number
from services.i18n import _n
from services.permissions import CurrentUser, require
from services.workbook.asking import answered, asked
from services.workbook.fresh import settled
from services.workbook.lines import (
    CHANGED,
    NEW,
    Checked,
    Line,
    Progress,
    Receipt,
    Upload,
    facts_of_file,
    receipt_of,
)
from services.workbook.rows import Reader
from services.workbook.sheet import lists_of
from services.writing import author_of

KIND = "activities"
_AT_ONCE = 500


def alike(count: int) -> str:
    said = _n("{count} 行当天已有同类记录：确实是另外的活动，一并导入", count)
    return said.format(count=number(count))


def check(session: Session, upload: Upload, user: CurrentUser, today: date) -> Checked:
    """What every row comes to; nothing is written."""
    require(user, "enter_activity")
    reader = Reader(session, upload, user, today, lists_of(session), catalogue(session))
    lines = [reader.line(given) for given in upload.table.rows]
    lines = asked(session, settled(session, lines, upload.choice), reader.catalogue)
    return answered(Checked(upload.table, lines, reader.foreign), upload.choice.said)


def take(
    session: Session,
    upload: Upload,
    user: CurrentUser,
    now: datetime,
    today: date,
    progress: Progress = lambda _share: None,
) -> Receipt:
    """Enter the new rows and correct the changed ones. The same file again changes nothing."""
    require(user, "enter_activity")
    writes.queue(session)
    checked = check(session, upload, user, today)
    checked.require_rows()
    progress(0.3)
    author = author_of(user, now)
    new, changed = checked.of(NEW), checked.of(CHANGED)
    made = _enter(session, author, [line.content for line in new], progress)
    _correct(session, author, [line.content for line in changed], progress)
    there = [line.content[0].id for line in changed]
    _keep(session, author, zip([*made, *there], [*new, *changed], strict=True))
    receipt = receipt_of(checked, [writes.number_of(one) for one in made])
    if checked.to_write:
        workbooks.note(session, author, facts_of_file(KIND, upload, receipt))
    progress(1.0)
    return receipt


def _enter(
    session: Session, author: Author, given: Sequence[tuple[str, Entry]], progress: Progress
) -> list[int]:
    """Enter activities under their keys; their ids."""
    review, made = entered_as(session), []
    for start in range(0, len(given), _AT_ONCE):
        some = [(key, facts_of(entry)) for key, entry in given[start : start + _AT_ONCE]]
        made += [activity.id for activity in writes.enter_all(session, author, some, review)]
        progress(0.3 + 0.4 * len(made) / len(given))
    return made


def _correct(
    session: Session,
    author: Author,
    given: Sequence[tuple[reads.Activity, Entry]],
    progress: Progress,
) -> None:
    """Correct records of the version that was checked, which no other write can have raised."""
    review = entered_as(session)
    for start in range(0, len(given), _AT_ONCE):
        some = given[start : start + _AT_ONCE]
        stated = [writes.Correction(one, facts_of(entry), review) for one, entry in some]
        writes.correct_all(session, author, stated)
        progress(0.7 + 0.3 * (start + len(some)) / len(given))


def _keep(session: Session, author: Author, written: Iterable[tuple[int, Line]]) -> None:
    """What was answered to odd figures, with the records they are of now."""
    keep_answers(
        session,
        author,
        [(one, line.asked, line.answer) for one, line in written if line.answer is not None],
    )

"""The files taken over last, and taking one back: what it added is void, what it corrected is again
as it was. Both can be restored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.reads import activities as reads
from db.reads import workbooks
from db.reads.workbooks import Corrected, WorkbookImport
from db.writes import activities as writes
from db.writes import remarks
from db.writes.log import Author
from services.activities import APPROVED, approval_on
from services.activities.approval import entered_as
from services.activities.entry import UNDO_REASON, facts_of
from services.activities.history import logged
from services.errors import InvalidEntry
from services.i18n import _
from services.permissions import CurrentUser, may, require
from services.workbook.activities import KIND
from services.workbook.imports import import_of, last_imports, told
from services.workbook.lines import Taken, Undone
from services.writing import author_of

Again = tuple[reads.Activity, Mapping[str, Any]]  # a record, and what it is to state again


def last_taken(session: Session, user: CurrentUser) -> tuple[Taken, ...]:
    """The last files of activities, newest first; community staff see their own."""
    require(user, "enter_activity")
    locks, found = approval_on(session), []
    for row in last_imports(session, KIND, user):
        undoable = undone = 0
        for state, review, reason, version, count in workbooks.counted(session, row):
            undoable += count * _can_go(state, review, version, locks)
            undone += count * _can_return(state, reason)
        for steps, action, reason, count in workbooks.counted_corrections(session, row):
            undoable += count * (steps == 0)
            undone += count * _was_put_back(steps, action, reason)
        found.append(told(row, undoable, undone))
    return tuple(found)


def undo(session: Session, number: int, user: CurrentUser, now: datetime, _today: date) -> Undone:
    """Take back what a file did, except where a record was changed or approved since."""
    taken, locks = _taken(session, number, user), approval_on(session)
    added = [
        row
        for row in workbooks.entered_with(session, taken)
        if _can_go(row.state, row.review, row.version, locks)
        and may(user, "void_activity", row.host_code)
    ]
    changed = [
        (row, one.before)
        for row, one in _corrected(session, taken, lambda one: one.steps == 0)
        if not (locks and row.review == APPROVED) and may(user, "correct_activity", row.host_code)
    ]
    if not added and not changed:
        raise InvalidEntry(
            _("这个文件新增和更正的记录，后来都已改动、审核或作废，没有可以撤销的。")
        )
    author = author_of(user, now)
    writes.change_states(session, author, "void", added, UNDO_REASON)
    _state_again(session, author, changed, UNDO_REASON)
    for remark in workbooks.follow_ups_of(session, taken, [row.id for row, _before in changed]):
        if remark.closed_at is None:
            remarks.close(session, author, remark, UNDO_REASON, remark.version)
    kept = taken.added + taken.changed - len(added) - len(changed)
    return Undone(len(added), len(changed), kept)


def redo(session: Session, number: int, user: CurrentUser, now: datetime, _today: date) -> Undone:
    """Restore what was taken back; where approval is needed, corrections are submitted anew."""
    taken = _taken(session, number, user)
    added = [
        row
        for row in workbooks.entered_with(session, taken)
        if _can_return(row.state, row.void_reason) and may(user, "void_activity", row.host_code)
    ]
    review = {"review": entered_as(session), "return_reason": ""}
    changed = [
        (row, one.after | review)
        for row, one in _corrected(
            session, taken, lambda one: _was_put_back(one.steps, one.action, one.reason)
        )
        if may(user, "correct_activity", row.host_code)
    ]
    if not added and not changed:
        raise InvalidEntry(_("没有可以恢复的记录。"))
    author = author_of(user, now)
    writes.change_states(session, author, "restore", added, "")
    _state_again(session, author, changed, "")
    again = [
        remarks.Said(one.activity_id, one.kind, one.field, one.finding, one.figure, one.note)
        for one in workbooks.follow_ups_of(session, taken, [row.id for row, _after in changed])
        if one.closed_note == UNDO_REASON
    ]
    remarks.add(session, author, again)
    return Undone(len(added), len(changed))


def _taken(session: Session, number: int, user: CurrentUser) -> WorkbookImport:
    """The import, once all writes before this one are done."""
    require(user, "void_activity")
    writes.queue(session)
    return import_of(session, KIND, number, user)


def _corrected(
    session: Session, taken: WorkbookImport, wanted: Callable[[Corrected], bool]
) -> list[tuple[reads.Activity, Corrected]]:
    """The wanted ones of a file's corrections, each with its record."""
    found = {int(one.key[1:]): one for one in workbooks.corrected_with(session, taken)
             if wanted(one)}  # fmt: skip
    rows = reads.by_ids(session, found)
    return [(rows[one], found[one]) for one in sorted(rows)]


def _state_again(session: Session, author: Author, given: Sequence[Again], reason: str) -> None:
    corrections = [
        writes.Correction(row, facts_of(logged(stated)), stated["review"], stated["return_reason"])
        for row, stated in given
    ]
    writes.correct_all(session, author, corrections, reason)


def _can_go(state: str, review: str, version: int, locks: bool) -> bool:
    """Whether a record is as it was entered, and not locked."""
    return state == "recorded" and version == 1 and not (locks and review == APPROVED)


def _can_return(state: str, void_reason: str) -> bool:
    return state == "void" and void_reason == UNDO_REASON


def _was_put_back(steps: int, action: str | None, reason: str | None) -> bool:
    """Whether all that was done since to what a file corrected is that it was taken back."""
    return steps == 1 and action == "correct" and reason == UNDO_REASON

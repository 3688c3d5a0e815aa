"""The files taken over last, and taking one back: what it added is void, and can be restored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.engine import Session
from db.reads import activities as reads
from db.reads import workbooks
from db.writes import activities as writes
from services.activities import APPROVED, approval_on
from services.activities.entry import UNDO_REASON
from services.errors import InvalidEntry, NotFound, NotPermitted
from services.i18n import _
from services.permissions import COMMUNITY_STAFF, CurrentUser, require
from services.workbook.activities import KIND
from services.writing import author_of

_LISTED = 5


@dataclass(frozen=True)
class Taken:
    """A file that was taken over. `undoable`: what it added and nobody has changed since;
    `undone`: what was taken back."""

    number: int
    at: datetime
    who: str
    file_name: str
    added: int
    changed: int
    unchanged: int
    refused: int
    undoable: int
    undone: int


def last_taken(session: Session, user: CurrentUser) -> tuple[Taken, ...]:
    """The last files of activities, newest first; community staff see their own."""
    require(user, "enter_activity")
    own = user.id if user.role == COMMUNITY_STAFF else None
    locks, found = approval_on(session), []
    for row in workbooks.last_taken(session, KIND, own, _LISTED):
        undoable = undone = 0
        for state, review, reason, version, count in workbooks.counted(session, row):
            undoable += count * _can_go(state, review, version, locks)
            undone += count * _can_return(state, reason)
        found.append(
            Taken(
                row.id, row.at, row.user_name, row.file_name, row.added, row.changed,
                row.unchanged, row.refused, undoable, undone,
            )
        )  # fmt: skip
    return tuple(found)


def undo(session: Session, number: int, user: CurrentUser, now: datetime) -> int:
    """Void what a file added, except what was changed or approved since; how many that were."""
    entered, locks = _entered(session, number, user), approval_on(session)
    found = [row for row in entered if _can_go(row.state, row.review, row.version, locks)]
    if not found:
        raise InvalidEntry(_("这个文件新增的记录都已改动、审核或作废，没有可以撤销的。"))
    writes.change_states(session, author_of(user, now), "void", found, UNDO_REASON)
    return len(found)


def redo(session: Session, number: int, user: CurrentUser, now: datetime) -> int:
    """Restore what was taken back; how many that were."""
    entered = _entered(session, number, user)
    found = [row for row in entered if _can_return(row.state, row.void_reason)]
    if not found:
        raise InvalidEntry(_("没有可以恢复的记录。"))
    writes.change_states(session, author_of(user, now), "restore", found, "")
    return len(found)


def _entered(session: Session, number: int, user: CurrentUser) -> Sequence[reads.Activity]:
    """What a file added, once all writes before this one are done."""
    require(user, "void_activity")
    writes.queue(session)
    row = workbooks.taken(session, number)
    if row is None or row.kind != KIND:
        raise NotFound(_("没有这次导入，请刷新页面。"))
    if user.role == COMMUNITY_STAFF and row.user_id != user.id:
        raise NotPermitted(_("只能撤销自己的导入。"))
    return workbooks.entered_with(session, row)


def _can_go(state: str, review: str, version: int, locks: bool) -> bool:
    """Whether a record is as it was entered, and not locked."""
    return state == "recorded" and version == 1 and not (locks and review == APPROVED)


def _can_return(state: str, void_reason: str) -> bool:
    return state == "void" and void_reason == UNDO_REASON

"""Taking back a file of a list: what it added goes, what it changed is as the log has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import workbooks as reads
from db.reads.workbooks import Logged, WorkbookImport
from db.writes import workbooks as writes
from db.writes.log import raise_version
from services.errors import InvalidEntry
from services.formats import number as in_figures
from services.i18n import _
from services.permissions import CurrentUser, require
from services.workbook.imports import import_of, last_imports, told
from services.workbook.lines import Stay, Taken, Undone
from services.workbook.lists.listing import Keeper
from services.writing import author_of

_NAMED = 100  # so much of a file's name stands in reasons
UNDO, REDO = "undo", "restore"  # what the change log calls them


@dataclass(frozen=True)
class Undoable:
    """A list of which files can be taken back; see `Listing`."""

    code: str
    permission: str
    logged: tuple[str, ...]
    keeper: Callable[[Session, CurrentUser, date], Keeper]


def last_taken(session: Session, of: Undoable, user: CurrentUser) -> tuple[Taken, ...]:
    """The last files, newest first; community staff see their own."""
    require(user, of.permission)
    found = []
    for row in last_imports(session, of.code, user):
        event = reads.last_event(session, row.id)
        left = sum(not line.steps for line in reads.lines_of(session, event, of.logged))
        undone = event.action == UNDO
        found.append(told(row, 0 if undone else left, left if undone else 0))
    return tuple(found)


def undo(
    session: Session, of: Undoable, number: int, user: CurrentUser, now: datetime, today: date
) -> Undone:
    """Take back what a file did, except where a row was changed since or something stands on it."""
    return _undone(session, of, number, (UNDO, _("撤销导入“{file}”")), user, now, today)


def redo(
    session: Session, of: Undoable, number: int, user: CurrentUser, now: datetime, today: date
) -> Undone:
    """Have again what was taken back, with the same exceptions."""
    return _undone(session, of, number, (REDO, _("恢复导入“{file}”")), user, now, today)


def _to_undo(
    session: Session, of: Undoable, number: int, user: CurrentUser, action: str
) -> tuple[WorkbookImport, Sequence[Logged]]:
    """The import, and what its last event wrote, once all writes before this one are done."""
    require(user, of.permission)
    raise_version(session)  # its row is the queue of all writers
    row = import_of(session, of.code, number, user)
    event = reads.last_event(session, number)
    if (event.action == UNDO) != (action == REDO):
        return row, ()
    return row, reads.lines_of(session, event, of.logged)


def _undone(
    session: Session, of: Undoable, number: int, said: tuple[str, str], user: CurrentUser,
    now: datetime, today: date,
) -> Undone:  # fmt: skip
    """Undo what the last event wrote, the last line first; said: the action and, of a file, the
    reason that the log gives."""
    row, lines = _to_undo(session, of, number, user, said[0])
    action, reason = said[0], said[1].format(file=row.file_name[:_NAMED])
    keeper = of.keeper(session, user, today)
    open_ones = [line for line in reversed(lines) if not line.steps]
    kept = [(line, _("后来有人改动")) for line in lines if line.steps]
    kept += zip(open_ones, keeper.take_back_all(open_ones, reason, now), strict=True)
    stays = [Stay(keeper.called(keeper.key_of_line(line)), why) for line, why in kept if why]
    done = [line for line, why in kept if not why]
    if not done:
        raise InvalidEntry(_nothing(stays))
    keeper.follow()
    added = sum(line.before is None for line in done)
    result = Undone(added, len(done) - added, len(stays), tuple(stays))
    facts = {"added": result.added, "changed": result.changed, "kept": result.kept}
    writes.note_again(session, author_of(user, now), action, row.id, facts)
    return result


def _nothing(stays: Sequence[Stay]) -> str:
    if not stays:
        return _("没有可以撤销或恢复的，请刷新页面。")
    first = stays[0]
    return _("没有一行可以撤销或恢复，共 {count} 行保持不变，例如{what}：{why}").format(
        count=in_figures(len(stays)), what=first.what, why=first.why
    )

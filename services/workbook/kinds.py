"""The lists that can be taken over from a workbook: how each is read, checked, written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from services.i18n import _
from services.permissions import CurrentUser
from services.workbook import activities, places, places_sheet, places_undoing, sheet, undoing
from services.workbook.lines import Checked, Receipt, Taken, Undone
from services.workbook.lists import (
    catalogue,
    commitments,
    grids,
    inspections,
    notes,
    occasions,
    plans,
    rounds,
    targets,
    voices,
    waves,
)
from services.workbook.lists import undoing as lists
from services.workbook.lists.listing import Listing
from services.workbook.lists.undoing import Undoable
from services.workbook.table import Column, Table, read_table


@dataclass(frozen=True)
class Undoing:
    """`last`: the files taken over last; `undo` one, and `redo` what was undone, each for (session,
    number of the import, user, now, today)."""

    last: Callable[[Session, CurrentUser], Sequence[Taken]]
    undo: Callable[[Session, int, CurrentUser, datetime, date], Undone]
    redo: Callable[[Session, int, CurrentUser, datetime, date], Undone]


def _undoing(of: Undoable) -> Undoing:
    return Undoing(
        lambda session, user: lists.last_taken(session, of, user),
        lambda session, *how: lists.undo(session, of, *how),
        lambda session, *how: lists.redo(session, of, *how),
    )


@dataclass(frozen=True)
class Kind:
    """`check` and `take`: see services.workbook.activities. `needed`: fields without which a file
    says nothing of this kind; `alike`: asked where so many new rows resemble others;
    `undoing`: how a file is taken back."""

    code: str
    needed: tuple[str, ...]
    label: Callable[[], str]
    columns: Callable[[Session], Sequence[Column]]
    check: Callable[..., Checked]
    take: Callable[..., Receipt]
    undoing: Undoing
    alike: Callable[[int], str] = str


LISTINGS: dict[str, Listing] = {
    one.code: one
    for one in (
        *catalogue.LISTINGS,
        targets.LISTING,
        commitments.LISTING,
        voices.LISTING,
        inspections.LISTING,
        plans.LISTING,
        occasions.LISTING,
        notes.LISTING,
        rounds.LISTING,
        grids.LISTING,
        waves.LISTING,
    )
}


def _of_list(one: Listing) -> Kind:
    undoable = Undoable(one.code, one.permission, one.logged, one.keeper)
    return Kind(
        one.code,
        one.needed,
        one.label,
        one.columns,
        one.check,
        one.take,
        _undoing(undoable),
        one.alike,
    )


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            activities.KIND,
            sheet.NEEDED,
            sheet.sheet_name,
            sheet.all_columns,
            activities.check,
            activities.take,
            Undoing(undoing.last_taken, undoing.undo, undoing.redo),
            activities.alike,
        ),
        Kind(
            places.KIND,
            places_sheet.NEEDED,
            places_sheet.sheet_name,
            places_sheet.columns,
            places.check,
            places.take,
            _undoing(places_undoing.UNDOABLE),
        ),
        *map(_of_list, LISTINGS.values()),
    )
}


def last_taken(session: Session, code: str, user: CurrentUser) -> Sequence[Taken]:
    """The files of a kind that were taken over last, newest first."""
    return KINDS[code].undoing.last(session, user)


def columns_of(session: Session, code: str) -> Sequence[Column]:
    """The columns a file of the kind may have."""
    return KINDS[code].columns(session)


def help_of(code: str) -> Sequence[str]:
    """What a person needs to know of a list before changing it in a workbook."""
    return LISTINGS[code].help()


def list_book(session: Session, code: str, user: CurrentUser, today: date) -> bytes:
    """All that a list keeps, to be changed and imported back."""
    return LISTINGS[code].export(session, user, today)


def read(kind: Kind, data: bytes, columns: Sequence[Column]) -> Table:
    """The rows of a file of the kind; see `read_table`."""
    return read_table(data, columns, kind.label(), kind.needed)


def state_words() -> dict[str, str]:
    """What the states of rows are called, in the order of a summary."""
    return {
        "new": _("将新增"),
        "changed": _("将更正"),
        "same": _("没有变化"),
        "alike": _("疑似重复"),
        "ask": _("请确认"),
        "left": _("不导入"),
        "refused": _("拒收"),
        "blank": _("没有填写"),
    }

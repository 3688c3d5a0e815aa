"""A file of any list is taken back whole and put back whole: the list is as it was, both ways."""

from __future__ import annotations

import pytest

from db.engine import Session
from services import workbook
from services.errors import InvalidEntry
from services.permissions import CurrentUser
from services.workbook import Undone
from tests.list_workbook_cases import logged, out
from tests.undoing_cases import (
    EDITS,
    ENTRIES,
    FORTH,
    NEW,
    imported,
    kept_by,
    redone,
    said,
    undone,
)
from tests.workbook_cases import edited, sheet, take


@pytest.fixture
def keeper(session: Session) -> CurrentUser:
    return kept_by(session)


@pytest.mark.parametrize(("code", "old", "new"), EDITS)
def test_what_a_file_changed_is_as_it_was_and_forth_again(
    session: Session, keeper: CurrentUser, code: str, old: str, new: str
) -> None:
    before = said(session, code, keeper)
    imported(session, code, edited(out(session, code, keeper), old, new), keeper)
    after = said(session, code, keeper)
    assert after != before
    assert [one.undoable for one in workbook.last_taken(session, code, keeper)] == [1]
    lines = logged(session)
    assert undone(session, code, keeper) == Undone(0, 1)
    assert logged(session) == lines + 2  # the row, and that the file was taken back
    assert said(session, code, keeper) == before
    assert [one.undone for one in workbook.last_taken(session, code, keeper)] == [1]
    with pytest.raises(InvalidEntry, match="没有可以撤销"):
        undone(session, code, keeper)
    assert redone(session, code, keeper) == Undone(0, 1)
    assert said(session, code, keeper) == after
    assert undone(session, code, keeper) == Undone(0, 1)
    assert said(session, code, keeper) == before


@pytest.mark.parametrize("code", NEW)
def test_what_a_file_added_is_gone_and_there_again(
    session: Session, keeper: CurrentUser, code: str
) -> None:
    before = said(session, code, keeper)
    imported(session, code, sheet(NEW[code]), keeper)
    after = said(session, code, keeper)
    done = undone(session, code, keeper)
    assert (done.added, done.changed, done.kept) == (1, 0, 0)
    gone = said(session, code, keeper)
    if code in ENTRIES:  # out of use
        (row,) = [row for row in gone if row not in before]
        assert (row["active"], row | {"active": "在用"} in after) == ("已停用", True)
    else:
        assert gone == before
    assert redone(session, code, keeper).kept == 0
    assert said(session, code, keeper) == after


@pytest.mark.parametrize("code", ["voices", "plans", "types"])
def test_the_same_file_again_is_no_news_after_it_was_taken_back(
    session: Session, keeper: CurrentUser, code: str
) -> None:
    imported(session, code, sheet(NEW[code]), keeper)
    undone(session, code, keeper)
    lines = logged(session)
    take(session, sheet(NEW[code]), keeper, FORTH, kind=workbook.KINDS[code])
    assert logged(session) == lines

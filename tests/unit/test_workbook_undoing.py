"""An import is taken back whole and put back whole, by who made it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Activity
from services import activities, workbook
from services.errors import InvalidEntry, NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import ENTRY, LATER, TODAY, assert_sums_agree, person
from tests.workbook_cases import check, row, sheet, take


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    return person(session, "community_staff", "c01")


def test_a_file_is_taken_back_and_put_back_except_what_was_changed_since(
    session: Session, staff: CurrentUser
) -> None:
    data = sheet(row(), row(日期="2023-10-18"), row(日期="2023-10-11"))
    take(session, data, staff)
    other = replace(ENTRY, participants=41)
    activities.correct(session, "A000001", other, 1, staff, LATER, TODAY)
    assert workbook.last_taken(session, staff)[0].undoable == 2
    assert workbook.undo(session, 1, staff, LATER) == 2
    assert_sums_agree(session)
    assert [row.state for row in session.scalars(select(Activity).order_by(Activity.id))] == [
        "recorded", "void", "void"
    ]  # fmt: skip
    assert "作废" in check(session, data, staff).lines[1].note
    assert workbook.redo(session, 1, staff, LATER) == 2
    assert_sums_agree(session)
    with pytest.raises(InvalidEntry, match="没有可以撤销"):
        workbook.undo(session, 1, staff, LATER)


def test_community_staff_take_back_only_their_own_files(
    session: Session, staff: CurrentUser
) -> None:
    take(session, sheet(row()), person(session, "office_staff"))
    assert workbook.last_taken(session, staff) == ()
    with pytest.raises(NotPermitted):
        workbook.undo(session, 1, staff, LATER)

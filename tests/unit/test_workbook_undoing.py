"""An import is taken back whole and put back whole, by who made it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Activity, Office
from services import activities, workbook
from services.activities import Answer, Entry, mark_of
from services.errors import InvalidEntry, NotPermitted
from services.permissions import CurrentUser
from services.workbook import Choice, Said, Undone
from tests.activity_cases import (
    ENTRY,
    LATER,
    TODAY,
    add_usual_weeks,
    assert_sums_agree,
    entered,
    person,
)
from tests.workbook_cases import ACTIVITIES, check, edited, row, sheet, take, upload

UNDOING = ACTIVITIES.undoing


def test_a_file_is_taken_back_and_put_back_except_what_was_changed_since(
    session: Session, staff: CurrentUser
) -> None:
    data = sheet(row(), row(日期="2023-10-18"), row(日期="2023-10-11"))
    take(session, data, staff)
    other = replace(ENTRY, participants=41)
    activities.correct(session, "A000001", other, 1, staff, LATER, TODAY)
    assert UNDOING.last(session, staff)[0].undoable == 2
    assert UNDOING.undo(session, 1, staff, LATER, TODAY) == Undone(2, 0, kept=1)
    assert_sums_agree(session)
    assert [row.state for row in session.scalars(select(Activity).order_by(Activity.id))] == [
        "recorded", "void", "void"
    ]  # fmt: skip
    assert "作废" in check(session, data, staff).lines[1].note
    assert UNDOING.redo(session, 1, staff, LATER, TODAY) == Undone(2, 0)
    assert_sums_agree(session)
    with pytest.raises(InvalidEntry, match="没有可以撤销"):
        UNDOING.undo(session, 1, staff, LATER, TODAY)


def changed_file(session: Session, staff: CurrentUser) -> bytes:
    """The month's records as a file in which one figure is another."""
    data = workbook.month_book(session, "c01", "2023-10", staff)
    return edited(data, "<v>40</v>", "<v>41</v>")


def entry(session: Session, number: str = "A000001") -> Entry:
    session.expire_all()
    return activities.record(session, number).entry


def test_what_a_file_corrected_is_put_back_and_forth(session: Session, staff: CurrentUser) -> None:
    entered(session, staff)
    take(session, changed_file(session, staff), staff)
    corrected = replace(ENTRY, participants=41)
    assert entry(session) == corrected
    assert UNDOING.last(session, staff)[0].undoable == 1
    assert UNDOING.undo(session, 1, staff, LATER, TODAY) == Undone(0, 1)
    session.commit()
    assert entry(session) == ENTRY
    assert_sums_agree(session)
    told = [(one.action, one.reason) for one in activities.history(session, "A000001")]
    assert told == [("首次填报", ""), ("更正", ""), ("更正", "撤销")]
    taken = UNDOING.last(session, staff)[0]
    assert (taken.undoable, taken.undone) == (0, 1)
    with pytest.raises(InvalidEntry, match="没有可以撤销"):
        UNDOING.undo(session, 1, staff, LATER, TODAY)
    assert UNDOING.redo(session, 1, staff, LATER, TODAY) == Undone(0, 1)
    session.commit()
    assert entry(session) == corrected
    assert_sums_agree(session)
    with pytest.raises(InvalidEntry, match="没有可以恢复"):
        UNDOING.redo(session, 1, staff, LATER, TODAY)


def test_a_correction_that_somebody_changed_since_stays(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    take(session, changed_file(session, staff), staff)
    other = replace(ENTRY, participants=42)
    activities.correct(session, "A000001", other, 2, staff, LATER, TODAY)
    session.commit()
    assert UNDOING.last(session, staff)[0].undoable == 0
    with pytest.raises(InvalidEntry, match="没有可以撤销"):
        UNDOING.undo(session, 1, staff, LATER, TODAY)
    assert entry(session) == other


def test_of_two_files_the_last_is_taken_back_and_the_first_stays(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    take(session, changed_file(session, staff), staff)
    data = workbook.month_book(session, "c01", "2023-10", staff)
    up = upload(session, edited(data, "<v>41</v>", "<v>42</v>"))
    ACTIVITIES.take(session, up, staff, LATER, TODAY)
    session.commit()
    assert [one.undoable for one in UNDOING.last(session, staff)] == [1, 0]
    UNDOING.undo(session, 2, staff, LATER, TODAY)
    session.commit()
    assert entry(session) == replace(ENTRY, participants=41)
    assert [one.undone for one in UNDOING.last(session, staff)] == [1, 0]


def test_who_works_for_another_community_now_takes_nothing_back(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    data = sheet(row(日期="2023-10-18"))
    take(session, data, staff)
    moved = replace(staff, community="c02")
    with pytest.raises(InvalidEntry, match="没有可以撤销"):
        UNDOING.undo(session, 1, moved, LATER, TODAY)
    take(session, changed_file(session, staff), staff)
    with pytest.raises(InvalidEntry, match="没有可以撤销"):
        UNDOING.undo(session, 2, moved, LATER, TODAY)


def test_what_was_returned_is_returned_again_and_what_was_approved_stays(
    session: Session, staff: CurrentUser
) -> None:
    session.get_one(Office, 1).approval = True
    entered(session, staff)
    reviewer = person(session, "office_staff")
    activities.send_back(session, "A000001", "数量不符", 1, reviewer, LATER)
    session.commit()
    take(session, changed_file(session, staff), staff)
    UNDOING.undo(session, 1, staff, LATER, TODAY)
    session.commit()
    row = session.get_one(Activity, 1)
    assert (row.review, row.return_reason) == ("returned", "数量不符")
    UNDOING.redo(session, 1, staff, LATER, TODAY)
    assert (row.review, row.return_reason) == ("submitted", "")
    activities.approve(session, "A000001", row.version, reviewer, LATER)
    session.commit()
    with pytest.raises(InvalidEntry, match="没有可以撤销"):
        UNDOING.undo(session, 1, staff, LATER, TODAY)


def test_what_the_file_put_on_the_to_do_list_goes_and_comes_with_it(
    session: Session, staff: CurrentUser
) -> None:
    add_usual_weeks(session)
    number = entered(session, staff, replace(ENTRY, participants=39))
    data = workbook.month_book(session, "c01", "2023-10", staff)
    odd = edited(data, "<v>39</v>", "<v>400</v>")
    (line,) = check(session, odd, staff).of("ask")
    answer = Answer(mark_of(line.asked), "等核实", follow_up=True)
    take(session, odd, staff, choice=Choice(said=(Said(line.line, answer),)))
    assert len(activities.follow_ups(session, staff)) == 1
    UNDOING.undo(session, 1, staff, LATER, TODAY)
    session.commit()
    assert activities.follow_ups(session, staff) == ()
    assert activities.remarks_of(session, number)[0].closed_note == "撤销"
    UNDOING.redo(session, 1, staff, LATER, TODAY)
    (remark,) = activities.follow_ups(session, staff)
    assert (remark.figure, remark.note) == ("400", "等核实")


def test_community_staff_take_back_only_their_own_files(
    session: Session, staff: CurrentUser
) -> None:
    take(session, sheet(row()), person(session, "office_staff"))
    assert UNDOING.last(session, staff) == ()
    with pytest.raises(NotPermitted):
        UNDOING.undo(session, 1, staff, LATER, TODAY)

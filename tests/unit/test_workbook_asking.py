"""A file's odd figures are asked about row by row, and taken over only with the answer to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from db.engine import Session
from db.models import ActivityRemark, Change
from services import activities
from services.activities import Answer, mark_of
from services.errors import InvalidEntry
from services.permissions import CurrentUser
from services.workbook import Choice, Receipt, Said, month_book, refused_book
from tests.activity_cases import add_usual_weeks, assert_sums_agree, rows
from tests.workbook_cases import (
    ACTIVITIES,
    cells,
    check,
    edited,
    row,
    sheet,
    take,
    written,
)

ODD = row(**{"参加人数（人）": 400})
NOTE = "等活动方核实"


@pytest.fixture(autouse=True)
def _a_year(session: Session) -> None:
    add_usual_weeks(session)


def said(session: Session, data: bytes, user: CurrentUser, note: str = "") -> Choice:
    """The same answer to every row that asks; a note puts it on the to-do list."""
    asking = check(session, data, user).of("ask")
    return Choice(
        said=tuple(
            Said(line.line, Answer(mark_of(line.asked), note, bool(note))) for line in asking
        )
    )


def test_an_odd_row_asks_and_says_what_is_usual(session: Session, staff: CurrentUser) -> None:
    found = check(session, sheet(ODD, row(日期="2023-10-24")), staff)
    assert [line.state for line in found.lines] == ["ask", "new"]
    assert found.to_write == 1
    assert "参加人数 400，本社区近 12 个月通常为" in found.lines[0].note


def test_a_row_in_which_nothing_was_counted_asks_unless_its_type_has_no_measures(
    session: Session, staff: CurrentUser
) -> None:
    blank = {"参加人数（人）": None, "清运生活垃圾（吨）": None}
    data = sheet(row(**blank), row(活动类型="联合义警假期不打烊活动", **blank))
    found = check(session, data, staff)
    assert [line.state for line in found.lines] == ["ask", "new"]
    assert "只计场次" in found.lines[0].note
    assert take(session, data, staff, choice=said(session, data, staff)).added == 2
    assert check(session, data, staff).counts["same"] == 2


def test_unanswered_it_is_neither_taken_nor_lost(session: Session, staff: CurrentUser) -> None:
    data = sheet(ODD, row(日期="2023-10-24"))
    there = rows(session)
    done = take(session, data, staff)
    assert (done.added, done.refused, done.unconfirmed) == (1, 1, 1)
    assert rows(session) == there + 1
    again = check(session, data, staff)
    assert [line.state for line in again.lines] == ["ask", "same"]
    columns = ACTIVITIES.columns(session)
    (left,) = cells(refused_book(again, columns, "活动"), session)
    assert left["participants"] == "400"
    with pytest.raises(InvalidEntry, match="没有一行可以导入"):
        take(session, sheet(ODD), staff)


def test_confirmed_it_is_kept_with_who_said_so_for_the_approver(
    session: Session, staff: CurrentUser
) -> None:
    data = sheet(ODD)
    done = take(session, data, staff, choice=said(session, data, staff))
    assert (done.added, done.refused, done.unconfirmed) == (1, 0, 0)
    (question,) = activities.record(session, done.numbers[0]).questions
    assert question.answer is not None
    assert (question.answer.kind, question.answer.figure) == ("confirmed", "400")
    assert question.answer.by == staff.name
    log = session.scalars(select(Change.action).where(Change.user_id == staff.id)).all()
    assert log == ["enter", "confirm", "import"]
    assert_sums_agree(session)


def test_the_same_file_again_asks_nothing_of_what_is_on_record(
    session: Session, staff: CurrentUser
) -> None:
    data = sheet(ODD)
    choice = said(session, data, staff)
    take(session, data, staff, choice=choice)
    before = written(session)
    assert [line.state for line in check(session, data, staff).lines] == ["same"]
    assert take(session, data, staff, choice=choice) == Receipt(0, 0, 1, 0)
    assert written(session) == before
    assert len(session.scalars(select(ActivityRemark)).all()) == 1


def test_a_follow_up_goes_on_the_to_do_list_and_needs_a_word(
    session: Session, staff: CurrentUser
) -> None:
    data = sheet(ODD)
    line = check(session, data, staff).lines[0]
    silent = Choice(said=(Said(line.line, Answer(mark_of(line.asked), " ", follow_up=True)),))
    assert check(session, data, staff, choice=silent).lines[0].state == "ask"
    take(session, data, staff, choice=said(session, data, staff, NOTE))
    (remark,) = activities.follow_ups(session, staff)
    assert (remark.field, remark.figure, remark.note) == ("participants", "400", NOTE)


def test_a_row_is_left_out_if_the_person_says_so(session: Session, staff: CurrentUser) -> None:
    choice = Choice(said=(Said(2, None),))
    found = check(session, sheet(ODD), staff, choice=choice)
    assert (found.lines[0].state, found.to_write) == ("left", 0)
    assert "您选择了不导入" in found.lines[0].note


def test_an_answer_to_another_figure_is_none(session: Session, staff: CurrentUser) -> None:
    choice = said(session, sheet(ODD), staff)
    other = sheet(row(**{"参加人数（人）": 4000}))
    assert check(session, other, staff, choice=choice).lines[0].state == "ask"


def test_a_correction_asks_about_what_nobody_answered_yet(
    session: Session, staff: CurrentUser
) -> None:
    take(session, sheet(row(**{"参加人数（人）": 39})), staff)
    data = month_book(session, "c01", "2023-10", staff)
    odd = edited(data, "<v>39</v>", "<v>400</v>")
    (line,) = check(session, odd, staff).of("ask")
    assert (line.number, [one.after for one in line.differences]) == ("A000008", ["400"])
    assert take(session, odd, staff, choice=said(session, odd, staff)).changed == 1
    later = edited(month_book(session, "c01", "2023-10", staff), "雨后清理", "雨后")
    assert [one.number for one in check(session, later, staff).of("changed")] == ["A000008"]


def test_there_is_no_question_to_the_database_for_every_row(
    session: Session, staff: CurrentUser
) -> None:
    def data(count: int) -> bytes:
        return sheet(*(ODD | {"地点": f"第{place}处"} for place in range(count)))

    few, many = data(2), data(40)
    small, large = (said(session, one, staff) for one in (few, many))
    with counted(session) as first:
        take(session, few, staff, choice=small)
    with counted(session) as second:
        done = take(session, many, staff, choice=replace(large, alike=True))
    assert done.added == 38
    assert len(second) <= len(first) + 5


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The questions that reach the database; SQLite writes row by row anyway."""
    seen: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("INSERT"):
            seen.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    yield seen
    event.remove(engine, "before_cursor_execute", count)

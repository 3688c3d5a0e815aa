"""Many voices at once: few statements, all or none, each once, and by whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from db.engine import Session
from db.models import Change, Feedback
from services import feedback, workbook
from services.errors import Conflict, NotPermitted
from tests.activity_cases import person
from tests.feedback_cases import NOW, TODAY, TYPED, Desk, day
from tests.list_workbook_cases import VOICE as ROW
from tests.workbook_cases import edited, sheet, upload

BOOK = workbook.KINDS["voices"]


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_a_thousand_voices_are_registered_and_corrected_with_few_statements(
    desk: Desk, session: Session
) -> None:
    rows = [ROW | {"反映内容": f"第 {place} 条"} for place in range(1000)]
    new, shares = upload(session, sheet(*rows), kind=BOOK), list[float]()
    statements = _counted(session, lambda: BOOK.take(session, new, desk.office, NOW, TODAY,
                                                     shares.append))  # fmt: skip
    session.commit()
    assert len(session.scalars(select(Feedback.id)).all()) == 1000
    assert session.scalar(select(func.count()).select_from(Change)) == 1001
    assert statements < 100
    assert len(shares) > 1
    assert (sorted(shares), shares[-1]) == (shares, 1.0)
    data = workbook.list_book(session, "voices", desk.office, TODAY)
    again = upload(session, edited(data, "噪声扰民", "作业负担过重"), kind=BOOK)
    statements = _counted(session, lambda: BOOK.take(session, again, desk.office, NOW, TODAY))
    assert statements < 100
    assert {row.topic_code for row in session.scalars(select(Feedback))} == {"homework"}


def _counted(session: Session, work: Callable[[], object]) -> int:
    """How many statements the work takes beside the rows that it adds, which SQLite is given one
    by one."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("INSERT"):
            said.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    work()
    event.remove(engine, "before_cursor_execute", note)
    return len(said)


def test_many_are_corrected_or_none(desk: Desk, session: Session) -> None:
    desk.brought_to("assigned")
    desk.submit(text="另一条")
    given = [
        (row, seen, replace(feedback.typed_as(session, f"F00000{row}", desk.office),
                            received_on=day(-2)))
        for row, seen in ((1, 2), (2, 1))
    ]  # fmt: skip
    desk.take("F000002", desk.step("assign"))
    with pytest.raises(Conflict):
        feedback.correct_all(session, given, desk.office, NOW, TODAY)
    session.rollback()
    with pytest.raises(NotPermitted):
        feedback.correct_all(session, given, person(session, "community_staff", "c02"), NOW, TODAY)
    session.rollback()
    assert {desk.voice(f"F00000{row}").course[0].day for row in (1, 2)} == {"2023年10月18日"}
    feedback.correct_all(session, [given[0], (2, 2, given[1][2])],
                         desk.office, NOW, TODAY)  # fmt: skip
    assert {desk.voice(f"F00000{row}").course[0].day for row in (1, 2)} == {"2023年10月16日"}


def test_many_are_registered_each_once_and_by_whom_it_concerns(
    desk: Desk, session: Session
) -> None:
    given = [(f"form-{place}", replace(TYPED, text=str(place))) for place in range(3)]
    assert len(feedback.submit_all(session, given, desk.staff, NOW, TODAY)) == 3
    assert feedback.submit_all(session, given, desk.office, NOW, TODAY) == []
    with pytest.raises(NotPermitted):
        feedback.submit_all(session, [("form-9", replace(TYPED, community="c02"))], desk.staff,
                            NOW, TODAY)  # fmt: skip

"""The demonstration's voices and commitments: a plausible year, as the services keep it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime

from sqlalchemy import select

from db.demo import places
from db.engine import Session
from db.models import Change, Feedback
from db.writes.feedback import number_of, snapshot
from services import commitments
from services.feedback import STEPS, VOID


def test_every_course_is_one_that_the_services_allow(demo: Session) -> None:
    for row in demo.scalars(select(Feedback)):
        state = ""
        assert row.steps[0].action == "submit"
        for step, before in zip(row.steps[1:], row.steps, strict=False):
            state = {"submit": "received", "assign": "assigned", "resolve": "resolved"}.get(
                before.action, "assigned"
            )
            assert state in STEPS[step.action]
            assert before.day <= step.day <= places.TODAY
            assert before.at < step.at <= datetime(2023, 10, 28, 15, 59, tzinfo=UTC)
        assert row.version == len(row.steps)


def test_the_log_ends_with_what_is_on_record(demo: Session) -> None:
    lines = defaultdict(list)
    for line in demo.scalars(select(Change).where(Change.entity == "feedback").order_by(Change.id)):
        lines[line.entity_key].append(line)
    for row in demo.scalars(select(Feedback)):
        own = lines.pop(number_of(row.id))
        assert [line.action for line in own] == [step.action for step in row.steps]
        assert [line.before for line in own] == [None, *(line.after for line in own[:-1])]
        assert own[-1].after == snapshot(row)
    assert not lines


def test_there_are_some_of_every_state_and_some_had_to_be_handled_again(demo: Session) -> None:
    rows = demo.scalars(select(Feedback)).all()
    states = Counter(VOID if row.void_reason else row.state for row in rows)
    assert 250 <= len(rows) <= 350
    assert states["closed"] > states["resolved"] > states["assigned"] > 5
    assert states[VOID] >= 1
    assert sum(row.rounds > 1 for row in rows) >= 5
    assert any(row.due_on < places.TODAY for row in rows if row.state == "assigned")
    assert {row.school != "" for row in rows if row.channel_code == "parents_day"} == {True}


def test_some_commitments_were_kept_some_are_open_and_one_is_overdue(demo: Session) -> None:
    book = commitments.book(demo, places.TODAY)
    assert (len(book.promises), book.open, book.late) == (7, 4, 1)
    last = max(line.at for one in book.promises for line in one.course)
    assert last <= datetime(2023, 10, 28, 15, 59, tzinfo=UTC)

"""Rows of the grid submitted together: asked about in one go, each with its own result, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import event, func, select

from db.engine import Session
from db.models import Activity, ActivityDraft, Change
from services import activities, drafts
from services.errors import InvalidEntry, NotFound
from services.permissions import CurrentUser
from tests.activity_cases import LATER, NOW, TODAY, assert_sums_agree, person, rows
from tests.draft_cases import FULL, MONTH

ALONE = FULL | {"communities": ""}


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    return person(session, "community_staff", "c01")


def key(place: int) -> str:
    return f"{place:032x}"


def saved(session: Session, user: CurrentUser, texts: Sequence[dict[str, str]]) -> None:
    """Rows of these texts under the keys 0, 1, 2 …; committed."""
    changes = [
        drafts.Change(key(place), {name: ("", text) for name, text in cells.items()})
        for place, cells in enumerate(texts)
    ]
    drafts.save(session, "c01", MONTH, changes, user, NOW, TODAY)
    session.commit()


def submitted(session: Session, user: CurrentUser, *places: int) -> list[drafts.Submitted]:
    drafted = session.scalars(select(ActivityDraft))
    versions = {row.idempotency_key: row.version for row in drafted}
    asked = [(key(place), versions.get(key(place), 1)) for place in places]
    done = drafts.submit(session, "c01", MONTH, asked, user, LATER, TODAY)
    session.commit()
    return list(done)


def logged(session: Session, action: str) -> int:
    return session.scalar(select(func.count()).where(Change.action == action)) or 0


def test_each_row_has_its_own_result_in_the_order_asked_for(
    session: Session, staff: CurrentUser
) -> None:
    saved(session, staff, [ALONE | {"day": "24"}, ALONE | {"day": "x"}, ALONE | {"day": "25"}])
    last, wrong, first = submitted(session, staff, 2, 1, 0)
    assert ("没有填完" in wrong.refusal, wrong.row.state) == (True, "invalid")
    assert (last.refusal, first.refusal) == ("", "")
    assert (last.row.number, first.row.number) == ("A000001", "A000002")
    assert (last.row.day[:5], first.row.day[:5]) == ("10-25", "10-24")
    assert (rows(session), logged(session, "enter")) == (2, 2)
    assert_sums_agree(session)


def test_sent_again_after_a_cut_the_same_rows_are_entered_once(
    session: Session, staff: CurrentUser
) -> None:
    saved(session, staff, [ALONE | {"day": "24"}, ALONE | {"day": "25"}])
    first = submitted(session, staff, 0)
    assert [one.row for one in submitted(session, staff, 0, 1)][0] == first[0].row
    assert (rows(session), logged(session, "enter")) == (2, 2)


def test_of_two_alike_the_second_is_asked_about_beside_the_number_of_the_first(
    session: Session, staff: CurrentUser
) -> None:
    saved(session, staff, [ALONE, ALONE | {"day": "24 至 25"}, ALONE | {"day": "24"}])
    first, second, third = submitted(session, staff, 0, 1, 2)
    assert (first.refusal, first.row.number) == ("", "A000001")
    assert ("A000001" in second.refusal, second.row.state) == (True, "ask")
    assert (third.refusal, third.row.number) == ("", "A000002")


def test_rows_alike_that_are_to_be_followed_up_are_all_entered(
    session: Session, staff: CurrentUser
) -> None:
    saved(session, staff, [ALONE | {"follow": "等核实"}] * 3)
    assert [one.refusal for one in submitted(session, staff, 0, 1, 2)] == ["", "", ""]
    assert rows(session) == 3


def test_what_was_answered_is_kept_with_each_record(session: Session, staff: CurrentUser) -> None:
    odd = {"participants": "3", "follow": "等核实"}  # more helpers than people
    saved(session, staff, [ALONE | odd | {"day": "24"}, ALONE | {"day": "25"}])
    one, other = submitted(session, staff, 0, 1)
    assert [said.note for said in activities.remarks_of(session, one.row.number)] == ["等核实"]
    assert activities.remarks_of(session, other.row.number) == ()


def test_a_row_of_elsewhere_among_them_enters_none(session: Session, staff: CurrentUser) -> None:
    saved(session, staff, [ALONE])
    with pytest.raises(NotFound):
        submitted(session, staff, 0, 1)
    session.rollback()
    assert rows(session) == 0


def test_a_key_that_a_form_has_used_enters_nothing(session: Session, staff: CurrentUser) -> None:
    saved(session, staff, [ALONE])
    submitted(session, staff, 0)
    session.scalars(select(ActivityDraft)).one().activity_id = None
    session.commit()
    with pytest.raises(NotFound):
        submitted(session, staff, 0)


def test_more_rows_than_a_month_can_have_are_refused(session: Session, staff: CurrentUser) -> None:
    asked = [(key(place), 1) for place in range(drafts.MOST_ROWS + 1)]
    with pytest.raises(InvalidEntry):
        drafts.submit(session, "c01", MONTH, asked, staff, LATER, TODAY)


def test_twelve_rows_are_submitted_with_as_many_statements_as_three(
    session: Session, staff: CurrentUser
) -> None:
    saved(session, staff, [ALONE | {"day": str(day)} for day in range(1, 16)])
    few = counted(session, lambda: submitted(session, staff, *range(3)))
    many = counted(session, lambda: submitted(session, staff, *range(3, 15)))
    assert rows(session, Activity) == 15
    assert many <= few


def counted(session: Session, work: Callable[[], object]) -> int:
    """How many questions, and kinds of writing, the work sends; SQLite writes row by row."""
    sent: list[str] = []

    def note(*said: Any) -> None:
        sent.append(said[2])

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    work()
    event.remove(engine, "before_cursor_execute", note)
    written = {one for one in sent if one.startswith(("INSERT", "UPDATE"))}
    return len(written) + sum(one.startswith("SELECT") for one in sent)

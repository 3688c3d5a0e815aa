"""待办: each person's own things to do, what is overdue first, none of others'."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Activity, Office
from services import commitments, due
from services.permissions import CurrentUser
from tests.activity_cases import NOW, TODAY, entered, person
from tests.schedule_cases import planned
from tests.unit.test_commitments import TYPED


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    session.get_one(Office, 1).approval = True
    return person(session, "community_staff", "c01")


def pages(session: Session, user: CurrentUser) -> list[str]:
    return [one.page.split("/")[-1] for one in due.due(session, user, TODAY)]


def test_a_submitted_record_is_the_approvers_a_returned_one_the_submitters(
    session: Session, staff: CurrentUser
) -> None:
    office = person(session, "office_staff")
    number = entered(session, staff)
    assert (pages(session, staff), pages(session, office)) == ([], ["review.py"])
    row = session.scalars(select(Activity)).one()
    row.review, row.return_reason = "returned", "数量不符"
    session.commit()
    assert (pages(session, staff), pages(session, office)) == (["mine.py"], [])
    one = due.due(session, staff, TODAY)[0]
    assert (one.detail, one.query) == ("数量不符", (("record", number),))


def test_an_overdue_commitment_comes_first_and_only_to_those_it_concerns(
    session: Session, staff: CurrentUser
) -> None:
    office = person(session, "office_staff")
    commitments.make(session, TYPED, "key", office, NOW, TODAY)
    entered(session, staff)
    assert pages(session, office) == ["commitments.py", "review.py"]
    assert pages(session, staff) == ["commitments.py"]
    assert pages(session, person(session, "community_staff", "c02")) == []
    assert due.due_count(session, person(session, "official"), TODAY) == 0
    for days, late, soon in ((-1, True, False), (0, False, True), (7, False, True)):
        day = TYPED.due_on - timedelta(days=days)
        for user in (staff, office):
            (one,) = [one for one in due.due(session, user, day) if "commitments" in one.page]
            assert (one.late(day), one.soon(day)) == (late, soon)
        assert due.due_count(session, staff, day) == 1
    early = TYPED.due_on - timedelta(days=8)
    assert due.due_count(session, staff, early) == 0


def test_staff_are_reminded_of_their_own_plans_until_they_report(
    session: Session, staff: CurrentUser
) -> None:
    office = person(session, "office_staff")
    planned(session, office, communities=("c01", "c02"), grace=4)
    assert (pages(session, staff), pages(session, office)) == (["rhythm.py"], [])
    one = due.due(session, staff, TODAY)[0]
    assert one.day == TODAY + timedelta(days=1)  # a Wednesday and four days
    assert one.query == (("occasion", "P000001.2023-10-25"),)
    entered(session, staff)  # of both communities
    assert pages(session, staff) == []
    assert due.due_count(session, person(session, "community_staff", "c02"), TODAY) == 0

"""Approval: what then counts, what many at once come to, what is asked for and told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Activity, Change, Office
from services import activities, due, kpis
from services.activities import Backlog
from services.admin.approval import switch_approval
from services.errors import AppError, Conflict, InvalidEntry, NotPermitted
from services.filters import Filters
from services.periods import Period
from services.permissions import CurrentUser
from services.settings import Thresholds
from services.views import View
from tests.activity_cases import (
    CORRECTED,
    ENTRY,
    LATER,
    NOW,
    TODAY,
    assert_sums_agree,
    entered,
    person,
)

STAFF, OFFICE, ADMIN = "community_staff", "office_staff", "administrator"


@pytest.fixture
def approver(session: Session) -> CurrentUser:
    return person(session, OFFICE)


def use_approval(session: Session, on: bool = True) -> None:
    session.get_one(Office, 1).approval = on
    session.commit()


def stored(session: Session) -> Activity:
    session.expire_all()
    return session.scalars(select(Activity)).one()


def do(session: Session, action: str, number: str, user: CurrentUser) -> None:
    version = stored(session).version
    {
        "approve": lambda: activities.approve(session, number, version, user, LATER),
        "return": lambda: activities.send_back(session, number, "请核对", version, user, LATER),
        "reopen": lambda: activities.reopen(session, number, "有误", version, user, LATER),
        "correct": lambda: activities.correct(
            session, number, CORRECTED, version, user, LATER, TODAY
        ),
        "void": lambda: activities.void(session, number, "重复", user, LATER),
        "restore": lambda: activities.restore(session, number, user, LATER),
    }[action]()


@pytest.mark.parametrize(("on", "review"), [(True, "submitted"), (False, "approved")])
def test_what_is_entered_waits_only_where_the_office_works_with_approval(
    session: Session, staff: CurrentUser, on: bool, review: str
) -> None:
    use_approval(session, on)
    entered(session, staff)
    assert stored(session).review == review


def test_nobody_approves_what_they_entered_themselves(
    session: Session, approver: CurrentUser
) -> None:
    use_approval(session)
    number = entered(session, approver)
    with pytest.raises(NotPermitted, match="另一位"):
        do(session, "approve", number, approver)
    do(session, "approve", number, person(session, ADMIN))
    assert stored(session).review == "approved"


def test_nobody_approves_what_they_were_the_last_to_correct(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    number = entered(session, staff)
    do(session, "correct", number, approver)
    with pytest.raises(NotPermitted, match="另一位"):
        do(session, "approve", number, approver)
    assert activities.waiting(session, approver).own == {number}
    admin = person(session, ADMIN)
    assert activities.waiting(session, admin).own == frozenset()
    do(session, "approve", number, admin)
    assert stored(session).review == "approved"


def test_who_corrected_it_approves_it_once_somebody_else_corrected_it_again(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    number = entered(session, staff)
    do(session, "correct", number, approver)
    version = stored(session).version
    activities.correct(session, number, ENTRY, version, staff, LATER, TODAY)
    do(session, "approve", number, approver)
    assert stored(session).review == "approved"


def test_a_returned_record_counts_nowhere_until_it_is_corrected(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    view = View(Filters(Period(ENTRY.first_day, "since", TODAY)), TODAY, Thresholds())
    wider = replace(view, filters=view.filters.during(Period(CORRECTED.first_day, "since", TODAY)))
    number = entered(session, staff)
    assert kpis.totals(session, view).activities == 1
    do(session, "return", number, approver)
    assert kpis.totals(session, view).activities == 0
    assert activities.record(session, number).return_reason == "请核对"
    assert_sums_agree(session)
    do(session, "correct", number, staff)
    assert kpis.totals(session, wider).activities == 1
    assert activities.record(session, number).return_reason == ""
    assert_sums_agree(session)


def test_figures_of_what_is_approved_leave_out_what_waits(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    first = entered(session, staff)
    entered(session, staff, key="second")
    everything = View(Filters(Period(ENTRY.first_day, "since", TODAY)), TODAY, Thresholds())
    approved = replace(everything, filters=replace(everything.filters, approved_only=True))
    assert kpis.totals(session, approved).activities == 0
    version = session.scalars(select(Activity.version)).first()
    activities.approve(session, first, version, approver, LATER)
    assert kpis.totals(session, everything).activities == 2
    assert kpis.totals(session, approved).activities == 1
    sums = kpis.quantity_sums(session, approved).set_index("measure_code")
    assert sums.at["household_waste", "quantity"] == 1.5
    assert_sums_agree(session)


def test_many_are_approved_at_once_and_those_that_changed_are_named(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    first, second = entered(session, staff), entered(session, staff, key="second")
    seen = [(first, 1), (second, 1)]
    activities.correct(session, second, CORRECTED, 1, staff, LATER, TODAY)
    session.commit()
    refused = activities.approve_all(session, seen, approver, LATER)
    assert [number for number, _why in refused] == [second]
    assert [row.review for row in session.scalars(select(Activity).order_by(Activity.id))] == [
        "approved", "submitted",
    ]  # fmt: skip


def test_what_changed_since_it_was_shown_is_not_approved(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    number = entered(session, staff)
    activities.correct(session, number, CORRECTED, 1, staff, LATER, TODAY)
    with pytest.raises(Conflict):
        activities.approve(session, number, 1, approver, LATER)


def test_a_reason_is_needed_to_return_and_to_reopen(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    number = entered(session, staff)
    with pytest.raises(InvalidEntry) as refusal:
        activities.send_back(session, number, "  ", 1, approver, LATER)
    assert refusal.value.field == "reason"
    do(session, "approve", number, approver)
    with pytest.raises(InvalidEntry):
        activities.reopen(session, number, "", 2, approver, LATER)


def test_every_step_stands_in_the_history_with_its_reason(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    number = entered(session, staff)
    for action, user in (("approve", approver), ("reopen", approver), ("return", approver),
                         ("correct", staff)):  # fmt: skip
        do(session, action, number, user)
    told = [(line.action, line.reason) for line in activities.history(session, number)]
    assert told == [
        ("首次填报", ""), ("审核通过", ""), ("重新打开", "有误"), ("退回", "请核对"), ("更正", ""),
    ]  # fmt: skip


def test_what_waits_is_summed_up_type_by_type_for_those_who_approve(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    entered(session, staff)
    own = activities.submit(
        session, replace(ENTRY, host="c02", communities=(), grid=None), "own", approver, NOW, TODAY
    ).number
    found = activities.waiting(session, approver)
    assert activities.waiting_by_community(session, approver) == {
        "c01": Backlog(1, 0), "c02": Backlog(0, 1),
    }  # fmt: skip
    assert [(one.activities, one.participants) for one in found.sums] == [(1, 40)]
    assert "1.5 吨" in found.sums[0].quantities
    assert found.own == {own}
    assert [row.number for row in found.page.rows][-1] == own
    assert activities.waiting(session, approver, "c01").page.total == 1
    with pytest.raises(NotPermitted):
        activities.waiting(session, staff)


def test_only_what_a_person_may_approve_is_counted_and_the_others_are_said(
    session: Session, staff: CurrentUser, approver: CurrentUser
) -> None:
    use_approval(session)
    first, second = entered(session, staff), entered(session, staff, key="second")
    entered(session, approver, replace(ENTRY, host="c02", communities=(), grid=None), "own")
    activities.correct(session, second, CORRECTED, 1, approver, LATER, TODAY)
    assert activities.backlog(session, approver) == Backlog(1, 2)
    assert activities.backlog(session, approver, "c02").beside == "另有 1 条由他人审核。"
    assert activities.backlog(session, person(session, ADMIN)) == Backlog(3, 0)
    (line,) = due.due(session, approver, TODAY)
    assert (line.title, line.count) == ("审核甲社区的 1 条记录", 1)
    assert line.detail == "另有 1 条由他人审核。"
    activities.approve(session, first, 1, approver, LATER)
    assert due.due(session, approver, TODAY) == ()


def test_the_switch_is_the_administrators_and_logged(session: Session) -> None:
    admin = person(session, ADMIN)
    switch_approval(session, True, admin, NOW)
    switch_approval(session, True, admin, NOW)
    assert session.get_one(Office, 1).approval
    assert len(session.scalars(select(Change).where(Change.entity == "office")).all()) == 1
    with pytest.raises(AppError):
        switch_approval(session, False, person(session, OFFICE), NOW)

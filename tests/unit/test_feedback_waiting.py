"""Voices that a period leaves out: overdue at a meeting, still open, and nobody's yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.engine import Session
from services import due, feedback
from services.filters import Filters
from services.meetings import slides_follow
from services.meetings.scope import Scope
from services.periods import Period
from services.permissions import CurrentUser
from services.settings import FeedbackRules, Thresholds
from services.views import View
from tests.activity_cases import person
from tests.feedback_cases import RECEIVED_ON, TODAY, Desk, day

VIEW = View(Filters(Period(day(2), "since", TODAY)), TODAY, Thresholds())


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def brought(desk: Desk, community: str, received: date, until: date) -> str:
    number = desk.submit(community=community, received_on=received)
    desk.take(number, desk.step("assign", on=received, owner=desk.office.id, due=until))
    return number


def slide(session: Session, user: CurrentUser, view: View = VIEW) -> tuple[str, tuple]:
    found = slides_follow.overdue(Scope(session, view, user, FeedbackRules(), ""))
    return found.headline, tuple(row[0] for row in found.table.rows) if found.table else ()


def test_a_meeting_sees_all_that_is_overdue_whenever_it_came(desk: Desk, session: Session) -> None:
    newer = brought(desk, "c01", day(3), day(6))
    older = brought(desk, "c02", RECEIVED_ON, day(4))
    brought(desk, "c01", RECEIVED_ON, TODAY)
    assert slide(session, desk.office) == ("全街道有 2 件民声超期未办结。", (older, newer))
    assert slide(session, desk.office, VIEW.only("c02"))[1] == (older,)
    assert slide(session, desk.staff) == ("甲社区有 1 件民声超期未办结。", (newer,))
    other = person(session, "community_staff", "c03")
    assert slide(session, other) == ("没有超期未办结的民声。", ())


def test_what_came_before_the_period_and_is_open_is_counted(desk: Desk, session: Session) -> None:
    assert feedback.older(session, VIEW, desk.office) is None
    desk.submit()
    desk.submit(community="c02", received_on=RECEIVED_ON - timedelta(days=9))
    desk.submit(received_on=day(2))
    desk.brought_to("resolved")
    found = feedback.older(session, VIEW, desk.office)
    assert found == feedback.Pile(2, RECEIVED_ON - timedelta(days=9))
    assert feedback.older(session, VIEW, desk.staff) == feedback.Pile(1, RECEIVED_ON)
    whole = View(Filters(Period(found.first, "since", TODAY)), TODAY, Thresholds())
    chosen = feedback.Chosen(state="open")
    assert feedback.listing(session, whole, desk.office, chosen).total == found.count + 1


def test_voices_that_nobody_has_are_to_do_until_somebody_takes_them(
    desk: Desk, session: Session
) -> None:
    def lines(user: CurrentUser) -> list[str]:
        return [one.title for one in due.due(session, user, TODAY)]

    number = desk.submit()
    desk.take(brought(desk, "c02", RECEIVED_ON, day(9)), desk.step("resolve"))
    new, done = "交办新收到的 1 件民声", "回访办理完毕的 1 件民声"
    assert (lines(desk.staff), lines(desk.office)) == ([new], [new, done])
    assert lines(person(session, "official")) == []
    desk.take(number, desk.step("assign"))
    assert lines(desk.staff) == [f"办理民声 {number}"]
    desk.take(number, desk.step("resolve"))
    assert lines(desk.staff) == [done]
    (line,) = due.due(session, desk.staff, TODAY)
    assert dict(line.query) == {"state": "resolved", "period": f"{RECEIVED_ON}~"}
    desk.take(number, desk.step("call_back", verdict="not_reached"))
    assert lines(desk.staff) == [done]
    desk.take(number, desk.step("call_back"))
    assert lines(desk.staff) == []

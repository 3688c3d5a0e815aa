"""A voice is corrected by whom it concerns; what it said before stays in its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.engine import Session
from db.models import Community, FeedbackTopic
from services import feedback
from services.errors import Conflict, InvalidEntry, NotPermitted
from services.feedback import Step, Typed
from services.log.history import history
from services.permissions import CurrentUser
from tests.activity_cases import person
from tests.feedback_cases import NOW, PHONE, RECEIVED_ON, TODAY, TYPED, Desk, day


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def correct(
    desk: Desk, number: str, user: CurrentUser | None = None, seen: int | None = None,
    **changes: object,
) -> None:  # fmt: skip
    by = user or desk.office
    typed = replace(feedback.typed_as(desk.session, number, by), **changes)  # type: ignore[arg-type]
    version = desk.voice(number).version if seen is None else seen
    feedback.correct(desk.session, number, typed, version, by, NOW, TODAY)
    desk.session.commit()


def test_every_field_is_corrected_and_the_history_says_from_what_to_what(desk: Desk) -> None:
    number = desk.submit()
    changes = {
        "received_on": day(-1), "channel": "hot_line", "topic": "homework",
        "community": "c02", "school": "乙小学", "text": f"作业太多 {PHONE}",
    }  # fmt: skip
    correct(desk, number, **changes)
    assert feedback.typed_as(desk.session, number, desk.office) == Typed(**changes)  # type: ignore[arg-type]
    line = history(desk.session, "feedback", (number,), desk.office)[-1]
    assert line.action == "更正"
    assert line.differences == (
        "来源渠道：家长接待日 → 热线",
        "反映的问题：上下学交通拥堵 → 作业负担过重",
        "社区：甲社区 → 乙社区",
        "学校：甲小学 → 乙小学",
        "内容：放学时校门口堵车 → 作业太多 138****5678",
        "收到日期：2023-10-18 → 2023-10-17",
    )
    assert desk.voice(number).course[0].day == "2023年10月17日"


def test_a_correction_keeps_the_course(desk: Desk) -> None:
    number = desk.submit()
    desk.take(number, Step("assign", day(1), owner=desk.staff.id, due=day(5)))
    before = desk.voice(number)
    correct(desk, number, text="放学和上学时都堵")
    after = desk.voice(number)
    assert (after.state, after.owner, after.due_on) == (before.state, before.owner, before.due_on)
    assert (len(after.course), after.version) == (len(before.course), before.version + 1)


def test_nothing_is_written_where_nothing_differs_or_twice(desk: Desk) -> None:
    number = desk.submit()
    correct(desk, number)
    correct(desk, number, text="改")
    correct(desk, number, text="改", seen=1)  # the same form, sent again
    assert desk.voice(number).version == 2
    assert len(history(desk.session, "feedback", (number,), desk.office)) == 2


def test_who_saw_an_older_state_is_told(desk: Desk) -> None:
    number = desk.submit()
    correct(desk, number, text="改")
    with pytest.raises(Conflict):
        correct(desk, number, text="又改", seen=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"topic": "weather"}, "topic"),
        ({"channel": None}, "channel"),
        ({"received_on": date(2023, 11, 1)}, "received_on"),
        ({"received_on": day(2)}, "received_on"),  # after it was assigned
        ({"community": "c02"}, "community"),  # where its owner does not work
        ({"school": "校" * 61}, "school"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    desk: Desk, changes: dict[str, object], field: str
) -> None:
    number = desk.submit()
    desk.take(number, Step("assign", day(1), owner=desk.staff.id, due=day(5)))
    with pytest.raises(InvalidEntry) as refused:
        correct(desk, number, **changes)
    assert refused.value.field == field
    desk.session.rollback()
    assert feedback.typed_as(desk.session, number, desk.office) == TYPED


def test_what_it_said_before_it_may_go_on_saying(desk: Desk) -> None:
    number = desk.submit()
    desk.session.get_one(FeedbackTopic, "school_traffic").active = False
    desk.session.get_one(Community, "c01").active = False
    desk.session.commit()
    correct(desk, number, text="改")
    assert feedback.typed_as(desk.session, number, desk.office).text == "改"
    with pytest.raises(InvalidEntry):
        desk.submit(community="c02")


def test_a_void_voice_is_restored_first(desk: Desk) -> None:
    number = desk.submit()
    desk.take(number, Step("void", RECEIVED_ON, note="重复"))
    with pytest.raises(InvalidEntry, match="先恢复"):
        correct(desk, number, text="改")


def test_staff_correct_only_voices_of_their_own_community(desk: Desk) -> None:
    number = desk.submit()
    other = person(desk.session, "community_staff", "c02")
    official = person(desk.session, "official")
    for user in (other, official):
        with pytest.raises(NotPermitted):
            feedback.typed_as(desk.session, number, user)
        with pytest.raises(NotPermitted):
            feedback.correct(desk.session, number, TYPED, 1, user, NOW, TODAY)
    with pytest.raises(NotPermitted):  # nor do they give it away
        correct(desk, number, desk.staff, community="c02")
    correct(desk, number, desk.staff, text="改")


def test_a_school_keeps_its_first_spelling_until_it_is_corrected(desk: Desk) -> None:
    first, second = desk.submit(school="甲小学 A区"), desk.submit(school=" 甲小学Ａ区 ")
    assert feedback.typed_as(desk.session, second, desk.office).school == "甲小学 A区"
    correct(desk, first, school="乙小学")
    assert feedback.lists(desk.session).schools == ("乙小学", "甲小学 A区")

"""Comments on slides: whom they ask, where that shows, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change, SlideComment, User
from services import due, meetings
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.meetings import comments
from services.permissions import CurrentUser
from tests.activity_cases import PHONE, person
from tests.meeting_cases import NOW, RULES, TODAY, TYPED

LATER = datetime(2023, 10, 28, 3, 0, tzinfo=UTC)


@pytest.fixture
def official(session: Session) -> CurrentUser:
    user = person(session, "official")
    session.get_one(User, user.id).name = "周主任"
    return replace(user, name="周主任")


@pytest.fixture
def held(session: Session, office: CurrentUser) -> meetings.Meeting:
    number = meetings.make(session, TYPED, "meeting", office, NOW, TODAY, RULES).number
    return meetings.meeting(session, number)


def said(
    session: Session,
    held: meetings.Meeting,
    user: CurrentUser,
    text: str = "请补充原因",
    asks: tuple[int, ...] = (),
    key: str = "comment",
) -> bool:
    return comments.comment(session, held.slides[1].id, text, asks, key, user, NOW)


def titles(session: Session, user: CurrentUser) -> list[str]:
    return [one.title for one in due.due(session, user, TODAY)]


def test_who_is_asked_finds_it_among_the_things_to_do_until_it_is_settled(
    session: Session, office: CurrentUser, official: CurrentUser, held: meetings.Meeting
) -> None:
    assert said(session, held, office, asks=(official.id,))
    (line,) = titles(session, official)
    assert held.title in line
    assert titles(session, office) == []
    (one,) = comments.comments(session, held.number, official)[held.slides[1].id]
    assert (one.text, one.asks, one.done_by) == ("请补充原因", ("周主任",), "")
    comments.settle(session, one.id, True, one.version, official, LATER)
    assert titles(session, official) == []
    (one,) = comments.comments(session, held.number, office)[held.slides[1].id]
    assert one.done_by == "周主任"
    comments.settle(session, one.id, False, one.version, office, LATER)
    assert len(titles(session, official)) == 1


def test_a_name_behind_an_at_asks_that_person(
    session: Session, office: CurrentUser, official: CurrentUser, held: meetings.Meeting
) -> None:
    said(session, held, office, text="@周主任 请看这一页")
    assert len(titles(session, official)) == 1


def test_a_comment_on_a_void_meeting_is_nothing_to_do(
    session: Session, office: CurrentUser, official: CurrentUser, held: meetings.Meeting
) -> None:
    said(session, held, office, asks=(official.id,))
    meetings.void(session, held.number, "重复", held.version, office, LATER)
    assert titles(session, official) == []


def test_the_same_form_says_it_once(
    session: Session, office: CurrentUser, official: CurrentUser, held: meetings.Meeting
) -> None:
    assert said(session, held, office)
    assert not said(session, held, office)
    with pytest.raises(NotPermitted):
        said(session, held, official)
    assert len(session.scalars(select(SlideComment)).all()) == 1
    logged = session.scalars(select(Change.action).where(Change.entity == "meeting")).all()
    assert logged == ["create", "comment"]


def test_numbers_of_persons_in_a_comment_are_hidden(
    session: Session, office: CurrentUser, held: meetings.Meeting
) -> None:
    said(session, held, office, text=f"电话 {PHONE}")
    (one,) = comments.comments(session, held.number, office)[held.slides[1].id]
    assert one.text == "电话 138****5678"


def test_an_empty_comment_and_an_unknown_person_are_refused_beside_their_field(
    session: Session, office: CurrentUser, held: meetings.Meeting
) -> None:
    staff = person(session, "community_staff", "c01")
    for field, more in (
        ("text", {"text": " "}),
        ("asks", {"asks": (999,)}),
        ("asks", {"asks": (staff.id,)}),
    ):
        with pytest.raises(InvalidEntry) as refusal:
            said(session, held, office, **more)
        assert refusal.value.field == field


def test_two_who_settle_the_same_comment_do_not_overwrite_each_other(
    session: Session, office: CurrentUser, official: CurrentUser, held: meetings.Meeting
) -> None:
    said(session, held, office)
    (one,) = comments.comments(session, held.number, office)[held.slides[1].id]
    comments.settle(session, one.id, True, one.version, office, LATER)
    with pytest.raises(Conflict):
        comments.settle(session, one.id, True, one.version, official, LATER)
    with pytest.raises(NotFound):
        comments.settle(session, one.id + 1, True, 1, official, LATER)


def test_community_staff_neither_read_nor_write_comments(
    session: Session, office: CurrentUser, held: meetings.Meeting
) -> None:
    staff = person(session, "community_staff", "c01")
    said(session, held, office)
    with pytest.raises(NotPermitted):
        said(session, held, staff, key="other")
    with pytest.raises(NotPermitted):
        comments.comments(session, held.number, staff)
    assert staff.id not in comments.people(session)

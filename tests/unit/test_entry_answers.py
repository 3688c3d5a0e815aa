"""Answers to odd figures are kept with the figure; what is to be followed up waits till closed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Activity, ActivityRemark, Change
from services import activities, due
from services.activities import Answer, Finding, covers, mark_of
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import (
    CORRECTED,
    ENTRY,
    LATER,
    NOW,
    PHONE,
    TODAY,
    add_usual_weeks,
    entered,
    person,
)

ODD = replace(ENTRY, participants=400)
NOTE = "等活动方核实"


@pytest.fixture(autouse=True)
def _a_year(session: Session) -> None:
    add_usual_weeks(session)


def answer_to(session: Session, note: str = "", follow_up: bool = False) -> Answer:
    return Answer(mark_of(activities.asked(session, ODD)), note, follow_up)


def test_unanswered_it_is_refused_where_the_person_was_asked(
    session: Session, staff: CurrentUser
) -> None:
    with pytest.raises(InvalidEntry, match="确认无误") as refusal:
        activities.submit(session, ODD, "key", staff, NOW, TODAY, Answer(""))
    assert refusal.value.field == "sure"


def test_where_nobody_was_asked_it_is_kept_and_seen_to_be_unconfirmed(
    session: Session, staff: CurrentUser
) -> None:
    number = entered(session, staff, ODD)
    asked = activities.record(session, number).questions
    assert [(one.finding.field, one.answer) for one in asked] == [("participants", None)]


def test_confirmed_it_is_kept_with_the_figure_it_was_said_of(
    session: Session, staff: CurrentUser
) -> None:
    answer = answer_to(session, "三社区合办")
    number = activities.submit(session, ODD, "key", staff, NOW, TODAY, answer).number
    record = activities.record(session, number)
    (remark,) = record.remarks
    assert (remark.kind, remark.figure, remark.note) == ("confirmed", "400", "三社区合办")
    assert record.questions[0].answer == remark
    told = [(line.action, line.reason) for line in activities.history(session, number)]
    assert told[1:] == [("确认无误：参加人数 400", "三社区合办")]


def test_another_figure_is_another_question_and_the_same_is_not_asked_twice(
    session: Session, staff: CurrentUser
) -> None:
    answer = answer_to(session)
    number = activities.submit(session, ODD, "key", staff, NOW, TODAY, answer).number
    nothing = Answer("")
    noted = replace(ODD, note="另一句")
    activities.correct(session, number, noted, 1, staff, LATER, TODAY, nothing)
    other = replace(noted, participants=500)
    with pytest.raises(InvalidEntry):
        activities.correct(session, number, other, 2, staff, LATER, TODAY, nothing)
    mark = mark_of(activities.asked(session, other, number))
    assert not covers(answer.mark, activities.asked(session, other, number))
    activities.correct(session, number, other, 2, staff, LATER, TODAY, Answer(mark))
    usual = replace(noted, participants=30)
    activities.correct(session, number, usual, 3, staff, LATER, TODAY, nothing)
    assert activities.record(session, number).questions == ()


def test_what_was_confirmed_holds_though_less_is_asked_by_now() -> None:
    one, other = (Finding("participants", "unusual", figure, "") for figure in ("4", "5"))
    assert covers(mark_of([one, other]), [one])
    assert not covers(mark_of([one]), [one, other])
    assert covers("", [])
    assert not covers("", [one])


def test_a_replayed_submission_says_it_once(session: Session, staff: CurrentUser) -> None:
    answer = answer_to(session)
    for _again in range(2):
        activities.submit(session, ODD, "key", staff, NOW, TODAY, answer)
    assert len(activities.remarks_of(session, "A000008")) == 1


def test_to_be_looked_into_needs_a_word_and_waits_in_to_do(
    session: Session, staff: CurrentUser
) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        activities.submit(session, ODD, "key", staff, NOW, TODAY, answer_to(session, " ", True))
    assert refusal.value.field == "answer"
    answer = answer_to(session, "等核实", follow_up=True)
    activities.submit(session, ODD, "key", staff, NOW, TODAY, answer)
    assert [(one.label, one.note) for one in activities.follow_ups(session, staff)] == [
        ("参加人数", "等核实")
    ]


def test_the_approver_sees_the_odd_ones_first_with_what_was_said(
    session: Session, staff: CurrentUser
) -> None:
    approver = person(session, "office_staff")
    from_others = entered(session, staff, replace(CORRECTED, participants=30), "usual")
    answer = answer_to(session, "合办")
    odd = activities.submit(session, ODD, "key", staff, NOW, TODAY, answer).number
    for number in (from_others, odd):
        session.get_one(Activity, int(number[1:])).review = "submitted"
    session.flush()
    found = activities.waiting(session, approver)
    assert [row.number for row in found.page.rows] == [odd, from_others]
    assert list(found.odd) == [odd]
    assert found.odd[odd][0].answer.note == "合办"
    assert CORRECTED.type_code == ENTRY.type_code


def flagged(session: Session, staff: CurrentUser, note: str = NOTE) -> activities.Remark:
    """A usual record of which the participants are to be looked into."""
    number = entered(session, staff, replace(ENTRY, participants=30), "flagged")
    activities.flag(session, number, "participants", note, staff, LATER)
    session.commit()
    return activities.record(session, number).remarks[0]


def test_any_figure_can_be_flagged_even_of_an_approved_record_and_the_same_twice_is_one(
    session: Session, staff: CurrentUser
) -> None:
    remark = flagged(session, staff)
    assert (remark.figure, remark.open, remark.by) == ("30", True, "测试员")
    session.get_one(Activity, int(remark.number[1:])).review = "approved"
    activities.flag(session, remark.number, "participants", NOTE, staff, LATER)
    activities.flag(session, remark.number, "partners", NOTE, staff, LATER)
    assert len(activities.remarks_of(session, remark.number)) == 2


@pytest.mark.parametrize(
    ("field", "note", "wrong"),
    [("participants", " ", "note"), ("measure-leaflets", "x", "field"), ("host", "x", "field")],
)
def test_a_flag_needs_a_figure_of_the_record_and_a_word(
    session: Session, staff: CurrentUser, field: str, note: str, wrong: str
) -> None:
    number = entered(session, staff)
    with pytest.raises(InvalidEntry) as refusal:
        activities.flag(session, number, field, note, staff, LATER)
    assert refusal.value.field == wrong


def test_a_follow_up_waits_for_those_who_entered_it_and_the_office_until_it_is_closed(
    session: Session, staff: CurrentUser
) -> None:
    office, other = person(session, "office_staff"), person(session, "community_staff", "c02")
    remark = flagged(session, staff)

    def waiting(user: CurrentUser) -> list[tuple[str, str]]:
        return [(one.title, one.detail) for one in due.due(session, user, TODAY)]

    told = [(f"跟进 {remark.number} 的参加人数", NOTE)]
    assert (waiting(staff), waiting(office), waiting(other)) == (told, told, [])
    assert waiting(person(session, "official")) == []
    activities.close(session, remark.id, "已核实", remark.version, office, LATER)
    assert (waiting(staff), waiting(office)) == ([], [])
    closed = activities.record(session, remark.number).remarks[0]
    assert (closed.open, closed.closed_by, closed.closed_note) == (False, "测试员", "已核实")


def test_of_a_void_record_nothing_waits(session: Session, staff: CurrentUser) -> None:
    remark = flagged(session, staff)
    activities.void(session, remark.number, "重复", staff, LATER)
    assert activities.follow_ups(session, staff) == ()


def test_my_entries_can_be_narrowed_to_what_is_to_be_followed_up(
    session: Session, staff: CurrentUser
) -> None:
    remark = flagged(session, staff)
    entered(session, staff, CORRECTED, "another")
    found = activities.mine(session, staff, activities.Mine(state=activities.FOLLOW_UP))
    assert [row.number for row in found.rows] == [remark.number]


def test_of_two_who_close_it_the_later_is_told(session: Session, staff: CurrentUser) -> None:
    remark = flagged(session, staff)
    activities.close(session, remark.id, "已核实", remark.version, staff, LATER)
    activities.close(session, remark.id, "已核实", remark.version, staff, LATER)  # a replay
    with pytest.raises(Conflict):
        activities.close(session, remark.id, "不对", remark.version, staff, LATER)
    with pytest.raises(InvalidEntry):
        activities.close(session, remark.id, " ", remark.version, staff, LATER)


def test_a_confirmation_is_nothing_to_close(session: Session, staff: CurrentUser) -> None:
    activities.submit(session, ODD, "key", staff, NOW, TODAY, answer_to(session))
    remark = session.scalars(select(ActivityRemark)).one()
    for number in (remark.id, 999):
        with pytest.raises(NotFound):
            activities.close(session, number, "x", 1, staff, LATER)


@pytest.mark.parametrize("role", ["official", "community_staff"])
def test_only_who_may_correct_the_record_flags_and_closes(
    session: Session, staff: CurrentUser, role: str
) -> None:
    remark = flagged(session, staff)
    stranger = person(session, role, "c02" if role == "community_staff" else None)
    with pytest.raises(NotPermitted):
        activities.flag(session, remark.number, "participants", "x", stranger, LATER)
    with pytest.raises(NotPermitted):
        activities.close(session, remark.id, "x", 1, stranger, LATER)


def test_numbers_of_persons_are_hidden_and_all_is_logged(
    session: Session, staff: CurrentUser
) -> None:
    remark = flagged(session, staff, f"问 {PHONE}")
    assert remark.note == "问 138****5678"
    activities.close(session, remark.id, "已核实", remark.version, staff, LATER)
    told = [(line.action, line.reason) for line in activities.history(session, remark.number)]
    assert told[1:] == [
        ("标为待跟进：参加人数 30", "问 138****5678"), ("跟进办结：参加人数 30", "已核实"),
    ]  # fmt: skip
    logged = session.scalars(select(Change.action).where(Change.entity == "activity"))
    assert list(logged) == ["enter", "follow_up", "close"]

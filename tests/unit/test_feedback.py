"""Voices: their course step by step, what is refused, nothing twice, and every step on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change, Feedback, FeedbackStep
from services import feedback
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.feedback import STATES, STEPS, VERDICTS
from services.log.history import history
from tests.activity_cases import person, rows
from tests.feedback_cases import NOW, PHONE, TODAY, TYPED, Desk, day

# The state after each step that is legal; every other pair is refused.
AFTER = {
    ("received", "assign"): "assigned",
    ("assigned", "assign"): "assigned",
    ("assigned", "resolve"): "resolved",
    ("resolved", "call_back"): "closed",
    ("closed", "reopen"): "assigned",
    ("received", "void"): "void",
    ("assigned", "void"): "void",
    ("resolved", "void"): "void",
    ("closed", "void"): "void",
    ("void", "restore"): "received",
}


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(("state", "action"), list(product(STATES, STEPS)))
def test_every_pair_of_state_and_step_leads_on_or_is_refused(
    desk: Desk, session: Session, state: str, action: str
) -> None:
    number = desk.brought_to(state)
    step = desk.step(action, on=TODAY, due=TODAY + timedelta(days=5))
    before, steps = desk.voice(number), rows(session, FeedbackStep)
    if (state, action) in AFTER:
        desk.take(number, step)
        assert desk.voice(number).state == AFTER[state, action]
        assert rows(session, FeedbackStep) == steps + 1
    else:
        with pytest.raises(InvalidEntry, match="不能进行这一步"):
            desk.take(number, step)
        session.rollback()
        assert desk.voice(number) == before
        assert rows(session, FeedbackStep) == steps


def test_an_unknown_step_is_refused(desk: Desk) -> None:
    number = desk.submit()
    with pytest.raises(InvalidEntry, match="不能进行这一步"):
        desk.take(number, replace(desk.step("void"), action="delete"))


@pytest.mark.parametrize(
    ("verdict", "state", "rounds"),
    [
        ("satisfied", "closed", 1),
        ("unsatisfied", "closed", 1),
        ("not_resolved", "assigned", 2),
        ("not_reached", "resolved", 1),
    ],
)
def test_a_call_back_closes_keeps_or_reopens(
    desk: Desk, session: Session, verdict: str, state: str, rounds: int
) -> None:
    assert set(VERDICTS) == {"satisfied", "unsatisfied", "not_resolved", "not_reached"}
    number = desk.brought_to("resolved")
    desk.take(number, desk.step("call_back", verdict=verdict, note="家长说", due=day(9)))
    row = session.scalars(select(Feedback)).one()
    assert (row.state, row.rounds) == (state, rounds)
    assert row.verdict == ("" if verdict == "not_reached" else verdict)
    assert row.resolved_on == (None if state == "assigned" else day(3))
    if verdict == "not_resolved":
        assert row.due_on == day(9)
        desk.take(number, desk.step("resolve", on=day(8)))
        assert (row.state, row.verdict, row.rounds) == ("resolved", "", 2)
        assert row.responded_on == day(1), "answered when it was first taken up"


def test_a_void_voice_comes_back_in_the_state_it_had(desk: Desk) -> None:
    number = desk.brought_to("resolved")
    desk.take(number, desk.step("void"))
    desk.take(number, desk.step("restore"))
    assert desk.voice(number).state == "resolved"


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("action", "changes", "field"),
    [
        ("assign", {"owner": None}, "owner"),
        ("assign", {"owner": 999}, "owner"),
        ("assign", {"due": None}, "due"),
        ("assign", {"due": day(0)}, "due"),
        ("assign", {"day": day(-1)}, "day"),
        ("assign", {"day": TODAY + timedelta(days=1)}, "day"),
        ("resolve", {"note": " "}, "note"),
        ("resolve", {"day": day(0)}, "day"),
        ("call_back", {"verdict": ""}, "verdict"),
        ("call_back", {"verdict": "happy"}, "verdict"),
        ("call_back", {"verdict": "unsatisfied"}, "note"),
        ("call_back", {"verdict": "not_resolved", "due": day(9)}, "note"),
        ("call_back", {"verdict": "not_resolved", "note": "没有"}, "due"),
        ("reopen", {"note": ""}, "note"),
        ("reopen", {"due": None}, "due"),
        ("void", {"note": ""}, "note"),
    ],
)
def test_a_step_says_what_it_must(
    desk: Desk, action: str, changes: dict[str, object], field: str
) -> None:
    state = {"assign": "received", "resolve": "assigned", "call_back": "resolved",
             "reopen": "closed", "void": "received"}[action]  # fmt: skip
    number = desk.brought_to(state)
    with pytest.raises(InvalidEntry) as refused:
        desk.take(number, replace(desk.step(action), **changes))
    assert refused.value.field == field


def test_nobody_of_another_community_and_no_official_becomes_the_owner(
    desk: Desk, session: Session
) -> None:
    number = desk.submit()
    other = person(session, "community_staff", "c02")
    official = person(session, "official")
    assert feedback.owners(session, "c01") == {
        desk.office.id: "测试员（office_staff）",
        desk.staff.id: "测试员（community_staff_c01）",
    }
    for user in (other, official):
        with pytest.raises(InvalidEntry, match="责任人"):
            desk.take(number, desk.step("assign", owner=user.id))


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": None}, "received_on"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"received_on": date(1999, 12, 31)}, "received_on"),
        ({"channel": None}, "channel"),
        ({"channel": "smoke"}, "channel"),
        ({"topic": None}, "topic"),
        ({"community": None}, "community"),
        ({"community": "c99"}, "community"),
        ({"text": " \n"}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"school": "长" * 61}, "school"),
    ],
)
def test_a_voice_says_what_it_must(desk: Desk, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        desk.submit(**changes)
    assert refused.value.field == field


def test_the_same_form_sent_twice_is_one_voice_and_one_step(desk: Desk, session: Session) -> None:
    sent = (session, TYPED, "form", desk.staff, NOW, TODAY)
    first, again = feedback.submit(*sent), feedback.submit(*sent)
    assert (first.number, first.created) == (again.number, True)
    assert not again.created
    step = (session, first.number, desk.step("assign"), 1, "step", desk.staff, NOW, TODAY)
    assert feedback.take(*step).created
    assert not feedback.take(*step).created
    assert (rows(session, Feedback), rows(session, FeedbackStep)) == (1, 2)


def test_a_form_of_somebody_else_is_not_taken_over(desk: Desk, session: Session) -> None:
    feedback.submit(session, TYPED, "form", desk.staff, NOW, TODAY)
    with pytest.raises(NotPermitted, match="别人"):
        feedback.submit(session, TYPED, "form", desk.office, NOW, TODAY)


def test_of_two_who_take_the_same_step_the_second_is_told(desk: Desk, session: Session) -> None:
    number = desk.submit()
    desk.take(number, desk.step("assign"))
    with pytest.raises(Conflict, match="新的进展"):
        feedback.take(session, number, desk.step("assign"), 1, "late", desk.staff, NOW, TODAY)
    assert desk.voice(number).version == 2


def test_every_step_is_a_row_and_a_line_of_the_log(desk: Desk, session: Session) -> None:
    number = desk.brought_to("closed")
    desk.take(number, desk.step("reopen"))
    actions = ["submit", "assign", "resolve", "call_back", "reopen"]
    steps = session.scalars(select(FeedbackStep).order_by(FeedbackStep.id)).all()
    lines = session.scalars(select(Change).order_by(Change.id)).all()
    assert [step.action for step in steps] == [line.action for line in lines] == actions
    assert {line.entity_key for line in lines} == {number} == {"F000001"}
    assert {(step.user_name, step.at) for step in steps} == {("测试员", NOW)}
    assert lines[3].before["state"] == "resolved"
    assert lines[3].after["state"] == "closed"
    assert [line.before for line in lines[1:]] == [line.after for line in lines[:-1]]
    assert [line.action for line in history(session, "feedback", (number,), desk.office)] == [
        "登记", "交办", "办理完毕", "回访", "重新办理",
    ]  # fmt: skip


def test_community_staff_see_and_handle_their_own_community_only(
    desk: Desk, session: Session
) -> None:
    other = person(session, "community_staff", "c02")
    official = person(session, "official")
    number = desk.brought_to("assigned")
    assert feedback.voice(session, number, official, TODAY).state == "assigned"
    with pytest.raises(NotPermitted, match="本社区"):
        feedback.voice(session, number, other, TODAY)
    with pytest.raises(NotPermitted, match="本社区"):
        history(session, "feedback", (number,), other)
    for user in (other, official):
        with pytest.raises(NotPermitted):
            desk.take(number, desk.step("resolve"), user)
        with pytest.raises(NotPermitted):
            feedback.reveal(session, number, user, NOW)
        with pytest.raises(NotPermitted):
            desk.submit(user)
    desk.take(number, desk.step("resolve"), desk.staff)
    desk.take(number, desk.step("void"), desk.staff)


def test_numbers_of_persons_are_hidden_and_a_look_at_them_is_logged(
    desk: Desk, session: Session
) -> None:
    number = desk.brought_to("assigned", text=f"请联系 {PHONE}")
    desk.take(number, desk.step("resolve", note=f"已打 {PHONE}"))
    shown = desk.voice(number)
    assert shown.text == "请联系 138****5678"
    assert shown.course[-1].note == "已打 138****5678"
    assert shown.hides_numbers
    assert PHONE not in repr((shown, history(session, "feedback", (number,), desk.office)))
    assert feedback.reveal(session, number, desk.staff, NOW) == (
        f"请联系 {PHONE}", f"已打 {PHONE}",
    )  # fmt: skip
    assert history(session, "feedback", (number,), desk.office)[-1].action == "查看完整号码"


def test_hostile_text_is_kept_as_it_was_typed(desk: Desk) -> None:
    hostile = "<img src=x onerror=alert(1)> ![x](y) **粗** \x00\u202e'; DROP TABLE feedback; --"
    assert desk.voice(desk.submit(text=hostile)).text == hostile.replace("\x00", "")


@pytest.mark.parametrize("number", ["F999999", "A000001", "F1", "", "F0000010000000000000"])
def test_a_number_that_is_not_there_is_not_found(desk: Desk, number: str) -> None:
    with pytest.raises(NotFound, match="F000123"):
        desk.voice(number)


def test_what_is_late_and_what_waits_for_whom(desk: Desk, session: Session) -> None:
    late = desk.submit()
    desk.take(late, desk.step("assign", due=day(2)))
    soon = desk.submit()
    desk.take(soon, desk.step("assign", due=TODAY))
    desk.take(desk.submit(), desk.step("assign", owner=desk.office.id, due=day(2)))
    found = feedback.mine(session, desk.staff, TODAY)
    assert [(row.number, row.late) for row in found.rows] == [(late, True), (soon, False)]
    assert feedback.due_count(session, desk.staff, TODAY) == 2
    assert feedback.due_count(session, desk.staff, day(2)) == 1
    desk.take(late, desk.step("resolve"))
    assert not desk.voice(late).late
    assert feedback.due_count(session, desk.staff, TODAY) == 1

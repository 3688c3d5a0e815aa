"""Commitments: made, reported on, struck off, opened again; what is refused; nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change, Commitment, CommitmentStep
from services import commitments
from services.commitments import DONE, OPEN, STEPS, VOID, Typed
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import person, rows
from tests.feedback_cases import NOW, PHONE, TODAY

MADE_ON = date(2023, 10, 9)
TYPED = Typed(
    made_on=MADE_ON,
    meeting="十月工作调度会",
    text="月底前完成背街小巷整治",
    owner="甲社区书记",
    community="c01",
    domain="environment",
    due_on=date(2023, 10, 20),
)
LATER = date(2023, 11, 30)
AFTER = {
    (OPEN, "report"): OPEN,
    (OPEN, "finish"): DONE,
    (OPEN, "reschedule"): OPEN,
    (DONE, "reopen"): OPEN,
    (OPEN, "void"): VOID,
    (DONE, "void"): VOID,
    (VOID, "restore"): OPEN,
}


def made(session: Session, user: CurrentUser, key: str = "made", **changes: object) -> str:
    typed = replace(TYPED, **changes)
    number = commitments.make(session, typed, key, user, NOW, TODAY).number
    session.commit()
    return number


def take(
    session: Session,
    number: str,
    action: str,
    user: CurrentUser,
    day: date | None = TODAY,
    note: str = "按计划推进",
    due_on: date | None = LATER,
) -> None:
    seen = commitments.promise(session, number, TODAY).version
    key = f"{number}-{action}-{seen}"
    commitments.take(session, number, action, day, note, seen, key, user, NOW, TODAY, due_on)
    session.commit()


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(("state", "action"), list(product((OPEN, DONE, VOID), STEPS)))
def test_every_pair_of_state_and_step_leads_on_or_is_refused(
    session: Session, office: CurrentUser, state: str, action: str
) -> None:
    number = made(session, office)
    if state != OPEN:
        take(session, number, {DONE: "finish", VOID: "void"}[state], office)
    before = commitments.promise(session, number, TODAY)
    assert before.state == state
    if (state, action) in AFTER:
        take(session, number, action, office)
        assert commitments.promise(session, number, TODAY).state == AFTER[state, action]
    else:
        with pytest.raises(InvalidEntry, match="不能进行这一步"):
            take(session, number, action, office)
        session.rollback()
        assert commitments.promise(session, number, TODAY) == before


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"made_on": None}, "made_on"),
        ({"made_on": TODAY + timedelta(days=1)}, "made_on"),
        ({"meeting": " "}, "meeting"),
        ({"text": ""}, "text"),
        ({"owner": ""}, "owner"),
        ({"owner": "长" * 61}, "owner"),
        ({"due_on": None}, "due_on"),
        ({"due_on": MADE_ON - timedelta(days=1)}, "due_on"),
        ({"community": "c99"}, "community"),
        ({"domain": "sport"}, "domain"),
    ],
)
def test_a_commitment_says_what_it_must(
    session: Session, office: CurrentUser, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        made(session, office, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("day", "note", "field"),
    [(None, "好", "day"), (MADE_ON - timedelta(days=1), "好", "day"), (TODAY, " ", "note"),
     (TODAY + timedelta(days=1), "好", "day")],
)  # fmt: skip
def test_a_step_says_what_it_must(
    session: Session, office: CurrentUser, day: date | None, note: str, field: str
) -> None:
    number = made(session, office)
    with pytest.raises(InvalidEntry) as refused:
        take(session, number, "finish", office, day, note)
    assert refused.value.field == field


def test_open_ones_come_first_the_most_overdue_on_top_then_those_done_lately(
    session: Session, office: CurrentUser
) -> None:
    later = made(session, office, "a", due_on=TODAY, community="")
    late = made(session, office, "b", community="c02")
    early, recent, void = (made(session, office, key) for key in "cde")
    take(session, early, "finish", office, MADE_ON)
    take(session, recent, "finish", office, TODAY)
    take(session, void, "void", office)
    book = commitments.book(session, TODAY)
    assert [one.number for one in book.promises] == [late, later, recent, early]
    assert [one.late for one in book.promises] == [True, False, False, False]
    assert (book.open, book.late) == (2, 1)
    assert [one.number for one in book.void] == [void]
    assert [one.number for one in commitments.book(session, TODAY, ("c02",)).promises] == [late]


def test_a_community_reports_on_its_own_and_the_office_strikes_off(
    session: Session, office: CurrentUser
) -> None:
    own = person(session, "community_staff", "c01")
    other = person(session, "community_staff", "c02")
    official = person(session, "official")
    number, everybodys = made(session, office), made(session, office, "all", community="")
    take(session, number, "report", own, note="已完成三条街")
    for user, target in ((other, number), (official, number), (own, everybodys)):
        with pytest.raises(NotPermitted):
            take(session, target, "report", user)
    for action in ("finish", "void"):
        with pytest.raises(NotPermitted):
            take(session, number, action, own)
    for user in (own, official):
        with pytest.raises(NotPermitted):
            made(session, user, "mine")


def test_the_same_form_sent_twice_is_one_commitment_and_one_step(
    session: Session, office: CurrentUser
) -> None:
    sent = (session, TYPED, "form", office, NOW, TODAY)
    first, again = commitments.make(*sent), commitments.make(*sent)
    assert (first.number, first.created, again.created) == (again.number, True, False)
    step = (session, first.number, "finish", TODAY, "完成", 1, "step", office, NOW, TODAY)
    assert commitments.take(*step).created
    assert not commitments.take(*step).created
    assert (rows(session, Commitment), rows(session, CommitmentStep)) == (1, 2)
    another = person(session, "administrator")
    with pytest.raises(NotPermitted, match="别人"):
        commitments.make(session, TYPED, "form", another, NOW, TODAY)


def test_of_two_who_carry_it_on_the_second_is_told(session: Session, office: CurrentUser) -> None:
    number = made(session, office)
    take(session, number, "report", office)
    with pytest.raises(Conflict, match="新的进展"):
        commitments.take(session, number, "finish", TODAY, "完成", 1, "late", office, NOW, TODAY)


def test_every_step_is_in_the_log(session: Session, office: CurrentUser) -> None:
    number = made(session, office, text=f"请打 {PHONE}")
    actions = ["make", "report", "reschedule", "finish", "reopen", "void", "restore"]
    for action in actions[1:]:
        take(session, number, action, office)
    lines = session.scalars(select(Change).order_by(Change.id)).all()
    assert [line.action for line in lines] == actions
    assert {(line.entity, line.entity_key) for line in lines} == {("commitment", number)}
    assert [line.before for line in lines[1:]] == [line.after for line in lines[:-1]]
    shown = commitments.promise(session, number, TODAY)
    assert shown.text == "请打 138****5678"
    assert [line.action for line in shown.course] == [
        "作出承诺", "进展", "调整期限", "办结销号", "重新打开", "作废", "恢复",
    ]  # fmt: skip


@pytest.mark.parametrize("due_on", [None, TYPED.due_on, TODAY - timedelta(days=1)])
def test_another_day_is_a_day_to_come(
    session: Session, office: CurrentUser, due_on: date | None
) -> None:
    number = made(session, office)
    with pytest.raises(InvalidEntry) as refused:
        take(session, number, "reschedule", office, due_on=due_on)
    assert refused.value.field == "due_on"


def test_a_commitment_with_another_day_is_late_no_more(
    session: Session, office: CurrentUser
) -> None:
    number = made(session, office)
    assert commitments.promise(session, number, TODAY).late
    take(session, number, "reschedule", office, note="等施工许可")
    found = commitments.promise(session, number, TODAY)
    assert (found.due_on, found.late, found.course[-1].note) == (LATER, False, "等施工许可")
    with pytest.raises(NotPermitted):
        take(session, number, "reschedule", person(session, "community_staff", "c01"))


def test_a_number_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="C000123"):
        commitments.promise(session, "C000001", TODAY)

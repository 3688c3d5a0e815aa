"""A commitment is corrected by whom may make it; what it said before stays in its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.engine import Session
from db.models import Change, Community
from services import commitments
from services.commitments import OPEN
from services.errors import Conflict, InvalidEntry, NotPermitted
from services.log.history import history
from services.permissions import CurrentUser
from tests.activity_cases import person, rows
from tests.feedback_cases import NOW, PHONE, TODAY
from tests.unit.test_commitments import LATER, MADE_ON, TYPED, made, take


def correct(
    session: Session, number: str, user: CurrentUser, seen: int | None = None, **changes: object
) -> bool:
    typed = replace(commitments.typed_as(session, number, user), **changes)  # type: ignore[arg-type]
    version = seen or commitments.promise(session, number, TODAY).version
    changed = commitments.correct(session, number, typed, version, user, NOW, TODAY)
    session.commit()
    return changed


def test_all_it_says_is_corrected_and_the_history_says_from_what_to_what(
    session: Session, office: CurrentUser
) -> None:
    number = made(session, office)
    take(session, number, "report", office)
    said = {"made_on": MADE_ON - timedelta(days=1), "meeting": "专题会", "text": f"致电 {PHONE}",
            "owner": "李主任", "community": "c02", "domain": ""}  # fmt: skip
    assert correct(session, number, office, **said)
    assert commitments.typed_as(session, number, office) == replace(TYPED, **said)
    shown = commitments.promise(session, number, TODAY)
    assert (shown.version, shown.hides_numbers, len(shown.course)) == (3, True, 2)
    assert shown.course[0].day == "2023年10月8日"
    line = history(session, "commitment", (number,), office)[-1]
    assert line.action == "更正"
    assert "责任人：甲社区书记 → 李主任" in line.differences
    assert "内容：月底前完成背街小巷整治 → 致电 138****5678" in line.differences
    assert "社区：甲社区 → 乙社区" in line.differences
    assert "服务领域：居住环境 → —" in line.differences
    assert len(line.differences) == len(said)


def test_nothing_is_written_where_nothing_differs_or_twice(
    session: Session, office: CurrentUser
) -> None:
    number = made(session, office)
    assert not correct(session, number, office, owner=f" {TYPED.owner} ")
    assert correct(session, number, office, 1, text="改")
    assert not correct(session, number, office, 1, text="改")
    assert rows(session, Change) == 2


def test_of_two_who_correct_it_the_second_is_told(session: Session, office: CurrentUser) -> None:
    number = made(session, office)
    take(session, number, "reschedule", office)
    with pytest.raises(Conflict, match="新的进展"):
        correct(session, number, office, 1, text="改")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"due_on": LATER}, "due_on", "调整期限"),
        ({"made_on": TODAY}, "made_on", "不能晚于完成期限"),
        ({"made_on": TYPED.due_on}, "made_on", "已有的办理日期"),
        ({"made_on": None}, "made_on", "请选择会议日期"),
        ({"owner": " "}, "owner", "请填写"),
        ({"community": "c99"}, "community", "没有这个社区"),
        ({"domain": "sport"}, "domain", "没有这个服务领域"),
    ],
)
@pytest.mark.dialects("sqlite")
def test_a_correction_says_what_it_must(
    session: Session, office: CurrentUser, changes: dict[str, object], field: str, sentence: str
) -> None:
    number = made(session, office)
    take(session, number, "report", office, MADE_ON)
    with pytest.raises(InvalidEntry, match=sentence) as refused:
        correct(session, number, office, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize("action", ["finish", "void"])
def test_what_was_struck_off_or_made_void_says_what_it_said(
    session: Session, office: CurrentUser, action: str
) -> None:
    number = made(session, office)
    take(session, number, action, office)
    with pytest.raises(InvalidEntry, match="先重新打开或恢复"):
        correct(session, number, office, text="改")
    session.rollback()
    take(session, number, {"finish": "reopen", "void": "restore"}[action], office)
    assert correct(session, number, office, text="改")
    assert commitments.promise(session, number, TODAY).state == OPEN


def test_one_of_a_community_that_is_closed_is_corrected_and_stays_its_own(
    session: Session, office: CurrentUser
) -> None:
    number = made(session, office)
    session.get_one(Community, "c01").active = False
    session.commit()
    assert correct(session, number, office, text="改")
    with pytest.raises(InvalidEntry):
        made(session, office, "another")


def test_only_who_makes_commitments_may_correct_them(session: Session, office: CurrentUser) -> None:
    number = made(session, office)
    typed = replace(TYPED, made_on=date(2023, 10, 8))
    for user in (person(session, "community_staff", "c01"), person(session, "official")):
        with pytest.raises(NotPermitted):
            commitments.correct(session, number, typed, 1, user, NOW, TODAY)
        with pytest.raises(NotPermitted):
            commitments.typed_as(session, number, user)
        with pytest.raises(NotPermitted):
            commitments.reveal(session, number, user, NOW)

"""Cancelled and moved occasions go out as a workbook and come back, and nothing is said twice."""

from __future__ import annotations

from datetime import date

import pytest

from db.engine import Session
from services import schedule, workbook
from services.errors import NotPermitted
from services.permissions import CurrentUser
from services.schedule import Rule
from services.workbook import Choice, Receipt
from tests.activity_cases import NOW, PHONE, TODAY, entered, person
from tests.list_workbook_cases import (
    assert_comes_back_unchanged,
    assert_one_edit_is_one_change,
    logged,
    numbered,
    out,
    stated,
)
from tests.schedule_cases import planned, states
from tests.workbook_cases import check, said, sheet, take, upload
from tests.workbooks import Cell

BOOK = workbook.KINDS["occasions"]
ROW: dict[str, Cell] = {"计划编号": "p000001", "原定日期": "2023-10-18", "怎么改": "取消",
                        "改到哪一天": "", "原因": "大雨"}  # fmt: skip
MOVED = "P000001/2023-10-11"


@pytest.fixture
def office(session: Session) -> CurrentUser:
    """Wednesdays of c01, Saturdays of c02: one moved with a number of a person, one cancelled."""
    user = person(session, "office_staff")
    planned(session, user)
    planned(session, user, "other", communities=("c02",), rule=Rule("weekly", (6,)))
    schedule.move(session, "P000001.2023-10-11", date(2023, 10, 12), f"请致电 {PHONE}", 0, user,
                  NOW, TODAY)  # fmt: skip
    schedule.cancel(session, "P000002.2023-10-14", "停电", 0, user, NOW, TODAY)
    session.commit()
    return user


def test_they_come_back_unchanged_with_numbers_of_persons_hidden(
    session: Session, office: CurrentUser
) -> None:
    found = stated(session, "occasions", out(session, "occasions", office))
    assert PHONE not in str(found)
    assert [(row["plan"], row["action"], row.get("to"), row["community"]) for row in found] == [
        ("P000001", "改期", "2023-10-12", "甲社区"), ("P000002", "取消", None, "乙社区"),
    ]  # fmt: skip
    assert assert_comes_back_unchanged(session, office, "occasions") == 2


def test_one_edit_is_one_change(session: Session, office: CurrentUser) -> None:
    data = numbered(session, office, "occasions", MOVED, 改到哪一天="2023-10-13")
    change = ("改到哪一天", "2023-10-12", "2023-10-13")
    assert_one_edit_is_one_change(session, office, "occasions", data, *change)
    assert schedule.shown(session, "P000001.2023-10-11", TODAY).due == date(2023, 10, 13)


def test_what_was_changed_meanwhile_is_not_overwritten(
    session: Session, office: CurrentUser
) -> None:
    code = "P000002.2023-10-14"
    data = numbered(session, office, "occasions", code.replace(".", "/"), 原因="停水")
    schedule.cancel(session, code, "下雨", 1, office, NOW, TODAY)
    (line,) = check(session, data, office, kind=BOOK).lines
    assert "被别人改过" in said(line)["核对码"]
    schedule.undo(session, code, 2, office, NOW, TODAY)
    (line,) = check(session, data, office, kind=BOOK).lines
    assert "被别人改过" in said(line)["核对码"]


def test_a_new_row_changes_an_occasion_once_also_after_it_was_taken_back(
    session: Session, office: CurrentUser
) -> None:
    before = logged(session)
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(1, 0, 0, 0)
    assert logged(session) == before + 2  # the occasion, and the file
    assert states(session, TODAY, "c01")[2] == "c"
    staff = person(session, "community_staff", "c01")
    assert take(session, sheet(ROW), staff, kind=BOOK) == Receipt(0, 0, 1, 0)
    schedule.undo(session, "P000001.2023-10-18", 1, office, NOW, TODAY)
    session.commit()
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(0, 0, 1, 0)
    again = sheet(ROW | {"怎么改": "改期", "改到哪一天": "2023-10-19"})
    assert take(session, again, office, kind=BOOK) == Receipt(1, 0, 0, 0)


def test_numbers_of_plans_of_another_office_cannot_be_told(
    session: Session, office: CurrentUser
) -> None:
    data = numbered(session, office, "occasions", MOVED, 编号="P000009/2023-10-11")
    up = upload(session, data, Choice(foreign=True), kind=BOOK)
    (line,) = BOOK.check(session, up, office, TODAY).lines
    assert "别的单位的编号" in said(line)["计划编号"]


def test_staff_of_a_community_have_and_change_only_its_own(
    session: Session, office: CurrentUser
) -> None:
    assert len(stated(session, "occasions", out(session, "occasions", office))) == 2
    staff = person(session, "community_staff", "c02")
    own = stated(session, "occasions", out(session, "occasions", staff))
    assert {row["community"] for row in own} == {"乙社区"}
    (line,) = check(session, sheet(ROW), staff, kind=BOOK).lines
    assert "本社区" in said(line)["计划编号"]
    official = person(session, "official")
    with pytest.raises(NotPermitted):
        out(session, "occasions", official)
    with pytest.raises(NotPermitted):
        check(session, sheet(ROW), official, kind=BOOK)


def test_occasions_of_void_plans_do_not_go_out(session: Session, office: CurrentUser) -> None:
    schedule.void(session, "P000001", "错", 1, office, NOW)
    assert len(stated(session, "occasions", out(session, "occasions", office))) == 1
    (line,) = check(session, sheet(ROW), office, kind=BOOK).lines
    assert "已经作废" in said(line)["原定日期"]


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"计划编号": ""}, "计划编号", "没有这个编号的计划"),
        ({"计划编号": "P000009"}, "计划编号", "没有这个编号的计划"),
        ({"原定日期": ""}, "原定日期", "请填写原定日期"),
        ({"原定日期": "2023-10-17"}, "原定日期", "没有这一次活动"),
        ({"原定日期": "2023-10-25"}, "原因", "已经开展"),
        ({"怎么改": "不办了"}, "怎么改", "从列表中选择"),
        ({"改到哪一天": "2023-10-19"}, "改到哪一天", "取消的不填"),
        ({"怎么改": "改期"}, "改到哪一天", "请选择另一个日期"),
        ({"怎么改": "改期", "改到哪一天": "2023-12-19"}, "改到哪一天", "前后 31 天之内"),
        ({"原因": ""}, "原因", "请写明原因"),
    ],
)
def test_every_bad_cell_is_refused_with_what_to_do(
    session: Session, office: CurrentUser, changes: dict[str, Cell], column: str, says: str
) -> None:
    entered(session, office)
    (line,) = check(session, sheet(ROW | changes), office, kind=BOOK).lines
    assert any(says in said(line).get(one, "") for one in (column, ""))

"""Rounds and grids go out as workbooks and come back, here and elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

from db.engine import Session
from db.models import ActivityRound, Grid
from services import rounds, workbook
from services.errors import NotPermitted
from services.permissions import CurrentUser
from services.rounds import Typed
from services.workbook import Choice, Receipt
from tests.activity_cases import NOW, TODAY, person
from tests.list_workbook_cases import (
    assert_comes_back_unchanged,
    assert_one_edit_is_one_change,
    out,
    stated,
)
from tests.workbook_cases import check, edited, said, sheet, take, upload
from tests.workbooks import Cell

LISTS = ("rounds", "grids")
CHECK_UP, CHECK_UP_TYPE = "elderly_check_up", "老年人免费健康查体活动"
ROUND: dict[str, Cell] = {"活动类型": CHECK_UP_TYPE, "第几轮": 2, "名称": "第二轮",
                          "开始日期": "2023-10-09"}  # fmt: skip


@pytest.fixture
def keeper(session: Session) -> CurrentUser:
    user = person(session, "administrator")
    first = Typed(1, "第一轮", "Round 1", date(2023, 3, 1), None)
    rounds.add(session, user, CHECK_UP, first, NOW)
    session.commit()
    return user


@pytest.mark.parametrize("code", LISTS)
def test_a_list_comes_back_unchanged_in_either_language(
    session: Session, keeper: CurrentUser, code: str
) -> None:
    assert assert_comes_back_unchanged(session, keeper, code) >= 1


@pytest.mark.parametrize(
    ("code", "old", "new", "heading"),
    [
        ("rounds", ">第一轮<", ">春季轮<", "名称"),
        ("grids", ">第二网格<", ">湖畔网格<", "网格名称"),
    ],
)
def test_one_edit_is_one_change(
    session: Session, keeper: CurrentUser, code: str, old: str, new: str, heading: str
) -> None:
    data = edited(out(session, code, keeper), old, new)
    change = (heading, old.strip("><"), new.strip("><"))
    assert_one_edit_is_one_change(session, keeper, code, data, *change)


def test_an_empty_office_takes_over_another_and_exports_the_same(
    session: Session, keeper: CurrentUser
) -> None:
    for code, table in (("rounds", ActivityRound), ("grids", Grid)):
        kind, data = workbook.KINDS[code], out(session, code, keeper)
        first = stated(session, code, data)
        session.execute(delete(table))
        session.commit()
        assert kind.check(session, upload(session, data, kind=kind), keeper, TODAY).foreign
        up = upload(session, data, Choice(foreign=True), kind=kind)
        assert kind.take(session, up, keeper, NOW, TODAY) == Receipt(len(first), 0, 0, 0)
        session.commit()
        assert stated(session, code, out(session, code, keeper)) == first
        assert kind.take(session, up, keeper, NOW, TODAY) == Receipt(0, 0, len(first), 0)


def test_a_file_that_ends_a_round_may_begin_the_next(session: Session, keeper: CurrentUser) -> None:
    kind = workbook.KINDS["rounds"]
    (line,) = check(session, sheet(ROUND), keeper, kind=kind).lines
    assert "日期重叠" in said(line)["开始日期"]
    ended = {"活动类型": CHECK_UP_TYPE, "第几轮": 1, "名称": "第一轮", "开始日期": "2023-03-01",
             "结束日期": "2023-06-30"}  # fmt: skip
    data = sheet(ended, ROUND | {"结束日期": ""})
    assert take(session, data, keeper, kind=kind) == Receipt(1, 1, 0, 0)
    assert [(one.number, one.last_day) for one in rounds.rounds(session, CHECK_UP)] == [
        (1, date(2023, 6, 30)), (2, None),
    ]  # fmt: skip
    assert take(session, data, keeper, kind=kind) == Receipt(0, 0, 2, 0)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("code", "row", "column", "says"),
    [
        ("rounds", ROUND | {"活动类型": "督查"}, "活动类型", "从列表中选择"),
        ("rounds", ROUND | {"第几轮": ""}, "第几轮", "在 1 和 99 之间"),
        ("rounds", ROUND | {"第几轮": "二"}, "第几轮", "只填数字"),
        ("rounds", ROUND | {"名称": ""}, "名称", "请填写"),
        ("rounds", ROUND | {"名称": "第一轮"}, "名称", "已经有"),
        ("rounds", ROUND | {"结束日期": "2023-10-01"}, "结束日期", "不能早于"),
        ("grids", {"社区": "丁社区", "网格名称": "新网格"}, "社区", "从列表中选择"),
        ("grids", {"社区": "甲社区", "网格名称": ""}, "网格名称", "请填写"),
    ],
)
def test_every_bad_cell_is_refused_with_what_to_do(
    session: Session, keeper: CurrentUser, code: str, row: dict, column: str, says: str
) -> None:
    (line,) = check(session, sheet({"结束日期": ""} | row), keeper, kind=workbook.KINDS[code]).lines
    assert says in said(line)[column]


@pytest.mark.parametrize(
    ("code", "old", "new", "column"),
    [("grids", ">丙社区<", ">甲社区<", "社区"), ("rounds", CHECK_UP_TYPE, "督查", "活动类型")],
)
def test_an_entry_does_not_move_to_another_list(
    session: Session, keeper: CurrentUser, code: str, old: str, new: str, column: str
) -> None:
    data = edited(out(session, code, keeper), old, new)
    lines = check(session, data, keeper, kind=workbook.KINDS[code]).of(workbook.REFUSED)
    assert {name for line in lines for name in said(line)} == {column}


@pytest.mark.parametrize("code", LISTS)
def test_nobody_but_an_administrator_has_them_as_a_file(session: Session, code: str) -> None:
    staff = person(session, "office_staff")
    with pytest.raises(NotPermitted):
        out(session, code, staff)
    with pytest.raises(NotPermitted):
        check(session, sheet({"名称": "x", "社区": "甲社区", "网格名称": "x", "第几轮": 1,
                              "开始日期": "", "活动类型": ""}), staff,
              kind=workbook.KINDS[code])  # fmt: skip

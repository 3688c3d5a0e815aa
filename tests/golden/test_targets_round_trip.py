"""Targets go out as a workbook and come back: unchanged here, the same elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import delete

from db.engine import Session
from db.models import Target
from services import workbook
from services.permissions import CurrentUser
from services.targets import set_targets, targets_of
from services.workbook import Receipt, targets_book
from tests.activity_cases import NOW, TODAY, person
from tests.list_workbook_cases import (
    assert_comes_back_unchanged,
    assert_one_edit_is_one_change,
    stated,
)
from tests.workbook_cases import check, edited, said, sheet, take
from tests.workbooks import Cell

TARGETS = workbook.KINDS["targets"]
ROW: dict[str, Cell] = {"年度": 2023, "范围": "甲社区", "总体满意度（分）": "８５"}


@pytest.fixture
def keeper(session: Session) -> CurrentUser:
    user = person(session, "administrator")
    for place, waste in (("", "960.5"), ("c01", "320")):
        stated = {"satisfaction_overall": Decimal(86), "household_waste": Decimal(waste)}
        set_targets(session, place, 2023, stated, user, NOW)
    session.commit()
    return user


def test_targets_come_back_unchanged_in_either_language(
    session: Session, keeper: CurrentUser
) -> None:
    assert assert_comes_back_unchanged(session, keeper, "targets") == 4
    old = targets_book(session, 2022, keeper, TODAY)
    assert assert_comes_back_unchanged(session, keeper, "targets", old) == 4


def test_one_edit_is_one_change(session: Session, keeper: CurrentUser) -> None:
    data = edited(targets_book(session, 2023, keeper, TODAY), "<v>320</v>", "<v>330</v>")
    change = ("清运生活垃圾\n（吨）", "320", "330")
    assert_one_edit_is_one_change(session, keeper, "targets", data, *change)
    assert targets_of(session, 2023)["household_waste", "c01"] == 330


def test_an_office_without_targets_takes_them_over_and_exports_the_same(
    session: Session, keeper: CurrentUser
) -> None:
    rows = [ROW, ROW | {"范围": "全街道", "清运生活垃圾（吨）": 960.5}]
    take(session, sheet(*rows), keeper, kind=TARGETS)
    first, kept = targets_book(session, 2023, keeper, TODAY), targets_of(session, 2023)
    session.execute(delete(Target))
    session.commit()
    lines = check(session, first, keeper, kind=TARGETS).of(workbook.REFUSED)
    assert {"被别人改过" in said(line)["核对码"] for line in lines} == {True}  # not from here
    blank = edited(first, "核对码", "别的")
    assert len(check(session, blank, keeper, kind=TARGETS).of(workbook.REFUSED)) == 2
    take(session, edited(blank, "编号", "另外的"), keeper, kind=TARGETS)
    assert targets_of(session, 2023) == kept
    again = targets_book(session, 2023, keeper, TODAY)
    assert stated(session, "targets", again) == stated(session, "targets", first)


def test_what_was_changed_meanwhile_is_not_overwritten(
    session: Session, keeper: CurrentUser
) -> None:
    data = edited(targets_book(session, 2023, keeper, TODAY), "<v>320</v>", "<v>330</v>")
    set_targets(session, "c01", 2023, {"household_waste": Decimal(340)}, keeper, NOW)
    (line,) = check(session, data, keeper, kind=TARGETS).of(workbook.REFUSED)
    assert "被别人改过" in said(line)["核对码"]


def test_a_column_that_is_left_out_keeps_its_targets(session: Session, keeper: CurrentUser) -> None:
    assert take(session, sheet(ROW), keeper, kind=TARGETS) == Receipt(0, 1, 0, 0)
    kept = targets_of(session, 2023)
    assert (kept["satisfaction_overall", "c01"], kept["household_waste", "c01"]) == (85, 320)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"年度": None, "编号": ""}, "年度", "请填写年份"),
        ({"年度": "去年"}, "年度", "只填数字"),
        ({"年度": 2024, "编号": "c01/2023"}, "编号", "另一个范围或年度"),
        ({"范围": ""}, "范围", "从列表中选择"),
        ({"范围": "丁社区"}, "范围", "从列表中选择"),
        ({"总体满意度（分）": 101}, "总体满意度（分）", "不能超过"),
        ({"总体满意度（分）": 0}, "总体满意度（分）", "大于 0"),
        ({"总体满意度（分）": "高"}, "总体满意度（分）", "只填数字"),
        ({"编号": "zz/2023"}, "编号", "没有这个编号"),
    ],
)
def test_every_bad_cell_is_refused_with_what_to_do(
    session: Session, keeper: CurrentUser, changes: dict[str, Cell], column: str, says: str
) -> None:
    (line,) = check(session, sheet(ROW | changes), keeper, kind=TARGETS).lines
    assert line.state == workbook.REFUSED
    assert says in said(line)[column]

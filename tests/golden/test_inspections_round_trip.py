"""Inspections go out as a workbook and come back: unchanged here, recorded anew elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete

from db.engine import Session
from db.models import Inspection, InspectionPhoto
from services import inspections, workbook
from services.errors import InvalidEntry, NotPermitted
from services.filters import Filters
from services.inspections import Chosen
from services.periods import Period
from services.permissions import CurrentUser
from services.settings import Thresholds
from services.views import View
from services.workbook import Choice, Receipt
from tests.activity_cases import NOW, PHONE, TODAY, entered, person
from tests.inspection_cases import PASSED, RECTIFY, again, photo, recorded
from tests.list_workbook_cases import (
    assert_comes_back_unchanged,
    logged,
    numbered,
    out,
    stated,
)
from tests.workbook_cases import check, edited, said, sheet, take, upload, zipped
from tests.workbooks import Cell

BOOK = workbook.KINDS["inspections"]
ROW: dict[str, Cell] = {"督查日期": "2023-10-09", "社区": "乙社区", "服务领域": "社会治安",
                        "督查人": "李主任", "职务": "副科级干部", "结论": "限期整改",
                        "督查情况": "门禁损坏", "整改期限": "2023-10-20"}  # fmt: skip


@pytest.fixture
def office(session: Session) -> CurrentUser:
    """Three on record: of an activity, with a number of a person; re-inspected; looking again."""
    user = person(session, "office_staff")
    activity = entered(session, user)
    recorded(session, user, RECTIFY, "one", (photo("a"), photo("b")), day=date(2023, 10, 26),
             due_on=TODAY, activity=activity, findings=f"堆物，\n请致电 {PHONE}")  # fmt: skip
    recorded(session, user, RECTIFY, "two", community="c02", domain="", findings="=1+1")
    again(session, user, "D000002", community="c02")
    return user


def test_they_come_back_unchanged_with_numbers_of_persons_hidden(
    session: Session, office: CurrentUser
) -> None:
    found = stated(session, "inspections", out(session, "inspections", office))
    assert PHONE not in str(found)
    assert "=1+1" in {row["findings"] for row in found}
    assert "<f>" not in zipped(out(session, "inspections", office), "xl/worksheets/sheet1.xml")
    assert assert_comes_back_unchanged(session, office, "inspections") == 3
    first = next(row for row in found if "堆物" in row["findings"])
    assert (first["photos"], first["state"], first["activity"]) == ("2", "待复查", "A000001")
    assert {(row.get("follows"), row.get("later")) for row in found if row is not first} == {
        (None, "D000003"), ("D000002", None),
    }  # fmt: skip
    assert PHONE in session.get_one(Inspection, 1).findings


def test_one_edited_cell_is_one_correction_and_what_is_hidden_stays(
    session: Session, office: CurrentUser
) -> None:
    data = edited(out(session, "inspections", office), "周主任", "周书记")
    lines = check(session, data, office, kind=BOOK).of(workbook.CHANGED)
    assert {(one.label, one.before, one.after) for line in lines for one in line.differences} == {
        ("督查人", "周主任", "周书记")
    }
    before = logged(session)
    assert take(session, data, office, kind=BOOK) == Receipt(0, 3, 0, 0)
    assert logged(session) == before + 4  # each inspection, and the file
    assert PHONE in session.get_one(Inspection, 1).findings
    assert take(session, data, office, kind=BOOK) == Receipt(0, 0, 3, 0)


def test_what_became_of_one_since_the_export_is_no_change(
    session: Session, office: CurrentUser
) -> None:
    data = out(session, "inspections", office)
    again(session, office, "D000001", day=TODAY)
    inspections.void(session, "D000003", "错", 1, office, NOW)
    session.commit()
    assert take(session, data, office, kind=BOOK) == Receipt(0, 0, 3, 0)
    found = stated(session, "inspections", out(session, "inspections", office))
    assert len(found) == 3  # one void, one more


def test_a_new_row_is_recorded_once_whoever_sends_it_and_whatever_became_of_it(
    session: Session, office: CurrentUser
) -> None:
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(1, 0, 0, 0)
    row = session.get_one(Inspection, 4)
    assert (row.community_code, row.verdict, row.due_on) == ("c02", "rectify", date(2023, 10, 20))
    official = person(session, "official")
    assert take(session, sheet(ROW), official, kind=BOOK) == Receipt(0, 0, 1, 0)
    typed = inspections.inspection(session, "D000004", TODAY).typed
    inspections.correct(session, "D000004", replace(typed, rank="", findings="好"), 1, office, NOW,
                        TODAY)  # fmt: skip
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(0, 0, 1, 0)
    inspections.void(session, "D000004", "错", 2, office, NOW)
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(0, 0, 1, 0)
    first, second = check(session, sheet(ROW | {"职务": "x"}, ROW | {"职务": "x"}), office,
                          kind=BOOK).lines  # fmt: skip
    assert (first.state, said(second)[""]) == (workbook.NEW, "与第 2 行是同一项。")


def test_another_office_records_them_anew_and_only_once(
    session: Session, office: CurrentUser
) -> None:
    recorded(session, office, PASSED, "plain")
    data = out(session, "inspections", office)
    theirs = stated(session, "inspections", data)
    for table in (InspectionPhoto, Inspection):
        session.execute(delete(table))
    session.commit()
    recorded(session, office, PASSED, "own", inspector="本单位的")  # has the number of another
    lines = check(session, data, office, kind=BOOK).lines
    assert all("没有这个编号" in said(line)["编号"] for line in lines)
    up = upload(session, data, Choice(foreign=True), kind=BOOK)
    refused = {name for line in BOOK.check(session, up, office, TODAY).of(workbook.REFUSED)
               for name in said(line)}  # fmt: skip
    assert refused == {"活动", "复查哪一次", "由哪一次复查"}  # what is known by other numbers
    assert BOOK.take(session, up, office, NOW, TODAY) == Receipt(1, 0, 0, 3)
    session.commit()
    assert BOOK.take(session, up, office, NOW, TODAY) == Receipt(0, 0, 1, 3)
    (kept,) = [row for row in theirs if row["state"] == "合格" and "follows" not in row]
    assert kept in stated(session, "inspections", out(session, "inspections", office))


@pytest.mark.parametrize(
    ("old", "new", "column", "says"),
    [
        ("138****5678", "138****5679", "督查情况", "隐藏"),
        (">A000001<", ">A000009<", "活动", "没有"),
        (">D000002<", ">D000001<", "复查哪一次", "在页面上登记"),
    ],
)
def test_what_the_page_would_refuse_is_refused(
    session: Session, office: CurrentUser, old: str, new: str, column: str, says: str
) -> None:
    lines = check(session, edited(out(session, "inspections", office), old, new), office, kind=BOOK)
    reasons = [said(line) for line in lines.of(workbook.REFUSED)]
    assert any(says in reason.get(column, "") for reason in reasons)


def test_steps_and_photos_are_only_to_be_read(session: Session, office: CurrentUser) -> None:
    # What follows from the rest is passed over.
    data = numbered(session, office, "inspections", "D000001", 状态="合格")
    assert take(session, data, office, kind=BOOK) == Receipt(0, 0, 1, 0)
    for cells in ({"由哪一次复查": "D000003"}, {"照片（张）": 9}, {"复查哪一次": "D000002"}):
        data = numbered(session, office, "inspections", "D000001", **cells)
        (line,) = check(session, data, office, kind=BOOK).lines
        assert all("页面上" in said(line)[name] for name in cells)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("number", "cells", "column", "says"),
    [
        ("D000003", {"社区": "甲社区"}, "社区", "跟第一次督查一样"),
        ("D000001", {"服务领域": "社会治安"}, "服务领域", "跟活动一样"),
        ("D000002", {"结论": "合格"}, "结论", "已有复查"),
        ("D000002", {"督查日期": "2023-10-27", "整改期限": "2023-10-28"}, "督查日期", "它的复查"),
        ("D000002", {"整改期限": "2023-10-01"}, "整改期限", "不能早于"),
        ("D000001", {"督查人": ""}, "督查人", "请填写"),
        ("D000001", {"督查人": "李", "核对码": ""}, "核对码", "要有核对码"),
        ("D000001", {"核对码": "v1-ffffff"}, "编号", "没有这个编号"),
    ],
)
def test_a_correction_is_checked_as_on_the_page(
    session: Session, office: CurrentUser, number: str, cells: dict, column: str, says: str
) -> None:
    data = numbered(session, office, "inspections", number, **cells)
    (line,) = check(session, data, office, kind=BOOK).lines
    assert says in said(line)[column]


def test_what_was_corrected_or_voided_meanwhile_is_not_overwritten(
    session: Session, office: CurrentUser
) -> None:
    mine = numbered(session, office, "inspections", "D000001", 职务="主任")
    typed = inspections.inspection(session, "D000001", TODAY).typed
    inspections.correct(session, "D000001", replace(typed, rank="书记"), 1, office, NOW, TODAY)
    (line,) = check(session, mine, office, kind=BOOK).lines
    assert "被别人改过" in said(line)["核对码"]
    inspections.void(session, "D000001", "错", 2, office, NOW)
    (line,) = check(session, mine, office, kind=BOOK).lines
    assert "已作废" in said(line)[""]


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"督查日期": "2023-11-30"}, "督查日期", "不能晚于今天"),
        ({"督查日期": ""}, "督查日期", "请选择督查日期"),
        ({"社区": "丁社区"}, "社区", "从列表中选择"),
        ({"结论": "还行"}, "结论", "从列表中选择"),
        ({"督查情况": ""}, "督查情况", "请写明发现的问题"),
        ({"整改期限": ""}, "整改期限", "请选择整改期限"),
        ({"活动": "A000777"}, "活动", "没有"),
        ({"复查哪一次": "D000001"}, "复查哪一次", "在页面上登记"),
        ({"督查人": "请致电 138****5678"}, "督查人", "隐藏"),
    ],
)
def test_every_bad_cell_of_a_new_row_is_refused_with_what_to_do(
    session: Session, office: CurrentUser, changes: dict[str, Cell], column: str, says: str
) -> None:
    (line,) = check(session, sheet(ROW | changes), office, kind=BOOK).lines
    assert says in said(line)[column]


def test_an_activity_brings_its_domain_along(session: Session, office: CurrentUser) -> None:
    row = ROW | {"督查日期": "2023-10-26", "整改期限": "2023-10-28", "活动": " a000001 "}
    (line,) = check(session, sheet(row), office, kind=BOOK).lines
    assert "请留空" in said(line)["服务领域"]
    assert take(session, sheet(row | {"服务领域": ""}), office, kind=BOOK) == Receipt(1, 0, 0, 0)
    assert take(session, sheet(row | {"服务领域": ""}), office, kind=BOOK) == Receipt(0, 0, 1, 0)
    assert session.get_one(Inspection, 4).domain_code == "environment"


def test_the_inspections_of_a_view_go_out_and_void_ones_do_not(
    session: Session, office: CurrentUser
) -> None:
    view = View(Filters(Period(date(2023, 1, 1), "since", TODAY), ("c02",)), TODAY, Thresholds())
    data = workbook.inspections_book(session, view, Chosen(), office)
    assert {row["community"] for row in stated(session, "inspections", data)} == {"乙社区"}
    assert assert_comes_back_unchanged(session, office, "inspections", data) == 2
    inspections.void(session, "D000003", "错", 1, office, NOW)
    data = workbook.inspections_book(session, view, Chosen(), office)
    assert len(stated(session, "inspections", data)) == 1
    data = workbook.inspections_book(session, view, Chosen(state="void"), office)
    with pytest.raises(InvalidEntry, match="没有数据行"):
        stated(session, "inspections", data)


def test_who_records_no_inspections_has_no_workbook_of_them(session: Session) -> None:
    staff = person(session, "community_staff", "c01")
    with pytest.raises(NotPermitted):
        out(session, "inspections", staff)
    with pytest.raises(NotPermitted):
        check(session, sheet(ROW), staff, kind=BOOK)

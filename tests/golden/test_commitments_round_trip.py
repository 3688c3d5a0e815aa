"""Commitments go out as a workbook and come back: unchanged here, put on record elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

from db.engine import Session
from db.models import Commitment, CommitmentStep
from services import workbook
from services.errors import NotPermitted
from services.permissions import CurrentUser
from services.workbook import Choice, Receipt
from tests.activity_cases import NOW, PHONE, TODAY, person
from tests.list_workbook_cases import assert_comes_back_unchanged, logged, out, stated
from tests.unit.test_commitments import made
from tests.unit.test_commitments import take as step
from tests.workbook_cases import check, edited, said, sheet, take, upload
from tests.workbooks import Cell

BOOK = workbook.KINDS["commitments"]
ROW: dict[str, Cell] = {"会议日期": "2023-10-09", "会议名称": "十月例会", "承诺内容": "修好路面",
                        "责任人": "李主任", "社区": "乙社区", "完成期限": "2023-11-30"}  # fmt: skip


@pytest.fixture
def office(session: Session) -> CurrentUser:
    user = person(session, "office_staff")
    made(session, user, "open", text=f"请致电 {PHONE}，\n月底前办好")
    made(session, user, "late", text="清理楼道", community="", domain="", due_on=date(2023, 12, 1))
    return user


def test_they_come_back_unchanged_with_their_numbers_hidden(
    session: Session, office: CurrentUser
) -> None:
    assert PHONE not in str(stated(session, "commitments", out(session, "commitments", office)))
    assert assert_comes_back_unchanged(session, office, "commitments") == 2
    assert PHONE in (session.get_one(Commitment, 1).text)


def test_what_became_of_one_since_the_export_is_no_change(
    session: Session, office: CurrentUser
) -> None:
    data = out(session, "commitments", office)
    step(session, "C000001", "finish", office)
    step(session, "C000002", "void", office)
    assert take(session, data, office, kind=BOOK) == Receipt(0, 0, 2, 0)
    assert len(stated(session, "commitments", out(session, "commitments", office))) == 1


def test_one_new_row_is_one_commitment_whoever_sends_it_again(
    session: Session, office: CurrentUser
) -> None:
    before = logged(session)
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(1, 0, 0, 0)
    assert logged(session) == before + 2  # the commitment, and the file
    other = person(session, "administrator")
    assert take(session, sheet(ROW), other, kind=BOOK) == Receipt(0, 0, 1, 0)
    step(session, "C000003", "void", office)
    for row in (ROW, ROW | {"状态": "办理中"}):
        assert take(session, sheet(row), office, kind=BOOK) == Receipt(0, 0, 1, 0)


def test_another_office_puts_them_on_record_and_exports_the_same(
    session: Session, office: CurrentUser
) -> None:
    first = out(session, "commitments", office)
    for table in (CommitmentStep, Commitment):
        session.execute(delete(table))
    session.commit()
    made(session, office, "own", text="本单位自己的")  # has the number of another
    lines = check(session, first, office, kind=BOOK).lines
    assert ["没有这个编号" in said(line)["编号"] for line in lines] == [True, True]
    up = upload(session, first, Choice(foreign=True), kind=BOOK)
    done = BOOK.take(session, up, office, NOW, TODAY)
    session.commit()
    assert done == Receipt(1, 0, 0, 1)  # what is hidden cannot be typed for them
    assert BOOK.take(session, up, office, NOW, TODAY) == Receipt(0, 0, 1, 1)
    (kept,) = [row for row in stated(session, "commitments", first) if "*" not in row["text"]]
    assert kept in stated(session, "commitments", out(session, "commitments", office))


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [("138****5678", "138****5679", "承诺内容"), (">办理中<", ">已销号<", "状态"),
     ("<v>45261</v>", "<v>45268</v>", "完成期限")],
)  # fmt: skip
def test_what_a_step_changes_and_what_is_hidden_is_not_changed_by_a_file(
    session: Session, office: CurrentUser, old: str, new: str, column: str
) -> None:
    data = edited(out(session, "commitments", office), old, new)
    refused = check(session, data, office, kind=BOOK)
    assert {name for line in refused.of(workbook.REFUSED) for name in said(line)} == {column}
    assert refused.to_write == 0


def test_what_it_says_is_corrected_by_a_file_unless_it_was_carried_on(
    session: Session, office: CurrentUser
) -> None:
    data = edited(out(session, "commitments", office), "清理楼道", "清扫楼道")
    assert take(session, data, office, kind=BOOK) == Receipt(0, 1, 1, 0)
    assert session.get_one(Commitment, 2).text == "清扫楼道"
    assert take(session, data, office, kind=BOOK) == Receipt(0, 0, 2, 0)
    again = edited(out(session, "commitments", office), "清扫楼道", "清洗楼道")
    step(session, "C000002", "report", office)
    (line,) = check(session, again, office, kind=BOOK).of(workbook.REFUSED)
    assert "改过" in said(line)["核对码"]


def test_what_was_struck_off_is_not_corrected_by_a_file(
    session: Session, office: CurrentUser
) -> None:
    step(session, "C000002", "finish", office)
    data = edited(out(session, "commitments", office), "清理楼道", "清扫楼道")
    (line,) = check(session, data, office, kind=BOOK).of(workbook.REFUSED)
    assert "先重新打开" in said(line)["承诺内容"]


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"会议日期": ""}, "会议日期", "请选择会议日期"),
        ({"会议日期": "上周"}, "会议日期", "看不懂"),
        ({"完成期限": "2023-10-01"}, "完成期限", "不能早于"),
        ({"责任人": ""}, "责任人", "请填写"),
        ({"社区": "丁社区"}, "社区", "从列表中选择"),
        ({"状态": "已销号"}, "状态", "不能用表格改"),
    ],
)
def test_every_bad_cell_is_refused_with_what_to_do(
    session: Session, office: CurrentUser, changes: dict[str, Cell], column: str, says: str
) -> None:
    (line,) = check(session, sheet(ROW | changes), office, kind=BOOK).lines
    assert says in said(line)[column]


def test_staff_of_a_community_put_none_on_record(session: Session) -> None:
    staff = person(session, "community_staff", "c01")
    with pytest.raises(NotPermitted):
        check(session, sheet(ROW), staff, kind=BOOK)
    with pytest.raises(NotPermitted):
        out(session, "commitments", staff)

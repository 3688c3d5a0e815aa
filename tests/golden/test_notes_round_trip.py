"""Notes on charts go out as a workbook and come back: unchanged here, written anew elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, func, select

from db.engine import Session
from db.models import ChartNote
from services import chart_notes, workbook
from services.chart_notes import Typed
from services.errors import NotPermitted
from services.permissions import CurrentUser
from services.workbook import Choice, Receipt
from tests.activity_cases import NOW, PHONE, TODAY, person
from tests.list_workbook_cases import (
    assert_comes_back_unchanged,
    logged,
    numbered,
    out,
    stated,
)
from tests.workbook_cases import check, said, sheet, take, upload
from tests.workbooks import Cell

BOOK = workbook.KINDS["notes"]
ROW: dict[str, Cell] = {"日期": "2023-10-09", "注在哪项数字上": "基本医疗满意度", "社区": "乙社区",
                        "发生了什么": "第二轮查体开始"}  # fmt: skip
NOTES = (
    Typed("measure:household_waste", "", date(2023, 9, 4), f"清运改线，请致电 {PHONE}"),
    Typed("domain:environment", "c01", date(2023, 9, 5), "=1+1"),
    Typed("score:overall", "c02", date(2023, 10, 1), "公布办理时限"),
)


@pytest.fixture
def office(session: Session) -> CurrentUser:
    """A note of every kind of series."""
    user = person(session, "office_staff")
    for place, typed in enumerate(NOTES):
        chart_notes.make(session, typed, f"note{place}", user, NOW, TODAY)
    session.commit()
    return user


def test_they_come_back_unchanged_with_numbers_of_persons_hidden(
    session: Session, office: CurrentUser
) -> None:
    found = stated(session, "notes", out(session, "notes", office))
    assert PHONE not in str(found)
    assert [row["series"] for row in found] == ["清运生活垃圾", "居住环境活动次数", "总体满意度"]
    assert assert_comes_back_unchanged(session, office, "notes") == len(NOTES)
    chart_notes.void(session, 1, "错", 1, office, NOW)
    session.commit()
    assert assert_comes_back_unchanged(session, office, "notes") == len(NOTES) - 1


def test_another_office_writes_them_anew_and_only_once(
    session: Session, office: CurrentUser
) -> None:
    data = out(session, "notes", office)
    first = stated(session, "notes", data)
    session.execute(delete(ChartNote))
    session.commit()
    assert BOOK.check(session, upload(session, data, kind=BOOK), office, TODAY).foreign == 3
    up = upload(session, data, Choice(foreign=True), kind=BOOK)
    assert BOOK.take(session, up, office, NOW, TODAY) == Receipt(2, 0, 0, 1)  # one hides a number
    session.commit()
    assert stated(session, "notes", out(session, "notes", office)) == first[1:]
    assert BOOK.take(session, up, office, NOW, TODAY) == Receipt(0, 0, 2, 1)


def test_a_new_row_is_one_note_whoever_sends_it_and_whatever_became_of_it(
    session: Session, office: CurrentUser
) -> None:
    before = logged(session)
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(1, 0, 0, 0)
    assert logged(session) == before + 2  # the note, and the file
    staff = person(session, "community_staff", "c02")
    assert take(session, sheet(ROW), staff, kind=BOOK) == Receipt(0, 0, 1, 0)
    chart_notes.void(session, 4, "错", 1, office, NOW)
    session.commit()
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(0, 0, 1, 0)
    assert session.scalar(select(func.count()).select_from(ChartNote)) == 4


def test_a_note_on_record_stays_as_it_is(session: Session, office: CurrentUser) -> None:
    data = numbered(session, office, "notes", "2", 日期="2023-09-06")
    (line,) = check(session, data, office, kind=BOOK).lines
    assert "不能用表格改" in said(line)["日期"]


def test_staff_of_a_community_have_and_write_only_its_own(
    session: Session, office: CurrentUser
) -> None:
    assert len(stated(session, "notes", out(session, "notes", office))) == len(NOTES)
    staff = person(session, "community_staff", "c01")
    assert {row["community"] for row in stated(session, "notes", out(session, "notes", staff))} == {
        "甲社区"
    }
    for place in ("乙社区", ""):
        (line,) = check(session, sheet(ROW | {"社区": place}), staff, kind=BOOK).lines
        assert "本社区" in said(line)["社区"]
    official = person(session, "official")
    with pytest.raises(NotPermitted):
        out(session, "notes", official)
    with pytest.raises(NotPermitted):
        check(session, sheet(ROW), official, kind=BOOK)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"日期": ""}, "日期", "请选择日期"),
        ({"日期": "2023-10-29"}, "日期", "不能晚于今天"),
        ({"注在哪项数字上": "天气"}, "注在哪项数字上", "从列表中选择"),
        ({"社区": "丁社区"}, "社区", "从列表中选择"),
        ({"发生了什么": ""}, "发生了什么", "请填写"),
        ({"发生了什么": "长" * 201}, "发生了什么", "最多"),
    ],
)
def test_every_bad_cell_is_refused_with_what_to_do(
    session: Session, office: CurrentUser, changes: dict[str, Cell], column: str, says: str
) -> None:
    (line,) = check(session, sheet(ROW | changes), office, kind=BOOK).lines
    assert says in said(line)[column]

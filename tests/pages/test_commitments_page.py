"""承诺事项: every form and button of the page, seen to have changed what is on record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import Session, read_session
from db.models import Change, Commitment
from tests.activity_cases import PHONE, person
from tests.pages.admin_steps import fill, key
from tests.pages.app import office_day
from tests.pages.entry_steps import labels, open_page, press, said
from tests.unit.test_commitments import made, take
from tests.workbook_cases import sheet

PAGE = "pages/followup/commitments.py"
HOSTILE = "<b onclick=alert(1)>粗</b> ![图](//x) **重**"


@pytest.fixture
def number(door: Engine) -> str:
    """A commitment of c01 that was due in 2023."""
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        return made(session, person(session, "office_staff"), text=HOSTILE)


def stored(door: Engine) -> list[Commitment]:
    with read_session(door) as session:
        return list(session.scalars(select(Commitment)))


def page(door: Engine, role: str = "office_staff", **query: str) -> AppTest:
    return open_page(door, role, "c01" if role == "community_staff" else None, page=PAGE, **query)


def heading(at: AppTest) -> str:
    return at.header[0].value.replace("\\", "")


def test_a_commitment_is_put_on_record(door: Engine) -> None:
    at = fill(page(door), "commitment", meeting="调度会", text="月底前修好路面", owner="李主任",
              community="c02", domain="environment")  # fmt: skip
    due = office_day() + timedelta(days=9)
    at.date_input(key=key(at, "commitment", "due_on")).set_value(due)
    press(at, "保存")
    assert "已登记，编号 C000001" in said(at.success)
    row = stored(door)[0]
    assert (row.meeting, row.owner, row.community_code, row.domain_code) == (
        "调度会", "李主任", "c02", "environment",
    )  # fmt: skip
    assert row.due_on == due
    assert heading(at) == "承诺事项：未办结 1 件，超期 0 件"


def test_a_refused_commitment_keeps_what_was_typed(door: Engine) -> None:
    at = press(fill(page(door), "commitment", meeting="调度会", text="修路"), "保存")
    assert "请填写“责任人”" in said(at.error)
    assert at.text_area(key=key(at, "commitment", "text")).value == "修路"
    assert stored(door) == []


def test_it_is_reported_on_struck_off_and_opened_again(door: Engine, number: str) -> None:
    at = page(door)
    assert heading(at) == "承诺事项：未办结 1 件，超期 1 件"
    press(at, f"{number} · 办理中")
    assert "已超过完成期限" in said(at.warning)
    press(fill(at, number, note="已完成三条街"), "保存")
    assert "已保存：进展" in said(at.success)
    assert "已完成三条街" in [text.value for text in at.text]
    press(at, "办结销号")
    press(at, "保存")
    assert "请写明情况或原因" in said(at.error)
    press(fill(at, number, note="全部完成"), "保存")
    assert heading(at) == f"{number} · 已销号"
    assert stored(door)[0].done_on is not None
    press(at, "重新打开")
    press(fill(at, number, note="又有摊贩"), "保存")
    assert stored(door)[0].done_on is None
    press(at, "返回清单")
    assert heading(at) == "承诺事项：未办结 1 件，超期 1 件"


def test_its_day_is_put_off_with_a_reason(door: Engine, number: str) -> None:
    at = press(page(door, commitment=number), "调整期限")
    due = stored(door)[0].due_on
    at.date_input(key=key(at, number, "due_on")).set_value(due)
    press(fill(at, number, note="等施工许可"), "保存")
    assert "请选择新的完成期限" in said(at.error)
    later = office_day() + timedelta(days=20)
    at.date_input(key=key(at, number, "due_on")).set_value(later)
    press(at, "保存")
    assert "已保存：调整期限" in said(at.success)
    assert stored(door)[0].due_on == later
    assert not at.warning


def test_it_is_corrected_and_the_look_at_its_numbers_is_logged(door: Engine) -> None:
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        number = made(session, person(session, "office_staff"), text=f"致电 {PHONE}")
    at = press(page(door, commitment=number), "更正")
    assert at.text_area(key=key(at, number, "text")).value == f"致电 {PHONE}"
    press(at, "保存更正")
    assert f"内容没有变化，{number} 没有更正" in said(at.success)
    press(at, "更正")
    fill(at, number, owner=" ", community="c02", domain="", meeting="专题会", text="上门走访")
    at.date_input(key=key(at, number, "made_on")).set_value(date(2023, 10, 8))
    press(at, "保存更正")
    assert "请填写“责任人”" in said(at.error)
    assert at.text_area(key=key(at, number, "text")).value == "上门走访"
    press(fill(at, number, owner="李主任"), "保存更正")
    assert f"已更正 {number}" in said(at.success)
    (row,) = stored(door)
    assert (row.owner, row.community_code, row.domain_code, row.meeting, row.text) == (
        "李主任", "c02", None, "专题会", "上门走访",
    )  # fmt: skip
    assert row.made_on == date(2023, 10, 8)
    assert "责任人：甲社区书记 → 李主任" in [text.value for text in at.expander[-1].text]
    with read_session(door) as session:
        actions = session.scalars(select(Change.action).order_by(Change.id)).all()
    assert actions[-3:] == ["reveal", "reveal", "correct"]


def test_what_is_struck_off_offers_no_correction(door: Engine, number: str) -> None:
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        take(session, number, "finish", person(session, "administrator"), date(2023, 10, 20))
    assert "更正" not in labels(page(door, commitment=number).button)


def test_its_history_stands_under_it(door: Engine, number: str) -> None:
    at = open_page(door, "official", page=PAGE, commitment=number)
    assert any("作出承诺" in text.value for text in at.expander[-1].text)


def test_it_is_made_void_and_restored(door: Engine, number: str) -> None:
    at = press(page(door, commitment=number), "作废")
    press(fill(at, number, note="重复登记"), "保存")
    assert heading(at) == f"{number} · 已作废"
    assert stored(door)[0].void_reason == "重复登记"
    press(press(at, "恢复"), "保存")
    assert stored(door)[0].void_reason == ""


def test_of_two_the_later_keeps_what_was_typed(door: Engine, number: str) -> None:
    at = fill(page(door, commitment=number), number, note="我的进展")
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        take(session, number, "report", person(session, "administrator"), date(2023, 10, 20))
    press(at, "保存")
    assert "已有新的进展" in said(at.error)
    assert at.text_area(key=key(at, number, "note")).value == "我的进展"
    press(press(at, "已看过最新情况，继续填写"), "保存")
    assert "我的进展" in [text.value for text in at.text]
    assert stored(door)[0].version == 3


def test_what_was_typed_outlives_that_it_is_made_void(door: Engine, number: str) -> None:
    at = fill(page(door, commitment=number), number, note="我的进展")
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        take(session, number, "void", person(session, "administrator"), date(2023, 10, 20))
    press(at, "保存")
    assert any("别人刚刚办理过" in one.value for one in at.warning)
    assert at.text_area(key=key(at, number, "note")).value == "我的进展"
    assert "恢复" in labels(press(at, "放弃填写").button)


def test_a_community_may_report_and_an_official_may_read(door: Engine, number: str) -> None:
    at = page(door, "community_staff", commitment=number)
    press(fill(at, number, note="正在做"), "保存")
    assert stored(door)[0].version == 2
    assert "办结销号" not in labels(at.button)
    at = page(door, "official", commitment=number)
    assert labels(at.button) == ["返回清单"]
    assert labels(page(door, "official").button) == [f"{number} · 办理中"]


def test_hostile_text_is_shown_as_text_only(door: Engine, number: str) -> None:
    for at in (page(door), page(door, commitment=number)):
        assert HOSTILE in [text.value for text in at.text]
        marked = [element.value for element in (*at.markdown, *at.caption)]
        assert not any("<b onclick" in text or "**重**" in text for text in marked)


@pytest.mark.usefixtures("number")
def test_commitments_are_put_on_record_with_a_workbook(door: Engine) -> None:
    at = page(door)
    assert at.get("download_button")[0].label == "下载承诺事项（.xlsx）"
    row = {"会议日期": "2023-10-09", "会议名称": "例会", "承诺内容": "修好路面", "责任人": "李主任",
           "完成期限": "2023-11-30"}  # fmt: skip
    at.file_uploader[0].set_value(("承诺.xlsx", sheet(row), "application/xlsx")).run()
    press(at, "导入 1 行")
    assert "已新增 1 行" in said(at.success)
    assert [one.text for one in stored(door)] == [HOSTILE, "修好路面"]

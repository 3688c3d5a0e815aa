"""民声 as a workbook: out, changed, back, and what is refused on the way."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import Session, read_session
from db.models import Feedback
from services import workbook
from services.feedback import Chosen
from services.filters import Filters
from services.periods import Period
from services.settings import Thresholds
from services.views import View
from tests.feedback_cases import PHONE, TODAY, Desk
from tests.list_workbook_cases import VOICE as ROW
from tests.pages.entry_steps import labels, open_page, press, said
from tests.workbook_cases import edited, sheet

PAGE = "pages/followup/feedback.py"


@pytest.fixture
def desk(door: Engine) -> Desk:
    """Voices of 2023, put on record by an office staff and a staff of c01."""
    session = Session(door.execution_options(minyi_write=True), expire_on_commit=False)
    return Desk(session)


def page(door: Engine, role: str = "office_staff", community: str | None = None) -> AppTest:
    return open_page(door, role, community, page=PAGE, period="2023")


def stored(door: Engine) -> list[Feedback]:
    with read_session(door) as session:
        return list(session.scalars(select(Feedback).order_by(Feedback.id)))


def given(at: AppTest, data: bytes) -> AppTest:
    at.file_uploader[0].set_value(("民声.xlsx", data, "application/xlsx")).run()
    assert not at.exception
    return at


def test_voices_are_registered_and_corrected_with_a_workbook(door: Engine, desk: Desk) -> None:
    number = desk.submit(text=f"请打 {PHONE}")
    at = page(door)
    assert at.get("download_button")[0].label == "下载民声（.xlsx）"
    with read_session(door) as session:
        view = View(Filters(Period(date(2023, 1, 1), "year")), TODAY, Thresholds())
        out = workbook.voices_book(session, view, desk.office, Chosen())
    given(at, edited(out, ">上下学交通拥堵<", ">作业负担过重<"))
    assert {one.label: one.value for one in at.metric}["将更正"] == "1"
    press(at, "导入 1 行")
    assert "更正 1 行" in said(at.success)
    assert (stored(door)[0].topic_code, stored(door)[0].text) == ("homework", f"请打 {PHONE}")
    given(at, sheet(ROW))
    press(at, "导入 1 行")
    assert "已新增 1 行" in said(at.success)
    assert "F000002" in said(at.success)
    assert [row.text for row in stored(door)] == [f"请打 {PHONE}", "晚上施工"]
    assert "民声 2 件" in at.header[0].value.replace("\\", "")
    given(at, sheet(ROW))
    assert "没有要写入的内容" in said(at.info)
    assert number == "F000001"


def test_what_a_community_said_before_is_imported_only_if_it_was_said_again(
    door: Engine, desk: Desk
) -> None:
    desk.submit(text="晚上施工", community="c02")
    at = given(page(door), sheet(ROW))
    assert next(one for one in at.button if one.label == "导入 0 行").disabled
    (said_again,) = [box for box in at.checkbox if "确实是另外反映的" in box.label]
    said_again.check().run()
    press(at, "导入 1 行")
    assert [row.text for row in stored(door)] == ["晚上施工", "晚上施工"]


def test_a_step_in_a_workbook_is_refused_and_what_is_refused_can_be_had(
    door: Engine, desk: Desk
) -> None:
    at = given(page(door), sheet(ROW | {"责任人": "李主任"}))
    assert "为什么有 1 行不导入" in labels(at.expander)
    assert "只能在页面上改" in str(at.table[0].value)
    assert "下载不导入的 1 行，改好再导入（.xlsx）" in labels(at.get("download_button"))
    assert stored(door) == []
    assert desk.keys == 0


def test_an_official_downloads_voices_and_imports_none(door: Engine, desk: Desk) -> None:
    desk.submit()
    at = page(door, "official")
    assert "下载民声（.xlsx）" in labels(at.get("download_button"))
    assert not at.file_uploader


def test_staff_of_a_community_import_their_own_only(door: Engine) -> None:
    at = given(page(door, "community_staff", "c01"), sheet(ROW))
    assert "本社区" in str(at.table[0].value)
    given(at, sheet(ROW | {"社区": ""}))
    press(at, "导入 1 行")
    assert [row.community_code for row in stored(door)] == ["c01"]


def test_below_the_form_a_workbook_registers_too(door: Engine) -> None:
    at = open_page(door, "office_staff", page=PAGE, period="2023", part="new")
    press(given(at, sheet(ROW)), "导入 1 行")
    assert "已新增 1 行" in said(at.success)
    assert [row.text for row in stored(door)] == ["晚上施工"]

"""The bulletin page: prose with links, edited, restored, numbered, for a meeting or a period."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db.engine import Session, read_session, write_session
from db.models import MeetingText
from services import meetings
from services.i18n import use_language
from services.meetings.texts import write_text
from services.permissions import CurrentUser
from tests.builders import add_activity, add_user
from tests.meeting_cases import NOW, RULES, TODAY, TYPED
from tests.pages.app import heading, opened, signed_in
from tests.pages.entry_steps import press, said

PAGE = "meeting/bulletin"
PERIOD = {"period": "2023-10"}


def worked(door: Engine) -> None:
    with write_session(door) as session:
        add_activity(session, "volunteer_cleanup", date(2023, 10, 11), "c01", {"litter_spots": 126})


def host(session: Session, role: str) -> CurrentUser:
    row = add_user(session, role)
    return CurrentUser(row.id, row.username, row.name, row.role, None, "zh")


@pytest.fixture
def number(door: Engine) -> str:
    """A meeting about a clean-up of 126 spots."""
    worked(door)
    with write_session(door) as session:
        user = host(session, "office_staff")
        return meetings.make(session, TYPED, "key", user, NOW, TODAY, RULES).number


def page(door: Engine, role: str = "official", **query: str) -> AppTest:
    at = opened(signed_in(door, role), PAGE, **query)
    assert not at.exception
    return at


def editing(at: AppTest) -> AppTest:
    """The page with the paragraph of 居住环境 open."""
    at.session_state["edit-environment"] = True
    return at.run()


def prose(at: AppTest) -> str:
    return next(one.value for one in at.markdown if "乱堆乱放" in one.value)


def texts(door: Engine) -> list[tuple[str, str, int]]:
    with read_session(door) as session:
        return [(row.part, row.text, row.version) for row in session.query(MeetingText)]


def test_a_period_has_its_bulletin_and_every_number_leads_to_its_records(door: Engine) -> None:
    worked(door)
    at = page(door, **PERIOD)
    assert heading(at) == "简报"
    assert "[120余处](/records?period=2023-10&domain=environment&measure=litter_spots)" in prose(at)
    assert "修改这一段" not in [one.label for one in at.expander]


def test_an_office_without_records_says_so(door: Engine) -> None:
    at = page(door, **PERIOD)
    assert any("没有活动记录" in one.value for one in at.markdown)


def test_who_does_not_hold_meetings_reads_a_meetings_bulletin(door: Engine, number: str) -> None:
    at = page(door, "community_staff", meeting=number)
    assert "120余处" in prose(at)
    assert [one.label for one in at.expander] == ["变更记录"]


def test_choosing_a_meeting_puts_it_into_the_address(door: Engine, number: str) -> None:
    at = page(door, "office_staff", **PERIOD)
    next(one for one in at.selectbox if one.label == "简报来自").set_value(number).run()
    assert number in at.query_params["meeting"]
    assert "第 1 期" in " ".join(one.value for one in at.caption)


def test_a_paragraph_is_edited_and_its_typed_number_marked_then_restored(
    door: Engine, number: str
) -> None:
    at = editing(page(door, "office_staff", meeting=number))
    at.text_area[0].set_value("清理乱堆乱放130余处。")
    press(at, "保存")
    assert texts(door) == [("environment", "清理乱堆乱放130余处。", 1)]
    assert ":orange-background[130余处]" in prose(at)
    marked = " ".join(one.value.replace("\\", "") for one in at.markdown)
    assert "不再由数据计算的数字：130余处（数据为 120余处）" in marked
    press(editing(at), "恢复为计算文本")
    assert texts(door) == [("environment", "", 2)]
    assert "[120余处]" in prose(at)


def test_what_somebody_wrote_meanwhile_is_not_overwritten_unseen(door: Engine, number: str) -> None:
    at = editing(page(door, "office_staff", meeting=number))
    at.text_area[0].set_value("我写的乱堆乱放。")
    with write_session(door) as session:
        other = host(session, "administrator")
        write_text(
            session, number, "environment", "别人写的乱堆乱放。", 0, other, NOW, TODAY, RULES
        )
    press(at, "保存")
    assert "被别人改过" in said(at.error)
    assert "别人写的乱堆乱放" in prose(at)
    assert at.text_area[0].value == "我写的乱堆乱放。"
    press(at, "保存")
    assert texts(door) == [("environment", "我写的乱堆乱放。", 2)]


def test_the_issue_is_given_a_number(door: Engine, number: str) -> None:
    at = page(door, "office_staff", meeting=number)
    at.number_input[0].set_value(31)
    press(at, "保存期号")
    assert texts(door) == [("issue", "31", 1)]
    assert "第 31 期" in " ".join(one.value for one in at.caption)


def test_the_history_names_who_changed_what(door: Engine, number: str) -> None:
    at = editing(page(door, "office_staff", meeting=number))
    at.text_area[0].set_value("改过的乱堆乱放。")
    press(at, "保存")
    at.session_state["bulletin-history"] = True
    at.run()
    assert "改过的乱堆乱放。" in [one.value for one in at.text]


def test_the_files_are_there_to_take_along(door: Engine, number: str) -> None:
    labels = [one.label for one in page(door, meeting=number).get("download_button")]
    assert labels == ["下载简报（DOCX）"]
    at = opened(signed_in(door, "office_staff"), "meeting/pack", meeting=number)
    labels = [one.label for one in at.get("download_button")]
    assert labels == ["下载文档（DOCX）", "下载数据表（XLSX）"]


def test_it_is_english_for_who_reads_english(door: Engine, number: str) -> None:
    at = opened(signed_in(door, "official", language="en"), PAGE, meeting=number)
    use_language("en")
    assert heading(at) == "Bulletin"
    assert any("over 120 places" in one.value for one in at.markdown)

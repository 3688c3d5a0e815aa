"""The workbook page: a template, a file, what it would change, and only then the change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import Session, read_session, write_session
from db.models import ActivityRemark
from db.reads.accounts import user_named
from services.permissions import CurrentUser
from services.workbook import month_book
from tests.activity_cases import ENTRY, add_usual_weeks
from tests.builders import add_activity
from tests.pages.app import heading, opened, signed_in
from tests.pages.entry_steps import enter, press, stored
from tests.workbook_cases import edited, row, sheet
from tests.workbooks import Cell

PAGE = "entry/import_file"


@pytest.fixture
def at(door: Engine) -> AppTest:
    return opened(signed_in(door, "community_staff"), PAGE)


def give(at: AppTest, data: bytes) -> AppTest:
    at.file_uploader[0].set_value(("表.xlsx", data, "application/xlsx")).run()
    assert not at.exception
    return at


def counts(at: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in at.metric}


def told(elements: object) -> str:
    return " ".join(one.value.replace("\\", "") for one in elements)


def tables(at: AppTest) -> str:
    return " ".join(one.value.to_string().replace("\\", "") for one in at.table)


def button(at: AppTest, start: str) -> object:
    return next(one for one in at.button if one.label.startswith(start))


def test_an_official_may_not_import(door: Engine) -> None:
    assert heading(opened(signed_in(door, "official"), PAGE)) == "没有权限"


def test_a_file_that_only_the_browser_still_has_is_asked_for_again(at: AppTest) -> None:
    give(at, b"")
    given = next(one.key for one in at.text_input if one.key.endswith("-given"))
    assert at.text_input(key=given).value == "1"
    at.file_uploader[0].set_value([]).run()  # taken off by the person
    assert at.text_input(key=given).value == ""
    assert not at.warning
    at.text_input(key=given).set_value("1").run()  # what a browser sends after a restart
    assert "请去掉上面的文件，再重新选择" in told(at.warning)


def test_staff_of_the_office_choose_a_community_for_its_template(door: Engine) -> None:
    at = opened(signed_in(door, "office_staff"), PAGE)
    assert "选择社区" in told(at.info)
    at.selectbox(key="filter-community").set_value("c02").run()
    assert not at.exception
    assert not at.info
    assert at.query_params["community"] == "c02"


def test_another_month_is_kept_in_the_address(at: AppTest) -> None:
    at.selectbox(key="filter-month").select_index(2).run()
    assert not at.exception
    assert at.query_params["month"]


def test_a_file_is_previewed_and_taken_over_once(at: AppTest, door: Engine) -> None:
    data = sheet(row(), row(日期="2023.10"), row(心情="好", 日期="2023-10-18"))
    give(at, data)
    assert counts(at) == {"将新增": "2", "将更正": "0", "拒收": "1"}
    assert "日期：2023.10" in tables(at)
    assert "心情" in told(at.warning)
    assert stored(door) == []
    press(at, "导入 2 行")
    assert "已新增 2 行" in told(at.success)
    assert "A000001—A000002" in told(at.success)
    assert len(stored(door)) == 2
    give(at, sheet(row()))
    assert "和已有的记录一致" in told(at.info)


def test_a_refused_file_says_why_and_the_page_stays(at: AppTest) -> None:
    give(at, b"PK\x03\x04broken")
    assert "损坏" in told(at.error)
    assert at.file_uploader


def test_a_file_without_a_row_to_import_cannot_be_confirmed(at: AppTest, door: Engine) -> None:
    give(at, sheet(row(日期="某天")))
    assert button(at, "导入 0 行").disabled
    assert stored(door) == []


def test_a_correction_is_shown_field_by_field(at: AppTest, door: Engine) -> None:
    enter(door)
    with read_session(door) as session:
        staff = signed_person(session)
        data = month_book(session, "c01", "2023-10", staff)
    give(at, edited(data, "<v>1.5</v>", "<v>2.5</v>"))
    assert counts(at)["将更正"] == "1"
    assert "清运生活垃圾：1.5 吨 → 2.5 吨" in tables(at)
    press(at, "导入 1 行")
    assert stored(door)[0].version == 2


def test_rows_like_records_of_the_day_wait_for_the_persons_word(at: AppTest, door: Engine) -> None:
    with write_session(door) as session:
        add_activity(session, ENTRY.type_code, ENTRY.first_day, "c01")
    give(at, sheet(row()))
    assert counts(at)["疑似重复"] == "1"
    assert button(at, "导入 0 行").disabled
    at.checkbox[0].check().run()
    assert counts(at)["将新增"] == "1"
    press(at, "导入 1 行")
    assert len(stored(door)) == 2


def test_rows_of_another_office_wait_for_the_persons_word(at: AppTest, door: Engine) -> None:
    give(at, sheet(row(编号="A000077", 核对码="v1-ffffff")))
    assert counts(at)["拒收"] == "1"
    at.checkbox[0].check().run()
    press(at, "导入 1 行")
    assert len(stored(door)) == 1


def a_year(door: Engine) -> None:
    with write_session(door) as session:
        add_usual_weeks(session)


def odd(**changes: Cell) -> dict[str, Cell]:
    return row(**{"参加人数（人）": 400}) | changes


def answer(at: AppTest, line: str, word: str | None) -> None:
    group = next(one for one in at.button_group if one.key.endswith(f"-ask-{line}"))
    group.set_value(word).run()
    assert not at.exception


def remarks(door: Engine) -> list[tuple[str, str, str]]:
    with read_session(door) as session:
        found = session.scalars(select(ActivityRemark).order_by(ActivityRemark.id))
        return [(one.kind, one.figure, one.note) for one in found]


def test_an_odd_row_waits_until_it_is_confirmed(at: AppTest, door: Engine) -> None:
    a_year(door)
    give(at, sheet(odd()))
    assert counts(at)["请确认"] == "1"
    assert "参加人数 400，本社区近 12 个月通常为" in told(at.text)
    assert button(at, "导入 0 行").disabled
    answer(at, "2", "sure")
    assert counts(at) == {"将新增": "1", "将更正": "0", "拒收": "0"}
    press(at, "导入 1 行")
    assert remarks(door) == [("confirmed", "400", "")]


def test_what_is_to_be_followed_up_needs_a_word(at: AppTest, door: Engine) -> None:
    a_year(door)
    give(at, sheet(odd()))
    answer(at, "2", "follow")
    assert button(at, "导入 0 行").disabled
    assert "请写明要跟进什么" in told(at.caption)
    next(one for one in at.text_input if one.label == "跟进事项").set_value("等活动方核实").run()
    press(at, "导入 1 行")
    assert remarks(door) == [("follow_up", "400", "等活动方核实")]


def test_one_word_answers_all_rows_but_those_that_have_their_own(at: AppTest, door: Engine) -> None:
    a_year(door)
    give(at, sheet(odd(), odd(日期="2023-10-24"), odd(日期="2023-10-23")))
    answer(at, "3", "leave")
    answer(at, "others", "sure")
    assert counts(at) == {"将新增": "2", "将更正": "0", "不导入": "1", "拒收": "0"}
    assert "您选择了不导入" in tables(at)
    press(at, "导入 2 行")
    assert "1 行没有导入" in told(at.success)
    assert len(remarks(door)) == 2


def test_rows_left_open_are_said_and_asked_about_again(at: AppTest, door: Engine) -> None:
    a_year(door)
    data = sheet(odd(), row(日期="2023-10-24"))
    give(at, data)
    assert "还有 1 行没有确认" in told(at.caption)
    press(at, "导入 1 行")
    assert "1 行还没有确认，再导入这个文件时会再问" in told(at.success)
    give(at, data)
    assert counts(at)["请确认"] == "1"
    assert "1 行有需要核对的地方" in told(at.markdown)


def test_answers_stay_while_other_pages_of_rows_are_looked_at(at: AppTest, door: Engine) -> None:
    a_year(door)
    give(at, sheet(*(odd(地点=f"第{place}处") for place in range(11))))
    answer(at, "2", "sure")
    pages = next(one for one in at.get("pagination"))
    pages.set_value(2).run()
    answer(at, "12", "leave")
    next(one for one in at.get("pagination")).set_value(1).run()
    assert counts(at)["将新增"] == "1"
    assert counts(at)["请确认"] == "9"
    group = next(one for one in at.button_group if one.key.endswith("-ask-2"))
    assert group.value == "sure"


def test_a_correction_that_asks_shows_what_it_changes(at: AppTest, door: Engine) -> None:
    a_year(door)
    enter(door, replace(ENTRY, participants=39))
    with read_session(door) as session:
        data = month_book(session, "c01", "2023-10", signed_person(session))
    give(at, edited(data, "<v>39</v>", "<v>400</v>"))
    assert "参加人数：39 → 400" in told(at.text)


def test_the_page_speaks_english(door: Engine) -> None:
    at = give(opened(signed_in(door, "community_staff", "en"), PAGE), sheet(row(日期="2023.10")))
    assert heading(at) == "Import workbook"
    assert counts(at)["Refused"] == "1"
    assert "It is not clear which day" in tables(at)


def signed_person(session: Session) -> CurrentUser:
    row = user_named(session, "test_community_staff")
    return CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")


def test_an_import_is_taken_back_and_put_back(at: AppTest, door: Engine) -> None:
    give(at, sheet(row(), row(日期="2023-10-18")))
    press(at, "导入 2 行")
    assert "导错了可以在“最近导入”撤销" in told(at.success)
    press(at, "撤销这次导入（2 条）")
    assert "已撤下新增的 2 条。" in told(at.success)
    assert {one.state for one in stored(door)} == {"void"}
    press(at, "恢复撤销的 2 条")
    assert "已恢复 2 条。" in told(at.success)
    assert {one.state for one in stored(door)} == {"recorded"}


def test_corrections_of_the_wrong_file_are_put_back(at: AppTest, door: Engine) -> None:
    enter(door)
    with read_session(door) as session:
        data = month_book(session, "c01", "2023-10", signed_person(session))
    give(at, edited(data, "<v>40</v>", "<v>41</v>"))
    press(at, "导入 1 行")
    assert stored(door)[0].participants == 41
    press(at, "撤销这次导入（1 条）")
    assert "已改回更正的 1 条" in told(at.success)
    assert stored(door)[0].participants == 40
    press(at, "恢复撤销的 1 条")
    assert stored(door)[0].participants == 41

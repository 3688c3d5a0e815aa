"""My entries: opened, corrected by one at a time, voided with a reason, restored; never markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from db.engine import read_session
from db.models import Change
from services import activities
from tests.activity_cases import ENTRY, PHONE
from tests.pages.entry_steps import (
    MINE_PAGE,
    enter,
    labels,
    open_page,
    press,
    said,
    stored,
    token,
)


class TestMine:
    def test_the_list_opens_a_record(self, door: Engine) -> None:
        number = enter(door)
        enter(door, replace(ENTRY, host="c02", communities=(), grid=None), "other")
        at = open_page(door, "community_staff", "c01", MINE_PAGE)
        opened = [label for label in labels(at.button) if label.startswith("A0")]
        assert opened == [f"{number} 美好社区建设暨周三清洁家园我先行活动"]
        press(at, opened[0])
        assert at.query_params["record"] == number
        assert at.header[0].value == number

    def test_the_list_can_be_narrowed(self, door: Engine) -> None:
        enter(door)
        at = open_page(door, "community_staff", "c01", MINE_PAGE)
        state = next(group for group in at.button_group if group.label == "状态")
        state.set_value("void").run()
        assert not [label for label in labels(at.button) if label.startswith("A0")]
        assert "请改选活动类型或状态" in said(at.info)
        state = next(group for group in at.button_group if group.label == "状态")
        state.set_value("recorded").run()
        at.selectbox[0].set_value("wednesday_cleanup").run()
        assert [label for label in labels(at.button) if label.startswith("A0")]

    def test_text_from_people_is_no_markup(self, door: Engine) -> None:
        number = enter(door, replace(ENTRY, note="<img src=x> ![x](http://x.test/y.png)"))
        at = open_page(door, "community_staff", "c01", MINE_PAGE, record=number)
        assert "<img src=x> ![x](http://x.test/y.png)" in [text.value for text in at.text]
        assert not [block for block in at.markdown if "x.test" in block.value]

    def test_a_correction_keeps_what_is_not_touched(self, door: Engine) -> None:
        number = enter(door)
        at = press(open_page(door, "community_staff", "c01", MINE_PAGE, record=number), "更正")
        prefix = token(at, number)
        at.text_input(key=f"{prefix}-participants").set_value("41")
        press(at, "保存更正")
        assert f"已更正 {number}" in said(at.success)
        with read_session(door) as session:
            record = activities.record(session, number)
        assert record.entry == replace(ENTRY, participants=41)
        assert "参加人数：40 → 41" in [text.value for text in at.text]
        assert "更正" in labels(at.button)

    def test_a_refused_correction_keeps_what_was_typed(self, door: Engine) -> None:
        number = enter(door)
        at = press(open_page(door, "community_staff", "c01", MINE_PAGE, record=number), "更正")
        at.text_input(key=f"{token(at, number)}-participants").set_value("很多")
        press(at, "保存更正")
        assert "请只填数字" in said(at.error)
        assert at.text_input(key=f"{token(at, number)}-participants").value == "很多"
        press(at, "取消")
        press(at, "更正")
        assert at.text_input(key=f"{token(at, number)}-participants").value == "40"

    def test_of_two_who_correct_the_later_sees_both_values_and_decides(self, door: Engine) -> None:
        number = enter(door)
        first, second = (
            press(open_page(door, "community_staff", "c01", MINE_PAGE, record=number), "更正")
            for _tab in range(2)
        )
        for at, participants in ((first, "50"), (second, "60")):
            at.text_input(key=f"{token(at, number)}-participants").set_value(participants)
            press(at, "保存更正")
        assert "被别人改过" in said(second.error)
        both = "参加人数\n  现在的记录：50\n  您填写的：60"
        assert both in [text.value for text in second.text]
        assert stored(door)[0].participants == 50
        press(second, "保留我填写的，再保存一次")
        press(second, "保存更正")
        assert stored(door)[0].participants == 60

    def test_the_later_may_also_give_way(self, door: Engine) -> None:
        number = enter(door)
        at = press(open_page(door, "community_staff", "c01", MINE_PAGE, record=number), "更正")
        other = press(open_page(door, "community_staff", "c01", MINE_PAGE, record=number), "更正")
        other.text_input(key=f"{token(other, number)}-participants").set_value("50")
        press(other, "保存更正")
        at.text_input(key=f"{token(at, number)}-participants").set_value("60")
        press(at, "保存更正")
        press(at, "放弃我填写的，按现在的记录重填")
        assert at.text_input(key=f"{token(at, number)}-participants").value == "50"
        press(at, "保存更正")
        assert stored(door)[0].participants == 50

    def test_what_was_typed_outlives_that_somebody_voids_the_record(self, door: Engine) -> None:
        number = enter(door)
        at = press(open_page(door, "community_staff", "c01", MINE_PAGE, record=number), "更正")
        other = press(open_page(door, "community_staff", "c01", MINE_PAGE, record=number), "作废")
        other.text_input(key=f"{token(other, number)}-reason").set_value("误报")
        press(other, "确认作废")
        at.text_input(key=f"{token(at, number)}-participants").set_value("60")
        press(at, "保存更正")
        assert "这条记录已作废，请先恢复再更正。" in said(at.error)
        assert at.text_input(key=f"{token(at, number)}-participants").value == "60"
        assert "恢复" in labels(press(at, "取消").button)

    def test_voiding_needs_a_reason_and_can_be_taken_back(self, door: Engine) -> None:
        number = enter(door)
        at = press(open_page(door, "community_staff", "c01", MINE_PAGE, record=number), "作废")
        press(at, "确认作废")
        assert "请写明作废原因" in said(at.error)
        assert stored(door)[0].state == "recorded"
        at.text_input(key=f"{token(at, number)}-reason").set_value("重复填报")
        press(at, "确认作废")
        assert stored(door)[0].state == "void"
        assert "已作废：重复填报" in said(at.warning)
        assert "更正" not in labels(at.button)
        press(at, "恢复")
        assert stored(door)[0].state == "recorded"
        assert "更正" in labels(at.button)
        lines = [text.value.rpartition(" ")[2] for text in at.text if " 测试员 " in text.value]
        assert lines == ["首次填报", "作废", "恢复"]

    def test_another_communitys_record_is_to_be_read_only(self, door: Engine) -> None:
        number = enter(door, replace(ENTRY, note=f"联系{PHONE}"))
        at = open_page(door, "community_staff", "c02", MINE_PAGE, record=number)
        assert at.header[0].value == number
        assert not {"更正", "作废", "显示完整号码"} & set(labels(at.button))
        assert "联系138****5678" in [text.value for text in at.text]

    def test_hidden_numbers_are_shown_on_request_and_that_is_logged(self, door: Engine) -> None:
        number = enter(door, replace(ENTRY, note=f"联系{PHONE}"))
        at = open_page(door, "community_staff", "c01", MINE_PAGE, record=number)
        assert not [text for text in at.text if PHONE in text.value]
        press(at, "显示完整号码")
        assert f"联系{PHONE}" in [text.value for text in at.text]
        press(at, "更正")
        assert at.text_area(key=f"{token(at, number)}-note").value == f"联系{PHONE}"
        with read_session(door) as session:
            actions = list(session.scalars(select(Change.action).order_by(Change.id)))
        assert actions[-2:] == ["reveal", "reveal"]

    @pytest.mark.parametrize("number", ["A999999", "x", "A1"])
    def test_a_link_to_no_record_says_so(self, door: Engine, number: str) -> None:
        at = open_page(door, "community_staff", "c01", MINE_PAGE, record=number)
        assert "没有编号为" in said(at.error)

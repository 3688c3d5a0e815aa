"""The entry page: every widget's effect, refusals that keep what was typed, one row per form."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from db.engine import read_session, write_session
from pages.shared.access import today
from services import accounts, activities
from tests.pages.entry_steps import (
    ENTRY_PAGE,
    MINE_PAGE,
    choose,
    enter,
    field,
    labels,
    open_page,
    press,
    said,
    stored,
    token,
    type_in,
)

DAY = date(2023, 10, 25)


def test_a_session_that_ended_gives_back_what_was_typed_to_be_copied(door: Engine) -> None:
    at = choose(open_page(door, "community_staff", "c01"))
    type_in(at, place="文化广场", participants="40")
    at.text_area(key=field(at, "note")).set_value("很长的一段\n备注")
    with write_session(door) as session:
        accounts.sign_out(session, at.user["session"], datetime.now(UTC))
    press(at, "保存")
    assert "登录已失效" in said(at.warning)
    assert [text.value for text in at.text] == ["文化广场\n40\n很长的一段\n备注"]
    assert stored(door) == []


class TestEntering:
    @pytest.mark.parametrize("page", [ENTRY_PAGE, MINE_PAGE])
    def test_officials_are_told_that_the_page_is_not_for_them(
        self, door: Engine, page: str
    ) -> None:
        at = open_page(door, "official", page=page)
        assert [head.value for head in at.header] == ["没有权限"]
        assert not at.text_input
        assert "保存" not in labels(at.button)

    def test_the_form_grows_with_what_is_chosen(self, door: Engine) -> None:
        at = open_page(door, "community_staff", "c01")
        assert "保存" not in labels(at.button)
        at.button_group(key=field(at, "domain")).set_value("health").run()
        assert at.button_group(key=field(at, "type-health")).options == [
            *("老年人免费健康查体活动", "免费义诊活动")
        ]
        assert "保存" not in labels(at.button)
        at.button_group(key=field(at, "type-health")).set_value("free_clinic").run()
        assert [label for label in labels(at.text_input) if "-" not in label] == [
            "地点",
            *(
                "参加人数（人）",
                "义诊（场）",
                "上门义诊（次）",
                "健康知识讲座（场）",
                "健康宣教资料（份）",
            ),
        ]
        assert at.text_input(key=field(at, "measure-free_clinics")).help == "开展义诊的场次。"
        assert at.date_input(key=field(at, "first_day")).value == today()
        at.button_group(key=field(at, "domain")).set_value("safety").run()
        assert "保存" not in labels(at.button)

    def test_several_days_ask_for_the_last_one(self, door: Engine) -> None:
        at = choose(open_page(door, "community_staff", "c01"))
        assert labels(at.date_input) == ["日期"]
        at.checkbox(key=field(at, "several")).check().run()
        assert labels(at.date_input) == ["日期", "结束日期"]
        at.checkbox(key=field(at, "several")).uncheck().run()
        assert labels(at.date_input) == ["日期"]

    def test_a_partner_asks_how_many_came(self, door: Engine) -> None:
        at = choose(open_page(door, "community_staff", "c01"))
        at.button_group(key=field(at, "partners")).set_value(["volunteer", "police"]).run()
        assert {"志愿者人数", "警务单位人数"} <= set(labels(at.text_input))
        at.button_group(key=field(at, "partners")).set_value(["police"]).run()
        assert "志愿者人数" not in labels(at.text_input)

    def test_community_staff_enter_for_their_own_community(self, door: Engine) -> None:
        at = choose(open_page(door, "community_staff", "c02"))
        assert "主办社区：乙社区" in [text.value for text in at.text]
        assert "主办社区" not in labels(at.selectbox)
        grids = at.selectbox(key=field(at, "grid-c02"))
        assert grids.options == ["第一网格"]
        others = at.multiselect(key=field(at, "communities-c02"))
        assert others.options == ["甲社区", "丙社区"]

    def test_the_office_chooses_the_community_and_its_grids_follow(self, door: Engine) -> None:
        at = choose(open_page(door, "office_staff"))
        assert at.selectbox(key=field(at, "grid-None")).options == []
        press(at, "保存")
        assert [error.value for error in at.error] == ["请选择主办社区。"]
        at.selectbox(key=field(at, "host")).set_value("c01").run()
        assert at.selectbox(key=field(at, "grid-c01")).options == ["第一网格", "第二网格"]

    def test_what_was_typed_is_what_is_stored(self, door: Engine) -> None:
        at = choose(open_page(door, "community_staff", "c01"))
        at.checkbox(key=field(at, "several")).check().run()
        at.date_input(key=field(at, "first_day")).set_value(DAY)
        at.date_input(key=field(at, "last_day")).set_value(DAY + timedelta(days=1))
        at.selectbox(key=field(at, "grid-c01")).set_value("c01-g02")
        at.multiselect(key=field(at, "communities-c01")).set_value(["c03"])
        at.button_group(key=field(at, "partners")).set_value(["volunteer", "school"]).run()
        type_in(
            at,
            place=" 文化广场 ",
            participants="1,２00",
            headcount__volunteer="12",
            measure__household_waste="1.5",
            measure__litter_spots="0",
        )
        at.text_area(key=field(at, "note")).set_value("雨后清理")
        press(at, "保存")
        with read_session(door) as session:
            record = activities.record(session, "A000001")
        assert record.entry == activities.Entry(
            type_code="wednesday_cleanup",
            first_day=DAY,
            last_day=DAY + timedelta(days=1),
            host="c01",
            place="文化广场",
            communities=("c03",),
            grid="c01-g02",
            partners=(("school", None), ("volunteer", 12)),
            participants=1200,
            measures=(("household_waste", Decimal("1.5")), ("litter_spots", Decimal(0))),
            note="雨后清理",
        )

    def test_after_a_save_the_form_is_empty_and_the_receipt_offers_undo(self, door: Engine) -> None:
        at = choose(open_page(door, "community_staff", "c01"))
        first = token(at)
        type_in(at, place="广场", participants="30")
        press(at, "保存")
        assert token(at) != first
        assert at.button_group(key=field(at, "domain")).value is None
        assert "已保存，编号 A000001" in said(at.success)
        choose(at, "free_clinic", "health")
        type_in(at, place="下一场的地点")
        press(at, "撤销")
        assert "已撤销 A000001" in said(at.success)
        assert "撤销" not in labels(at.button)
        assert at.text_input(key=field(at, "place")).value == "下一场的地点"
        assert [row.state for row in stored(door)] == ["void"]

    @pytest.mark.parametrize(
        ("name", "text", "sentence"),
        [
            ("participants", "四十", "“参加人数”请只填数字"),
            ("measure-litter_spots", "1.5", "“清理乱堆乱放”请填整数"),
            ("measure-household_waste", "1e309", "“清运生活垃圾”请只填数字"),
            ("headcount-volunteer", "0", "“志愿者”至少填 1"),
        ],
    )
    def test_a_refusal_says_why_and_everything_typed_stays(
        self, door: Engine, name: str, text: str, sentence: str
    ) -> None:
        at = choose(open_page(door, "community_staff", "c01"))
        at.button_group(key=field(at, "partners")).set_value(["volunteer"]).run()
        first = token(at)
        type_in(at, place="广场", participants="40", measure__vehicle_trips="3")
        at.text_input(key=field(at, name)).set_value(text)
        at.text_area(key=field(at, "note")).set_value("备注")
        press(at, "保存")
        assert sentence in said(at.error)
        assert token(at) == first
        assert at.text_input(key=field(at, name)).value == text
        assert at.text_input(key=field(at, "place")).value == "广场"
        assert at.text_input(key=field(at, "measure-vehicle_trips")).value == "3"
        assert at.text_area(key=field(at, "note")).value == "备注"
        assert stored(door) == []

    def test_a_day_in_the_future_is_refused(self, door: Engine) -> None:
        at = choose(open_page(door, "community_staff", "c01"))
        future = at.date_input(key=field(at, "first_day")).value + timedelta(days=2)
        at.date_input(key=field(at, "first_day")).set_value(future)
        press(at, "保存")
        assert "今天以后" in said(at.error)
        assert stored(door) == []

    def test_a_form_sent_again_after_a_lost_answer_makes_no_second_row(self, door: Engine) -> None:
        at = choose(open_page(door, "community_staff", "c01"))
        first = token(at)
        type_in(at, participants="30")
        press(at, "保存")
        at.text_input(key="form-activity").set_value(first).run()
        choose(at)
        type_in(at, participants="30")
        press(at, "保存")
        assert len(stored(door)) == 1
        assert "没有重复计入" in said(at.success)
        assert token(at) != first

    def test_another_tab_has_its_own_form(self, door: Engine) -> None:
        for _tab in range(2):
            at = choose(open_page(door, "community_staff", "c01"))
            type_in(at, participants="30")
            press(at, "保存")
        assert len(stored(door)) == 2

    def test_recent_types_are_one_tap_away(self, door: Engine) -> None:
        enter(door)
        at = open_page(door, "community_staff", "c01")
        press(at, "美好社区建设暨周三清洁家园我先行活动")
        assert at.button_group(key=field(at, "domain")).value == "environment"
        assert at.button_group(key=field(at, "type-environment")).value == "wednesday_cleanup"
        assert "保存" in labels(at.button)

    def test_same_as_last_fills_everything_but_the_counts_and_the_day(self, door: Engine) -> None:
        enter(door)
        at = choose(open_page(door, "community_staff", "c01"))
        at.text_input(key=field(at, "participants")).set_value("7")
        press(at, "同上次")
        assert at.text_input(key=field(at, "place")).value == "文化广场"
        assert at.selectbox(key=field(at, "grid-c01")).value == "c01-g01"
        assert at.multiselect(key=field(at, "communities-c01")).value == ["c02"]
        partners = at.button_group(key=field(at, "partners"))
        assert partners.value == ["property_management", "volunteer"]
        assert at.text_input(key=field(at, "headcount-volunteer")).value == ""
        assert at.text_input(key=field(at, "measure-household_waste")).value == ""
        assert at.text_input(key=field(at, "participants")).value == "7"
        assert at.date_input(key=field(at, "first_day")).value > DAY

    def test_a_possible_duplicate_is_asked_about_and_not_blocked(self, door: Engine) -> None:
        enter(door)
        at = choose(open_page(door, "community_staff", "c01"))
        assert not at.warning
        at.date_input(key=field(at, "first_day")).set_value(DAY).run()
        assert "已有同类记录" in said(at.warning)
        type_in(at, participants="30")
        press(at, "保存")
        assert len(stored(door)) == 2

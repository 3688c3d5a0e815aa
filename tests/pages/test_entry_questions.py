"""Odd figures in the pages: asked in the form and in corrections, followed up on the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import Office
from pages.shared.access import today
from services import activities
from services.activities import Remark
from tests.activity_cases import ENTRY
from tests.builders import add_activity
from tests.pages.app import opened, signed_in
from tests.pages.entry_steps import (
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

CONFIRM = "确认无误，保存"


@pytest.fixture
def year(door: Engine) -> Engine:
    """Some weeks of the own community in which 30 took part, more or less."""
    with write_session(door) as session:
        session.get_one(Office, 1).approval = True
        for weeks, participants in enumerate((31, 28, 40, 35, 22, 30, 33), start=1):
            day = today() - timedelta(weeks=weeks)
            add_activity(session, "wednesday_cleanup", day, "c01", participants=participants)
    return door


def odd_form(door: Engine) -> AppTest:
    at = choose(open_page(door, "community_staff", "c01"))
    type_in(at, participants="400", place="广场")
    return press(at, "保存")


def remarks(door: Engine, number: str) -> tuple[Remark, ...]:
    with read_session(door) as session:
        return activities.remarks_of(session, number)


def odd_record(door: Engine) -> str:
    """A record of this week with an odd figure that nobody was asked about."""
    day = today() - timedelta(days=3)
    entry = replace(ENTRY, first_day=day, last_day=day, participants=400, communities=())
    return enter(door, entry)


class TestTheForm:
    def test_an_odd_figure_is_asked_about_and_nothing_saved_until_it_is_confirmed(
        self, year: Engine
    ) -> None:
        at = odd_form(year)
        assert "通常为 25–37" in next(text.value for text in at.text if "通常" in text.value)
        assert "确认无误后再保存一次" in said(at.error)
        assert len(stored(year)) == 7
        assert at.text_input(key=field(at, "place")).value == "广场"
        at.text_input(key=field(at, "answer")).set_value("三社区合办")
        press(at, CONFIRM)
        number = f"A{stored(year)[-1].id:06d}"
        assert [(one.kind, one.figure, one.note) for one in remarks(year, number)] == [
            ("confirmed", "400", "三社区合办")
        ]

    def test_a_figure_changed_on_the_way_is_another_question(self, year: Engine) -> None:
        at = odd_form(year)
        at.text_input(key=field(at, "participants")).set_value("4000")
        press(at, CONFIRM)
        assert len(stored(year)) == 7
        assert "参加人数 4,000" in next(text.value for text in at.text if "通常" in text.value)
        at.text_input(key=field(at, "participants")).set_value("30")
        press(at, CONFIRM)
        assert len(stored(year)) == 8

    def test_who_presses_before_another_question_has_come_has_not_confirmed_it(
        self, year: Engine
    ) -> None:
        at = odd_form(year)
        shown = at.text_input(key=field(at, "asked")).value
        at.text_input(key=field(at, "participants")).set_value("4000").run()
        at.text_input(key=field(at, "asked")).set_value(shown)  # on a slow line nothing has come
        press(at, CONFIRM)
        assert len(stored(year)) == 7
        press(at, CONFIRM)
        assert [row.participants for row in stored(year)][7:] == [4000]

    def test_it_can_be_put_on_the_to_do_list_with_a_word(self, year: Engine) -> None:
        at = odd_form(year)
        at.checkbox(key=field(at, "follow-up")).check()
        press(at, CONFIRM)
        assert "请写明要跟进什么" in said(at.error)
        at.text_input(key=field(at, "answer")).set_value("等核实")
        press(at, CONFIRM)
        number = f"A{stored(year)[-1].id:06d}"
        assert [(one.kind, one.open) for one in remarks(year, number)] == [("follow_up", True)]
        due = opened(at, "entry/due")
        link = due.get("page_link")[0].proto
        assert link.label.replace("\\", "") == f"跟进 {number} 的参加人数"

    def test_that_nothing_was_counted_is_asked_of_a_form_that_is_to_be_saved(
        self, year: Engine
    ) -> None:
        at = choose(open_page(year, "community_staff", "c01"))
        type_in(at, place="广场")
        assert CONFIRM not in labels(at.button), "an empty form is not asked why it is empty"
        press(at, "保存")
        assert "确认无误后再保存一次" in said(at.error)
        assert any("只计场次" in text.value for text in at.text)
        assert at.text_input(key=field(at, "place")).value == "广场"
        at.text_input(key=field(at, "participants")).set_value("33").run()
        assert CONFIRM not in labels(at.button)
        at.text_input(key=field(at, "participants")).set_value("").run()
        press(at, CONFIRM)
        number = f"A{stored(year)[-1].id:06d}"
        assert len(stored(year)) == 8
        assert [(one.kind, one.field, one.figure) for one in remarks(year, number)] == [
            ("confirmed", "participants", "")
        ]
        with read_session(year) as session:
            assert activities.history(session, number)[-1].action == "确认无误：参加人数"
            assert activities.record(session, number).questions[0].answer is not None

    def test_a_usual_figure_is_saved_at_once(self, year: Engine) -> None:
        at = choose(open_page(year, "community_staff", "c01"))
        type_in(at, participants="33")
        press(at, "保存")
        assert len(stored(year)) == 8


class TestTheRecord:
    def test_a_correction_asks_about_the_new_figure(self, year: Engine) -> None:
        number = odd_record(year)
        at = press(open_page(year, "community_staff", "c01", MINE_PAGE, record=number), "更正")
        at.text_input(key=f"{token(at, number)}-participants").set_value("500")
        press(at, CONFIRM)
        assert "确认无误后再保存一次" in said(at.error)
        press(at, CONFIRM)
        assert stored(year)[-1].participants == 500
        assert [one.figure for one in remarks(year, number)] == ["500"]

    def test_the_question_is_about_what_is_in_the_form_now(self, year: Engine) -> None:
        number = odd_record(year)
        at = press(open_page(year, "community_staff", "c01", MINE_PAGE, record=number), "更正")
        people = f"{token(at, number)}-participants"
        assert CONFIRM in labels(at.button)
        assert not at.text_input(key=people).proto.ignore_rerun
        at.text_input(key=people).set_value("30").run()
        assert CONFIRM not in labels(at.button)
        assert at.text_input(key=people).proto.ignore_rerun
        press(at, "保存更正")
        assert stored(year)[-1].participants == 30
        assert remarks(year, number) == ()

    def test_a_figure_is_flagged_and_the_follow_up_closed(self, year: Engine) -> None:
        number = odd_record(year)
        at = open_page(year, "community_staff", "c01", MINE_PAGE, record=number)
        assert "填报人还没有确认" in said(at.warning)
        press(at, "列入待办")
        assert "请写明要跟进什么" in said(at.error)
        at.text_input(key=f"{token(at, f'flag-{number}')}-note").set_value("等核实")
        press(at, "列入待办")
        assert "已把“参加人数”列入待办跟进" in said(at.success)
        (one,) = remarks(year, number)
        key = f"{token(at, f'close-{one.id}')}-note"
        press(at, "办结")
        at.text_input(key=key).set_value("已核实")
        press(at, "办结")
        assert not remarks(year, number)[0].open
        assert "办结" not in labels(at.button)

    def test_what_is_void_offers_no_follow_up(self, year: Engine) -> None:
        number = odd_record(year)
        at = open_page(year, "community_staff", "c01", MINE_PAGE, record=number)
        press(at, "作废")
        at.text_input(key=f"{token(at, number)}-reason").set_value("重复填报")
        press(at, "确认作废")
        assert "列入待办" not in labels(at.button)
        press(at, "恢复")
        assert "列入待办" in labels(at.button)

    def test_my_entries_say_and_find_what_is_to_be_followed_up(self, year: Engine) -> None:
        number = odd_record(year)
        at = open_page(year, "community_staff", "c01", MINE_PAGE, record=number)
        at.text_input(key=f"{token(at, f'flag-{number}')}-note").set_value("等核实")
        press(at, "列入待办")
        at = open_page(year, "community_staff", "c01", MINE_PAGE)
        assert any("待跟进" in caption.value for caption in at.caption)
        state = next(group for group in at.button_group if group.label == "状态")
        state.set_value("follow_up").run()
        assert [label[:7] for label in labels(at.button) if label.startswith("A0")] == [number]


class TestTheApprover:
    def test_odd_ones_stand_on_top_with_what_is_usual_and_what_was_said(self, year: Engine) -> None:
        number = odd_record(year)
        enter(year, replace(ENTRY, participants=30), "usual")
        at = opened(signed_in(year, "office_staff"), "entry/review")
        shown = [block.value.replace("\\", "") for block in (*at.markdown, *at.caption)]
        assert any("参加人数 400，本社区近 12 个月通常为 25–37" in text for text in shown)
        assert "填报人还没有确认。" in shown
        rows = at.dataframe[0].value
        assert list(rows["编号"])[0] == number
        assert list(rows["与平常不同"]) == ["未确认", ""]

    def test_two_clicks_approve_what_waits(self, year: Engine) -> None:
        odd_record(year)
        at = opened(signed_in(year, "office_staff"), "entry/review")
        press(at, "核对上表后，通过全部 1 条")
        assert stored(year)[-1].review == "approved"

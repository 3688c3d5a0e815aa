"""What an administrator changes while a form is open: nothing typed is lost, or saved elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import write_session
from db.models import ActivityType, Community, Feedback, User
from db.writes.log import raise_version
from tests.pages.admin_steps import fill, key
from tests.pages.entry_steps import (
    choose,
    field,
    labels,
    open_page,
    press,
    said,
    stored,
    type_in,
)

VOICES = "pages/followup/feedback.py"
NOT_YOURS = "打开这张表之后，您所属的社区改成了乙社区。"


@pytest.fixture
def typed(door: Engine) -> AppTest:
    at = choose(open_page(door, "community_staff", "c01"))
    type_in(at, place="广场", participants="30")
    return at


def change(door: Engine, table: type, **values: Any) -> None:
    """What the administrator does to c01, its staff or the type that was chosen."""
    which = {User: User.username == "community_staff_c01", Community: Community.code == "c01",
             ActivityType: ActivityType.code == "wednesday_cleanup"}  # fmt: skip
    with write_session(door) as session:
        row = session.scalar(select(table).where(which[table]))
        for name, value in values.items():
            setattr(row, name, value)
        raise_version(session)


def assert_kept(at: AppTest) -> None:
    assert at.text_input(key=field(at, "place")).value == "广场"
    assert at.text_input(key=field(at, "participants")).value == "30"


def test_what_was_typed_for_one_community_is_not_saved_for_another_unasked(
    door: Engine, typed: AppTest
) -> None:
    change(door, User, community_code="c02")
    at = press(typed, "保存")
    assert NOT_YOURS in said(at.warning)
    assert stored(door) == []
    assert_kept(at)
    press(at, "是为乙社区填的")
    assert_kept(at)
    assert len(at.warning) == 0
    press(at, "保存")
    assert [one.host_code for one in stored(door)] == ["c02"]


def test_a_voice_is_not_either(door: Engine) -> None:
    at = open_page(door, "community_staff", "c01", page=VOICES)
    at.query_params["part"] = "new"
    at.run()
    fill(at, "feedback", channel="parents_day").run()
    at.text_area(key=key(at, "feedback", "text")).set_value("夜间施工")
    change(door, User, community_code="c02")
    press(at, "保存")
    assert NOT_YOURS in said(at.warning)
    assert at.text_area(key=key(at, "feedback", "text")).value == "夜间施工"
    with write_session(door) as session:
        assert session.scalar(select(Feedback)) is None


def test_of_a_community_put_out_of_use_the_form_says_so(door: Engine, typed: AppTest) -> None:
    change(door, Community, active=False)
    at = press(typed, "保存")
    assert "甲社区已停用" in said(at.warning)
    assert "甲社区已停用，不能再填报它的活动" in said(at.error)
    assert_kept(at)
    assert stored(door) == []


def test_a_type_put_out_of_use_stays_in_the_form_until_another_is_chosen(
    door: Engine, typed: AppTest
) -> None:
    change(door, ActivityType, active=False)
    at = press(typed, "保存")
    assert "这个活动类型已停用" in said(at.error)
    assert_kept(at)
    choose(at, "volunteer_cleanup")
    assert_kept(at)
    press(at, "保存")
    assert [one.type_code for one in stored(door)] == ["volunteer_cleanup"]


def test_who_may_not_any_more_can_copy_what_was_typed(door: Engine, typed: AppTest) -> None:
    change(door, User, role="official", community_code=None)
    typed.run()
    assert "没有权限" in [one.value for one in typed.header]
    assert "请先复制" in typed.markdown[-1].value
    assert "广场\n30" in [one.value for one in typed.text]
    assert "保存" not in labels(typed.button)

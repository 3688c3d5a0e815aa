"""批量填报: whose month is shown, and what waits in other months."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import write_session
from db.models import User
from services import drafts
from services.permissions import CurrentUser
from tests.activity_cases import NOW
from tests.pages.app import opened, signed_in
from tests.pages.entry_steps import said

PAGE = "entry/batch"


def grids(app: AppTest) -> int:
    shown = app.main.get("bidi_component")
    return sum(one.proto.component_name.endswith("minyi_grid") for one in shown)


def test_community_staff_see_their_own_month_at_once(door: Engine) -> None:
    at = opened(signed_in(door, "community_staff"), PAGE)
    assert "社区：甲社区" in [text.value for text in at.text]
    assert [box.label for box in at.selectbox] == ["月份"]
    assert grids(at) == 1


def test_office_staff_choose_the_community_first(door: Engine) -> None:
    at = opened(signed_in(door, "office_staff"), PAGE)
    assert "请先选择社区" in said(at.info)
    assert grids(at) == 0
    at.selectbox(key="filter-community").set_value("c02").run()
    assert not at.info
    assert grids(at) == 1
    assert at.query_params["community"] in ("c02", ["c02"])


def test_the_month_goes_into_the_address(demonstration: Engine) -> None:
    at = opened(signed_in(demonstration, "community_staff"), PAGE)
    at.selectbox(key="filter-month").set_value("2023-09").run()
    assert at.query_params["month"] in ("2023-09", ["2023-09"])
    assert at.selectbox(key="filter-month").value == "2023-09"


@pytest.mark.parametrize("month", ["2023-13", "x", "2099-01"])
def test_a_month_that_is_none_shows_the_present_one(demonstration: Engine, month: str) -> None:
    at = opened(signed_in(demonstration, "community_staff"), PAGE, month=month)
    assert at.selectbox(key="filter-month").value == ""
    assert grids(at) == 1


def test_rows_left_in_another_month_are_linked(demonstration: Engine) -> None:
    at = signed_in(demonstration, "community_staff")
    with write_session(demonstration) as session:
        row = session.scalars(select(User).where(User.username == "test_community_staff")).one()
        user = CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")
        change = drafts.Change("a" * 32, {"place": ("", "广场")})
        drafts.save(session, "c01", "2023-08", [change], user, NOW, NOW.date())
    links = [link.proto.label for link in opened(at, PAGE).main.get("page_link")]
    assert links == ["导入表格", "明德社区 2023年8月 还有 1 行没有提交"]

"""社区与人口: every form of the page, seen to have changed what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import Community, Grid, PopulationCount, PopulationGroup
from db.reads import catalogue as reads
from db.writes.log import raise_version
from tests.pages.admin_steps import fill, key, press, save, shown_rows
from tests.pages.app import office_day, opened, signed_in
from tests.pages.entry_steps import said
from tests.workbook_cases import sheet

PAGE = "admin/places"


def page(door: Engine, place: str = "") -> AppTest:
    return opened(signed_in(door, "administrator"), PAGE, **({"place": place} if place else {}))


def stored(door: Engine, read: Callable[..., Any], *args: object) -> Any:
    with read_session(door) as session:
        return read(session, *args)


def community(door: Engine, code: str) -> Community:
    with read_session(door) as session:
        return session.get_one(Community, code)


def test_a_community_is_added(door: Engine) -> None:
    at = press(fill(page(door), "community", name="丁社区", name_en="Ding"), "添加社区")
    assert "已添加“丁社区”" in said(at.success)
    assert shown_rows(at)[-1] == [4, "丁社区", "Ding", "在用"]
    assert community(door, "p001").name == "丁社区"


def test_a_refused_addition_keeps_what_was_typed(door: Engine) -> None:
    at = press(fill(page(door), "community", name="甲社区", name_en="Jia"), "添加社区")
    assert "已经有“甲社区”" in said(at.error)
    assert at.text_input(key=key(at, "community", "name")).value == "甲社区"
    assert len(stored(door, reads.communities)) == 3


def test_a_community_is_renamed_moved_and_closed(door: Engine) -> None:
    at = fill(page(door, "c01"), "community-c01", name="甲新社区", position=3, active=False)
    press(at, "保存")
    assert "已保存“甲新社区”" in said(at.success)
    assert [row[1:] for row in shown_rows(at)] == [
        ["乙社区", "Yi", "在用"], ["丙社区", "Bing", "在用"], ["甲新社区", "Jia", "已停用"],
    ]  # fmt: skip
    assert not community(door, "c01").active


def test_of_two_who_change_one_community_the_later_decides(door: Engine) -> None:
    at = fill(page(door, "c01"), "community-c01", name="我的名称")
    with write_session(door) as session:
        session.get_one(Community, "c01").name = "别人的名称"
    press(at, "保存")
    assert "被别人改过" in said(at.error)
    both = "社区名称\n  现在的内容：别人的名称\n  您填写的：我的名称"
    assert both in [text.value for text in at.text]
    press(press(at, "保留我填写的，再保存一次"), "保存")
    assert community(door, "c01").name == "我的名称"


def test_grids_are_added_and_renamed(door: Engine) -> None:
    at = press(fill(page(door, "c02"), "grid-c02", name="第二网格"), "添加网格")
    assert "已添加“第二网格”" in said(at.success)
    fill(at, "grid-c02-p001", name="新网格", position=1)
    save(at, "grid-c02-p001")
    with read_session(door) as session:
        names = session.scalars(
            select(Grid.name).where(Grid.community_code == "c02").order_by(Grid.position)
        ).all()
    assert names == ["新网格", "第一网格"]


def test_population_is_stated_and_refused_with_what_was_typed(door: Engine) -> None:
    year = office_day().year
    form = f"population-c01-{year}"
    at = save(fill(page(door, "c01"), form, residents="100", aged_60="101"), form)
    assert "不能多于常住人口" in said(at.error)
    assert at.text_input(key=key(at, form, "residents")).value == "100"
    save(fill(at, form, aged_60="20"), form)
    assert f"已保存 {year} 年的人口" in said(at.success)
    assert stored(door, reads.population, "aged_60", year) == {"c01": 20}


def test_the_year_before_stands_beside_the_field(door: Engine) -> None:
    year = office_day().year
    with write_session(door) as session:
        session.add(PopulationCount(community_code="c01", year=year - 1,
                                    population_group="residents", count=8000))  # fmt: skip
    at = page(door, "c01")
    field = at.text_input(key=key(at, f"population-c01-{year}", "residents"))
    assert (field.value, field.placeholder) == ("", "上年 8000")


def test_a_group_of_the_offices_own_is_asked_for_until_it_is_closed(door: Engine) -> None:
    year = office_day().year
    form = f"population-c01-{year}"
    with write_session(door) as session:
        session.add(PopulationGroup(code="group_001", label="孕产妇", position=20))
    at = page(door, "c01")
    assert at.text_input(key=key(at, form, "group_001")).label == "孕产妇"
    save(fill(at, form, residents="900", group_001="30"), form)
    assert stored(door, reads.population, "group_001", year) == {"c01": 30}
    with write_session(door) as session:
        session.get_one(PopulationGroup, "group_001").active = False
        raise_version(session)
    at = opened(at, PAGE, place="c01")
    assert not [one for one in at.text_input if str(one.key).endswith("-group_001")]
    save(fill(at, form, residents="950"), form)
    assert stored(door, reads.population, "group_001", year) == {"c01": 30}


@pytest.mark.parametrize("year", [-1, 1])
def test_another_year_has_a_form_of_its_own(door: Engine, year: int) -> None:
    asked = office_day().year + year
    form = f"population-c01-{asked}"
    at = page(door, "c01")
    at.selectbox(key="population-year").set_value(asked).run()
    save(fill(at, form, residents="77"), form)
    assert stored(door, reads.population_of_year, asked) == {("c01", "residents"): 77}


def test_communities_are_changed_with_a_workbook(door: Engine) -> None:
    at = page(door)
    data = sheet({"社区名称": "甲社区", "年份": 2023, "常住人口": 1300}, {"社区名称": ""})
    at.file_uploader[0].set_value(("社区.xlsx", data, "application/xlsx")).run()
    assert not at.exception
    next(one for one in at.button if one.label == "导入 1 行").click().run()
    assert not at.exception
    assert "更正 1 行" in at.success[0].value
    assert stored(door, reads.population_of_year, 2023)["c01", "residents"] == 1300


def test_grids_are_added_with_a_workbook(door: Engine) -> None:
    at = page(door)
    data = sheet({"社区": "乙社区", "网格名称": "湖畔网格"})
    at.file_uploader[1].set_value(("网格.xlsx", data, "application/xlsx")).run()
    next(one for one in at.button if one.label == "导入 1 行").click().run()
    assert not at.exception
    assert "新增 1 行" in at.success[0].value
    assert "湖畔网格" in {one.name for one in stored(door, reads.grids)}

"""A form with several mistakes says all of them at once, each beside its field."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db.engine import write_session
from tests.builders import add_wave
from tests.pages.admin_steps import fill, key, save
from tests.pages.entry_steps import (
    MINE_PAGE,
    choose,
    enter,
    open_page,
    press,
    stored,
    token,
    type_in,
)

YEAR = date.today().year
COUNT = "有 {count} 处需要修改，原因写在各项下面。"


def said(at: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in at.error]


def test_an_activity(door: Engine) -> None:
    at = choose(open_page(door, "community_staff", "c01"))
    type_in(at, place="字" * 201, participants="2000000", measure__litter_spots="约30")
    press(at, "保存")
    for sentence, label in zip(said(at), ("地点", "参加人数", "清理乱堆乱放"), strict=False):
        assert sentence.startswith(f"“{label}”")
    assert said(at)[3:] == [COUNT.format(count=3)]
    type_in(at, place="广场", measure__litter_spots="30")
    press(at, "保存")
    assert said(at) == ["“参加人数”不能超过 1,000,000 人，请检查是不是多输了位数。"]
    type_in(at, participants="20")
    press(at, "保存")
    assert len(stored(door)) == 1


def test_a_correction_of_an_activity(door: Engine) -> None:
    number = enter(door)
    at = press(open_page(door, "community_staff", "c01", MINE_PAGE, record=number), "更正")
    fill(at, number, participants="二十")
    at.text_area(key=key(at, number, "note")).set_value("字" * 2001)
    press(at, "保存更正")
    assert [sentence[:6] for sentence in said(at)] == ["“参加人数”", "“备注”最多", "有 2 处需"]
    assert stored(door)[0].version == 1


@pytest.mark.parametrize(
    ("path", "query", "form", "typed", "sentences"),
    [
        ("feedback", {"part": "new"}, "feedback", {},
         ["请选择来源渠道。", "请选择反映的问题。", "请选择所属社区。", "请写明反映的内容。"]),
        ("commitments", {}, "commitment", {},
         ["请填写“会议名称”。", "请填写“承诺内容”。", "请填写“责任人”。"]),
        ("inspections", {"part": "new"}, "inspection", {"rank": "长" * 61},
         ["请选择督查结论。", "请选择被督查的社区。", "请填写督查人。",
          "“职务”最多 60 个字，现在有 61 个，请缩短。"]),
        ("rhythm", {"plan": "new"}, "plan", {"label": "长" * 61},
         ["请选择活动类型。", "请选择社区。", "“计划名称”最多 60 个字，现在有 61 个，请缩短。"]),
    ],
)  # fmt: skip
def test_every_other_form(
    door: Engine, path: str, query: dict, form: str, typed: dict, sentences: list[str]
) -> None:
    at = open_page(door, "office_staff", page=f"pages/followup/{path}.py", **query)
    press(fill(at, form, **typed), "保存")
    assert said(at) == [*sentences, COUNT.format(count=len(sentences))]


def test_a_new_survey(door: Engine) -> None:
    at = open_page(door, "administrator", page="pages/admin/surveys.py")
    fill(at, "wave", wording="长" * 61)
    press(at, "新增这次调查")
    assert [sentence[:6] for sentence in said(at)] == ["请填写调查名", "“问卷版本”", "有 2 处需"]


@pytest.mark.parametrize(
    ("page", "query", "form", "typed", "sentences"),
    [
        ("places", {}, "community", {"name_en": "L" * 121},
         ["请填写“社区名称”。", "“英文名称”最多 120 个字，现在有 121 个，请缩短。"]),
        ("places", {"place": "c01"}, "community-c01", {"name": " ", "name_en": "L" * 121},
         ["请填写“社区名称”。", "“英文名称”最多 120 个字，现在有 121 个，请缩短。"]),
        ("places", {"place": "c01"}, f"population-c01-{YEAR}",
         {"residents": "约30", "households": "2,000,000"},
         ["“常住人口”要填准确的数，不要写“约”“余”“多”“左右”；没有统计请留空。",
          "“户数”不能超过 1,000,000 人，请检查是不是多输了位数。"]),
        ("catalogue", {"list": "rounds"}, "round-elderly_check_up",
         {"label": " ", "label_en": "L" * 121},
         ["请填写“名称”。", "“英文名称”最多 120 个字，现在有 121 个，请缩短。"]),
        ("catalogue", {}, "type-environment", {"label_en": "L" * 121},
         ["请填写“名称”。", "“英文名称”最多 120 个字，现在有 121 个，请缩短。"]),
        ("catalogue", {"list": "measures"}, "measure-environment", {"label_en": "L" * 121},
         ["请填写“名称”。", "“英文名称”最多 120 个字，现在有 121 个，请缩短。",
          "请填写定义：什么算一个，什么不算。"]),
        ("catalogue", {"list": "partners"}, "partner", {"label_en": "L" * 121},
         ["请填写“名称”。", "“英文名称”最多 120 个字，现在有 121 个，请缩短。"]),
        ("catalogue", {"list": "groups"}, "group", {"label": "年份", "label_en": "Year"},
         ["人口表里已经有一列叫“年份”，请换一个名称。",
          "人口表里已经有一列叫“Year”，请换一个名称。"]),
        ("users", {}, "invite", {"username": "x", "name": " "},
         ["用户名应为2到60个字符，只能包含文字、数字和 . _ - @。", "请填写姓名，不超过60个字符。",
          "社区工作人员需要选择所属社区。"]),
    ],
)  # fmt: skip
def test_every_form_of_an_administrator(
    door: Engine, page: str, query: dict, form: str, typed: dict, sentences: list[str]
) -> None:
    at = open_page(door, "administrator", page=f"pages/admin/{page}.py", **query)
    save(fill(at, form, **typed), form)
    assert said(at) == [*sentences, COUNT.format(count=len(sentences))]


def test_targets_of_a_year(door: Engine) -> None:
    at = open_page(door, "administrator", page="pages/admin/targets.py")
    beside = f"{token(at, 'targets')}--{YEAR}"
    at.text_input(key=f"{beside}-satisfaction_overall").set_value("150")
    at.text_input(key=f"{beside}-litter_spots").set_value("约30")
    press(at, "保存目标")
    assert [sentence[:14] for sentence in said(at)] == [
        *("“总体满意度”的目标不能超过", "“清理乱堆乱放”要填准确的数"), COUNT.format(count=2)[:14],
    ]  # fmt: skip


def test_the_counts_of_a_survey(door: Engine) -> None:
    with write_session(door) as session:
        add_wave(session, "w1", date(2026, 3, 2), date(2026, 3, 13))
    at = open_page(door, "administrator", page="pages/admin/surveys.py")
    row = f"{token(at, 'counts')}-w1-overall"
    at.text_input(key=f"{row}-c01-satisfied").set_value("abc")
    at.text_input(key=f"{row}-c02-satisfied").set_value("-3")
    press(at, "保存各社区的份数")
    first, second, count = said(at)
    assert first.startswith("“甲社区 · 满意”请只填数字")
    assert second.startswith("“乙社区 · 满意”不能是负数")
    assert count == COUNT.format(count=2)

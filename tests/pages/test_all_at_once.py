"""A form with several mistakes says all of them at once, each beside its field."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.admin_steps import fill, key
from tests.pages.entry_steps import MINE_PAGE, choose, enter, open_page, press, stored, type_in

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

"""目录: every form of the page, seen to have changed what it says."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from services import feedback, rounds
from services.catalogue import Catalogue, catalogue, population_groups
from tests.builders import add_activity
from tests.pages.admin_steps import fill, key, press, save, shown_rows
from tests.pages.app import opened, signed_in
from tests.pages.entry_steps import said
from tests.workbook_cases import sheet

PAGE = "admin/catalogue"


def page(door: Engine, **query: str) -> AppTest:
    return opened(signed_in(door, "administrator"), PAGE, **query)


def stored(door: Engine) -> Catalogue:
    with read_session(door) as session:
        return catalogue(session)


def test_a_type_is_added_to_the_chosen_domain(door: Engine) -> None:
    at = page(door)
    at.selectbox(key="catalogue-domain").set_value("health").run()
    form = "type-health"
    fill(at, form, label="健步走", rhythm="weekly", weekday=6, offers=["health_talks"])
    save(at, form)
    assert "已添加“健步走”" in said(at.success)
    assert shown_rows(at)[-1][1:] == ["健步走", "", "每周", "周末", "健康知识讲座", "在用"]
    kind = stored(door).types_of("health")[-1]
    assert (kind.code, kind.weekday, kind.measures) == ("type_001", 6, ("health_talks",))


def test_a_refused_type_keeps_what_was_typed(door: Engine) -> None:
    at = page(door)
    form = "type-environment"
    save(fill(at, form, label=" ", label_en="Tree planting", rhythm="weekly"), form)
    assert "请填写“名称”" in said(at.error)
    assert at.text_input(key=key(at, form, "label_en")).value == "Tree planting"
    assert at.selectbox(key=key(at, form, "rhythm")).value == "weekly"


def test_a_type_is_renamed_moved_and_closed(door: Engine) -> None:
    at = page(door, activity_type="wednesday_cleanup")
    form = "activity_type-wednesday_cleanup"
    save(fill(at, form, label="周三清洁日", position=1, active=False), form)
    assert "已保存“周三清洁日”" in said(at.success)
    assert shown_rows(at)[0][1] == "周三清洁日"
    kind = stored(door).type("wednesday_cleanup")
    assert (kind.label, kind.active) == ("周三清洁日", False)


def test_a_measure_is_added_and_changed(door: Engine) -> None:
    at = page(door, list="measures")
    form = "measure-environment"
    save(fill(at, form, label="栽种树木", unit_code="times", definition="栽种的树木。"), form)
    assert stored(door).measure("measure_001").unit == "times"
    at.selectbox(key="filter-measure").set_value("measure_001").run()
    form = "measure-measure_001"
    save(fill(at, form, counter="棵", more_word="多", population_group="residents"), form)
    measure = stored(door).measure("measure_001")
    assert (measure.counter, measure.more_word, measure.population_group) == (
        "棵", "多", "residents",
    )  # fmt: skip


def test_the_unit_of_a_used_measure_cannot_be_chosen(door: Engine) -> None:
    with write_session(door) as session:
        add_activity(session, "wednesday_cleanup", date(2026, 2, 25), "c01", {"litter_spots": 3})
    at = page(door)
    for measure, fixed in (("litter_spots", True), ("vehicle_trips", False)):
        at = opened(at, PAGE, list="measures", measure=measure)
        unit = at.selectbox(key=key(at, f"measure-{measure}", "unit_code"))
        assert unit.disabled == fixed


def test_a_partner_kind_is_added_and_renamed(door: Engine) -> None:
    at = page(door, list="partners")
    save(fill(at, "partner", label="沿街商户", label_en="Shops"), "partner")
    at.selectbox(key="filter-partner_kind").set_value("partner_001").run()
    save(fill(at, "partner_kind-partner_001", label="商户", position=1), "partner_kind-partner_001")
    assert stored(door).partner_kinds[0].label == "商户"


def test_a_topic_of_voices_is_added_and_closed(door: Engine) -> None:
    at = page(door, list="topics")
    at.selectbox(key="catalogue-domain").set_value("education").run()
    save(fill(at, "topic-education", label="课后服务", label_en="After school"), "topic-education")
    assert shown_rows(at)[-1][1:] == ["课后服务", "After school", "在用"]
    at.selectbox(key="filter-feedback_topic").set_value("topic_001").run()
    form = "feedback_topic-topic_001"
    save(fill(at, form, label="课后托管", position=1, active=False), form)
    assert shown_rows(at)[0][1:] == ["课后托管", "After school", "已停用"]
    assert "名称：课后服务 → 课后托管" in "\n".join(text.value for text in at.text)


def test_a_channel_of_voices_is_added_and_renamed(door: Engine) -> None:
    at = page(door, list="channels")
    save(fill(at, "channel", label="书记信箱"), "channel")
    at.selectbox(key="filter-feedback_channel").set_value("channel_001").run()
    save(fill(at, "feedback_channel-channel_001", label="信箱"), "feedback_channel-channel_001")
    assert shown_rows(at)[-1][1] == "信箱"


def test_a_group_of_people_is_added_renamed_and_closed(door: Engine) -> None:
    at = page(door, list="groups")
    save(fill(at, "group", label="退役军人", label_en="Veterans"), "group")
    assert shown_rows(at)[-1] == ["12", "退役军人", "Veterans", "在用"]
    at.selectbox(key="filter-population_group").set_value("group_001").run()
    form = "population_group-group_001"
    save(fill(at, form, label="退役军人和军属", position=1, active=False), form)
    assert shown_rows(at)[0] == ["1", "退役军人和军属", "Veterans", "已停用"]
    assert "名称：退役军人 → 退役军人和军属" in "\n".join(text.value for text in at.text)
    group = stored(door).groups[0]
    assert (group.code, group.label, group.active) == ("group_001", "退役军人和军属", False)


def test_a_group_that_is_in_use_is_not_closed_and_says_why(door: Engine) -> None:
    at = page(door, list="groups", population_group="residents")
    assert at.checkbox(key=key(at, "population_group-residents", "active")).disabled
    at = opened(at, PAGE, list="groups", population_group="pupils")
    form = "population_group-pupils"
    save(fill(at, form, active=False), form)
    assert "不能停用" in said(at.error)
    assert not at.checkbox(key=key(at, form, "active")).value


def test_a_new_group_is_offered_to_a_measure(door: Engine) -> None:
    at = page(door, list="groups")
    save(fill(at, "group", label="孕产妇"), "group")
    at = opened(at, PAGE, list="measures", measure="litter_spots")
    form = "measure-litter_spots"
    save(fill(at, form, population_group="group_001"), form)
    assert stored(door).measure("litter_spots").group_label == "孕产妇"


def stored_rounds(door: Engine) -> list[tuple[int, str, date | None]]:
    with read_session(door) as session:
        return [(one.number, one.label, one.last_day) for one in rounds.rounds(session)]


def test_a_round_is_added_ended_and_cleared(door: Engine) -> None:
    at = page(door, list="rounds")
    kind = "elderly_check_up"
    save(at, f"round-{kind}")  # as it is proposed
    assert "已添加“第一轮”" in said(at.success)
    assert stored_rounds(door) == [(1, "第一轮", None)]
    at.selectbox(key="filter-round").set_value("1").run()
    form = f"round-{kind}-1"
    at.date_input(key=key(at, form, "last_day")).set_value(date(2030, 1, 31))
    save(fill(at, form, label="春季轮"), form)
    assert stored_rounds(door) == [(1, "春季轮", date(2030, 1, 31))]
    save(fill(at, f"clear-{kind}-1", reason="填错了"), f"clear-{kind}-1")
    assert "已清除“春季轮”" in said(at.success)
    assert stored_rounds(door) == []


def test_an_overlapping_round_is_refused_and_keeps_what_was_typed(door: Engine) -> None:
    at = page(door, list="rounds")
    form = "round-elderly_check_up"
    save(at, form)
    save(fill(at, form, label="又一轮"), form)
    assert "日期重叠" in said(at.error)
    assert at.text_input(key=key(at, form, "label")).value == "又一轮"
    assert len(stored_rounds(door)) == 1


def test_a_measure_takes_a_range_and_shows_it(door: Engine) -> None:
    at = page(door, list="measures", measure="vehicle_trips")
    form = "measure-vehicle_trips"
    at.number_input(key=key(at, form, "least")).set_value(1.0)
    at.number_input(key=key(at, form, "most")).set_value(80.0)
    save(at, form)
    measure = stored(door).measure("vehicle_trips")
    assert (measure.least, measure.most) == (1, 80)
    assert shown_rows(at)[-1][-3:] == ["1", "80", "在用"]
    at.number_input(key=key(at, form, "least")).set_value(90.0)
    save(at, form)
    assert "不能大于" in said(at.error)
    assert stored(door).measure("vehicle_trips").least == 1


def test_rounds_are_added_with_a_workbook(door: Engine) -> None:
    at = page(door, list="rounds")
    row = {"活动类型": "老年人免费健康查体活动", "第几轮": 1, "名称": "第一轮",
           "开始日期": "2023-10-09"}  # fmt: skip
    at.file_uploader[0].set_value(("轮次.xlsx", sheet(row), "application/xlsx")).run()
    press(at, "导入 1 行")
    assert "已新增 1 行" in said(at.success)
    assert stored_rounds(door) == [(1, "第一轮", None)]


@pytest.mark.parametrize(
    ("part", "row", "added"),
    [
        ("", {"服务领域": "居住环境", "名称": "植树", "开展频率": "每周"}, "type_001"),
        ("measures", {"服务领域": "居住环境", "名称": "栽种树木", "单位": "次", "定义": "树。"},
         "measure_001"),
        ("partners", {"名称": "义工"}, "partner_001"),
        ("groups", {"名称": "退役军人"}, "group_001"),
        ("topics", {"服务领域": "社会治安", "名称": "占道停车"}, "topic_001"),
        ("channels", {"名称": "短信"}, "channel_001"),
    ],
)  # fmt: skip
def test_a_list_goes_out_and_comes_back_as_a_workbook(
    door: Engine, part: str, row: dict[str, str], added: str
) -> None:
    at = page(door, **({"list": part} if part else {}))
    assert any(one.label.endswith("（.xlsx）") for one in at.get("download_button"))
    at.file_uploader[0].set_value(("目录.xlsx", sheet(row), "application/xlsx")).run()
    assert not at.exception
    press(at, "导入 1 行")
    assert "已新增 1 行" in said(at.success)
    lists = stored(door)
    kept = {one.code for one in (*lists.types, *lists.measures, *lists.partner_kinds)}
    with read_session(door) as session:
        sorted_by = feedback.lists(session)
        people = population_groups(session)
    kept |= {one.code for one in (*people, *sorted_by.topics, *sorted_by.channels)}
    assert added in kept

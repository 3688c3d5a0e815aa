"""The reference lists hold everything the source bulletin names, and loading them is safe."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, select

from db import reference
from db.engine import Session
from db.models import (
    ActivityType,
    ActivityTypeMeasure,
    Base,
    Community,
    DataVersion,
    Grid,
    Measure,
    PopulationCount,
)
from db.seed import load_office, load_places, load_reference_lists
from tests.conftest import COMMUNITIES

DOMAINS = {
    "environment": ("居住环境", "Living environment"),
    "safety": ("社会治安", "Public safety"),
    "culture": ("文体生活", "Culture and sport"),
    "health": ("基本医疗", "Basic healthcare"),
    "education": ("基础教育", "Basic education"),
    "assistance": ("社会帮扶", "Social assistance"),
}

# The bulletin's activities: domain, name, rhythm, weekday (6 stands for the weekend).
ACTIVITIES = {
    ("environment", "清理环境卫生志愿服务活动", "irregular", None),
    ("environment", "小区卫生死角战", "irregular", None),
    ("environment", "社区全体工作人员周末值日活动", "weekly", 6),
    ("environment", "美好社区建设暨周三清洁家园我先行活动", "weekly", 3),
    ("environment", "背街小巷流动商贩清理行动", "project", None),
    ("environment", "辖区破损路面改造工程", "project", None),
    ("environment", "督查", "irregular", None),
    ("safety", "联合义警假期不打烊活动", "holiday", None),
    ("safety", "防诈骗科普活动", "irregular", None),
    ("culture", "情牵桑榆·爱满重阳—重阳节主题活动", "holiday", None),
    ("culture", "庆中秋拔河比赛活动", "holiday", None),
    ("culture", "庆中秋迎国庆文艺汇演", "holiday", None),
    ("culture", "广场舞大赛", "irregular", None),
    ("culture", "太极拳展演", "irregular", None),
    ("culture", "惠民演出", "irregular", None),
    ("culture", "每周免费放映电影", "weekly", None),
    ("health", "老年人免费健康查体活动", "round", None),
    ("health", "免费义诊活动", "irregular", None),
    ("education", "家校通联活动", "irregular", None),
    ("education", "家长接待日活动", "weekly", 3),
    ("education", "对邪教说不主题警示教育活动", "irregular", None),
    ("education", "法治教育专题宣讲", "irregular", None),
    ("assistance", "敬老月活动", "irregular", None),
    ("assistance", "慈善救助", "irregular", None),
    ("assistance", "高龄、低保、残疾人补贴的发放", "monthly", None),
    ("assistance", "义诊、义剪、义修便民服务活动", "irregular", None),
}

# What the bulletin counts: measure, unit, the word after the figure, its word for "more than".
COUNTED = {
    "litter_spots": ("处", "", "余"),
    "household_waste": ("吨", "", "余"),
    "bulky_waste": ("吨", "", "余"),
    "vehicle_trips": ("台次", "", "余"),
    "leaflets": ("份", "", "余"),
    "consultations": ("人次", "名", "余"),
    "free_clinics": ("场", "", "多"),
    "home_visits": ("次", "", "多"),
    "health_talks": ("场", "", "多"),
    "health_leaflets": ("份", "", "多"),
}

PARTNERS = {
    "双报到单位", "物业", "网格长", "网格员", "志愿者", "警务单位", "义警", "学校", "家长",
    "公共卫生服务管理站",
}  # fmt: skip

POPULATION_GROUPS = {"residents", "households", "aged_60", "pupils", "low_income", "disabled"}
CATALOGUE = (
    "service_domains", "units", "measures", "activity_types", "activity_type_measures",
    "partner_kinds", "population_groups", "subdistricts", "communities", "grids",
    "population_counts", "office", "data_version",
)  # fmt: skip


def test_the_six_service_domains_have_their_official_names() -> None:
    assert {code: (label, english) for code, label, english in reference.DOMAINS} == DOMAINS


def test_every_activity_of_the_bulletin_is_a_type_with_its_rhythm() -> None:
    types = [
        (domain, label, rhythm, weekday)
        for _, domain, label, _, rhythm, weekday, _ in reference.ACTIVITY_TYPES
    ]
    assert len(types) == len(set(types))
    assert set(types) == ACTIVITIES


@pytest.mark.parametrize("code", COUNTED)
def test_every_figure_of_the_bulletin_has_a_measure_in_its_unit(code: str) -> None:
    units = {row[0]: row[1] for row in reference.UNITS}
    row = next(row for row in reference.MEASURES if row[0] == code)
    assert (units[row[2]], row[7], row[8]) == COUNTED[code]


def test_the_ten_kinds_of_partners_are_there() -> None:
    labels = [label for _, label, _ in reference.PARTNER_KINDS]
    assert len(labels) == 10
    assert set(labels) == PARTNERS


def test_a_type_offers_measures_of_its_own_domain_and_every_measure_is_offered() -> None:
    domain_of = {row[0]: row[1] for row in reference.MEASURES}
    offered = set()
    for _, domain, *_, measures in reference.ACTIVITY_TYPES:
        assert {domain_of[code] for code in measures} <= {domain}
        offered |= set(measures)
    assert offered == set(domain_of)


def test_waste_and_money_are_measured_in_fractions_and_everything_else_is_counted() -> None:
    assert {row[0] for row in reference.UNITS if not row[3]} == {"tonnes", "yuan"}


def test_a_denominator_is_a_population_group() -> None:
    assert {row[9] for row in reference.MEASURES} <= POPULATION_GROUPS | {""}
    assert {row[0] for row in reference.POPULATION_GROUPS} >= POPULATION_GROUPS


@pytest.mark.parametrize(
    "rows",
    [
        reference.DOMAINS,
        reference.UNITS,
        reference.MEASURES,
        reference.ACTIVITY_TYPES,
        reference.PARTNER_KINDS,
        reference.POPULATION_GROUPS,
    ],
)
def test_codes_are_unique_and_short_enough(rows: tuple[tuple[str, ...], ...]) -> None:
    codes = [row[0] for row in rows]
    assert len(codes) == len(set(codes))
    assert max(map(len, codes)) <= 40


def test_loading_the_lists_and_places_twice_changes_nothing(session: Session) -> None:
    before = rows(session)
    load_reference_lists(session)
    load_places(session, "测试街道", "Test Subdistrict", COMMUNITIES)
    load_office(session, demonstration_day=date(2030, 1, 1), running_since=date(2030, 1, 1))
    session.flush()
    assert rows(session) == before
    assert all(before[name] for name in CATALOGUE if name != "population_counts")


def test_what_an_administrator_changed_stays_as_it_is(session: Session) -> None:
    session.get_one(ActivityType, "tai_chi").label = "太极拳交流"
    session.get_one(Measure, "leaflets").active = False
    session.execute(
        delete(ActivityTypeMeasure).where(ActivityTypeMeasure.type_code == "weekend_duty")
    )
    session.get_one(DataVersion, 1).version = 77
    session.flush()
    before = rows(session)
    load_reference_lists(session)
    session.flush()
    assert rows(session) == before


def test_a_type_that_is_missing_comes_back_with_its_measures(session: Session) -> None:
    before = rows(session)
    for model in (ActivityTypeMeasure, ActivityType):
        column = model.type_code if model is ActivityTypeMeasure else model.code
        session.execute(delete(model).where(column == "free_clinic"))
    load_reference_lists(session)
    session.flush()
    assert rows(session) == before


def test_places_that_are_there_stay_as_they_are_and_missing_ones_are_added(
    session: Session,
) -> None:
    session.get_one(Community, "c02").active = False
    first = COMMUNITIES[0] | {
        "name": "甲新社区",
        "grids": ["改名网格", "第二网格", "第三网格"],
        "population": {"2026": {"residents": 100, "aged_60": 20}},
    }
    for _start in range(2):
        load_places(session, "测试街道", "Test Subdistrict",
                    [first, *COMMUNITIES[1:], {"code": "c04", "name": "丁社区"}])  # fmt: skip
    names = session.execute(
        select(Community.code, Community.name, Community.active).order_by(Community.position)
    )
    assert [tuple(row) for row in names] == [
        ("c01", "甲社区", True),
        ("c02", "乙社区", False),
        ("c03", "丙社区", True),
        ("c04", "丁社区", True),
    ]
    grids = select(Grid.name).where(Grid.community_code == "c01").order_by(Grid.position)
    assert session.scalars(grids).all() == ["第一网格", "第二网格", "第三网格"]
    assert len(session.scalars(select(PopulationCount)).all()) == 2


def test_a_group_that_was_left_blank_does_not_come_back(session: Session) -> None:
    session.add(
        PopulationCount(community_code="c01", year=2026, population_group="residents", count=9)
    )
    first = COMMUNITIES[0] | {"population": {"2026": {"residents": 100, "aged_60": 20}}}
    load_places(session, "测试街道", "Test Subdistrict", [first])
    assert [row.count for row in session.scalars(select(PopulationCount))] == [9]


def rows(session: Session) -> dict[str, list[str]]:
    """Every row of every list."""
    return {
        name: sorted(
            repr(tuple(row)) for row in session.execute(select(Base.metadata.tables[name]))
        )
        for name in CATALOGUE
    }

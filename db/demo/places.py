"""清源街道: an invented subdistrict, its communities with grids and population, and its people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from db.models import ActivityRound, PopulationGroup, Target, User

NAME, NAME_EN = "清源街道", "Qingyuan Subdistrict"
FIRST_DAY = date(2022, 10, 1)
RUNNING_SINCE = date(2023, 9, 1)
TODAY = date(2023, 10, 28)

_VETERANS = "group_001"  # as an administrator's own groups are numbered
GROUPS = ("residents", "households", "aged_60", "pupils", "low_income", "disabled")

# code, name, pinyin, grids, then the population groups in 2022 and in 2023
COMMUNITIES = (
    (
        "c01",
        "明德社区",
        "Mingde",
        5,
        (9860, 3590, 1930, 905, 71, 189),
        (9940, 3630, 1985, 898, 69, 192),
    ),
    (
        "c02",
        "和畅社区",
        "Hechang",
        4,
        (7420, 2710, 1390, 712, 52, 131),
        (7510, 2750, 1436, 719, 50, 134),
    ),
    (
        "c03",
        "柳溪社区",
        "Liuxi",
        4,
        (8350, 3040, 1585, 868, 58, 152),
        (8460, 3090, 1642, 876, 55, 155),
    ),
    (
        "c04",
        "文汇社区",
        "Wenhui",
        4,
        (7980, 2860, 1270, 941, 38, 118),
        (8090, 2910, 1315, 957, 37, 121),
    ),
    (
        "c05",
        "安泰社区",
        "Antai",
        3,
        (6130, 2280, 1395, 462, 63, 142),
        (6070, 2270, 1437, 448, 64, 144),
    ),
    (
        "c06",
        "春晖社区",
        "Chunhui",
        5,
        (10420, 3760, 1720, 1132, 64, 176),
        (10610, 3840, 1783, 1150, 62, 180),
    ),
    (
        "c07",
        "翠湖社区",
        "Cuihu",
        4,
        (8810, 3170, 1310, 1016, 41, 129),
        (9020, 3260, 1361, 1047, 40, 132),
    ),
    (
        "c08",
        "南薰社区",
        "Nanxun",
        3,
        (5460, 2060, 1302, 381, 59, 127),
        (5390, 2040, 1338, 369, 60, 128),
    ),
    (
        "c09",
        "东园社区",
        "Dongyuan",
        4,
        (7050, 2640, 1618, 503, 82, 163),
        (6990, 2630, 1660, 490, 83, 166),
    ),
    (
        "c10",
        "望岳社区",
        "Wangyue",
        3,
        (6240, 2270, 1098, 611, 44, 108),
        (6300, 2300, 1134, 618, 43, 110),
    ),
    (
        "c11",
        "书院社区",
        "Shuyuan",
        3,
        (5820, 2150, 1117, 548, 40, 103),
        (5850, 2170, 1150, 541, 40, 105),
    ),
    (
        "c12",
        "新桥社区",
        "Xinqiao",
        3,
        (2460, 890, 318, 264, 11, 33),
        (2790, 1010, 352, 301, 12, 36),
    ),
)
_GRIDS = ("第一网格", "第二网格", "第三网格", "第四网格", "第五网格")

# username, name, role, community
USERS = (
    ("demo_official", "周明远", "official", None),
    ("demo_community_staff", "林晓雯", "community_staff", "c03"),
    ("demo_community_staff_2", "孙立群", "community_staff", "c07"),
    ("demo_office_staff", "何静怡", "office_staff", None),
    ("demo_administrator", "赵文博", "administrator", None),
    ("staff_mingde", "陈雨桐", "community_staff", "c01"),
    ("staff_hechang", "杨国栋", "community_staff", "c02"),
    ("staff_wenhui", "许嘉宁", "community_staff", "c04"),
    ("staff_antai", "郭春梅", "community_staff", "c05"),
    ("staff_chunhui", "马志强", "community_staff", "c06"),
    ("staff_nanxun", "胡雪莹", "community_staff", "c08"),
    ("staff_dongyuan", "朱海涛", "community_staff", "c09"),
    ("staff_wangyue", "高思远", "community_staff", "c10"),
    ("staff_shuyuan", "罗文静", "community_staff", "c11"),
    ("staff_xinqiao", "梁建业", "community_staff", "c12"),
)

CODES = tuple(row[0] for row in COMMUNITIES)


def communities() -> Iterator[dict[str, Any]]:
    """The communities as db.seed.load_places takes them."""
    for code, name, pinyin, grids, before, now in COMMUNITIES:
        place: dict[str, Any] = {
            "code": code,
            "name": name,
            "name_en": pinyin,
            "grids": _GRIDS[:grids],
            "population": {
                year: dict(zip(GROUPS, counts, strict=True)) | _by_sex_and_age(counts)
                for year, counts in ((2022, before), (2023, now))
            },
        }
        place["population"][2023][_VETERANS] = round(now[0] * 0.021) + 3 * len(place["grids"])
        yield place


def _by_sex_and_age(counts: tuple[int, ...]) -> dict[str, int]:
    """The groups by which survey answers are weighted: older places have more women."""
    residents, _households, aged_60, pupils, *_ = counts
    female = round(residents * (0.495 + 0.1 * (aged_60 / residents - 0.18)))
    grown_up = residents - round(pupils * 1.6)
    young = round((grown_up - aged_60) * 0.36)
    return {
        "male": residents - female,
        "female": female,
        "age_18_34": young,
        "age_35_59": grown_up - aged_60 - young,
        "age_60_plus": aged_60,
    }


def own_group() -> PopulationGroup:
    """What this office counts beside the built-in groups, since 2023."""
    return PopulationGroup(code=_VETERANS, label="退役军人", label_en="Veterans", position=11)


def size(code: str) -> float:
    """How big a community is beside the average one."""
    residents = {row[0]: row[5][0] for row in COMMUNITIES}
    return residents[code] * len(residents) / sum(residents.values())


def grids(code: str) -> list[str]:
    count = {row[0]: row[3] for row in COMMUNITIES}[code]
    return [f"{code}-g{number:02d}" for number in range(1, count + 1)]


def population(code: str, group: str, year: int) -> int:
    row = next(row for row in COMMUNITIES if row[0] == code)
    return row[4 if year <= 2022 else 5][GROUPS.index(group)]


def users() -> list[User]:
    """The people of the demonstration. An empty hash matches no password: they pick a name."""
    at = datetime(2022, 10, 31, 1, 0, tzinfo=UTC)
    return [
        User(
            username=username,
            name=name,
            role=role,
            community_code=community,
            password_hash="",
            created_at=at,
        )
        for username, name, role, community in USERS
    ]


# The rounds of the free check-ups; the second still runs.
ROUNDS = ((date(2023, 3, 6), date(2023, 5, 26)), (date(2023, 9, 4), None))

# What the year is to bring: satisfaction in points, household waste in tonnes, older residents
# examined in a round in per cent.
TARGETS = {
    "satisfaction_overall": 85,
    "satisfaction_environment": 85,
    "satisfaction_safety": 88,
    "satisfaction_assistance": 86,
    "litter_spots": 800,
    "household_waste": 960,
    "leaflets": 18_000,
    "performances": 140,
    "free_clinics": 130,
    "health_talks": 200,
    "education_talks": 60,
    "coverage_check_ups": 65,
}


def targets() -> list[Target]:
    return [Target(indicator_code=code, year=2023, value=value) for code, value in TARGETS.items()]


def rounds() -> list[ActivityRound]:
    return [
        ActivityRound(
            type_code="elderly_check_up",
            number=number,
            label=f"第{'一二'[number - 1]}轮",
            label_en=f"Round {number}",
            first_day=first,
            last_day=last,
        )
        for number, (first, last) in enumerate(ROUNDS, start=1)
    ]

"""What each activity type is like in the demonstration: how often, who comes, where, with whom."""

from __future__ import annotations

from dataclasses import dataclass, field

# kind of partner, how often it takes part, fewest and most people
Partner = tuple[str, float, int, int]

_OUTSIDE = (
    "小区东门",
    "中心花园周边",
    "农贸市场周边",
    "沿街绿化带",
    "3号楼北侧",
    "停车棚周边",
    "背街小巷",
    "河道沿线",
)
_INSIDE = ("党群服务中心", "新时代文明实践站", "社区活动室", "社区会议室")
_SQUARE = ("文化广场", "便民服务广场", "中心花园")
_SCHOOL = ("辖区小学", "辖区初级中学")
_STATION = ("公共卫生服务管理站",)

_CLEANERS: tuple[Partner, ...] = (
    ("volunteer", 0.75, 3, 18),
    ("grid_worker", 0.55, 2, 6),
    ("property_management", 0.4, 1, 5),
    ("dual_registration_unit", 0.3, 3, 12),
    ("grid_leader", 0.25, 1, 3),
)
_SCHOOLS: tuple[Partner, ...] = (("school", 0.95, 2, 8), ("parents", 0.6, 5, 40))


@dataclass(frozen=True)
class Kind:
    """`rate`: irregular events per month in an average community, `months` where it differs.

    `joint`: the share held by several communities together.
    """

    people: tuple[int, int] | None
    places: tuple[str, ...]
    partners: tuple[Partner, ...] = ()
    rate: float = 0.0
    joint: float = 0.0
    months: dict[int, float] = field(default_factory=dict)
    in_term: bool = False
    notes: tuple[str, ...] = ()


_CLEAN_NOTES = (
    "居民反映垃圾桶偏少，已转物业。",
    "与物业共同清理楼道堆物。",
    "降雨，改在下午开展。",
    "绿化带内白色垃圾较多，已安排回看。",
)
_SCHOOL_NOTES = (
    "家长主要反映上下学交通拥堵。",
    "家长建议改善午间就餐。",
    "反映作业负担偏重，学校已答复。",
)

KINDS = {
    "volunteer_cleanup": Kind((12, 45), _OUTSIDE, _CLEANERS, 1.0, 0.12, notes=_CLEAN_NOTES),
    "dead_corner_drive": Kind((10, 32), _OUTSIDE, _CLEANERS, 0.65, 0.05, notes=_CLEAN_NOTES),
    "weekend_duty": Kind((6, 16), _OUTSIDE, _CLEANERS[1:2], notes=_CLEAN_NOTES),
    "wednesday_cleanup": Kind((8, 30), _OUTSIDE, _CLEANERS, notes=_CLEAN_NOTES),
    "street_vendors": Kind(
        (6, 15), _OUTSIDE[2:], (("police", 0.6, 2, 4),), 0.3, notes=("已劝导入市经营。",)
    ),
    "road_repair": Kind(
        (6, 14),
        _OUTSIDE,
        (("dual_registration_unit", 0.8, 3, 8),),
        0.09,
        notes=("施工期间设置围挡和绕行提示。",),
    ),
    "inspection": Kind(
        (3, 7),
        _OUTSIDE,
        (("grid_leader", 0.7, 1, 3),),
        0.7,
        notes=("副科级干部带队，整改情况下次回看。", "上次问题已整改到位。"),
    ),
    "holiday_patrol": Kind(
        (6, 18),
        _OUTSIDE,
        (
            ("volunteer_police", 0.95, 4, 12),
            ("police", 0.7, 1, 3),
            ("grid_worker", 0.4, 1, 4),
        ),
    ),
    "fraud_prevention": Kind(
        (60, 200),
        _SQUARE,
        (
            ("police", 0.7, 1, 4),
            ("volunteer", 0.5, 3, 10),
            ("volunteer_police", 0.3, 2, 6),
        ),
        0.85,
        0.15,
        notes=("重点提醒冒充客服和刷单返利。",),
    ),
    "double_ninth": Kind(
        (60, 180),
        _SQUARE,
        (
            ("volunteer", 0.8, 5, 20),
            ("dual_registration_unit", 0.5, 3, 10),
        ),
        joint=0.15,
    ),
    "tug_of_war": Kind(
        (50, 140),
        _SQUARE,
        (
            ("dual_registration_unit", 0.7, 8, 20),
            ("volunteer", 0.5, 4, 12),
        ),
        joint=0.4,
    ),
    "festival_show": Kind(
        (120, 320),
        _SQUARE,
        (
            ("volunteer", 0.8, 6, 20),
            ("dual_registration_unit", 0.6, 4, 15),
        ),
        joint=0.4,
    ),
    "square_dance": Kind((70, 220), _SQUARE, (("volunteer", 0.7, 4, 12),), 0.12, 0.5),
    "tai_chi": Kind((30, 80), _SQUARE, (("volunteer", 0.6, 2, 8),), 0.16, 0.3),
    "public_show": Kind((80, 260), _SQUARE, (("volunteer", 0.6, 4, 12),), 0.22, 0.25),
    "weekly_film": Kind(
        (18, 65), _SQUARE, (("volunteer", 0.35, 1, 4),), notes=("因天气改在活动室放映。",)
    ),
    "elderly_check_up": Kind(
        (70, 120),
        _STATION,
        (
            ("public_health_station", 1.0, 5, 10),
            ("volunteer", 0.5, 2, 6),
            ("grid_worker", 0.5, 1, 4),
        ),
        notes=("行动不便的老人由网格员陪同。",),
    ),
    "free_clinic": Kind(
        (35, 110),
        _SQUARE + _STATION,
        (
            ("public_health_station", 0.9, 3, 8),
            ("volunteer", 0.5, 2, 8),
        ),
        1.7,
        0.08,
        notes=("血压偏高的居民已建议复查。",),
    ),
    "school_family": Kind((35, 160), _SCHOOL, _SCHOOLS, 0.9, in_term=True),
    "parents_day": Kind((8, 40), _SCHOOL, _SCHOOLS[:1], in_term=True, notes=_SCHOOL_NOTES),
    "cult_warning": Kind(
        (60, 240),
        _SCHOOL,
        (
            ("school", 0.9, 3, 10),
            ("police", 0.4, 1, 3),
        ),
        0.4,
        0.15,
        in_term=True,
    ),
    "rule_of_law": Kind(
        (60, 260),
        _SCHOOL,
        (
            ("school", 0.9, 3, 10),
            ("police", 0.6, 1, 3),
        ),
        0.45,
        0.2,
        in_term=True,
    ),
    "respect_elders": Kind(
        (15, 60),
        _INSIDE,
        (
            ("volunteer", 0.8, 3, 12),
            ("dual_registration_unit", 0.4, 2, 8),
        ),
        0.1,
        months={1: 0.5, 10: 1.4},
    ),
    "charity_relief": Kind(
        (6, 25),
        _INSIDE,
        (
            ("dual_registration_unit", 0.6, 2, 6),
            ("volunteer", 0.4, 2, 6),
        ),
        0.35,
        months={1: 0.9},
    ),
    "allowances": Kind(None, ()),
    "convenience_services": Kind(
        (50, 150),
        _SQUARE,
        (
            ("volunteer", 0.9, 4, 14),
            ("public_health_station", 0.5, 2, 5),
            ("dual_registration_unit", 0.4, 2, 8),
        ),
        0.75,
        0.15,
    ),
}

# How often a community keeps a weekly rhythm, and how much it does beside it.
KEEPS = {
    "c01": 0.92,
    "c02": 0.87,
    "c03": 0.90,
    "c04": 0.84,
    "c05": 0.78,
    "c06": 0.89,
    "c07": 0.86,
    "c08": 0.80,
    "c09": 0.64,
    "c10": 0.83,
    "c11": 0.88,
    "c12": 0.74,
}
LIVELY = {
    "c01": 1.25,
    "c02": 1.00,
    "c03": 1.15,
    "c04": 1.00,
    "c05": 0.90,
    "c06": 1.25,
    "c07": 1.10,
    "c08": 0.85,
    "c09": 0.75,
    "c10": 0.95,
    "c11": 1.00,
    "c12": 0.60,
}
WITH_SCHOOL = ("c01", "c02", "c03", "c04", "c06", "c07", "c09", "c10", "c11")

"""Frames as the boards hand them to the charts, one for every chart."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from services import charts
from services.charts import theme

SECRET = 61.37  # left in hidden rows by a careless maker


def heat() -> pd.DataFrame:
    rows = [
        ("甲社区", "居住环境", 82.4, "82.4", "ok", "community:c01"),
        ("甲社区", "社会治安", 90.1, "90.1", "ok", "community:c01"),
        ("乙社区", "居住环境", 70.2, "70.2", "few", "community:c02"),
        ("乙社区", "社会治安", SECRET, "61.4", "hidden", "community:c02"),
    ]
    return pd.DataFrame(rows, columns=["row", "column", "value", "text", "state", "target"])


def intervals() -> pd.DataFrame:
    rows = [
        ("甲社区", 82.4, 79.1, 85.7, 143, "ok", "community:c01"),
        ("乙社区", 91.0, 88.0, 94.0, 99, "above", "community:c02"),
        ("丙社区", 70.5, 66.0, 75.0, 88, "below", "community:c03"),
        ("丁社区", 80.0, 70.0, 90.0, 14, "few", "community:c04"),
        ("戊社区", SECRET, 51.37, 71.37, 7, "hidden", "community:c05"),
        ("己社区", 84.0, np.nan, np.nan, 400, "ok", "community:c06"),
    ]
    columns = ["label", "value", "low", "high", "n", "state", "target"]
    return pd.DataFrame(rows, columns=columns)


def beside() -> pd.DataFrame:
    codes = ["overall", *theme.DOMAIN_COLOURS][:6]
    return intervals().assign(
        code=codes,
        reference=83.0,
        state=["ok", "ok", "ok", "few", "hidden", "ok"],
        target=[f"domain:{code}" for code in codes],
    )


def groups() -> pd.DataFrame:
    """The same places in groups; 丁社区 has few answers and a reference value."""
    few, hidden = "只作参考，不参与比较", "样本不足，不予显示"
    frame = intervals().assign(
        group=["A 或 B 组", "A 组", "B 组", few, hidden, "A 组"],
        said=["", "明显高于街道平均", "明显低于街道平均，建议了解原因。", "", "", ""],
        drawn=[np.nan, np.nan, np.nan, 82.5, SECRET, np.nan],
        drawn_low=[np.nan, np.nan, np.nan, 78.5, 51.37, np.nan],
        drawn_high=[np.nan, np.nan, np.nan, 86.5, 71.37, np.nan],
    )
    return frame.iloc[[1, 5, 0, 2, 3, 4]]


def limits() -> pd.DataFrame:
    """Limits around 82 for an answer that deviates by 18 points."""
    n = np.arange(10.0, 421.0, 10.0)
    frame = pd.DataFrame({"n": n})
    for name, z in (("control", 3.09), ("warning", 1.96), ("widened", 4.0)):
        frame[f"{name}_low"], frame[f"{name}_high"] = (
            82 + sign * z * 18 / n**0.5 for sign in (-1, 1)
        )
    return frame


def drivers() -> pd.DataFrame:
    rows = [
        ("居住环境", "environment", 34.0, 24.0, 45.0, 82.4, 79.1, 85.7, 143, "ok"),
        ("社会治安", "safety", 22.0, 12.0, 33.0, 90.1, 88.0, 92.0, 140, "ok"),
        ("文体生活", "culture", 12.0, 5.0, 20.0, 80.0, 70.0, 90.0, 14, "few"),
        ("基础教育", "education", 32.0, 22.0, 42.0, SECRET, 51.37, 71.37, 7, "hidden"),
    ]
    columns = ["label", "code", "share", "share_low", "share_high", "value", "low", "high", "n"]
    frame = pd.DataFrame(rows, columns=[*columns, "state"])
    return frame.assign(target="domain:" + frame["code"])


def people() -> pd.DataFrame:
    rows = [
        ("男性", 40.0, 400.0, 49.0, "ok"),
        ("女性", 59.0, 590.0, 51.0, "ok"),
        ("其他", SECRET, 7.0, np.nan, "hidden"),
        ("未说明", 1.0, 10.0, np.nan, "ok"),
    ]
    frame = pd.DataFrame(rows, columns=["label", "value", "n", "reference", "state"])
    return frame.assign(target="page:satisfaction")


def months(months: int = 12) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "series": label,
                "code": code,
                "period": [f"2023年{month}月" for month in range(1, months + 1)],
                "value": [scale * month for month in range(1, months + 1)],
                "target": f"domain:{code}",
            }
        )
        for label, code, scale in (("居住环境", "environment", 3), ("社会治安", "safety", 40))
    ]
    return pd.concat(parts, ignore_index=True)


OPTIONS = (
    ("very", "非常满意", "right", 40),
    ("satisfied", "满意", "right", 30),
    ("rather", "不太满意", "left", 15),
    ("dissatisfied", "不满意", "left", 10),
    ("dont_know", "不了解", "apart", 5),
)


def options() -> pd.DataFrame:
    rows = [
        (row, code, label, place, side, share, share * 2, target)
        for row, target in (("总体", "page:satisfaction"), ("居住环境", "domain:environment"))
        for place, (code, label, side, share) in enumerate(OPTIONS)
    ]
    columns = ["row", "option", "option_label", "position", "side", "share", "count", "target"]
    return pd.DataFrame(rows, columns=columns)


def waves() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "wave": ["w1", "w2", "w3", "w4"],
            "label": [f"2023年第{quarter}季度满意度调查" for quarter in "一二三四"],
            "value": [80.0, 82.0, 75.0, 76.5],
            "low": [78.0, 80.0, 73.0, np.nan],
            "high": [82.0, 84.0, 77.0, np.nan],
            "n": [800.0, 790.0, 850.0, 740.0],
            "joined": [False, True, False, True],
            "target": [f"satisfaction:w{place}" for place in range(1, 5)],
        }
    )


def bars() -> pd.DataFrame:
    rows = [
        ("美好社区建设暨周三清洁家园我先行活动", 12500, "12,500", "records:type=wednesday_cleanup"),
        ("督查", 4, "4", "records:type=inspection"),
    ]
    return pd.DataFrame(rows, columns=["label", "value", "text", "target"])


def verdicts() -> pd.DataFrame:
    rows = [
        (place, part, f"{part} <b>", side, count, f"inspections:communities={place}&verdict={part}")
        for place, *counts in (("甲社区", 3, 1), ("乙社区", 0, 2))
        for (part, side), count in zip((("好", "right"), ("差", "left")), counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["row", "part", "part_label", "side", "value", "target"])


def moves() -> pd.DataFrame:
    """Less, as much, far more, and something from nothing."""
    return pd.DataFrame(
        {
            "label": ["清理乱堆乱放", "义诊", "接待家长", "家校会议"],
            "code": ["environment", "health", "education", "education"],
            "value": [-31.6, 0.0, 794.7, float("nan")],
            "target": [f"records:measure={place}" for place in range(4)],
        }
    )


def dots() -> pd.DataFrame:
    rows = [
        ("甲社区", 2.5, "2.5", "ok", "community:c01"),
        ("乙社区", 1.5, "1.5", "few", "community:c02"),
        ("丙社区", np.nan, "—", "ok", "community:c03"),
        ("丁社区", SECRET, "61.4", "hidden", "community:c04"),
    ]
    return pd.DataFrame(rows, columns=["label", "value", "text", "state", "target"])


def planned() -> pd.DataFrame:
    rows = [
        ("每周免费放映电影", 52, 45, "records:type=weekly_film"),
        ("督查", 12, 12, "records:type=a"),
    ]
    return pd.DataFrame(rows, columns=["label", "planned", "done", "target"])


def control() -> pd.DataFrame:
    """Two series over a year: one shifts upwards, one that began later falls out below."""
    waste = [80.0, 82.0, 78.0, 81.0, 79.0, 90.0, 91.0, 92.0, 90.0, 93.0, 91.0, 92.0]
    spots = [np.nan, np.nan, 50.0, 52.0, 48.0, 51.0, 49.0, 50.0, 51.0, 52.0, 48.0, 20.0]
    parts = [
        pd.DataFrame(
            {
                "series": name,
                "period": [f"2023年{month}月" for month in range(1, 13)],
                "value": values,
                "mean": mean,
                "low": low,
                "high": high,
                "state": states,
                "up": [state == "improved" for state in states],
                "goal": goal,
                "target": [f"records:period=2023-{month:02d}" for month in range(1, 13)],
            }
        )
        for name, values, mean, low, high, states, goal in (
            ("清运生活垃圾", waste, 86.6, 78.3, 94.9, ["ok"] * 5 + ["improved"] * 7, 84.0),
            ("清理乱堆乱放", spots, 47.1, 30.0, 64.2, ["ok"] * 11 + ["concern"], np.nan),
        )
    ]
    return pd.concat(parts, ignore_index=True)


def scatter() -> pd.DataFrame:
    rows = [
        ("甲社区", 2.5, 3.1, -0.8, 7.0, True, "community:c01"),
        ("乙社区", 2.51, 3.0, -0.9, 6.9, True, "community:c02"),
        ("丙社区", 0.0, -2.0, -5.0, 1.0, False, "community:c03"),
    ]
    columns = ["label", "x", "y", "low", "high", "marked", "target"]
    return pd.DataFrame(rows, columns=columns)


CASES: dict[str, tuple[pd.DataFrame, Callable[[pd.DataFrame], str]]] = {
    "heat_map": (heat(), lambda f: charts.heat_map(f, unit="分")),
    "dot_interval": (
        intervals(),
        lambda f: charts.dot_interval(f, unit="分", reference=82.0, reference_label="平均"),
    ),
    "league": (
        groups(),
        lambda f: charts.league(f, unit="分", reference=82.0, reference_label="平均"),
    ),
    "funnel": (
        intervals(),
        lambda f: charts.funnel(f, limits(), unit="分", centre=82.0, centre_label="平均"),
    ),
    "drivers": (
        drivers(),
        lambda f: charts.importance_performance(f, unit="分", equal=25.0, overall=86.3),
    ),
    "people": (people(), lambda f: charts.against_register(f)),
    "beside": (beside(), lambda f: charts.beside(f, unit="分")),
    "small_multiples": (months(), lambda f: charts.small_multiples(f, unit="次")),
    "independent": (months(), lambda f: charts.small_multiples(f, unit="次", independent=True)),
    "diverging_options": (options(), lambda f: charts.diverging_options(f, unit="%")),
    "wave_line": (waves(), lambda f: charts.wave_line(f, unit="分", target=85.0)),
    "bars": (bars(), lambda f: charts.bars(f, unit="次", colour="environment")),
    "dots": (
        dots(),
        lambda f: charts.dots(f, unit="次/千人", reference=2.0, reference_label="平均"),
    ),
    "relative_changes": (moves(), charts.relative_changes),
    "control_chart": (control(), lambda f: charts.control_chart(f, unit="次")),
    "scatter": (scatter(), lambda f: charts.scatter(f, x_unit="次/千人", unit="分")),
    "planned_done": (planned(), lambda f: charts.planned_done(f)),
    "stacked_counts": (verdicts(), lambda f: charts.stacked_counts(f, unit="次")),
}


def read(figure: str) -> dict[str, Any]:
    """The figure, read as strictly as a browser does: NaN and Infinity are refused."""

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is not JSON")

    return json.loads(figure, parse_constant=refuse)


def case(name: str) -> dict[str, Any]:
    frame, draw = CASES[name]
    return read(draw(frame))


def words(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in figure["layout"].get("annotations", ())]

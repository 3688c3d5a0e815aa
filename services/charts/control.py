"""Control charts: a panel a series, with the band of ordinary variation and what lies beyond it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.panels import SMALL_PRINT, Grid, panel_title, period_axis, title_room
from services.charts.text import escape, wrap
from services.formats import number, short
from services.i18n import _

_BAND = "#e3e8ee"
_LINE = 16  # px of one line of a title
_APART = 0.24  # of a panel's height: ticks closer than that would stand on each other
_WORDS, _BESIDE = 0.12, 4  # a line of words in a panel's height, and the points along it
_COLOURS = {
    "ok": theme.PLAIN,
    "changed": theme.PLAIN,
    "improved": theme.IMPROVED,
    "concern": theme.CONCERN,
}


def control_chart(frame: pd.DataFrame, *, unit: str) -> str:
    """Panels in the order of the frame: series, period, value, mean, low, high, state, up, goal,
    target.

    All series run over the same periods; a value that is missing has no point. The state of a
    point is ok, changed (neither better nor worse), improved or concern, and `up` says to which
    side it differs. A missing `goal` is none. The ticks of a panel are its mean and limits.
    """
    if frame.empty:
        return ""
    groups = [
        (str(name), rows.reset_index(drop=True))
        for name, rows in frame.groupby("series", sort=False)
    ]
    room = title_room(len(groups))
    titles = [_title(name, rows.iloc[-1], room) for name, rows in groups]
    head = _LINE * max(title.count("<br>") + 1 for title in titles) + 8
    grid = Grid(len(groups), head, independent=True)
    layout = theme.base_layout(left=44, right=28, top=head + _LINE + 4, bottom=44)
    extents = [_extent(rows) for _name, rows in groups]
    cut = any(low > 0 for low, _high in extents)
    layout["annotations"], layout["shapes"] = [_unit(unit, head, cut=cut)], []
    traces = []
    for place, (name, rows) in enumerate(groups):
        suffix = str(place + 1) if place else ""
        across, down = grid.domains(place)
        periods = period_axis(list(rows["period"]), labelled=grid.lowest(place))
        amounts = _amount_axis(rows.iloc[-1], *extents[place])
        layout[f"xaxis{suffix}"] = {**periods, "domain": across, "anchor": f"y{suffix}"}
        layout[f"yaxis{suffix}"] = {**amounts, "domain": down, "anchor": f"x{suffix}"}
        layout["shapes"] += _lines(rows.iloc[-1], suffix)
        layout["annotations"] += [
            panel_title(titles[place], (across, down)),
            *_goal(rows, extents[place], suffix),
        ]
        traces.append(_points(name, rows, unit) | {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"})
    return theme.to_json(traces, layout)


def _unit(unit: str, head: int, *, cut: bool) -> dict[str, Any]:
    said = _("单位：{unit}（坐标轴不都从 0 开始）") if cut else _("单位：{unit}")
    place = {"xanchor": "left", "yanchor": "bottom", "xshift": -38, "yshift": head}
    return axes.note(said.format(unit=unit), 0, 1, **place)


def _title(name: str, last: Any, room: int) -> str:
    """The name, and below it the sign and word for the last point."""
    words = {"ok": _("正常波动"), "improved": _("改善"), "concern": _("需关注")}
    sign = "○" if last["state"] == "ok" else "▲" if last["up"] else "▼"
    word = words.get(last["state"]) or (_("上升") if last["up"] else _("下降"))
    colour = _COLOURS[last["state"]]
    return f"{wrap(name, room)}<br><span style='color:{colour}'>{sign} {word}</span>"


def _extent(rows: pd.DataFrame) -> tuple[float, float]:
    """From 0, unless all there is to see would then crowd at the upper edge."""
    low, high = axes.extent(rows[["value", "low", "high", "goal"]].to_numpy(float).ravel(), 0.1)
    return (low, high) if low > 0.5 * high else (0.0, high)


def _amount_axis(last: Any, low: float, high: float) -> dict[str, Any]:
    """Ticks at the limits and the mean, as many of them as have room."""
    room = _APART * (high - low)
    limits = [last["low"], last["high"]] if last["high"] - last["low"] > room else []
    mean = [last["mean"]] if not limits or last["high"] - last["low"] > 2 * room else []
    zero = [0.0] if low == 0 and last["low"] > room else []
    places = theme.plain(sorted(zero + limits + mean))
    return axes.value_axis(low, high) | {
        "tickvals": places,
        "ticktext": [_amount(place) for place in places],
        "tickfont": SMALL_PRINT,
        "showgrid": False,
    }


def _lines(last: Any, suffix: str) -> list[dict[str, Any]]:
    """The band, the mean and the goal, from edge to edge of a panel."""
    place = {"xref": f"x{suffix} domain", "yref": f"y{suffix}", "x0": 0, "x1": 1, "layer": "below"}
    band = {
        **place,
        "type": "rect",
        "y0": round(float(last["low"]), 4),
        "y1": round(float(last["high"]), 4),
        "fillcolor": _BAND,
        "line": {"width": 0},
    }
    levels = [(last["mean"], theme.SOFT, "solid"), (last["goal"], theme.INK, "dash")]
    return [band] + [
        {
            **place,
            "type": "line",
            "y0": round(float(level), 4),
            "y1": round(float(level), 4),
            "line": {"color": colour, "width": 1, "dash": dash},
        }
        for level, colour, dash in levels
        if level == level
    ]


def _goal(rows: pd.DataFrame, ends: tuple[float, float], suffix: str) -> list[dict[str, Any]]:
    """The goal in words, at the end and on the side of its line where most room is."""
    goal = float(rows.iloc[-1]["goal"])
    if goal != goal:
        return []
    corners = [(side, level) for side in ("right", "left") for level in ("bottom", "top")]
    side, level = max(corners, key=lambda corner: _room(rows, goal, ends, *corner))
    return [
        axes.note(
            _("目标 {value}").format(value=_amount(goal)),
            1 if side == "right" else 0,
            round(goal, 4),
            xref=f"x{suffix} domain",
            yref=f"y{suffix}",
            xanchor=side,
            yanchor=level,
            font={"size": 10, "color": theme.INK},
        )
    ]


def _room(
    rows: pd.DataFrame, goal: float, ends: tuple[float, float], side: str, level: str
) -> float:
    """From the middle of words there to the nearest point or line, in what the axis measures."""
    half = _WORDS * (ends[1] - ends[0]) / 2
    middle = goal + half if level == "bottom" else goal - half
    values = rows["value"].iloc[-_BESIDE:] if side == "right" else rows["value"].iloc[:_BESIDE]
    others = [*values.dropna(), *rows.iloc[-1][["mean", "low", "high"]].dropna(), *ends]
    return min(abs(float(other) - middle) for other in others)


def _points(name: str, rows: pd.DataFrame, unit: str) -> dict[str, Any]:
    """The series: ordinary points small and grey, the others as arrows in their colour."""
    special = rows["state"] != "ok"
    symbols = [
        f"triangle-{'up' if up else 'down'}" if odd else "circle"
        for odd, up in zip(special, rows["up"], strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(rows))),
        "y": theme.plain(rows["value"]),
        "cliponaxis": False,
        "line": {"color": theme.SOFT, "width": 1.5},
        "marker": {
            "color": [_COLOURS[state] for state in rows["state"]],
            "symbol": symbols,
            "size": [9 if odd else 5 for odd in special],
            "opacity": 1,
        },
        "customdata": list(rows["target"]),
        "hovertext": [_hover(name, row, unit) for row in rows.itertuples(index=False)],
        "hoverinfo": "text",
    }


def _hover(name: str, row: Any, unit: str) -> str:
    if row.value != row.value:
        return ""
    band = _("正常波动 {low}–{high}").format(low=_amount(row.low), high=_amount(row.high))
    return f"<b>{escape(name)} · {row.period}</b><br>{number(row.value, 1)} {unit}<br>{band}"


def _amount(value: float) -> str:
    return short(round(value, 1 if abs(value) < 100 else 0))

"""Shares of a group that were reached: a bar a place, and rounds day by day."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import em, escape, widest, wrap
from services.formats import NONE, fixed, number
from services.i18n import _

_WHOLE = 100.0
_DASHES = ("solid", "dash", "dot")  # told apart without colour


def reached(frame: pd.DataFrame, *, colour: str, reference: float, reference_label: str) -> str:
    """A bar a row in per cent, never cut at 100; a tick where the row has a target to reach.

    The frame has label, value, note (what was divided by what), goal, target; a missing value
    says —. `reference`: a dashed line, NaN for none. A bar beyond 100 is hatched.
    """
    if frame.empty:
        return ""
    rows = frame.reset_index(drop=True)
    labels = [wrap(label, 6) for label in rows["label"]]
    texts = [
        f"<b>{fixed(value)}%</b><br>{escape(said)}" if value == value else f"<b>{NONE}</b>"
        for value, said in zip(rows["value"], rows["note"], strict=True)
    ]
    most = max([_known_most(rows[["value", "goal"]]), reference if reference == reference else 0])
    layout = theme.base_layout(
        left=widest(labels) + 12,
        right=max(map(em, rows["note"])) * theme.SMALL // 1 + 22,
        top=24,
        bottom=44,
        xaxis=axes.value_axis(0, most * 1.02, "%"),
        yaxis=axes.rows_axis(labels),
        annotations=axes.right_column(texts),
        shapes=[_tick(place, goal) for place, goal in enumerate(rows["goal"]) if goal == goal],
    )
    if reference == reference:
        low, high = layout["xaxis"]["range"]
        label = f"{reference_label} {fixed(reference)}%"
        layout["shapes"].append(axes.reference_line(reference))
        layout["annotations"].append(axes.over_the_plot(label, reference, low, high))
    return theme.to_json([_bars(rows, colour)], layout)


def rounds_by_day(frame: pd.DataFrame, *, today: int) -> str:
    """Rounds as lines of per cent over the day of the round, the newest strong.

    The frame has series (newest first), day, value; `today` is the newest's last day.
    """
    if frame.empty:
        return ""
    names = list(frame["series"].unique())
    groups = [frame[frame["series"] == name] for name in names]
    right = max(map(em, names)) * theme.SMALL // 1 + 16
    last = int(frame["day"].max())
    most = _known_most(frame[["value"]])
    layout = theme.base_layout(
        left=44,
        right=right,
        top=30,
        bottom=48,
        xaxis=axes.value_axis(1, max(last, 2), _("轮次开始后的第几天"), whole=True, count=6),
        yaxis=axes.value_axis(0, most * 1.08),
        shapes=[axes.reference_line(today)] if len(groups) > 1 else [],
        annotations=[
            axes.note("%", 0, 1, xanchor="left", yanchor="bottom", xshift=-30, yshift=8),
            *_ends(names, groups, last, most),
        ],
    )
    if len(groups) > 1:
        said = _("第 {day} 天").format(day=number(today))
        layout["annotations"].append(axes.over_the_plot(said, today, 0, last))
    traces = [_line(place, names[place], rows) for place, rows in enumerate(groups)]
    return theme.to_json(traces[::-1], layout)


def _bars(rows: pd.DataFrame, colour: str) -> dict[str, Any]:
    beyond = rows["value"] > _WHOLE
    return {
        "type": "bar",
        "orientation": "h",
        "width": 0.56,
        "x": theme.plain(rows["value"]),
        "y": list(range(len(rows))),
        "marker": {
            "color": theme.domain_colour(colour),
            "pattern": {"shape": ["/" if one else "" for one in beyond], "solidity": 0.4},
        },
        "cliponaxis": False,
        "customdata": list(rows["target"]),
        "hovertext": [
            f"<b>{escape(label)}</b><br>{fixed(value)}{'%' if value == value else ''}<br>{said}"
            for label, value, said in zip(rows["label"], rows["value"], rows["note"], strict=True)
        ],
        "hoverinfo": "text",
    }


def _tick(place: int, goal: float) -> dict[str, Any]:
    """A short upright over a row's bar: its target."""
    return {
        "type": "line",
        "x0": goal,
        "x1": goal,
        "y0": place - 0.4,
        "y1": place + 0.4,
        "line": {"color": theme.INK, "width": 2},
    }


def _line(place: int, name: str, rows: pd.DataFrame) -> dict[str, Any]:
    newest = place == 0
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(map(int, rows["day"])),
        "y": theme.plain(rows["value"]),
        "line": {
            "color": theme.PLAIN if newest else theme.SOFT,
            "width": 3 if newest else 1.5,
            "dash": _DASHES[place % len(_DASHES)],
        },
        "hovertext": [
            f"<b>{escape(name)}</b><br>"
            + _("第 {day} 天").format(day=number(day))
            + f" {fixed(value)}%"
            for day, value in zip(rows["day"], rows["value"], strict=True)
        ],
        "hoverinfo": "text",
    }


def _ends(
    names: list[str], groups: list[pd.DataFrame], last: int, most: float
) -> list[dict[str, Any]]:
    """Each line's name at its end, a line's height apart where ends meet."""
    found = []
    taken: list[tuple[int, float]] = []
    for name, rows in zip(names, groups, strict=True):
        day, at = int(rows["day"].iloc[-1]), float(rows["value"].iloc[-1])
        near = [other for where, other in taken if abs(day - where) < last * 0.25]
        while any(abs(at - other) < most * 0.09 for other in near):
            at -= most * 0.09
        taken.append((day, at))
        found.append(
            axes.note(
                f"<b>{escape(name)}</b>" if not found else escape(name),
                day,
                at,
                xref="x",
                yref="y",
                xanchor="left",
                xshift=6,
                font={"size": theme.SMALL, "color": theme.INK if not found else theme.MUTED},
            )
        )
    return found


def _known_most(frame: pd.DataFrame) -> float:
    most = frame.max().max()
    return float(most) if most == most and most > 0 else 1.0

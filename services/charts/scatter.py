"""Two figures of every place against each other, the second with its interval."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import em, escape, wrap
from services.formats import fixed, signed
from services.i18n import _

# Px of the plot on a phone: a name that has room there has it everywhere.
_PLOT = (262, 330)
_ROW = 15  # px of a line of names


def scatter(frame: pd.DataFrame, *, x_unit: str, unit: str) -> str:
    """A point a row, of which y is a change; the frame has label, x, y, low, high, marked, target.

    x_unit is that of the figure below, `unit` that of the change. Marked rows are
    filled, the others hollow. A row without x or y is left out.
    """
    points = frame[frame["x"].notna() & frame["y"].notna()].reset_index(drop=True)
    if points.empty:
        return ""
    low, high = axes.extent([*points["low"], *points["high"], *points["y"], 0.0], 0.08)
    left, right = axes.extent(points["x"], 0.08)
    if left < 0.4 * right:  # what was not done at all is seen where it is
        left = -0.05 * right
    layout = theme.base_layout(
        left=44,
        right=46,
        top=34,
        bottom=48,
        xaxis=axes.value_axis(left, right, axes.unit_title(x_unit, left, right)),
        yaxis=axes.value_axis(low, high),
        shapes=[_no_change()],
        annotations=[
            axes.note(unit, 0, 1, xanchor="left", yanchor="bottom", xshift=-36, yshift=10),
            axes.note(wrap(_("无变化"), 4), 1, 0, yref="y", xanchor="left", xshift=3, align="left"),
        ],
    )
    points["side"] = _sides(points, (left, right), (low, high))
    traces = [
        _points(rows, marked, x_unit, unit)
        for marked in (True, False)
        if len(rows := points[points["marked"] == marked])
    ]
    return theme.to_json(traces, layout)


def _points(rows: pd.DataFrame, marked: bool, x_unit: str, unit: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": theme.plain(rows["x"]),
        "y": theme.plain(rows["y"]),
        "marker": {
            "color": theme.PLAIN if marked else theme.SURFACE,
            "size": 10,
            "line": {"width": 2, "color": theme.PLAIN},
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": theme.plain(rows["high"] - rows["y"]),
            "arrayminus": theme.plain(rows["y"] - rows["low"]),
            "color": theme.FAINT,
            "thickness": 2,
            "width": 0,
        },
        "text": [
            escape(label) if side else ""
            for label, side in zip(rows["label"], rows["side"], strict=True)
        ],
        "textposition": [f"middle {side or 'right'}" for side in rows["side"]],
        "textfont": {"size": theme.SMALL, "color": theme.MUTED, "shadow": theme.HALO},
        "cliponaxis": False,
        "customdata": list(rows["target"]),
        "hovertext": [_hover(row, x_unit, unit) for row in rows.itertuples(index=False)],
        "hoverinfo": "text",
    }


def _sides(points: pd.DataFrame, across: tuple[float, float], up: tuple[float, float]) -> list[str]:
    """On which side of its point each name has room: right, left, or "" for none.

    In order of y from either end, so that the places one looks for are named first.
    """
    x, y = (
        (points[name] - span[0]) / (span[1] - span[0]) * size
        for name, span, size in zip("xy", (across, up), _PLOT, strict=True)
    )
    taken = [(left - 7, left + 7, height) for left, height in zip(x, y, strict=True)]
    level = -up[0] / (up[1] - up[0]) * _PLOT[1]
    taken.append((_PLOT[0], _PLOT[0] + 46, level))  # where "no change" stands
    sides = [""] * len(points)
    for place in (y - y.median()).abs().sort_values(ascending=False, kind="stable").index:
        width = em(points.at[place, "label"]) * theme.SMALL
        starts = {"right": x[place] + 8, "left": x[place] - 8 - width}
        for side, start in starts.items():
            box = (start, start + width, y[place])
            if start < -30 or start + width > _PLOT[0] + 30:
                continue
            if not any(_meet(box, other) for other in taken):
                sides[place] = side
                taken.append(box)
                break
    return sides


def _meet(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    beside = one[1] <= other[0] or other[1] <= one[0]
    return not beside and abs(one[2] - other[2]) < _ROW


def _hover(row: Any, x_unit: str, unit: str) -> str:
    said = [
        f"<b>{escape(row.label)}</b>",
        f"{fixed(row.x, 2)} {x_unit}",
        f"{signed(row.y)} {unit}",
        _("可信范围 {low} 至 {high}").format(low=signed(row.low), high=signed(row.high)),
    ]
    return "<br>".join(said)


def _no_change() -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "yref": "y",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 0,
        "line": {"color": theme.MUTED, "width": 1, "dash": "dash"},
        "layer": "between",
    }

"""The funnel plot: scores against their number of answers, between limits of chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from services.charts import axes, theme
from services.charts.text import interval_hover, wrap
from services.formats import fixed
from services.i18n import _

_LINES = {
    "control": {"color": theme.SOFT, "width": 1.5},
    "warning": {"color": theme.SOFT, "width": 1, "dash": "dash"},
    "widened": {"color": theme.SOFT, "width": 1.5, "dash": "dot"},
}


def funnel(
    frame: pd.DataFrame, limits: pd.DataFrame, *, unit: str, centre: float, centre_label: str
) -> str:
    """A point a row: value over n. The frame has label, value, n, state, target.

    limits: n ascending, and low and high of each of control (99.8 %), warning (95 %) and, where
    known, widened, as control_low, control_high … Only points in state above or below carry
    their name; few is hollow; hidden rows are left out.
    """
    points = theme.guarded(frame)
    points = points[points["value"].notna() & points["n"].notna()]
    if points.empty:
        return ""
    names = [name for name in _LINES if f"{name}_low" in limits]
    low, high = axes.extent(
        [*points["value"], *limits["control_low"], *limits["control_high"]], 0.04
    )
    first, last = float(limits["n"].iloc[0]), float(limits["n"].iloc[-1])
    air = (last - first) * 0.04
    layout = theme.base_layout(
        left=44,
        right=48,
        top=34,
        bottom=48,
        xaxis=axes.value_axis(first - air, last + air, _("有效答卷（份）"), whole=True),
        yaxis=axes.value_axis(low, high),
        annotations=[
            _unit(unit, low, high),
            *_names(limits, names),
            _beside_the_end(f"{centre_label}<br>{fixed(centre)}", centre),
        ],
    )
    lines = [line for name in names for line in _limit_lines(limits, name)]
    marks = [
        _points(points[points["state"] == state], state, unit, (first + last) / 2)
        for state in theme.STATES
        if (points["state"] == state).any()
    ]
    return theme.to_json([*lines, _centre(limits, centre), *marks], layout)


def _unit(unit: str, low: float, high: float) -> dict[str, Any]:
    title = axes.unit_title(unit, low, high)
    return axes.note(title, 0, 1, xanchor="left", yanchor="bottom", xshift=-36, yshift=10)


def _limit_lines(limits: pd.DataFrame, name: str) -> list[dict[str, Any]]:
    """Both limits of a pair; what lies between the outer ones is shaded."""
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": theme.plain(limits["n"]),
        "line": _LINES[name],
        "hoverinfo": "skip",
    }
    shade = {"fill": "tonexty", "fillcolor": theme.WASH} if name == "control" else {}
    return [
        {**line, "y": theme.plain(limits[f"{name}_low"])},
        {**line, **shade, "y": theme.plain(limits[f"{name}_high"])},
    ]


def _centre(limits: pd.DataFrame, centre: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": theme.plain(limits["n"].iloc[[0, -1]]),
        "y": theme.plain([centre, centre]),
        "line": {"color": theme.MUTED, "width": 1},
        "hoverinfo": "skip",
    }


def _names(limits: pd.DataFrame, names: list[str]) -> list[dict[str, Any]]:
    """Each pair's level above its upper line, at the end where the line is by itself."""
    said = {"control": _("99.8% 控制线"), "warning": "95%", "widened": _("放宽的控制线")}
    ends = {"control": (0, "left"), "warning": (0, "left"), "widened": (-1, "right")}
    return [
        axes.note(
            said[name],
            float(limits["n"].iloc[end]),
            float(limits[f"{name}_high"].iloc[end]),
            xref="x",
            yref="y",
            xanchor=anchor,
            yanchor="bottom",
        )
        for name, (end, anchor) in ((name, ends[name]) for name in names)
    ]


def _beside_the_end(text: str, height: float) -> dict[str, Any]:
    return axes.note(text, 1, height, yref="y", xanchor="left", xshift=2, align="left")


def _points(points: pd.DataFrame, state: str, unit: str, middle: float) -> dict[str, Any]:
    """Points of one state; a name stands on the side of the plot where there is room for it."""
    named = state in ("above", "below")
    beside = ["middle right" if n < middle else "middle left" for n in points["n"]]
    return {
        "type": "scatter",
        "mode": "markers+text" if named else "markers",
        "x": theme.plain(points["n"]),
        "y": theme.plain(points["value"]),
        "marker": theme.state_mark(state),
        **(
            {"text": [wrap(label) for label in points["label"]], "textposition": beside}
            if named
            else {}
        ),
        "cliponaxis": False,
        "customdata": list(points["target"]),
        "hovertext": [
            interval_hover(label, value, np.nan, np.nan, n, unit)
            for label, value, n in zip(points["label"], points["value"], points["n"], strict=True)
        ],
        "hoverinfo": "text",
    }

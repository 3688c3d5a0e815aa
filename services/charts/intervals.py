"""Values with their intervals, row by row: communities, changes, one community beside the whole."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import interval_hover, widest, wrap
from services.formats import NONE, fixed, number, signed
from services.i18n import _


def dot_interval(
    frame: pd.DataFrame,
    *,
    unit: str,
    reference: float | None = None,
    reference_label: str = "",
    range: tuple[float, float] | None = None,
) -> str:
    """Rows in the order of the frame, which has label, value, low, high, n, state, target.

    Value and n stand beside every row; state few is grey, above blue, below orange. Against a
    reference of 0 a value is a change and carries its sign. `range` fixes the axis.
    """
    if frame.empty:
        return ""
    rows = theme.guarded(frame)
    known = reference is not None and reference == reference
    low, high = range or axes.extent(
        [*rows["low"], *rows["high"], *rows["value"], *([reference] if known else [])]
    )
    say = signed if reference == 0 else fixed
    marks = [
        (state, mark) for state, mark in theme.STATE_MARKS.items() if (rows["state"] == state).any()
    ]
    traces = [_dots(rows[rows["state"] == state], mark, unit) for state, mark in marks]
    layout = _layout(rows, unit, low, high, [say(value) for value in rows["value"]])
    if known:
        label = reference_label if reference == 0 else f"{reference_label} {fixed(reference)}"
        line, name = axes.reference_line(reference, label, low, high)
        layout["shapes"] = [line]
        layout["annotations"].append(name)
    return theme.to_json(traces, layout)


def beside(frame: pd.DataFrame, *, unit: str) -> str:
    """One community's value in every domain, and a tick where the whole subdistrict stands.

    The frame has label, code, value, low, high, n, state, reference, target.
    """
    if frame.empty:
        return ""
    rows = theme.guarded(frame)
    low, high = axes.extent([*rows["low"], *rows["high"], *rows["value"], *rows["reference"]])
    whole = {
        "type": "scatter",
        "mode": "markers",
        "x": theme.plain(rows["reference"]),
        "y": list(rows.index),
        "marker": {"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": theme.FAINT}},
        "customdata": list(rows["target"]),
        "hovertext": [
            _("全街道 {value} {unit}").format(value=fixed(value), unit=unit)
            for value in rows["reference"]
        ],
        "hoverinfo": "text",
    }
    own = []
    for row in rows.index[rows["state"] != "hidden"]:
        mark = theme.STATE_MARKS["few" if rows.at[row, "state"] == "few" else "ok"]
        if rows.at[row, "state"] != "few":
            mark = {**mark, "color": theme.domain_colour(rows.at[row, "code"])}
        own.append(_dots(rows.loc[[row]], mark, unit))
    layout = _layout(rows, unit, low, high, [fixed(value) for value in rows["value"]])
    return theme.to_json([whole, *own], layout)


def _dots(rows: pd.DataFrame, mark: dict[str, str], unit: str) -> dict[str, Any]:
    """Points with their interval bars; a published value has no interval and so no bar."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": theme.plain(rows["value"]),
        "y": list(rows.index),
        "marker": {**mark, "size": 10, "line": {"width": 2, "color": mark["color"]}},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": theme.plain((rows["high"] - rows["value"]).fillna(0)),
            "arrayminus": theme.plain((rows["value"] - rows["low"]).fillna(0)),
            "color": mark["color"],
            "thickness": 2,
            "width": 0,
        },
        "customdata": list(rows["target"]),
        "hovertext": [
            interval_hover(row.label, row.value, row.low, row.high, row.n, unit)
            for row in rows.itertuples()
        ],
        "hoverinfo": "text",
    }


def _layout(
    rows: pd.DataFrame, unit: str, low: float, high: float, figures: list[str]
) -> dict[str, Any]:
    """The list's layout, with value and n in a column at the right."""
    labels = [wrap(label) for label in rows["label"]]
    beside_it = [
        f"<b>{figure}</b>"
        if figure == NONE
        else f"<b>{figure}</b> <span style='color:{theme.MUTED}'>n={number(n)}</span>"
        for figure, n in zip(figures, rows["n"], strict=True)
    ]
    return theme.base_layout(
        left=widest(labels) + 12,
        right=104,
        top=24,
        bottom=44,
        xaxis=axes.value_axis(low, high, axes.unit_title(unit, low, high)),
        yaxis={**axes.rows_axis(labels), "showgrid": True, "gridcolor": theme.WASH},
        annotations=axes.right_column(beside_it),
    )

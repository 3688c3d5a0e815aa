"""Values with their intervals, row by row: communities, changes, one community beside the whole."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import interval_hover, value_hover, widest, wrap
from services.formats import NONE, fixed, number, signed
from services.i18n import _

_HOVERED = ("label", "value", "low", "high", "n")


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
    traces = [
        interval_dots(rows[rows["state"] == state], theme.state_mark(state), unit)
        for state in theme.STATES
        if (rows["state"] == state).any()
    ]
    layout = interval_layout(rows, unit, low, high, [say(value) for value in rows["value"]])
    if known:
        label = reference_label if reference == 0 else f"{reference_label} {fixed(reference)}"
        layout["shapes"] = [axes.reference_line(reference)]
        layout["annotations"].append(axes.over_the_plot(label, reference, low, high))
    return theme.to_json(traces, layout)


def beside(frame: pd.DataFrame, *, unit: str, from_zero: bool = False) -> str:
    """One community's value in every domain, and a tick where the whole subdistrict stands.

    The frame has label, code, value, low, high, n, state, reference, target; amounts begin at 0.
    """
    if frame.empty:
        return ""
    rows = theme.guarded(frame)
    low, high = axes.extent([*rows["low"], *rows["high"], *rows["value"], *rows["reference"]])
    low = min(low, -0.03 * high) if from_zero else low  # room for the half of a dot at 0
    whole = {
        "type": "scatter",
        "mode": "markers",
        "x": theme.plain(rows["reference"]),
        "y": list(rows.index),
        "marker": {"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": theme.SOFT}},
        "customdata": list(rows["target"]),
        "hovertext": [
            value_hover(label, _("全街道 {value}").format(value=fixed(value)), unit)
            for label, value in zip(rows["label"], rows["reference"], strict=True)
        ],
        "hoverinfo": "text",
    }
    own = [
        interval_dots(rows.loc[[row]], theme.state_mark(state, theme.domain_colour(code)), unit)
        for row, state, code in rows[["state", "code"]].itertuples()
        if state != "hidden"
    ]
    layout = interval_layout(rows, unit, low, high, [fixed(value) for value in rows["value"]])
    first = rows["reference"].iloc[0]
    if first == first:
        layout["annotations"].append(
            axes.over_the_plot(_("全街道 {value}").format(value=fixed(first)), first, low, high)
        )
    return theme.to_json([whole, *own], layout)


def interval_dots(rows: pd.DataFrame, mark: dict[str, Any], unit: str) -> dict[str, Any]:
    """Points with their interval bars; a published value has no interval and so no bar."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": theme.plain(rows["value"]),
        "y": list(rows.index),
        "marker": mark,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": theme.plain((rows["high"] - rows["value"]).fillna(0)),
            "arrayminus": theme.plain((rows["value"] - rows["low"]).fillna(0)),
            "color": mark["line"]["color"],
            "thickness": 2,
            "width": 0,
        },
        "customdata": list(rows["target"]),
        "hovertext": [
            interval_hover(*row, unit)
            for row in zip(*(rows[name] for name in _HOVERED), strict=True)
        ],
        "hoverinfo": "text",
    }


def interval_layout(
    rows: pd.DataFrame, unit: str, low: float, high: float, figures: list[str]
) -> dict[str, Any]:
    """The list's layout, with value and n in a column at the right."""
    labels = [wrap(label) for label in rows["label"]]
    texts = [
        _beside(figure, n, state)
        for figure, n, state in zip(figures, rows["n"], rows["state"], strict=True)
    ]
    return theme.base_layout(
        left=widest(labels) + 16,
        right=104,
        top=24,
        bottom=44,
        xaxis=axes.value_axis(low, high, axes.unit_title(unit, low, high)),
        yaxis={**axes.rows_axis(labels), "showgrid": True, "gridcolor": theme.WASH},
        annotations=axes.right_column(texts),
    )


def _beside(figure: str, n: float, state: str) -> str:
    """Value and n beside a row: grey where they are few, alone where it has no n or is hidden."""
    if figure == NONE or n != n:
        return figure
    grey = f"<span style='color:{theme.MUTED}'>"
    if state == "few":
        return f"{grey}{figure} n={number(n)}</span>"
    return f"<b>{figure}</b> {grey}n={number(n)}</span>"

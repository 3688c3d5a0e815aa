"""Counts laid end to end: a bar a row from 0, in parts that have a name each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.options import LEGEND
from services.charts.text import escape, widest, wrap
from services.formats import number
from services.i18n import _


def stacked_counts(frame: pd.DataFrame, *, unit: str) -> str:
    """A bar a row, in the order of the frame: row, part, part_label, side, value, target.

    Parts follow each other in the order of their first row. `side` (right for good, left for what
    is not) gives the colours; the count stands in each part, the row's whole count at its end.
    """
    if frame.empty:
        return ""
    rows = list(dict.fromkeys(frame["row"]))
    parts = frame.drop_duplicates("part")
    colours = theme.option_colours(dict(zip(parts["part"], parts["side"], strict=True)))
    labels = [wrap(label) for label in rows]
    whole = frame.groupby("row", sort=False)["value"].sum()
    traces = [
        _trace(frame[frame["part"] == part.part], part, rows, colours[part.part], unit)
        for part in parts.itertuples()
    ]
    layout = theme.base_layout(
        left=widest(labels) + 12,
        right=40,
        top=34,
        bottom=44,
        barmode="stack",
        bargap=0.3,
        showlegend=True,
        legend=LEGEND | {"traceorder": "normal"},
        uniformtext={"mode": "hide", "minsize": 10},
        xaxis=axes.value_axis(0, float(whole.max()) or 1.0, unit, whole=True),
        yaxis=axes.rows_axis(labels),
    )
    layout["annotations"] = axes.right_column([f"<b>{number(count)}</b>" for count in whole])
    return theme.to_json(traces, layout)


def _trace(
    counts: pd.DataFrame, part: Any, rows: list[str], colour: str, unit: str
) -> dict[str, Any]:
    name = escape(part.part_label)
    said = _("{part}：{count} {unit}")
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": theme.plain(counts["value"]),
        "y": [rows.index(row) for row in counts["row"]],
        "marker": {"color": colour, "line": {"color": theme.SURFACE, "width": 1}},
        "text": [number(count) if count else "" for count in counts["value"]],
        "textangle": 0,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "insidetextfont": {"color": theme.ink_on(colour)},
        "customdata": list(counts["target"]),
        "hovertext": [
            f"<b>{escape(row)}</b><br>" + said.format(part=name, count=number(count), unit=unit)
            for row, count in zip(counts["row"], counts["value"], strict=True)
        ],
        "hoverinfo": "text",
    }

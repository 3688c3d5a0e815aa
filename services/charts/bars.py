"""Amounts from 0: bars, dots, and how much of what was planned has been done."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import escape, value_hover, widest, wrap
from services.formats import fixed, number
from services.i18n import _

_TEXT = {"type": "scatter", "mode": "text", "textposition": "middle right", "cliponaxis": False}


def bars(frame: pd.DataFrame, *, unit: str, colour: str | None = None) -> str:
    """A bar a row from 0 with its text at the end; the frame has label, value, text, target.

    `colour` is a service domain's code, None for a chart over several domains.
    """
    if frame.empty:
        return ""
    trace = {
        "type": "bar",
        "orientation": "h",
        "width": 0.62,
        "x": theme.plain(frame["value"]),
        "y": list(range(len(frame))),
        "marker": {"color": theme.domain_colour(colour)},
        "text": list(frame["text"]),
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
        "customdata": list(frame["target"]),
        "hovertext": _hover(frame, unit),
        "hoverinfo": "text",
    }
    return theme.to_json([trace], _from_zero(frame, frame["value"], frame["text"], unit))


def dots(
    frame: pd.DataFrame,
    *,
    unit: str,
    reference: float | None = None,
    reference_label: str = "",
    least: float = 0.0,
) -> str:
    """A dot a row on a thin line from 0; the frame has label, value, text, state, target.

    The axis reaches to `least` at the least. State few is grey and open, hidden has no dot; a
    missing value says — beside its row.
    """
    if frame.empty:
        return ""
    rows = theme.guarded(frame)
    known = reference is not None and reference == reference
    values = [*rows["value"], least, *([reference] if known else [])]
    layout = _from_zero(rows, values, rows["text"], unit)
    layout["margin"]["t"] = 24
    layout["yaxis"] |= {"showgrid": True, "gridcolor": theme.WASH}
    layout["annotations"] = axes.right_column([f"<b>{text}</b>" for text in rows["text"]])
    traces = [
        _stems(rows[(rows["state"] == state) & rows["value"].notna()], state, unit)
        for state in theme.STATES
        if (rows["state"] == state).any()
    ]
    if known:
        low, high = layout["xaxis"]["range"]
        label = f"{reference_label} {fixed(reference)}"
        layout["shapes"] = [axes.reference_line(reference)]
        layout["annotations"].append(axes.over_the_plot(label, reference, low, high))
    return theme.to_json(traces, layout)


def planned_done(frame: pd.DataFrame) -> str:
    """What was planned as an outline, what was done filling it, both as text at the end.

    The frame has label, planned, done, target; both are occasions (次).
    """
    if frame.empty:
        return ""
    pairs = [
        (number(done), number(planned))
        for done, planned in zip(frame["done"], frame["planned"], strict=True)
    ]
    texts = [f" {done}/{planned}" for done, planned in pairs]
    ends = frame[["planned", "done"]].max(axis=1)
    shared = {"y": list(range(len(frame))), "hoverinfo": "skip"}
    bar = {**shared, "type": "bar", "orientation": "h"}
    outline = {
        **bar,
        "width": 0.66,
        "x": theme.plain(frame["planned"]),
        "marker": {"color": theme.SURFACE, "line": {"color": theme.MUTED, "width": 1}},
        "customdata": list(frame["target"]),
        "hovertext": [
            f"<b>{escape(label)}</b><br>"
            + _("已开展 {done} 次，应开展 {planned} 次").format(done=done, planned=planned)
            for label, (done, planned) in zip(frame["label"], pairs, strict=True)
        ],
        "hoverinfo": "text",
    }
    filling = {
        **bar,
        "width": 0.4,
        "x": theme.plain(frame["done"]),
        "marker": {"color": theme.PLAIN},
    }
    said = {**shared, **_TEXT, "x": theme.plain(ends), "text": texts}
    layout = _from_zero(frame, ends, texts, _("次（已开展/应开展）")) | {"barmode": "overlay"}
    return theme.to_json([outline, filling, said], layout)


def _stems(rows: pd.DataFrame, state: str, unit: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": theme.plain(rows["value"]),
        "y": list(rows.index),
        "marker": theme.state_mark(state),
        "cliponaxis": False,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [0] * len(rows),
            "arrayminus": theme.plain(rows["value"]),
            "color": theme.FAINT,
            "thickness": 1.5,
            "width": 0,
        },
        "customdata": list(rows["target"]),
        "hovertext": _hover(rows, unit),
        "hoverinfo": "text",
    }


def _hover(frame: pd.DataFrame, unit: str) -> list[str]:
    return [
        value_hover(label, text, unit)
        for label, text in zip(frame["label"], frame["text"], strict=True)
    ]


def _from_zero(frame: pd.DataFrame, values: Any, texts: Any, unit: str) -> dict[str, Any]:
    """A list's layout whose axis runs from 0 to the greatest value; texts stand in the margin."""
    labels = [wrap(label) for label in frame["label"]]
    known = pd.Series(values, dtype=float).dropna()
    most = float(known.max()) if (known > 0).any() else 1.0
    return theme.base_layout(
        left=widest(labels) + 12,
        right=widest(list(texts)) + 22,
        top=10,
        bottom=44,
        xaxis=axes.value_axis(0, most, unit, whole=bool((known % 1 == 0).all())),
        yaxis=axes.rows_axis(labels),
    )

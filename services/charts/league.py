"""Places in groups that can be told apart: inside a group the order says nothing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.intervals import interval_dots, interval_layout
from services.charts.text import em, escape, interval_hover, wrap
from services.formats import fixed
from services.i18n import _

_DRAWN = {"symbol": "diamond-open", "size": 11, "color": theme.PLAIN, "line": {"width": 2}}


def league(
    frame: pd.DataFrame, *, unit: str, reference: float | None = None, reference_label: str = ""
) -> str:
    """Rows in the order of the frame under the name of their group, with intervals.

    The frame has group, label, value, low, high, n, state, target, said (more words for who
    points at it) and drawn, drawn_low, drawn_high: the reference value of a row with few
    answers, a hollow diamond beside its own.
    """
    if frame.empty:
        return ""
    rows = _lines(theme.guarded(frame))
    heads = rows[rows["state"] == "head"]
    known = reference is not None and reference == reference
    spread = ["low", "high", "value", "drawn"]
    low, high = axes.extent(
        [*rows[spread].to_numpy(float).ravel(), *([reference] if known else [])]
    )
    layout = interval_layout(rows, unit, low, high, [fixed(value) for value in rows["value"]])
    _set_heads(layout, heads)
    if known:
        label = f"{reference_label} {fixed(reference)}"
        layout["shapes"].append(axes.reference_line(reference))
        layout["annotations"].append(axes.over_the_plot(label, reference, low, high))
    traces = [
        _dots(rows[rows["state"] == state], state, unit)
        for state in theme.STATES
        if (rows["state"] == state).any()
    ]
    return theme.to_json([*traces, *_references(rows, unit)], layout)


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a line for the head of every group before its first."""
    opening = rows["group"] != rows["group"].shift()
    heads = rows.loc[opening, ["group"]].assign(label="", state="head", target="", said="")
    heads.index = heads.index - 0.5
    return pd.concat([rows, heads]).sort_index().reset_index(drop=True)


def _set_heads(layout: dict[str, Any], heads: pd.DataFrame) -> None:
    """The name of a group over its rows, on a band across the whole figure."""
    left = layout["margin"]["l"]
    band = {"type": "rect", "xref": "paper", "yref": "y", "x0": -2, "x1": 3, "layer": "below"}
    layout["shapes"] = [
        {**band, "y0": line - 0.4, "y1": line + 0.4, "fillcolor": theme.WASH, "line": {"width": 0}}
        for line in heads.index
    ]
    for line, name in heads["group"].items():
        layout["annotations"][line] = axes.note(
            wrap(name, 30),
            0,
            line,
            yref="y",
            xanchor="left",
            xshift=-left + 4,
            align="left",
            font={"size": theme.SMALL, "color": theme.INK},
        )


def _dots(rows: pd.DataFrame, state: str, unit: str) -> dict[str, Any]:
    trace = interval_dots(rows, theme.state_mark(state), unit)
    more = [
        "".join(f"<br>{escape(line)}" for line in _broken(said)) if said else ""
        for said in rows["said"]
    ]
    hover = [first + rest for first, rest in zip(trace["hovertext"], more, strict=True)]
    return {**trace, "hovertext": hover}


def _broken(said: str) -> list[str]:
    return wrap(said, 24).split("<br>") if em(said) > 24 else [said]


def _references(rows: pd.DataFrame, unit: str) -> list[dict[str, Any]]:
    drawn = rows[rows["drawn"].notna()]
    if drawn.empty:
        return []
    figures = ("label", "drawn", "drawn_low", "drawn_high")
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": theme.plain(drawn["drawn"]),
            "y": list(drawn.index),
            "marker": _DRAWN,
            "customdata": list(drawn["target"]),
            "hovertext": [
                interval_hover(_("{name}，参考值").format(name=name), *values, float("nan"), unit)
                for name, *values in zip(*(drawn[name] for name in figures), strict=True)
            ],
            "hoverinfo": "text",
        }
    ]

"""Marks of dated notes on a chart over time: a dotted upright with a sign at its foot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.charts import axes, theme
from services.charts.text import escape

_CIRCLED = (*range(0x2460, 0x2474), *range(0x3251, 0x3260))  # ① to ⑳, ㉑ to ㉟


@dataclass(frozen=True)
class Mark:
    """`panel` is the series it stands in, `place` where on the x axis, `text` what it says."""

    panel: str
    place: float
    sign: str
    text: str


def sign(place: int) -> str:
    """What the first (0), second, … note is marked with: ①, ②, …"""
    return chr(_CIRCLED[place]) if place < len(_CIRCLED) else f"({place + 1})"


def with_marks(figure: str, marks: Sequence[Mark], panels: Sequence[str]) -> str:
    """The finished figure with the marks in it; what they say stands on hover.

    `panels` names the figure's panels (its pairs of axes) in their order.
    """
    if not (figure and marks):
        return figure
    drawn = json.loads(figure)
    layout = drawn["layout"]
    for mark in marks:
        number = list(panels).index(mark.panel)
        axis = str(number + 1) if number else ""
        place = {"xref": f"x{axis}", "yref": f"y{axis} domain"}
        layout["shapes"] = [*layout.get("shapes", ()), _upright(mark, place)]
        layout["annotations"] = [*layout.get("annotations", ()), _flag(mark, place)]
    return theme.to_json(drawn["data"], layout)


def _upright(mark: Mark, place: dict[str, str]) -> dict[str, Any]:
    return {
        **place,
        "type": "line",
        "x0": mark.place,
        "x1": mark.place,
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
        "layer": "below",
    }


def _flag(mark: Mark, place: dict[str, str]) -> dict[str, Any]:
    return axes.note(
        mark.sign,
        mark.place,
        0,  # values are written at the top
        **place,
        xanchor="center",
        yanchor="bottom",
        bgcolor=theme.SURFACE,
        borderpad=0,
        font={"size": theme.TEXT_SIZE, "color": theme.INK},
        hovertext=escape(mark.text),
    )

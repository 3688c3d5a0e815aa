"""Axes and the words around them: rows from top to bottom, values with unit, reference lines."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from services.charts.theme import GRID, INK, MUTED, SMALL
from services.formats import number, short
from services.i18n import _


def rows_axis(labels: list[str]) -> dict[str, Any]:
    """The y axis of a list: rows at 0, 1, 2 … from top to bottom, with wrapped labels.

    Fewer than four rows keep the height of four, so that a single bar is still a bar.
    """
    spare = max(4 - len(labels), 0) / 2
    return {
        "range": [len(labels) - 0.5 + spare, -0.5 - spare],
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": "rgba(0,0,0,0)",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def value_axis(
    low: float, high: float, title: str = "", *, whole: bool = False, count: int = 5
) -> dict[str, Any]:
    """An axis over the range, big ticks in 万 and 亿; `whole` values get whole ticks."""
    places = ticks(low, high, whole=whole, count=count)
    said = {"text": title, "font": {"size": SMALL, "color": MUTED}, "standoff": 6}
    return {
        "range": [round(low, 4), round(high, 4)],
        "tickmode": "array",
        "tickvals": places,
        "ticktext": tick_texts(places),
        "tickfont": {"size": SMALL, "color": MUTED},
        **({"title": said} if title else {}),
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
    }


def ticks(low: float, high: float, *, whole: bool = False, count: int = 5) -> list[float]:
    """Round values inside the range, at most `count` of them, a step of 1, 2 or 5 apart."""
    rough = (high - low) / max(count - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    step = max(step, 1.0) if whole else step
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(place * step, 6) for place in range(first, last + 1)]


def tick_texts(places: list[float]) -> list[str]:
    """One way of writing for all the ticks of an axis."""
    step = abs(places[1] - places[0]) if len(places) > 1 else 1.0
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return [short(place) if abs(place) >= 10_000 else number(place, digits) for place in places]


def extent(values: Iterable[float], share: float = 0.06) -> tuple[float, float]:
    """The range that holds all known values with some air at both ends."""
    known = [float(value) for value in values if value is not None and value == value]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    air = (high - low) * share or max(abs(high) * share, 1.0)
    return low - air, high + air


def unit_title(unit: str, low: float, high: float) -> str:
    """The unit, and that the axis is cut where its range leaves out 0."""
    if low <= 0 <= high:
        return unit
    return _("{unit}（坐标轴不从 0 开始）").format(unit=unit)


def note(text: str, x: float, y: float, **parts: Any) -> dict[str, Any]:
    """Words at a place of the plot, 0 to 1 from left to right and from bottom to top."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": SMALL, "color": MUTED},
        **parts,
    }


def right_column(texts: list[str]) -> list[dict[str, Any]]:
    """One text a row beside the plot."""
    return [
        note(
            text,
            1,
            row,
            yref="y",
            xanchor="left",
            xshift=10,
            align="left",
            font={"size": SMALL, "color": INK},
        )
        for row, text in enumerate(texts)
    ]


def reference_line(at: float) -> dict[str, Any]:
    """A dashed upright line."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": {"color": MUTED, "width": 1, "dash": "dash"},
        "layer": "between",
    }


def over_the_plot(text: str, at: float, low: float, high: float) -> dict[str, Any]:
    """Words above the plot over a value of the range, kept inside at both ends."""
    share = (at - low) / (high - low)
    anchor = "left" if share < 0.3 else "right" if share > 0.7 else "center"
    return note(text, at, 1, xref="x", xanchor=anchor, yanchor="bottom", yshift=2)

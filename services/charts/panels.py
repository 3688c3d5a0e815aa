"""Small multiples: one panel a series, three in a row, each under its own title."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import value_hover, wrap
from services.formats import number, short

_ACROSS = 3


def small_multiples(
    frame: pd.DataFrame, *, unit: str, kind: str = "bar", independent: bool = False
) -> str:
    """Panels in the order of the frame, which has series, code, period, value, target.

    `code` is a domain's and gives the colour. All panels share one scale from 0 unless
    `independent`; kind is bar or line.
    """
    if frame.empty:
        return ""
    groups = [(str(name), rows) for name, rows in frame.groupby("series", sort=False)]
    top = _top(frame)
    traces: list[dict[str, Any]] = []
    layout = theme.base_layout(left=44, right=8, top=42, bottom=40, annotations=[])
    for place, (name, rows) in enumerate(groups):
        number_of = str(place + 1) if place else ""
        across, down = _domains(place, len(groups), independent)
        traces.append(
            {
                **_trace(name, rows, unit, kind),
                "xaxis": f"x{number_of}",
                "yaxis": f"y{number_of}",
            }
        )
        layout[f"xaxis{number_of}"] = _period_axis(
            list(rows["period"]), across, f"y{number_of}", shown=place + _ACROSS >= len(groups)
        )
        layout[f"yaxis{number_of}"] = {
            **axes.value_axis(
                0,
                _top(rows) if independent else top,
                "",
                count=4,
                whole=bool((frame["value"] % 1 == 0).all()),
            ),
            "domain": down,
            "anchor": f"x{number_of}",
            "showticklabels": independent or place % _ACROSS == 0,
        }
        layout["annotations"].append(
            axes.note(
                f"<b>{wrap(name, 8)}</b> <span style='color:{theme.MUTED}'>{unit}</span>",
                across[0],
                down[1],
                xanchor="left",
                yanchor="bottom",
                yshift=4,
                align="left",
                font={"size": theme.TEXT_SIZE, "color": theme.INK},
            )
        )
    return theme.to_json(traces, layout)


def _trace(name: str, rows: pd.DataFrame, unit: str, kind: str) -> dict[str, Any]:
    """A panel's marks; few values are all written, of many only the greatest."""
    values = rows["value"].reset_index(drop=True)
    peak = values.idxmax() if values.notna().any() else -1
    texts = [
        short(value) if (len(values) <= 4 or place == peak) and value > 0 else ""
        for place, value in enumerate(values)
    ]
    shared = {
        "y": theme.plain(values),
        "text": texts,
        "cliponaxis": False,
        "textfont": {"size": 10, "color": theme.INK},
        "customdata": list(rows["target"]),
        "hovertext": [
            value_hover(f"{name} · {period}", number(value, 1), unit)
            for period, value in zip(rows["period"], values, strict=True)
        ],
        "hoverinfo": "text",
    }
    colour = theme.domain_colour(rows["code"].iloc[0])
    if kind == "line":
        return {
            **shared,
            "type": "scatter",
            "mode": "lines+markers+text",
            "textposition": "top center",
            "line": {"color": colour, "width": 2},
            "marker": {"size": 6},
        }
    return {
        **shared,
        "type": "bar",
        "marker": {"color": colour},
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
    }


def _top(frame: pd.DataFrame) -> float:
    """The upper end of a panel: room for the greatest value's text."""
    most = frame["value"].max()
    return float(most) * 1.18 if most > 0 else 1.0


def _domains(place: int, count: int, independent: bool) -> tuple[list[float], list[float]]:
    """Where a panel lies, across and up: shares of the plot. Own ticks need a wider gap."""
    rows = math.ceil(count / _ACROSS)
    gap = 0.12 if independent else 0.06
    wide = (1 - gap * (_ACROSS - 1)) / _ACROSS
    left = place % _ACROSS * (wide + gap)
    between = 0.5 / (rows + 1)
    tall = (1 - between * (rows - 1)) / rows
    top = 1 - place // _ACROSS * (tall + between)
    return [round(left, 4), round(left + wide, 4)], [round(top - tall, 4), round(top, 4)]


def _period_axis(
    periods: list[str], domain: list[float], anchor: str, *, shown: bool
) -> dict[str, Any]:
    """At most four labels; the year stands below the first and wherever it changes."""
    step = math.ceil(len(periods) / 4)
    places = list(range(0, len(periods), step))
    texts, before = [], ""
    for place in places:
        year, rest = _year_apart(periods[place])
        texts.append(rest + (f"<br>{year}" if year and year != before else ""))
        before = year
    return {
        "domain": domain,
        "anchor": anchor,
        "range": [-0.6, len(periods) - 0.4],
        "tickmode": "array",
        "tickvals": places,
        "ticktext": texts,
        "tickangle": 0,
        "tickfont": {"size": 10, "color": theme.MUTED},
        "showticklabels": shown,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.FAINT,
        "fixedrange": True,
    }


def _year_apart(period: str) -> tuple[str, str]:
    """2023年9月 as 2023年 and 9月, Sep 2023 as 2023 and Sep; a year alone has no rest to part."""
    found = re.fullmatch(r"(\d{4}年)(.+)|(.+) (\d{4})", period)
    if found is None:
        return "", period
    return found[1] or found[4], found[2] or found[3]

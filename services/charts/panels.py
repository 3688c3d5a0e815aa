"""Small multiples: one panel a series, three in a row, each under its own title."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import value_hover, wrap
from services.formats import number, short
from services.i18n import _

_LINE = 16  # px of one line of a title
SMALL_PRINT = {"size": 10, "color": theme.MUTED}


def small_multiples(frame: pd.DataFrame, *, unit: str, independent: bool = False) -> str:
    """Panels in the order of the frame, which has series, code, period, value, target.

    `code` is a domain's and gives the colour. All panels share one scale from 0 unless
    `independent`.
    """
    if frame.empty:
        return ""
    groups = [(str(name), rows) for name, rows in frame.groupby("series", sort=False)]
    titles = [wrap(name, title_room(len(groups))) for name, _rows in groups]
    head = _LINE * max(title.count("<br>") + 1 for title in titles) + 8
    grid = Grid(len(groups), head, independent)
    layout = theme.base_layout(left=44, right=28, top=head + _LINE + 4, bottom=44)
    unit_note = axes.note(
        _("单位：{unit}").format(unit=unit),
        0,
        1,
        xanchor="left",
        yanchor="bottom",
        xshift=-38,
        yshift=head,
    )
    places = map(grid.domains, range(grid.count))
    layout["annotations"] = [unit_note, *map(panel_title, titles, places)]
    whole = bool((frame["value"] % 1 == 0).all())
    traces = []
    for place, (name, rows) in enumerate(groups):
        suffix = str(place + 1) if place else ""
        across, down = grid.domains(place)
        most = rows["value"].max() if independent else frame["value"].max()
        periods = period_axis(list(rows["period"]), labelled=grid.lowest(place))
        amounts = _amount_axis(most, whole, labelled=independent or grid.leftmost(place))
        layout[f"xaxis{suffix}"] = {**periods, "domain": across, "anchor": f"y{suffix}"}
        layout[f"yaxis{suffix}"] = {**amounts, "domain": down, "anchor": f"x{suffix}"}
        marks = _trace(name, rows, unit)
        traces.append({**marks, "xaxis": f"x{suffix}", "yaxis": f"y{suffix}"})
    return theme.to_json(traces, layout)


def title_room(panels: int) -> int:
    """How many characters wide a panel's title may be where a phone is the narrowest screen."""
    return {1: 20, 2: 9}.get(panels, 7)


def panel_title(title: str, domains: tuple[list[float], list[float]]) -> dict[str, Any]:
    """A panel's title over its left edge."""
    (left, _right), (_bottom, top) = domains
    return axes.note(
        f"<b>{title}</b>",
        left,
        top,
        xanchor="left",
        yanchor="bottom",
        yshift=2,
        align="left",
        font={"size": theme.TEXT_SIZE, "color": theme.INK},
    )


class Grid:
    """Where panels lie, in shares of the plot: at most three across."""

    def __init__(self, count: int, head: int, independent: bool) -> None:
        self.count, self.columns = count, min(count, 3)
        self.rows = math.ceil(count / self.columns)
        self.gap = 0.12 if independent else 0.09  # for the ticks of neighbours, on a phone too
        # A card has about 110 px a row of panels; titles keep their px above each of them.
        self.between = (head + 8) / (110 * self.rows + 110)

    def lowest(self, place: int) -> bool:
        return place + self.columns >= self.count

    def leftmost(self, place: int) -> bool:
        return place % self.columns == 0

    def domains(self, place: int) -> tuple[list[float], list[float]]:
        """From left to right and from bottom to top."""
        wide = (1 - self.gap * (self.columns - 1)) / self.columns
        tall = (1 - self.between * (self.rows - 1)) / self.rows
        left = place % self.columns * (wide + self.gap)
        top = 1 - place // self.columns * (tall + self.between)
        return [round(left, 4), round(left + wide, 4)], [round(top - tall, 4), round(top, 4)]


def _trace(name: str, rows: pd.DataFrame, unit: str) -> dict[str, Any]:
    """A panel's bars; few values are all written, of many only the greatest."""
    values = rows["value"].reset_index(drop=True)
    peak = values.idxmax() if values.notna().any() else -1
    return {
        "type": "bar",
        "y": theme.plain(values),
        "cliponaxis": False,
        "text": [
            short(value) if (len(values) <= 4 or place == peak) and value > 0 else ""
            for place, value in enumerate(values)
        ],
        "textfont": {"size": 10, "color": theme.INK, "shadow": theme.HALO},
        "customdata": list(rows["target"]),
        "hovertext": [
            value_hover(f"{name} · {period}", number(value, 1), unit)
            for period, value in zip(rows["period"], values, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {"color": theme.domain_colour(rows["code"].iloc[0])},
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
    }


def _amount_axis(most: float, whole: bool, *, labelled: bool) -> dict[str, Any]:
    """From 0 to the greatest value, with room above it for its text and no tick there."""
    most = float(most) if most > 0 else 1.0
    axis = axes.value_axis(0, most * 0.92, whole=whole) | {
        "range": [0, round(most * 1.2, 4)],
        "tickfont": SMALL_PRINT,
    }
    return axis if labelled else _unlabelled(axis)


def period_axis(periods: list[str], *, labelled: bool) -> dict[str, Any]:
    """Up to three periods are named, of more the first, the middle and the last; the year stands
    below the first, and below the last if it is another."""
    last = len(periods) - 1
    air = round(0.6 + 0.03 * last, 2)  # a first bar's text keeps clear of the axis
    places = sorted({0, last // 2, last}) if last > 2 else list(range(last + 1))
    years, texts = zip(*(_year_apart(periods[place]) for place in places), strict=True)
    texts = [f"{texts[0]}<br>{years[0]}", *texts[1:]]
    if years[-1] != years[0]:
        texts[-1] += f"<br>{years[-1]}"
    axis = {
        "range": [-air, last + air],
        "tickmode": "array",
        "tickvals": places,
        "ticktext": texts,
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.FAINT,
        "tickfont": SMALL_PRINT,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.FAINT,
        "fixedrange": True,
    }
    return axis if labelled else _unlabelled(axis)


def _unlabelled(axis: dict[str, Any]) -> dict[str, Any]:
    words = ("ticktext", "tickfont", "tickangle", "ticks", "ticklen", "tickcolor")
    return {key: part for key, part in axis.items() if key not in words} | {"showticklabels": False}


def _year_apart(period: str) -> tuple[str, str]:
    """2023年9月 as 2023年 and 9月, Sep 2023 as 2023 and Sep; a year alone has no rest to part."""
    found = re.fullmatch(r"(\d{4}年)(.+)|(.+) (\d{4})", period)
    if found is None:
        return "", period
    return found[1] or found[4], found[2] or found[3]

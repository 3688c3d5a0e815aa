"""How closely a domain goes with overall satisfaction, against how it scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import em, escape, interval_hover
from services.formats import fixed
from services.i18n import _

# A phone's plot and a line of a name, in px: where names fit there, they fit everywhere.
_WIDE, _HIGH, _LINE = 290, 350, 14
Box = tuple[float, float, float, float]  # left, bottom, right, top


def importance_performance(
    frame: pd.DataFrame, *, unit: str, equal: float, overall: float | None = None
) -> str:
    """A point a domain with error bars both ways.

    The frame has label, code, share, share_low, share_high (per cent of what the domains explain),
    value, low, high, n, state, target. Lines part the plot at an equal share and at the overall
    score. A domain without a shown score is left out.
    """
    rows = theme.guarded(frame)
    rows = rows[rows["value"].notna()]
    if rows.empty:
        return ""
    middle = overall if overall == overall else None
    left, right = axes.extent([*rows["share_low"], *rows["share_high"], equal], 0.08)
    low, high = axes.extent(
        [*rows["low"], *rows["high"], *rows["value"], *([] if middle is None else [middle])], 0.16
    )
    across, up = (max(left, 0.0), right), (low, high)
    layout = theme.base_layout(
        left=44,
        right=16,
        top=34,
        bottom=48,
        xaxis=axes.value_axis(*across, _("关系密切程度（%，各领域合计 100%）")),
        yaxis=axes.value_axis(*up),
        shapes=[axes.reference_line(equal), *([] if middle is None else [_across(middle)])],
        annotations=[_unit(unit, low, high), _corner(), *_names(rows, across, up)],
    )
    return theme.to_json([_point(row, unit) for row in rows.itertuples()], layout)


def _unit(unit: str, low: float, high: float) -> dict[str, Any]:
    title = axes.unit_title(unit, low, high)
    return axes.note(title, 0, 1, xanchor="left", yanchor="bottom", xshift=-36, yshift=10)


def _corner() -> dict[str, Any]:
    """What lies low and to the right goes closely with the whole and scores less well."""
    return axes.note(_("优先关注"), 1, 0, xanchor="right", yanchor="bottom", xshift=-4, yshift=4)


def _across(at: float) -> dict[str, Any]:
    upright = axes.reference_line(at)
    return {**upright, "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": at, "y1": at}


def _names(
    rows: pd.DataFrame, across: tuple[float, float], up: tuple[float, float]
) -> Iterator[dict[str, Any]]:
    """Each domain's name beside its point, at the corner where it is least in the way."""
    points = [
        (_pixels(row.share, across, _WIDE), _pixels(row.value, up, _HIGH))
        for row in rows.itertuples()
    ]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in points]
    for row, (x, y) in zip(rows.itertuples(), points, strict=True):
        taken += _bars(row, x, y, across, up)
    for row, (x, y) in zip(rows.itertuples(), points, strict=True):
        wide = em(row.label) * theme.SMALL
        corners = {
            (side, level): _box(x, y, wide, side, level)
            for level in ("bottom", "top")
            for side in ("left", "right")
        }
        anchor = min(corners, key=lambda corner: _in_the_way(corners[corner], taken))
        taken.append(corners[anchor])
        yield _name(row, *anchor)


def _bars(
    row: Any, x: float, y: float, across: tuple[float, float], up: tuple[float, float]
) -> Iterator[Box]:
    """Where the error bars of a point lie."""
    left, right = (_pixels(end, across, _WIDE) for end in (row.share_low, row.share_high))
    yield left, y - 2, right, y + 2
    if row.low == row.low and row.high == row.high:
        yield x - 2, _pixels(row.low, up, _HIGH), x + 2, _pixels(row.high, up, _HIGH)


def _pixels(value: float, ends: tuple[float, float], size: int) -> float:
    return (value - ends[0]) / (ends[1] - ends[0]) * size


def _box(x: float, y: float, wide: float, side: str, level: str) -> Box:
    """Where a name lies whose `side` and `level` (anchors) touch the point."""
    left = x + 7 if side == "left" else x - 7 - wide
    bottom = y + 3 if level == "bottom" else y - 3 - _LINE
    return left, bottom, left + wide, bottom + _LINE


def _in_the_way(box: Box, taken: list[Box]) -> float:
    """How much of the box is outside the plot or on something else, in square px."""
    inside = _shared(box, (0, 0, _WIDE, _HIGH))
    outside = (box[2] - box[0]) * (box[3] - box[1]) - inside
    return outside + sum(_shared(box, other) for other in taken)


def _shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0.0) * max(high, 0.0)


def _name(row: Any, side: str, level: str) -> dict[str, Any]:
    return axes.note(
        escape(row.label),
        round(row.share, 4),
        round(row.value, 4),
        xref="x",
        yref="y",
        xanchor=side,
        yanchor=level,
        xshift=7 if side == "left" else -7,
        yshift=3 if level == "bottom" else -3,
        # Its point has the domain's colour; some of these are too pale for words.
        font={"size": theme.SMALL, "color": theme.INK, "shadow": theme.HALO},
    )


def _point(row: Any, unit: str) -> dict[str, Any]:
    """One trace a domain: its bars have its colour."""
    colour = theme.SOFT if row.state == "few" else theme.domain_colour(row.code)
    bars = {"type": "data", "symmetric": False, "color": colour, "thickness": 1.5, "width": 0}
    said = _("关系密切程度 {share}%（可信范围 {low}–{high}）").format(
        share=fixed(row.share, 0), low=fixed(row.share_low, 0), high=fixed(row.share_high, 0)
    )
    hover = interval_hover(row.label, row.value, row.low, row.high, row.n, unit)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": theme.plain([row.share]),
        "y": theme.plain([row.value]),
        "marker": theme.state_mark("few" if row.state == "few" else "ok", colour),
        "error_x": {
            **bars,
            "array": theme.plain([row.share_high - row.share]),
            "arrayminus": theme.plain([row.share - row.share_low]),
        },
        "error_y": {
            **bars,
            "array": theme.plain(pd.Series([row.high - row.value]).fillna(0)),
            "arrayminus": theme.plain(pd.Series([row.value - row.low]).fillna(0)),
        },
        "customdata": [row.target],
        "hovertext": [f"{hover}<br>{said}"],
        "hoverinfo": "text",
    }

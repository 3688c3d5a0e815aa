"""One subject over the survey waves; the line breaks where waves may not be compared."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import interval_hover, without_common_end, wrap
from services.formats import NONE, fixed, number
from services.i18n import _


def wave_line(frame: pd.DataFrame, *, unit: str, target: float | None = None) -> str:
    """Waves from left to right; the frame has wave, label, value, low, high, n, joined, target.

    A wave that is not `joined` to the one before starts a new line. `target` is a value to reach.
    """
    if frame.empty:
        return ""
    waves = frame.reset_index(drop=True)
    low, high = axes.extent(
        [*waves["low"], *waves["high"], *waves["value"], *([] if target is None else [target])], 0.1
    )
    above = waves["high"].fillna(waves["value"]) + (high - low) * 0.02
    figures = {
        "type": "scatter",
        "mode": "text",
        "x": list(waves.index),
        "y": theme.plain(above),
        "text": [f"<b>{fixed(value)}</b>" for value in waves["value"]],
        "textposition": "top center",
        "textfont": {"shadow": theme.HALO},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    title, names = axes.unit_title(unit, low, high), _names(waves)
    layout = theme.base_layout(
        left=44,
        right=16,
        top=34,
        bottom=14 + 15 * max(name.count("<br>") + 1 for name in names),
        xaxis=_wave_axis(names),
        yaxis=axes.value_axis(low, high),
        shapes=_breaks(waves),
        annotations=[
            axes.note(title, 0, 1, xanchor="left", yanchor="bottom", xshift=-36, yshift=10)
        ],
    )
    if target is not None:
        _add_target(layout, target)
    return theme.to_json([_line(waves, unit), figures], layout)


def _line(waves: pd.DataFrame, unit: str) -> dict[str, Any]:
    """Points, bars and lines as one trace; an empty point before a wave breaks the line."""
    order: list[int | None] = []
    for place, joined in enumerate(waves["joined"]):
        order += [place] if joined or not place else [None, place]
    taken = waves.reindex([-1 if place is None else place for place in order])
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "connectgaps": False,
        "x": order,
        "y": theme.plain(taken["value"]),
        "line": {"color": theme.PLAIN, "width": 2},
        "marker": {"color": theme.PLAIN, "size": 9},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": theme.plain((taken["high"] - taken["value"]).fillna(0)),
            "arrayminus": theme.plain((taken["value"] - taken["low"]).fillna(0)),
            "color": theme.PLAIN,
            "thickness": 1.5,
            "width": 4,
        },
        "customdata": [None if place is None else waves.at[place, "target"] for place in order],
        "hovertext": [
            ""
            if place is None
            else interval_hover(*waves.loc[place, ["label", "value", "low", "high", "n"]], unit)
            for place in order
        ],
        "hoverinfo": "text",
    }


def _names(waves: pd.DataFrame) -> list[str]:
    """What tells the waves apart, with n below, in lines as narrow as their number asks for."""
    room = 8 if len(waves) <= 3 else 5 if len(waves) <= 5 else 3.2
    grey = f"<br><span style='color:{theme.MUTED}'>"
    return [
        f"{wrap(label, room)}{grey}{f'n={number(n)}' if n == n else NONE}</span>"
        for label, n in zip(without_common_end(list(waves["label"])), waves["n"], strict=True)
    ]


def _wave_axis(names: list[str]) -> dict[str, Any]:
    return {
        "range": [-0.5, len(names) - 0.5],
        "tickmode": "array",
        "tickangle": 0,
        "tickvals": list(range(len(names))),
        "ticktext": names,
        "tickfont": {"size": theme.SMALL},
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.FAINT,
        "fixedrange": True,
    }


def _breaks(waves: pd.DataFrame) -> list[dict[str, Any]]:
    """A dotted upright where one series of waves ends and another begins."""
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": place - 0.5,
            "x1": place - 0.5,
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.FAINT, "width": 1, "dash": "dot"},
        }
        for place, joined in enumerate(waves["joined"])
        if place and not joined
    ]


def _add_target(layout: dict[str, Any], target: float) -> None:
    layout["shapes"].append(
        {
            "type": "line",
            "xref": "paper",
            "yref": "y",
            "x0": 0,
            "x1": 1,
            "y0": target,
            "y1": target,
            "line": {"color": theme.MUTED, "width": 1, "dash": "dash"},
            "layer": "between",
        }
    )
    layout["annotations"].append(
        axes.note(
            wrap(_("目标 {value}").format(value=fixed(target)), 4),
            1,
            target,
            yref="y",
            xanchor="left",
            xshift=3,
            align="left",
        )
    )
    layout["margin"]["r"] = 46

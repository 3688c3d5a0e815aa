"""How people answered: satisfied to the right, dissatisfied to the left, 不了解 apart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import escape, widest, wrap
from services.formats import fixed, number
from services.i18n import _

LEGEND = {
    "orientation": "h",
    "xref": "container",
    "x": 0,
    "xanchor": "left",
    "yref": "container",
    "y": 1,
    "yanchor": "top",
    "itemclick": False,
    "itemdoubleclick": False,
    "font": {"size": theme.SMALL},
}


def diverging_options(frame: pd.DataFrame, *, unit: str = "%") -> str:
    """A bar a row, in the order of the frame: row, option, option_label, position, side, share,
    count, target.

    `side` is left, right or apart; `position` the option's place on the scale, best first;
    `share` is of all answers, so the whole row adds up to 100. Options apart stand in a column
    of their own on the same scale.
    """
    if frame.empty:
        return ""
    rows = list(dict.fromkeys(frame["row"]))
    labels = [wrap(label) for label in rows]
    options = frame.drop_duplicates("option").sort_values("position", kind="stable")
    colours = theme.option_colours(dict(zip(options["option"], options["side"], strict=True)))
    traces = [
        _trace(frame[frame["option"] == option.option], option, rows, colours[option.option], unit)
        for option in _outwards(options).itertuples()
    ]
    return theme.to_json(
        traces,
        theme.base_layout(
            left=widest(labels) + 12,
            right=30,
            top=34,
            bottom=44,
            barmode="relative",
            bargap=0.3,
            showlegend=True,
            legend=LEGEND,
            uniformtext={"mode": "hide", "minsize": 10},
            yaxis=axes.rows_axis(labels),
            **_axes(frame, options, unit),
        ),
    )


def _outwards(options: pd.DataFrame) -> pd.DataFrame:
    """In the order in which bars are laid: from the middle outwards on both sides."""
    right = options[options["side"] == "right"].iloc[::-1]
    return pd.concat(
        [right, options[options["side"] == "left"], options[options["side"] == "apart"]]
    )


def _trace(
    answers: pd.DataFrame, option: Any, rows: list[str], colour: str, unit: str
) -> dict[str, Any]:
    name, apart = escape(option.option_label), option.side == "apart"
    # The legend reads as the bars do, from left to right.
    rank = {"left": 100, "right": 200, "apart": 300}[option.side] - option.position
    inside = {
        "textposition": "inside",
        "insidetextanchor": "middle",
        "insidetextfont": {"color": theme.ink_on(colour)},
    }
    outside = {"textposition": "outside", "cliponaxis": False, "xaxis": "x2"}
    said = _("{option}：{share}{unit}，{count} 份")
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "legendrank": rank,
        "x": theme.plain(-answers["share"] if option.side == "left" else answers["share"]),
        "y": [rows.index(row) for row in answers["row"]],
        "marker": {"color": colour, "line": {"color": theme.SURFACE, "width": 1}},
        "text": [fixed(share, 0) for share in answers["share"]],
        "textangle": 0,
        **(outside if apart else inside),
        "customdata": list(answers["target"]),
        "hovertext": [
            f"<b>{escape(row)}</b><br>"
            + said.format(option=name, share=fixed(share), unit=unit, count=number(count))
            for row, share, count in zip(
                answers["row"], answers["share"], answers["count"], strict=True
            )
        ],
        "hoverinfo": "text",
    }


def _axes(frame: pd.DataFrame, options: pd.DataFrame, unit: str) -> dict[str, Any]:
    """Both columns at the same length a percentage point, whatever the width of the card."""
    ends = frame.groupby(["row", "side"])["share"].sum().groupby("side").max()
    left, right = float(ends.get("left", 0.0)), float(ends.get("right", 0.0))
    apart = options.loc[options["side"] == "apart", "option_label"]
    if apart.empty:
        return {"xaxis": _axis(-left, right or 1.0, unit, [0, 1])}
    column, gap = max(float(ends["apart"]), 10.0), 6.0
    whole = left + right + gap + column
    edge = round((left + right) / whole, 4)
    return {
        "xaxis": _axis(-left, right or 1.0, unit, [0, edge]),
        "xaxis2": _axis(0, column, f"{apart.iloc[0]} {unit}", [round(edge + gap / whole, 4), 1]),
    }


def _axis(low: float, high: float, title: str, domain: list[float]) -> dict[str, Any]:
    axis = axes.value_axis(low, high, title, count=5 if low < 0 else 2)
    return {
        **axis,
        "domain": domain,
        "zeroline": True,
        "zerolinecolor": theme.MUTED,
        "ticktext": axes.tick_texts([abs(place) for place in axis["tickvals"]]),
    }

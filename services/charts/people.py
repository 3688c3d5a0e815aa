"""Who answered beside who lives there: shares as bars, the register as a tick."""

from __future__ import annotations

from typing import Any

import pandas as pd

from services.charts import axes, theme
from services.charts.text import escape, widest, wrap
from services.formats import NONE, fixed, number
from services.i18n import _


def against_register(frame: pd.DataFrame, *, unit: str = "%") -> str:
    """A row a group: label, value (share of answers), n, reference (share of residents), state.

    Shares in per cent; a reference may be missing; a hidden row says — and has no bar.
    """
    if frame.empty:
        return ""
    rows = theme.guarded(frame)
    labels = [wrap(label) for label in rows["label"]]
    known = pd.concat([rows["value"], rows["reference"]]).dropna()
    most = float(known.max()) if len(known) else 1.0
    layout = theme.base_layout(
        left=widest(labels) + 12,
        right=104,
        top=24,
        bottom=44,
        xaxis=axes.value_axis(0, most * 1.02, unit),
        yaxis=axes.rows_axis(labels),
        annotations=axes.right_column(
            [_beside(value, n) for value, n in zip(rows["value"], rows["n"], strict=True)]
        ),
    )
    if rows["reference"].notna().any():
        layout["annotations"].append(
            axes.note(_("竖线为登记人口"), 0, 1, xanchor="left", yanchor="bottom", yshift=4)
        )
    return theme.to_json([_bars(rows, unit), _ticks(rows, unit)], layout)


def _beside(value: float, n: float) -> str:
    if value != value:
        return NONE
    grey = f"<span style='color:{theme.MUTED}'>"
    return f"<b>{fixed(value, 0)}%</b> {grey}n={number(n)}</span>"


def _bars(rows: pd.DataFrame, unit: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "width": 0.56,
        "x": theme.plain(rows["value"]),
        "y": list(rows.index),
        "marker": {"color": theme.FAINT},
        "customdata": list(rows["target"]),
        "hovertext": [
            f"<b>{escape(label)}</b><br>"
            + _("占答卷 {share}{unit}，{n} 份").format(share=fixed(value), unit=unit, n=number(n))
            for label, value, n in zip(rows["label"], rows["value"], rows["n"], strict=True)
        ],
        "hoverinfo": "text",
    }


def _ticks(rows: pd.DataFrame, unit: str) -> dict[str, Any]:
    known = rows[rows["reference"].notna()]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": theme.plain(known["reference"]),
        "y": list(known.index),
        "marker": {"symbol": "line-ns", "size": 24, "line": {"width": 3, "color": theme.INK}},
        "hovertext": [
            f"<b>{escape(label)}</b><br>"
            + _("占登记人口 {share}{unit}").format(share=fixed(share), unit=unit)
            for label, share in zip(known["label"], known["reference"], strict=True)
        ],
        "hoverinfo": "text",
    }

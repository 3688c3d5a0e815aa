"""The heat map: a number in every cell, and no number where there are too few answers."""

from __future__ import annotations

import pandas as pd

from services.charts import axes, theme
from services.charts.text import em, value_hover, widest, wrap
from services.i18n import _

_PALE, _STRONG = "#eef4fb", "#86b3e0"  # dark figures stay readable on both


def heat_map(
    frame: pd.DataFrame,
    *,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    scrolled: bool = False,
) -> str:
    """Rows × columns in the order of the frame, which has row, column, value, text, state, target.

    Cells run from pale at `low` to strong at `high` (default: least and greatest value in state
    ok). Cells in state few are grey, those in state hidden are hatched and say —.

    scrolled: a narrow screen shows its right end first, so the rows are named there too.
    """
    if frame.empty:
        return ""
    cells = theme.guarded(frame)
    rows, columns = list(dict.fromkeys(cells["row"])), _columns(cells)
    trusted = cells.loc[cells["state"] == "ok", "value"]
    low = trusted.min() if low is None else low
    high = trusted.max() if high is None else high
    return theme.to_json(
        [_cells(cells, rows, columns, unit) | {"marker": _fill(cells, low, high)}],
        _layout(rows, columns, _key(cells, unit), scrolled),
    )


def _cells(
    cells: pd.DataFrame, rows: list[str], columns: list[str], unit: str
) -> dict[str, object]:
    """A bar of length 1 for every cell: only a bar can be hatched."""
    return {
        "type": "bar",
        "orientation": "h",
        "width": 1,
        "base": [columns.index(name) - 0.5 for name in cells["column"]],
        "x": [1] * len(cells),
        "y": [rows.index(name) for name in cells["row"]],
        "text": list(cells["text"]),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {
            "size": theme.TEXT_SIZE,
            "color": [theme.INK if state == "ok" else theme.MUTED for state in cells["state"]],
        },
        "customdata": list(cells["target"]),
        "hovertext": [
            value_hover(f"{row} · {column}", text, unit)
            for row, column, text in zip(cells["row"], cells["column"], cells["text"], strict=True)
        ],
        "hoverinfo": "text",
    }


def _layout(rows: list[str], columns: list[str], key: str, scrolled: bool) -> dict[str, object]:
    """Columns named above in two lines; where a card is too narrow, plotly turns them upright."""
    labels = [wrap(label) for label in rows]
    heads = [wrap(label, max(3, *(em(name) / 1.8 for name in columns))) for label in columns]
    left = widest(labels)
    key_note = axes.note(key, 0, 0, xanchor="left", yanchor="top", xshift=-left, yshift=-6)
    return theme.base_layout(
        left=left + 12,
        right=left + 12 if scrolled else 6,
        top=10 + 16 * max(head.count("<br>") + 1 for head in heads),
        bottom=26,
        barmode="overlay",
        xaxis={
            "side": "top",
            "range": [-0.5, len(columns) - 0.5],
            "tickmode": "array",
            "tickvals": list(range(len(columns))),
            "ticktext": heads,
            "automargin": True,
            "autotickangles": [0, 90],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis=axes.rows_axis(labels),
        annotations=[key_note, *(axes.right_column(labels) if scrolled else ())],
    )


def _columns(cells: pd.DataFrame) -> list[str]:
    """The columns as the fullest row has them: another row may lack one in the middle."""
    fullest = cells[cells["row"] == cells["row"].mode()[0]]
    return list(dict.fromkeys([*fullest["column"], *cells["column"]]))


def _fill(cells: pd.DataFrame, low: float, high: float) -> dict[str, object]:
    share = ((cells["value"] - low) / ((high - low) or 1.0)).clip(0, 1)
    return {
        "color": [
            theme.blend(_PALE, _STRONG, part) if state == "ok" else theme.WASH
            for part, state in zip(share, cells["state"], strict=True)
        ],
        "line": {"color": theme.SURFACE, "width": 2},
        "pattern": {
            "shape": ["/" if state == "hidden" else "" for state in cells["state"]],
            "bgcolor": theme.WASH,
            "fgcolor": theme.SOFT,
            "size": 6,
            "solidity": 0.2,
        },
    }


def _key(cells: pd.DataFrame, unit: str) -> str:
    said = _("单位：{unit}").format(unit=unit)
    if (cells["state"] == "hidden").any():
        said += _("；斜线格：样本不足，不予显示")
    return said

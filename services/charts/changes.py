"""How much more or less than before, row by row, in per cent."""

from __future__ import annotations

import pandas as pd

from services.charts import axes, theme
from services.charts.text import value_hover, widest, wrap
from services.formats import NONE, signed
from services.i18n import _

MOST_CHANGE = 100.0  # per cent: nothing falls by more, and what grew by more than that is cut there
_ENDS = (10.0, 25.0, 50.0)  # of the axis, where all changes are smaller


def relative_changes(frame: pd.DataFrame) -> str:
    """A bar a row, to the right of 0 for more and to the left for less, the figure beside it.

    The frame has label, code (a domain's, for the colour), value (per cent, NaN against nothing)
    and target.
    """
    if frame.empty:
        return ""
    figures = [signed(value) for value in frame["value"]]
    texts = [text if text == NONE else f"{text}%" for text in figures]
    greatest = frame["value"].abs().max()
    most = next((end for end in _ENDS if greatest <= end), MOST_CHANGE)
    labels = [wrap(label) for label in frame["label"]]
    bars = {
        "type": "bar",
        "orientation": "h",
        "width": 0.62,
        "x": theme.plain(frame["value"].clip(upper=most)),
        "y": list(range(len(frame))),
        "marker": {"color": [theme.domain_colour(code) for code in frame["code"]]},
        "customdata": list(frame["target"]),
        "hovertext": [
            value_hover(label, text, "%")
            for label, text in zip(frame["label"], figures, strict=True)
        ],
        "hoverinfo": "text",
    }
    layout = theme.base_layout(
        left=widest(labels) + 12,
        right=widest(texts) + 22,
        top=24,
        bottom=44,
        xaxis=axes.value_axis(-most, most, "%"),
        yaxis=axes.rows_axis(labels),
        annotations=axes.right_column([f"<b>{text}</b>" for text in texts]),
        shapes=[axes.reference_line(0)],
    )
    layout["annotations"].append(axes.over_the_plot(_("持平"), 0, -most, most))
    return theme.to_json([bars], layout)

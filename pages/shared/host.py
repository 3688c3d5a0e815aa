"""Draws the tiles and charts of a section, all in one component, and tells what was clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.shared.assets import asset_url
from services.charts.cards import Card, Tile
from services.charts.theme import DOMAIN_COLOURS
from services.i18n import _

# The code itself is a file that browsers keep; a message to the browser carries only its address.
_component = st.components.v2.component(
    "minyi_chart_host",
    js=f"""
    const host = import(new URL("{asset_url("host.js")}", location.origin));
    export default async (component) => (await host).default(component);
    """,
    isolate_styles=False,
)


def chart_host(cards: Sequence[Card], key: str, *, notes: bool = False) -> str | None:
    """Show the cards; the target that was clicked in this run, e.g. "community:c03", else None.

    key: the section's own name on its page. notes: charts over time offer their notes
    ("note:<chart>"). Tiles stand above charts. A chart whose figure is
    the same text as before is not drawn again.
    """
    data = {
        "cards": [_payload(card) for card in cards],
        "labels": {
            "table": _("表格"),
            "chart": _("图形"),
            "csv": _("下载数据（CSV）"),
            "png": _("下载图片（PNG）"),
            "note": _("注记") if notes else "",
            "failed": _("图形未能显示，请看表格，或刷新页面再试。"),
        },
        "assets": {"plotly": asset_url("plotly-cartesian.min.js"), "style": asset_url("host.css")},
    }
    clicked = _component(data=data, key=key, on_target_change=lambda: None).target
    return clicked if isinstance(clicked, str) else None


def _payload(card: Card) -> dict[str, Any]:
    """The card as the browser's code reads it."""
    if isinstance(card, Tile):
        return vars(card) | {"kind": "tile", "hue": DOMAIN_COLOURS.get(card.domain, "")}
    rows = [[_short(value) for value in row] for row in card.table.rows]
    return vars(card) | {"kind": "chart", "table": {"columns": card.table.columns, "rows": rows}}


def _short(value: str | int | float | None) -> str | int | float | None:
    """A number without decimals nobody reads: 85.36; a small one as precise as a share: 0.0127."""
    return round(value, 2 if abs(value) >= 1 else 4) if isinstance(value, float) else value

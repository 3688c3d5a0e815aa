"""A page of a meeting as it will look on the screen, beside its words."""

from __future__ import annotations

import streamlit as st

from pages.shared.assets import asset_url

_component = st.components.v2.component(
    "minyi_slide_preview",
    js=f"""
    const preview = import(new URL("{asset_url("preview.js")}", location.origin));
    export default async (component) => (await preview).default(component);
    """,
    isolate_styles=False,
)


def slide_preview(html: str, key: str) -> None:
    """Show the slides, 16:9, one below the other, as wide as there is room."""
    urls = {"style": asset_url("slides.css"), "plotly": asset_url("plotly-cartesian.min.js")}
    _component(data={"html": html, **urls}, key=key)

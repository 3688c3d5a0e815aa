"""Streamlit's built-in English texts, said in the page's language."""

from __future__ import annotations

import streamlit as st

from pages.shared.assets import asset_url

_component = st.components.v2.component(
    "minyi_phrases",
    js=f"""
    const phrases = import(new URL("{asset_url("phrases.js")}", location.origin));
    export default async (component) => (await phrases).default(component);
    """,
    isolate_styles=False,
)


def translate_phrases(language: str) -> None:
    """Once a run: Streamlit's own words in Chinese (zh) or as they are (en), and <html lang>."""
    _component(data={"language": language}, key="phrases", height=1)

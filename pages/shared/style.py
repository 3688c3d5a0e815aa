"""The look of the pages beyond what Streamlit's own theme can set."""

from __future__ import annotations

import streamlit as st

from pages.shared.assets import asset_url, assets


def apply_style() -> None:
    """Add the style sheet to the page; it takes no room in it."""
    fonts = f'@import url("{asset_url("fonts.css")}");'
    # In the page itself rather than behind a link, so that nothing is drawn unstyled at first.
    st.html(f"<style>{fonts}\n{assets()['page.css'].content.decode()}</style>")

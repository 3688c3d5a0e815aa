"""The look of the pages beyond what Streamlit's own theme can set."""

from __future__ import annotations

import streamlit as st

from pages.shared.assets import asset_url, assets
from services.i18n import language

# In a Chinese font “ and ” are as wide as a character: in English they come from another, which
# the theme names first (.streamlit/config.toml) and which in Chinese does not exist.
_ENGLISH_QUOTES = """
@font-face {
  font-family: "Minyi Quotes";
  src: local("Arial"), local("Helvetica"), local("Liberation Sans"), local("DejaVu Sans");
  unicode-range: U+2018-201D;
}
"""


def apply_style() -> None:
    """Add the style sheet to the page; it takes no room in it."""
    fonts = f'@import url("{asset_url("fonts.css")}");'
    fonts += _ENGLISH_QUOTES if language() == "en" else ""
    # In the page itself rather than behind a link, so that nothing is drawn unstyled at first.
    st.html(f"<style>{fonts}\n{assets()['page.css'].content.decode()}</style>")

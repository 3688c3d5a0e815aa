"""Fields and widths that the forms of several sections share."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

WIDTH = 640  # pixels at most: one column to read and fill down, on a desk as on a phone


def a_day(
    token: str, name: str, label: str, value: date | None, beside: dict[str, DeltaGenerator]
) -> date | None:
    """A day without bounds, which the service has: outside of bounds the field would show what was
    typed and send another day."""
    day = st.date_input(
        label,
        value,
        min_value=date.min,
        max_value=date.max,
        format="YYYY-MM-DD",
        key=f"{token}-{name}",
    )
    beside[name] = st.empty()
    return day if isinstance(day, date) else None

"""Fields and widths that the forms of several sections share."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

WIDTH = 640  # pixels at most: one column to read and fill down, on a desk as on a phone


Beside = dict[str, DeltaGenerator]  # field → the place where it is said what it is refused for


def a_line(
    token: str, name: str, label: str, value: str, beside: Beside, place: Any = st, **more: Any
) -> str:
    """A line of text."""
    text = place.text_input(label, value, key=f"{token}-{name}", autocomplete="off", **more)
    beside[name] = place.empty()
    return text


def a_day(
    token: str, name: str, label: str, value: date | None, beside: Beside, place: Any = st
) -> date | None:
    """A day without bounds, which the service has: outside of bounds the field would show what was
    typed and send another day."""
    day = place.date_input(
        label,
        value,
        min_value=date.min,
        max_value=date.max,
        format="YYYY-MM-DD",
        key=f"{token}-{name}",
    )
    beside[name] = place.empty()
    return day if isinstance(day, date) else None

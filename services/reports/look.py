"""How slides and printed material look: colours of tones and pages, what a number is printed as."""

from __future__ import annotations

from services.charts.theme import CONCERN, DOMAIN_COLOURS, IMPROVED, INK, MUTED
from services.formats import NONE, number
from services.meetings.content import Content
from services.settings import Look

__all__ = ["TONES", "Look", "cell_text", "colour_of"]

TONES = {"improved": IMPROVED, "concern": CONCERN, "muted": MUTED, "neutral": INK}


def colour_of(content: Content, look: Look) -> str:
    """A domain's page has the domain's hue, others the office's colour."""
    return DOMAIN_COLOURS.get(content.subject, look.accent)


def cell_text(value: str | int | float | None) -> str:
    """A table's cell as it is printed."""
    if value is None:
        return NONE
    return value if isinstance(value, str) else number(value, 1)

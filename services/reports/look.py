"""How printed material looks: the office's colour and font, sizes, what a number is printed as."""

from __future__ import annotations

from dataclasses import dataclass

from services.charts.theme import CONCERN, DOMAIN_COLOURS, IMPROVED, INK, MUTED
from services.formats import NONE, number
from services.meetings.content import Content

TONES = {"improved": IMPROVED, "concern": CONCERN, "muted": MUTED, "neutral": INK}


@dataclass(frozen=True)
class Look:
    """`accent`: #rrggbb. `font` is named for all scripts; a program that lacks it takes its own."""

    accent: str = "#1f5fa8"
    font: str = "Microsoft YaHei"


def colour_of(content: Content, look: Look) -> str:
    """A domain's page has the domain's hue, others the office's colour."""
    return DOMAIN_COLOURS.get(content.subject, look.accent)


def cell_text(value: str | int | float | None) -> str:
    """A table's cell as it is printed."""
    if value is None:
        return NONE
    return value if isinstance(value, str) else number(value, 1)

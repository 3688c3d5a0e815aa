"""What all charts share: colours, font, the layout they start from, and the finished JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from services.formats import NONE

# One hue a domain, the same everywhere. Lightness differs as well as hue, so that all pairs stay
# apart for people with deuteranopia or protanopia (a test simulates both).
DOMAIN_COLOURS = {
    "environment": "#106a4e",
    "safety": "#3a68cf",
    "culture": "#c66ea3",
    "health": "#8c4212",
    "education": "#463c84",
    "assistance": "#b28b2d",
}
IMPROVED = "#1f5fa8"
CONCERN = "#b3560b"
INK = "#1f2933"
PLAIN = "#4b5b6b"  # a mark that says nothing but its value
MUTED = "#66717c"  # words beside the point
SOFT = "#8a949e"  # a mark with few answers
FAINT = "#b8c0c8"
GRID = "#e6e9ec"
WASH = "#f1f3f5"
SURFACE = "#ffffff"
FONT = '"Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei","PingFang SC","Minyi Sans",sans-serif'
HALO = f"0 0 3px {SURFACE}, 0 0 3px {SURFACE}, 0 0 2px {SURFACE}"  # words that lines may cross
TEXT_SIZE = 12
SMALL = 11

STATES = ("ok", "few", "above", "below")  # in which a value is shown
_PALE_BLUE, _PALE_ORANGE = "#bcd4ee", "#f3cfa8"
_FIGURES = ["value", "low", "high", "n", "drawn", "drawn_low", "drawn_high"]


def base_layout(*, left: int, right: int, top: int, bottom: int, **parts: Any) -> dict[str, Any]:
    """The layout every chart starts from, with its margins in px; the card gives the size.

    Dragging is off: a finger that scrolls the page must not zoom a chart.
    """
    return {
        "autosize": True,
        "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "paper_bgcolor": SURFACE,
        "plot_bgcolor": SURFACE,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": SURFACE,
            "bordercolor": FAINT,
            "font": {"family": FONT, "color": INK},  # plotly does not take it from the figure's
            "align": "left",
        },
        **parts,
    }


def to_json(traces: list[dict[str, Any]], layout: dict[str, Any]) -> str:
    """The finished figure; the same figure always gives the same text."""
    return json.dumps(
        {"data": traces, "layout": layout},
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def plain(values: Iterable[float]) -> list[float | None]:
    """Numbers as JSON knows them: at most four decimals, a missing one is null."""
    return [None if pd.isna(value) else round(float(value), 4) for value in values]


def guarded(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without any figure of a hidden row, whatever its maker left there."""
    hidden = frame["state"] == "hidden"
    figures = {name: frame[name].astype(float).mask(hidden) for name in _FIGURES if name in frame}
    if "text" in frame:
        figures["text"] = frame["text"].mask(hidden, NONE)
    return frame.reset_index(drop=True).assign(
        **{name: column.to_numpy() for name, column in figures.items()}
    )


def state_mark(state: str, colour: str = PLAIN) -> dict[str, Any]:
    """The point of a state, told by form and colour: few is hollow, above and below are arrows."""
    colour = {"few": SOFT, "above": IMPROVED, "below": CONCERN}.get(state, colour)
    return {
        "symbol": {"above": "triangle-up", "below": "triangle-down"}.get(state, "circle"),
        "color": SURFACE if state == "few" else colour,
        "size": 10,
        "line": {"width": 2, "color": colour},
    }


def domain_colour(code: str | None) -> str:
    return DOMAIN_COLOURS.get(code or "", PLAIN)


def option_colours(sides: Mapping[str, str]) -> dict[str, str]:
    """A colour an option: {option: side} in the order of the scale, best first.

    Right is blue, left is orange, both strongest at the outer end; apart is grey.
    """
    right = [option for option, side in sides.items() if side == "right"]
    left = [option for option, side in sides.items() if side == "left"]
    return {
        **dict(zip(right, ramp(IMPROVED, _PALE_BLUE, len(right)), strict=True)),
        **dict(zip(reversed(left), ramp(CONCERN, _PALE_ORANGE, len(left)), strict=True)),
        **{option: FAINT for option, side in sides.items() if side == "apart"},
    }


def ink_on(colour: str) -> str:
    """Dark or white text, whichever stands out more on the colour (WCAG 2 contrast)."""
    light = luminance(colour) + 0.05
    return INK if light / (luminance(INK) + 0.05) >= 1.05 / light else SURFACE


def luminance(colour: str) -> float:
    """Relative luminance from 0 to 1 as WCAG 2 defines it."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ramp(first: str, last: str, count: int) -> list[str]:
    """So many colours in even steps from the first towards the last."""
    return [blend(first, last, step / max(count - 1, 1)) for step in range(count)]


def blend(first: str, last: str, share: float) -> str:
    """The colour that lies the share of the way from the first to the last."""
    pairs = ((int(first[i : i + 2], 16), int(last[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)

"""Labels in the room they have: lines broken where Chinese and English may break, and widths."""

from __future__ import annotations

import html
import math
import re
import unicodedata

from services.charts.theme import TEXT_SIZE
from services.formats import NONE, fixed, number
from services.i18n import _

# What stays together on a line: a year or other number with its unit, a word, one character; with
# the marks that must not open the next line.
_PIECE = re.compile(
    r"[“‘(《「]*(?:\d+[年月日]|[A-Za-z0-9.,'’&/-]+|.)[,。、;:!?)》」”’·—–…%]*\s*", re.S
)


def wrap(label: str, width: float = 10) -> str:
    """The label as lines of even length joined by <br>, each about `width` characters wide.

    Up to 2.4 widths it takes two lines, so that rows of a list keep their height; a word is
    never broken. Characters that a figure would read as markup are escaped.
    """
    whole = _width(label)
    lines = 1 if whole <= width else 2 if whole <= 2.4 * width else math.ceil(whole / width)
    room = whole / lines
    while len(broken := _fill(label, room)) > lines:
        room += 0.5
    return "<br>".join(html.escape(line, quote=False) for line in broken)


def widest(labels: list[str], size: int = TEXT_SIZE) -> int:
    """The px that the longest line of wrapped labels takes."""
    lines = [html.unescape(line) for label in labels for line in label.split("<br>")]
    return math.ceil(max(map(_width, lines), default=0) * size)


def interval_hover(label: str, value: float, low: float, high: float, n: float, unit: str) -> str:
    """What a point with an interval says: name, value with unit, interval, n."""
    said = [f"<b>{html.escape(label, quote=False)}</b>", f"{fixed(value)} {unit}"]
    if low == low:
        said.append(_("可信范围 {low}–{high}").format(low=fixed(low), high=fixed(high)))
    if n == n:
        said.append(_("有效答卷 {n} 份").format(n=number(n)))
    return "<br>".join(said)


def value_hover(label: str, text: str, unit: str) -> str:
    """What a bar, a cell or a dot says: name and value with unit; a missing one has no unit."""
    figure = text if text == NONE else f"{text} {unit}"
    return f"<b>{html.escape(label, quote=False)}</b><br>{figure}"


def _fill(label: str, room: float) -> list[str]:
    """The label's pieces on lines; a line takes another piece as long as it fits the room."""
    lines: list[str] = [""]
    for piece in _PIECE.findall(label):
        if lines[-1] and _width((lines[-1] + piece).rstrip()) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _width(text: str) -> float:
    """The width in characters of a Chinese font; others count a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(mark) in "WF" else 0.58 for mark in text)

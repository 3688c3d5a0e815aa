"""Labels in the room they have: lines broken where Chinese and English may break, and widths."""

from __future__ import annotations

import html
import math
import re
import unicodedata

from services.charts.theme import TEXT_SIZE
from services.formats import NONE, fixed, number
from services.i18n import _

# What stays together on a line: a number with its unit, a word, a phrase that wave and activity
# names are full of, else one character; with the marks that must not open the next line.
_PIECE = re.compile(
    r"[“‘(（《「]*"
    r"(?:\d+[年月日]|[A-Za-z0-9.,'’&/-]+|第[一二三四]季度|第[一二三四]|季度|[上下]半年|满意度|调查|社区|(?:工作)?人员|主题|活动|.)"
    r"[,，。、;；:：!！?？)）》」”’·—–…%]*\s*",
    re.S,
)
_TIME = re.compile(r"[\d年月季]")
_PAUSES = ",，。、;；:：·—–!！?？)）》」”"


def em(text: str) -> float:
    """The width in characters of a Chinese font; others count a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(mark) in "WF" else 0.56 for mark in text)


def wrap(label: str, width: float = 10) -> str:
    """The label as lines joined by <br>, each about `width` characters wide.

    A word is never broken. Characters that a figure would read as markup are escaped.
    """
    pieces = _PIECE.findall(label)
    if em(label) <= width or len(pieces) < 2:
        lines = [label]
    else:
        lines = _halves(pieces)
        if max(map(em, lines)) > 1.15 * width:
            lines = _fill(pieces, width)
    return "<br>".join(escape(line.strip()) for line in lines)


def without_common_end(labels: list[str]) -> list[str]:
    """Names that end alike, in a row, without the words they share; a time is never dropped.

    2023年第一季度满意度调查 and 2023年第二季度满意度调查 are 2023年第一季度 and 2023年第二季度.
    """
    names = [_PIECE.findall(label) for label in labels]
    while len(names) > 1 and all(len(name) > 1 for name in names):
        ends = {name[-1] for name in names}
        if len(ends) > 1 or _TIME.search(ends.pop()):
            break
        names = [name[:-1] for name in names]
    return ["".join(name).rstrip() for name in names]


def escape(label: str) -> str:
    """The text with what a figure would read as markup escaped."""
    return html.escape(label, quote=False)


def widest(labels: list[str]) -> int:
    """The px that the longest line of wrapped labels takes."""
    lines = [html.unescape(line) for label in labels for line in label.split("<br>")]
    return math.ceil(max(map(em, lines), default=0) * TEXT_SIZE)


def interval_hover(label: str, value: float, low: float, high: float, n: float, unit: str) -> str:
    """What a point with an interval says: name, value with unit, interval, n."""
    said = [f"<b>{escape(label)}</b>", f"{fixed(value)} {unit}"]
    if low == low:
        said.append(_("可信范围 {low}–{high}").format(low=fixed(low), high=fixed(high)))
    if n == n:
        said.append(_("有效答卷 {n} 份").format(n=number(n)))
    return "<br>".join(said)


def value_hover(label: str, text: str, unit: str) -> str:
    """What a bar, a cell or a dot says: name and value with unit; a missing one has no unit."""
    figure = text if text == NONE else f"{text} {unit}"
    return f"<b>{escape(label)}</b><br>{figure}"


def _halves(pieces: list[str]) -> list[str]:
    """Two lines, broken near the middle, rather after a mark than inside a phrase."""
    splits = [("".join(pieces[:at]), "".join(pieces[at:])) for at in range(1, len(pieces))]
    return list(
        min(splits, key=lambda two: max(map(em, two)) - 2 * (two[0].rstrip()[-1] in _PAUSES))
    )


def _fill(pieces: list[str], width: float) -> list[str]:
    """As many lines as it takes; a line takes another piece as long as it fits."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and em((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return lines

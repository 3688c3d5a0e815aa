"""A page's parts: a long table goes on over several slides, the same in the deck and on screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from services.charts.cards import Table
from services.meetings.pack import Page
from services.reports.look import cell_text

# Of a slide of 1920 × 1080 px, text 24 px: what the deck's 12 pt are on a wall.
_WIDE, _LETTER, _LINE, _AIR, _ROW = 1760, 24, 32, 26, 58
_ROOM, _TILES, _SAID = 690, 180, 48
_ROOMY = 0.55


@dataclass(frozen=True)
class Part:
    """`table`: its rows of the page's table; `place` of `of` parts, counted from 0.

    roomy: its rows are few, so that letters may be larger.
    """

    page: Page
    table: Table | None
    place: int = 0
    of: int = 1
    roomy: bool = False


def parts(pages: Iterable[Page]) -> Iterator[Part]:
    """Every page once, or as often as its table needs slides."""
    for page in pages:
        table = page.content.table
        if table is None or not table.rows:
            yield Part(page, None)
            continue
        room = _ROOM - (_TILES if page.content.tiles else 0) - _SAID * len(sentences(page))
        split = list(_split(table, room - _ROW))
        roomy = len(split) == 1 and _tall(table) < _ROOMY * (room - _ROW)
        for place, one in enumerate(split):
            yield Part(page, one, place, len(split), roomy)


def sentences(page: Page) -> tuple[str, ...]:
    """What a page says beside its headline: from the figures, then one's own words."""
    return (*page.content.sentences, *filter(None, page.body.splitlines()))


def widths(table: Table) -> tuple[float, ...]:
    """Each column's share, by what it holds: a long text does not stand in a narrow column."""
    cells = list(zip(table.columns, *table.rows, strict=True))
    longest = [min(max(5.0, *(ems(cell_text(one)) for one in column)), 30.0) for column in cells]
    return tuple(one / sum(longest) for one in longest)


def ems(text: str) -> float:
    """How wide a text is in letters' own size: a Chinese character 1, others about 0.56."""
    return sum(1.0 if letter > "\u2e80" else 0.56 for letter in text)


def _split(table: Table, room: float) -> Iterator[Table]:
    """As many rows to a part as its height takes, at least one."""
    shares, held, used = widths(table), [], 0.0
    for row in table.rows:
        height = _height(row, shares)
        if held and used + height > room:
            yield Table(table.columns, tuple(held))
            held, used = [], 0.0
        held.append(row)
        used += height
    yield Table(table.columns, tuple(held))


def _tall(table: Table) -> float:
    shares = widths(table)
    return sum(_height(row, shares) for row in table.rows)


def _height(row: Iterable[str | int | float | None], shares: tuple[float, ...]) -> float:
    lines = max(
        ceil(ems(cell_text(cell)) * _LETTER / (share * _WIDE - _AIR))
        for cell, share in zip(row, shares, strict=True)
    )
    return max(_ROW, lines * _LINE + _AIR)

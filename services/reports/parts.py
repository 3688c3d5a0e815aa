"""A page's slides: a long table goes on over several, and what is said takes a size that fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from services.charts.cards import Table
from services.i18n import _
from services.meetings.pack import Page
from services.reports.look import cell_text

# Of a slide of 1920 × 1080 px, where 24 px are the deck's 12 pt: the smallest that is read from
# the back row. What is under the headline has _ROOM, less the tiles.
_WIDE, _BESIDE, _ROOM, _TILES = 1760, 520, 690, 180
_LETTER, _LINE, _AIR, _ROW = 24, 32, 26, 58  # of a table
_SIZES = {"alone": (38, 32, 28, 24), "beside": (30, 26, 24), "above": (28, 24)}
_GAP, _ABOVE = 20, 130
_PROSE = 0.55  # letters without figures and capitals are narrower
_PAD = 2.4  # letters: a cell's margins
_ROOMY = 0.55


@dataclass(frozen=True)
class Part:
    """`table`: its rows of the page's table; `place` of `of` parts, counted from 0.

    `said`: the sentences, in letters of `size` px. roomy: the table's rows are few, so that its
    letters may be larger.
    """

    page: Page
    table: Table | None
    said: tuple[str, ...]
    size: int
    place: int = 0
    of: int = 1
    roomy: bool = False


def parts(pages: Iterable[Page]) -> Iterator[Part]:
    """Every page once, or as often as its table needs slides."""
    for page in pages:
        table = page.content.table
        room = _ROOM - (_TILES if page.content.tiles else 0)
        if table is None or not table.rows:
            beside = is_charted(page)
            width, kind = (_BESIDE, "beside") if beside else (_WIDE, "alone")
            yield Part(page, None, *_fitted(_sentences(page), width, room, _SIZES[kind]))
            continue
        said, size = _fitted(_sentences(page), _WIDE, _ABOVE, _SIZES["above"])
        room -= _ROW + round(_height_of(said, _WIDE, size))
        split = list(_split(table, room))
        roomy = len(split) == 1 and _tall(table) < _ROOMY * room
        for place, one in enumerate(split):
            yield Part(page, one, said, size, place, len(split), roomy)


def is_charted(page: Page) -> bool:
    chart = page.content.chart
    return chart is not None and bool(chart.figure) and bool(chart.table.rows)


def widths(table: Table) -> tuple[float, ...]:
    """Each column's share, by what it holds: a long text does not stand in a narrow column."""
    cells = list(zip(table.columns, *table.rows, strict=True))
    longest = [min(max(ems(cell_text(one)) for one in column), 30.0) + _PAD for column in cells]
    return tuple(one / sum(longest) for one in longest)


def ems(text: str, latin: float = 0.62) -> float:
    """How wide a text is in letters' own size: a Chinese character 1, others `latin`, which is
    some more than in the fonts that are named: another computer may have to take a wider one."""
    return sum(1.0 if letter > "\u2e80" else latin for letter in text)


def _sentences(page: Page) -> tuple[str, ...]:
    """What a page says beside its headline: from the figures, then one's own words."""
    return (*page.content.sentences, *filter(None, page.body.splitlines()))


def _fitted(
    said: tuple[str, ...], width: int, room: int, sizes: Sequence[int]
) -> tuple[tuple[str, ...], int]:
    """The sentences in the largest letters in which all have room; in the smallest as many as
    have, and how many more there are."""
    for size in sizes:
        if _height_of(said, width, size) <= room:
            return said, size
    for most in range(len(said) - 1, 0, -1):
        rest = _("另有 {count} 条，见文字材料。").format(count=len(said) - most)
        if _height_of((*said[:most], rest), width, sizes[-1]) <= room:
            return (*said[:most], rest), sizes[-1]
    return said[:1], sizes[-1]


def _height_of(said: Sequence[str], width: int, size: int) -> float:
    lines = sum(ceil(1.05 * ems(one, _PROSE) * size / width) for one in said)
    return lines * size * 1.4 + _GAP * len(said)


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

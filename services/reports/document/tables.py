"""A table in a .docx: native cells, the head again on every page, no row cut in two."""

from __future__ import annotations

import unicodedata
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Pt
from docx.table import _Cell

from services.charts.cards import Table
from services.charts.theme import WASH
from services.reports.document.paper import (
    FANG_SONG,
    HEI,
    TEXT_WIDTH,
    WU,
    XIAO_SI,
    space,
    write,
)
from services.reports.look import cell_text

_SIZES = (XIAO_SI, WU, 9, 8)  # the letters of a table, the largest that has room
_ON_ONE_LINE, _SEVERAL_LINES = 16, 30  # half-width signs: what a shorter, a longer text is given
_LATIN_WIDTH = 1.25  # of a sign, in half-width ones, in the widest font that may stand in
_MARGINS = 3  # of a cell, in half-width signs
_TOGETHER = 14  # so many rows stay on one page with what follows them


def add_table(file: Any, table: Table) -> None:
    """The table as wide as the text; numbers stand on the right."""
    columns = len(table.columns)
    size, widths = _room(table)
    drawn = file.add_table(rows=len(table.rows) + 1, cols=columns, style="Table Grid")
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    numeric = [
        any(isinstance(row[place], int | float) for row in table.rows) for place in range(columns)
    ]
    together = len(table.rows) <= _TOGETHER
    for line, (row, values) in enumerate(
        zip(drawn.rows, [table.columns, *table.rows], strict=True)
    ):
        _row_rules(row, head=line == 0)
        for place, (element, value) in enumerate(zip(row._tr.tc_lst, values, strict=True)):
            cell = _Cell(element, drawn)
            cell.width = widths[place]
            paragraph = _words(cell, cell_text(value), size, line == 0, numeric[place])
            paragraph.paragraph_format.keep_with_next = together or line == 0


def _words(cell: Any, text: str, size: float, head: bool, numeric: bool) -> Any:
    paragraph = cell.paragraphs[0]
    side = WD_ALIGN_PARAGRAPH.RIGHT if numeric else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if head else side
    space(paragraph.paragraph_format, before=2, after=2, pitch=Pt(size * 1.4))
    write(paragraph, text, font=HEI if head else FANG_SONG, size=size)
    if head:
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{WASH.lstrip("#")}"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(shade))
    return paragraph


def _row_rules(row: Any, *, head: bool) -> None:
    rules = row._tr.get_or_add_trPr()
    rules.append(OxmlElement("w:cantSplit"))
    if head:
        again = OxmlElement("w:tblHeader")
        again.set(qn("w:val"), "true")
        rules.append(again)


def _room(table: Table) -> tuple[float, list[Emu]]:
    """The size of the letters, and the columns' widths: each has what it needs on one line, and
    long texts share what is left."""
    needed, wished = [], []
    for place, head in enumerate(table.columns):
        longest = max([_drawn(cell_text(row[place])) for row in table.rows], default=0)
        need = longest if longest <= _ON_ONE_LINE else min(longest, _SEVERAL_LINES)
        needed.append(max(need, wide(head) / 3, min(wide(head), 6)) + _MARGINS)
        wished.append(max(longest, wide(head)) + _MARGINS - needed[-1])
    signs = {size: TEXT_WIDTH.pt / (size / 2) for size in _SIZES}
    size = next((size for size in _SIZES if sum(needed) <= signs[size]), _SIZES[-1])
    left = max(signs[size] - sum(needed), 0)
    widths = [
        need + left * (wish / sum(wished) if sum(wished) else 1 / len(needed))
        for need, wish in zip(needed, wished, strict=True)
    ]
    return size, [Emu(int(TEXT_WIDTH * width / sum(widths))) for width in widths]


def _drawn(text: str) -> float:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else _LATIN_WIDTH for sign in text)


def wide(text: str) -> int:
    """How wide a text is, in half-width signs."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)

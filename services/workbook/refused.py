"""The rows that could not be taken, as a workbook to mend: each with its line and its reasons."""

from __future__ import annotations

from collections.abc import Sequence

from services.i18n import _
from services.workbook.book import Page, book
from services.workbook.lines import NOT_TAKEN, Checked, Line
from services.workbook.sheet import BESIDE
from services.workbook.table import Column


def refused_book(checked: Checked, columns: Sequence[Column], name: str) -> bytes:
    """The file's own columns behind the line and the reasons; it can be imported as it is."""
    given = {row.line: row.cells for row in checked.table.rows}
    shown = [
        one for one in columns if one.field in checked.table.headings and one.field not in BESIDE
    ]
    reasons = [
        Column("line", _("原表行号"), "whole", 8),
        Column("reason", _("原因"), "text", 50),
    ]
    rows = [
        dict(given[line.line]) | {"line": str(line.line), "reason": reason_of(line)}
        for line in checked.lines
        if line.state in NOT_TAKEN
    ]
    return book(Page(name, [*reasons, *shown], rows, len(reasons)))


def reason_of(line: Line) -> str:
    """All reasons of a row, each with its column."""
    said = [
        _("{column}：{reason}").format(column=one.column, reason=one.sentence)
        if one.column
        else one.sentence
        for one in line.reasons
    ]
    return " ".join([*said, line.note]).strip()

"""Reads an uploaded table in a process of its own, so that a hostile file ends only that process.

Run by services.imports.sheet with a JSON of limits and choices, the file, the answer's file. Every
cell becomes text; a column comes back as its distinct values and, row by row, which of these.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from services.imports.faults import MERGED_CELL, Fault, Row
from services.imports.text_rows import text_rows
from services.imports.workbook_rows import workbook_rows

_HEADER_WITHIN = 20
# A title above the table fills fewer cells than this part of the usual row.
_FULL = 0.7
# How files begin that are sent by mistake: PDF, pictures, archives.
_NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")


@dataclass
class Table:
    """values: per column, value → its code; codes: per column, one per row; ragged: row, cells."""

    header: Row
    values: list[dict[str, int]]
    codes: list[array[int]]
    lines: array[int] = field(default_factory=lambda: array("i"))
    ragged: list[tuple[int, int]] = field(default_factory=list)


def main(order: dict[str, Any], source: Path, target: Path) -> None:
    _limit(order)
    try:
        sheets, sheet, rows = _rows(source.read_bytes(), order)
        _write(target, sheets, sheet, _table(rows, order))
    except Fault as fault:
        target.write_text(json.dumps(fault.answer))


def _limit(order: dict[str, Any]) -> None:
    """Memory and processor time; Windows has neither, there the caller's clock ends it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _rows(data: bytes, order: dict[str, Any]) -> tuple[list[str], str, Iterator[Row]]:
    """Sheets, the one read, its rows: by what the file holds, whatever its name says."""
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise Fault("empty")
    if data.startswith(b"PK"):
        return workbook_rows(data, order)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Fault("old_workbook")
    if data.startswith(_NO_TABLE):
        raise Fault("no_table")
    return [], "", text_rows(data)


def _table(rows: Iterator[Row], order: dict[str, Any]) -> Table:
    """Header and columns; a row of another width is cut or filled up, and noted as ragged."""
    filled = ((line, cells) for line, cells in rows if any(cells))
    first = list(islice(filled, _HEADER_WITHIN))
    start = _header(first)
    names = ["" if name == MERGED_CELL else name for name in _trimmed(first[start][1])]
    width = len(names)
    if width > order["columns"]:
        raise Fault("too_large")
    table = Table((first[start][0], names), [{} for _ in names], [array("i") for _ in names])
    for line, cells in chain(first[start + 1 :], filled):
        if len(table.lines) == order["rows"]:
            raise Fault("too_large")
        if len(cells) < width or any(cells[width:]):
            table.ragged.append((len(table.lines), len(_trimmed(cells))))
            cells = cells[:width] + [""] * (width - len(cells))
        table.lines.append(line)
        for known, column, cell in zip(table.values, table.codes, cells, strict=False):
            column.append(known.setdefault(cell, len(known)))
    if not table.lines:
        raise Fault("no_rows")
    return table


def _header(first: list[Row]) -> int:
    """The row that names the columns: the first about as full as most."""
    if not first:
        raise Fault("empty")
    sizes = [sum(cell not in ("", MERGED_CELL) for cell in cells) for _, cells in first]
    usual = sorted(sizes)[len(sizes) // 2]
    return next(place for place, size in enumerate(sizes) if size >= _FULL * usual)


def _trimmed(cells: list[str]) -> list[str]:
    """Without the blank cells at the end."""
    width = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return cells[:width]


def _write(target: Path, sheets: list[str], sheet: str, table: Table) -> None:
    """One line of JSON, then the codes of each column and the lines as 32-bit numbers."""
    top = {
        "sheets": sheets,
        "sheet": sheet,
        "header": table.header[0],
        "names": table.header[1],
        "values": [list(known) for known in table.values],
        "rows": len(table.lines),
        "ragged": table.ragged,
    }
    with target.open("wb") as file:
        file.write(json.dumps(top, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        for numbers in (*table.codes, table.lines):
            file.write(numbers.tobytes())


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))

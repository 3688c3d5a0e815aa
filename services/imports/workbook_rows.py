"""Rows of an Excel workbook, every cell as text, with a mark where no value can be trusted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import python_calamine as calamine

from services.imports.faults import EMPTY_FORMULA, ERROR_CELL, MERGED_CELL, Fault, Row

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_FAILED = re.compile(rb"""\bt=["']e["']""")
_SUSPICIOUS = re.compile(rb"""<(?:\w+:)?f\b|\bt=["']e["']""")
_VALUE = re.compile(rb"""<(?:\w+:)?v>[^<]|<(?:\w+:)?t\b|\bt=["']str["']""")
Place = tuple[int, int]  # row, column, both from 0
_BOOK = "xl/workbook.xml"
_MOST_MERGED = 200_000
_UNREADABLE = (
    BadZipFile, calamine.CalamineError, ElementTree.ParseError, EOFError, KeyError,
    NotImplementedError, RuntimeError, StopIteration,
)  # fmt: skip


def workbook_rows(data: bytes, order: dict[str, Any]) -> tuple[list[str], str, Iterator[Row]]:
    """Names of the sheets that are not hidden, the one read, its rows; Fault if there is none.

    order: "sheet" is the one asked for, else the first with a table; "unzipped", "rows" and
    "columns" are the most there may be.
    """
    try:
        archive = ZipFile(io.BytesIO(data))
        if _BOOK not in archive.namelist():  # a document, slides, .ods, an archive
            raise Fault("no_table")
        _unzipped_size(archive, order["unzipped"])
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == calamine.SheetVisibleEnum.Visible
            and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        fault = "empty"
        for name in [order["sheet"]] if order["sheet"] in names else names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > 2 * order["rows"] or sheet.total_width > 2 * order["columns"]:
                raise Fault("too_large")
            if sheet.height > 1:
                return names, name, _sheet_rows(sheet, dict(_bad_cells(archive, name)))
            if sheet.height == 1:
                fault = "no_rows"
    except _UNREADABLE:
        raise Fault("damaged") from None
    raise Fault(fault)


def _unzipped_size(archive: ZipFile, most: int) -> None:
    """Unpack everything once and count: the sizes that the archive states may be lies."""
    total = 0
    for part in archive.infolist():
        with archive.open(part) as stream:
            while block := stream.read(1 << 20):
                total += len(block)
                if total > most:
                    raise Fault("zip_bomb")


def _sheet_rows(sheet: Any, marks: dict[Place, str]) -> Iterator[Row]:
    """Rows from the first on; `marks` are put in the place of cells that cannot be trusted."""
    covered = _covered(sheet)
    by_row: dict[int, list[int]] = {}
    for row, column in sorted({*marks, *covered}):
        by_row.setdefault(row, []).append(column)
    shown: dict[Place, str] = {}
    tops: dict[int, set[int]] = {}
    for row, column in covered.values():
        tops.setdefault(row, set()).add(column)
    for number, cells in enumerate(sheet.iter_rows()):
        texts = [_cell(cell) for cell in cells]
        shown |= {(number, column): texts[column] for column in tops.get(number, ())}
        for column in by_row.get(number, ()):
            top = covered.get((number, column))
            if top is not None and not texts[column]:
                texts[column] = _spread(shown[top], top[1] == column)
            texts[column] = marks.get((number, column), texts[column])
        yield number + 1, texts


def _covered(sheet: Any) -> dict[Place, Place]:
    """Every cell that a merged one covers, with the cell that is shown in its place.

    The library's total height and width are the last row and column, counted from 0.
    """
    covered: dict[Place, Place] = {}
    for top, (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top[0], min(bottom, sheet.total_height) + 1):
            for column in range(top[1], min(right, sheet.total_width) + 1):
                if (row, column) != top:
                    covered[row, column] = top
        if len(covered) > _MOST_MERGED:
            raise Fault("too_large")
    return covered


def _spread(shown: str, downwards: bool) -> str:
    """A word merged down its column stands for every row; anything else is not to be guessed."""
    if not shown or (downwards and not re.fullmatch(r"[\d.,\s]+", shown)):
        return shown
    return MERGED_CELL


def _cell(value: Any) -> str:
    """A cell as the text it stands for."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return str(int(value)) if value == int(value) else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _bad_cells(archive: ZipFile, name: str) -> Iterator[tuple[Place, str]]:
    """Cells that show an error, and formulas that were saved without a result.

    The library reads both as blanks, so they are looked for in the sheet itself.
    """
    rest = b""
    with archive.open(_part_of(archive, name)) as stream:
        while block := stream.read(1 << 20):
            whole_cells, end, rest = (rest + block).rpartition(b"</c>")
            yield from _bad_in(whole_cells + end)
    yield from _bad_in(rest)


def _bad_in(text: bytes) -> Iterator[tuple[Place, str]]:
    if not _SUSPICIOUS.search(text):
        return
    for cell in _CELL.finditer(text):
        attributes, content = cell.groups()
        place = _PLACE.search(attributes)
        if place is None or not _SUSPICIOUS.search(cell.group()):
            continue
        failed = _FAILED.search(attributes)
        if failed or not (_VALUE.search(content) or _VALUE.search(attributes)):
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            yield (int(place[2]) - 1, column - 1), ERROR_CELL if failed else EMPTY_FORMULA


def _part_of(archive: ZipFile, name: str) -> str:
    """Where in the archive a sheet lies."""
    book = ElementTree.fromstring(archive.read(_BOOK))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    link = next(sheet.get(_ID) for sheet in book.iter(_SHEET) if sheet.get("name") == name)
    target = next(one.get("Target", "") for one in links if one.get("Id") == link)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"

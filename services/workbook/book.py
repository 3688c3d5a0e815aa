"""Write a sheet as .xlsx: frozen headings, lists as drop-downs, every text as a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from services.i18n import _
from services.workbook.table import Column

_CHECKED = 2000  # rows that offer the drop-downs
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,3})?")
_LOOK = {"font_name": "Microsoft YaHei", "font_size": 11, "valign": "top"}
_HEAD = _LOOK | {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}
_PAPER, _GREY, _KEPT = "#EEF1F5", "#E6E6E6", "#767676"


@dataclass(frozen=True)
class Page:
    """What is written. `offers`: for each choice of the column `of`, the fields that go with it;
    the others are greyed. `frozen`: so many columns stay in sight. `help`: a sheet of sentences."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, str]]
    frozen: int = 0
    of: str = ""
    offers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    help: Sequence[str] = ()


def book(page: Page) -> bytes:
    """The workbook. What a cell says is never run: strings are written as strings."""
    kept = BytesIO()
    file = xlsxwriter.Workbook(
        kept,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"},
    )  # fmt: skip
    sheet = file.add_worksheet(page.name)
    _headings(file, sheet, page)
    last = _rows(file, sheet, page)
    if page.help:
        _help(file, page.help)
    _choices(file, sheet, page)
    sheet.freeze_panes(1, page.frozen)
    sheet.autofilter(0, 0, max(1, last), len(page.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    file.close()
    return kept.getvalue()


def _headings(file: Any, sheet: Any, page: Page) -> None:
    looks = {
        "day": file.add_format(_LOOK | {"num_format": "yyyy-mm-dd", "align": "left"}),
        "kept": file.add_format(_LOOK | {"font_color": _KEPT}),
        "text": file.add_format(_LOOK | {"text_wrap": True}),
        "": file.add_format(_LOOK),
    }
    tints = {one.tint or _PAPER for one in page.columns}
    heads = {tint: file.add_format(_HEAD | {"bg_color": tint}) for tint in tints}
    sheet.set_row(0, 48)
    for place, one in enumerate(page.columns):
        sheet.set_column(place, place, one.width, looks.get(one.kind, looks[""]))
        sheet.write_string(0, place, one.heading, heads[one.tint or _PAPER])


def _rows(file: Any, sheet: Any, page: Page) -> int:
    """Write the rows; the number of the last one."""
    looks = {"day": file.add_format(_LOOK | {"num_format": "yyyy-mm-dd", "align": "left"})}
    row = 0
    for row, cells in enumerate(page.rows, start=1):
        for place, one in enumerate(page.columns):
            text = cells.get(one.field, "")
            if text:
                _cell(sheet, row, place, text, one.kind, looks)
    return row


def _cell(sheet: Any, row: int, place: int, text: str, kind: str, looks: Mapping[str, Any]) -> None:
    """A day or a number as such where the text is plainly one, else the text as it stands."""
    if kind in ("whole", "decimal") and _NUMBER.fullmatch(text):
        sheet.write_number(row, place, float(text))
        return
    if kind == "day" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            sheet.write_datetime(row, place, date.fromisoformat(text), looks["day"])
        except ValueError:
            sheet.write_string(row, place, text)
        return
    sheet.write_string(row, place, text)


def _choices(file: Any, sheet: Any, page: Page) -> None:
    """Drop-downs and rules, from lists on a sheet that is not shown."""
    lists = file.add_worksheet(_("名单"))
    lists.hide()
    for place, one in enumerate(page.columns):
        rule: dict[str, Any] = {"ignore_blank": True}
        if one.hint:
            rule |= {"input_title": one.heading[:32], "input_message": one.hint[:255]}
        if one.choices:
            lists.write_column(0, place, one.choices)
            letter = xl_col_to_name(place)
            source = f"='{_('名单')}'!${letter}$1:${letter}${len(one.choices)}"
            rule |= {"validate": "list", "source": source}
            rule |= {"error_message": _("请从列表中选择。")}
            rule |= {"show_error": one.kind == "one"}
        elif one.kind in ("whole", "decimal"):
            rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
            rule |= {"error_message": _("请填 0 或更大的数字，没有统计的留空。")}
        elif one.hint:
            rule |= {"validate": "any"}
        else:
            continue
        sheet.data_validation(1, place, _CHECKED, place, rule)
    if page.offers:
        _greyed(file, sheet, lists, page)


def _greyed(file: Any, sheet: Any, lists: Any, page: Page) -> None:
    """Grey the cells that do not go with the row's choice."""
    headings = {one.field: one.heading for one in page.columns}
    pairs = [
        f"{choice}|{headings[name]}"
        for choice, names in page.offers.items()
        for name in names
        if name in headings
    ]
    offered = {name for names in page.offers.values() for name in names}
    beside = len(page.columns) + 1
    lists.write_column(0, beside, pairs)
    letter = xl_col_to_name(beside)
    chosen = xl_col_to_name(list(headings).index(page.of))
    pairs_at = f"'{_('名单')}'!${letter}$1:${letter}${max(1, len(pairs))}"
    for place, one in enumerate(page.columns):
        if one.field in offered:
            heading = xl_rowcol_to_cell(0, place, row_abs=True, col_abs=True)
            formula = f'=AND(${chosen}2<>"",COUNTIF({pairs_at},${chosen}2&"|"&{heading})=0)'
            grey = file.add_format({"bg_color": _GREY})
            sheet.conditional_format(
                1, place, _CHECKED, place, {"type": "formula", "criteria": formula, "format": grey}
            )


def _help(file: Any, sentences: Sequence[str]) -> None:
    sheet = file.add_worksheet(_("怎样填"))
    sheet.set_column(0, 0, 90, file.add_format(_LOOK | {"text_wrap": True}))
    for row, sentence in enumerate(sentences):
        sheet.write_string(row, 0, sentence)

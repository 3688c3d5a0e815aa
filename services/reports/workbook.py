"""A meeting as .xlsx: every table behind it on a sheet of its own, in cells of the right kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from services.boards.board import and_counted
from services.charts.cards import Table, Tile
from services.formats import NONE
from services.i18n import _, language
from services.meetings.pack import Pack, Page
from services.meetings.prose import Paragraph, named_before
from services.periods import OFFICE_CLOCK, day_named
from services.reports.document.tables import wide

LONGEST_NAME = 31  # of a sheet
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FIGURE = re.compile(r"([+−-]?[\d,]*\d(?:\.\d+)?)(%?)")
_FINEST = 4  # decimals
_TEXT = 62
_LINE = 15  # points
_LEAST, _MOST = 8, 62  # of a column's width
_FORMULAS_OFF = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                 "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip

Value = str | int | float | date | None


@dataclass(frozen=True)
class Sheet:
    """One table with its wish for a name, and what the contents say of it."""

    name: str
    title: str
    source: str
    table: Table


@dataclass(frozen=True)
class Figure:
    """A number that was a text: shown with as many decimals as it had, a share as a percentage."""

    value: float
    decimals: int
    share: bool = False


def workbook(pack: Pack) -> bytes:
    """The .xlsx; its first sheet says what the others are, of which period, frozen or not."""
    kept = BytesIO()
    book = Workbook(kept, _FORMULAS_OFF)
    book.set_properties({"title": pack.title, "author": pack.office})
    formats = _formats(book)
    sheets = list(_sheets(pack))
    names = legal_names([_("目录"), *(sheet.name for sheet in sheets)])
    _contents(book.add_worksheet(names[0]), pack, sheets, names[1:], formats)
    for sheet, name in zip(sheets, names[1:], strict=True):
        _table(book.add_worksheet(name), sheet.table, formats)
    book.close()
    return kept.getvalue()


def _sheets(pack: Pack) -> Iterator[Sheet]:
    """Figures, chart and table of every page, then the bulletin with its exact numbers."""
    for place, page in enumerate(pack.pages, start=1):
        yield from _of_page(place, page)
    title = _("简报")
    yield Sheet(title, title, "", _prose(pack.bulletin))
    numbers = _numbers(pack.bulletin)
    if numbers.rows:
        yield Sheet(_("简报数字"), _("简报中的数字，与实记数"), "", numbers)


def _of_page(place: int, page: Page) -> Iterator[Sheet]:
    content = page.content
    parts = (
        (_("数字"), _tiles(content.tiles) if content.tiles else None),
        (_("图表"), content.chart.table if content.chart else None),
        (_("表格"), content.table),
    )
    found = [(word, table) for word, table in parts if table is not None and table.rows]
    for word, table in found:
        name = f"{place} {content.title}" + (f" {word}" if len(found) > 1 else "")
        yield Sheet(name, page.headline, content.source, table)


def _tiles(tiles: Sequence[Tile]) -> Table:
    return Table(
        (_("指标"), _("数值"), _("单位"), _("说明")),
        tuple((tile.label, tile.value, tile.unit, tile.note) for tile in tiles),
    )


def _prose(paragraphs: Sequence[Paragraph]) -> Table:
    return Table((_("段落"), _("正文")), tuple((one.title, one.text) for one in paragraphs))


def _numbers(paragraphs: Sequence[Paragraph]) -> Table:
    """Every number that was rounded in words, beside what is on record."""
    rows = []
    for one in paragraphs:
        for before, segment in zip(one.segments, one.segments[1:], strict=False):
            if segment.exact is not None:
                rows.append((one.title, named_before(before.text), segment.text, segment.exact))
    return Table((_("段落"), _("内容"), _("简报写作"), _("实记")), tuple(rows))


def legal_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel takes: no []:*?/\\, at most 31 signs, no two alike but for their case."""
    given: list[str] = []
    for name in wanted:
        clean = _FORBIDDEN.sub(" ", name).strip().strip("'").strip() or _("表格")
        if clean.casefold() == "history":
            clean += "_"
        free, number = clean[:LONGEST_NAME], 1
        while free.casefold() in {one.casefold() for one in given}:
            number += 1
            tail = f" ({number})"
            free = clean[: LONGEST_NAME - len(tail)] + tail
        given.append(free.rstrip("' "))
    return given


def _formats(book: Workbook) -> dict[str, Any]:
    font = {"font_name": "宋体" if language() == "zh" else "Calibri", "valign": "top"}
    day = 'yyyy"年"m"月"d"日"' if language() == "zh" else "d mmm yyyy"
    return {
        "title": book.add_format(font | {"bold": True, "font_size": 16}),
        "head": book.add_format(font | {"bold": True, "bg_color": "#E8EEF6", "border": 1}),
        "text": book.add_format(font | {"text_wrap": True}),
        "link": book.add_format(font | {"font_color": "#1F5FA8", "underline": 1}),
        "day": book.add_format(font | {"num_format": day, "align": "left"}),
        **{
            f"{kind}{decimals}": book.add_format(font | {"num_format": f"{whole}{point}{sign}"})
            for decimals in range(_FINEST + 1)
            for point in ["." + "0" * decimals if decimals else ""]
            for kind, whole, sign in (("number", "#,##0", ""), ("share", "0", "%"))
        },
    }


def _contents(
    sheet: Worksheet,
    pack: Pack,
    sheets: Sequence[Sheet],
    names: Sequence[str],
    formats: dict[str, Any],
) -> None:
    """What this is, then a line a sheet with a link to it."""
    sheet.hide_gridlines(2)
    _on_paper(sheet)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, _TEXT)
    sheet.write_string(0, 0, pack.title, formats["title"])
    frozen = pack.frozen_at and pack.frozen_at.replace(tzinfo=pack.frozen_at.tzinfo or UTC)
    facts = (
        (_("编号"), pack.number),
        (_("单位名称"), pack.office),
        (_("会议日期"), day_named(pack.day) or pack.day),
        (_("时间范围"), and_counted(pack.period, pack.counted)),
        (
            _("数据状态"),
            _("已于 {time} 冻结，以后不变").format(
                time=f"{frozen.astimezone(OFFICE_CLOCK):%Y-%m-%d %H:%M}"
            )
            if frozen
            else _("未冻结，是下载时的数字"),
        ),
    )
    for line, (label, value) in enumerate(facts, start=2):
        sheet.write_string(line, 0, label, formats["text"])
        _cell(sheet, line, 1, value, formats)
    top = len(facts) + 3
    for column, head in enumerate((_("工作表"), _("内容"), _("来源"))):
        sheet.write_string(top, column, head, formats["head"])
    for line, (one, name) in enumerate(zip(sheets, names, strict=True), start=top + 1):
        quoted = name.replace("'", "''")
        sheet.write_url(line, 0, f"internal:'{quoted}'!A1", formats["link"], name)
        sheet.write_string(line, 1, one.title, formats["text"])
        sheet.write_string(line, 2, one.source, formats["text"])
        _high(sheet, line, (one.title, one.source), (_TEXT, _TEXT))


def _table(sheet: Worksheet, table: Table, formats: dict[str, Any]) -> None:
    """The head stays in view and filters; below it cells of the kind that their texts name."""
    widths = []
    for column, head in enumerate(table.columns):
        sheet.write_string(0, column, head, formats["head"])
        widest = max(wide(str(text or "")) for text in (head, *(row[column] for row in table.rows)))
        widths.append(min(max(widest + 3, _LEAST), _MOST))
        sheet.set_column(column, column, widths[-1])
    for line, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            _cell(sheet, line, column, typed(value), formats)
        _high(sheet, line, row, widths)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.repeat_rows(0)
    _on_paper(sheet)


def _high(sheet: Worksheet, line: int, row: Sequence[Any], widths: Sequence[int]) -> None:
    """A row as high as its longest text needs: not every program does it by itself."""
    lines = max(
        sum(-(-wide(part) // (width - 2)) or 1 for part in str(text or "").split("\n"))
        for text, width in zip(row, widths, strict=True)
    )
    if lines > 1:
        sheet.set_row(line, _LINE * min(lines, 27))


def _on_paper(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def typed(value: str | int | float | None) -> Value | Figure:
    """A cell as what it is: a day, a share, a number, words, or nothing where a dash stands."""
    if not isinstance(value, str):
        return value
    if value in ("", NONE):
        return None
    if (day := day_named(value)) is not None:
        return day
    found = _FIGURE.fullmatch(value)
    if found is None or re.match(r"0\d", value):
        return value
    figure = float(found[1].replace(",", "").replace("−", "-"))
    decimals = len(found[1].partition(".")[2])
    return Figure(figure / 100, decimals, True) if found[2] else Figure(figure, decimals)


def _cell(
    sheet: Worksheet, line: int, column: int, value: Value | Figure, formats: dict[str, Any]
) -> None:
    if value is None or value != value:
        sheet.write_blank(line, column, None, formats["text"])
    elif isinstance(value, str):
        sheet.write_string(line, column, value, formats["text"])
    elif isinstance(value, date):
        sheet.write_datetime(line, column, datetime.combine(value, time()), formats["day"])
    elif isinstance(value, Figure):
        sheet.write_number(line, column, value.value, _number(formats, value.decimals, value.share))
    else:
        sheet.write_number(line, column, value, _number(formats, _decimals(value)))


def _number(formats: dict[str, Any], decimals: int, share: bool = False) -> Any:
    return formats[f"{'share' if share else 'number'}{min(decimals, _FINEST)}"]


def _decimals(value: int | float) -> int:
    """As precise as on screen: 85.36, a small one 0.0127."""
    if value == int(value):
        return 0
    return 2 if abs(value) >= 1 else _FINEST

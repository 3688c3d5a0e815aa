"""A meeting as .xlsx: a sheet a table, cells of the right kind, names that Excel takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from services.charts.cards import Table
from services.i18n import use_language
from services.meetings import Content
from services.meetings.pack import Page
from services.reports.workbook import Figure, legal_names, typed, workbook
from tests.frozen_cases import Frozen, frozen_meeting


@pytest.fixture(scope="module")
def frozen(demo_file_engine: Engine) -> Iterator[Frozen]:
    with frozen_meeting(demo_file_engine) as found:
        yield found


def opened(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(content: bytes, folder: str) -> list[str]:
    with ZipFile(BytesIO(content)) as file:
        return [file.read(name).decode() for name in file.namelist() if name.startswith(folder)]


def test_every_table_of_the_meeting_has_a_sheet_of_its_own(frozen: Frozen) -> None:
    pack = frozen.packs["zh"]
    sheets = opened(workbook(pack))
    wanted = [
        list(table.columns)
        for page in pack.pages
        for table in (page.content.chart and page.content.chart.table, page.content.table)
        if table and table.rows
    ]
    heads = [rows[0] for rows in sheets.values()]
    assert all(head in heads for head in wanted)
    with_tiles = sum(bool(page.content.tiles) for page in pack.pages)
    assert len(sheets) == 1 + len(wanted) + with_tiles + 2


def test_the_first_sheet_says_what_this_is_and_leads_to_the_others(frozen: Frozen) -> None:
    content = workbook(frozen.packs["zh"])
    sheets = opened(content)
    first, *others = sheets
    rows = [row for row in sheets[first] if any(row)]
    assert rows[0][0] == "十月调度会"
    facts = {row[0]: row[1] for row in rows[1:6]}
    assert facts["会议日期"] == date(2023, 10, 28)
    assert facts["时间范围"] == "2023年9月1日至2023年10月28日 · 含待审核记录"
    assert facts["数据状态"] == "已于 2023-10-28 10:00 冻结，以后不变"
    assert [row[0] for row in rows[7:]] == others
    assert "来源：" in rows[8][2]
    assert parts(content, "xl/worksheets/sheet1.xml")[0].count("<hyperlink ") == len(others)


def test_cells_are_what_they_say(frozen: Frozen) -> None:
    sheets = opened(workbook(frozen.packs["zh"]))
    promised = sheets["2 上次承诺 表格"]
    assert isinstance(promised[1][promised[0].index("期限")], date)
    figures = {row[0]: row[1] for row in sheets["3 居民满意度 数字"]}
    assert figures["满意率"] == pytest.approx(0.934)
    assert figures["有效答卷"] == 748
    held = sheets["6 居住环境 图表"]
    assert all(isinstance(row[1], float) for row in held[1:])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("82.3%", Figure(82.3 / 100, 1, True)),
        ("+0.8", Figure(0.8, 1)),
        ("−1,234.5", Figure(-1234.5, 1)),
        ("748", Figure(748, 0)),
        ("2023年10月8日", date(2023, 10, 8)),
        ("8 Oct 2023", date(2023, 10, 8)),
        ("2023-10-08", date(2023, 10, 8)),
        ("2023年13月8日", "2023年13月8日"),
        ("120余处", "120余处"),
        ("C000004", "C000004"),
        ("0012", "0012"),
        ("—", None),
        ("", None),
        (None, None),
        (3, 3),
        ("=1+1", "=1+1"),
    ],
)
def test_a_text_becomes_a_number_or_a_day_only_where_it_is_nothing_else(
    text: str | int | None, value: object
) -> None:
    assert typed(text) == value


def test_what_a_person_typed_is_never_a_formula(frozen: Frozen) -> None:
    attack = ('=HYPERLINK("x")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "{=1}")
    content = Content("own", "", "=1+1", "", table=Table(attack, (attack,)))
    page = Page(1, content, "=1+1", "", "")
    made = workbook(replace(frozen.packs["zh"], title="=1+1", pages=(page,)))
    sheets = opened(made)
    assert sheets["1 =1+1"] == [list(attack), list(attack)]
    assert not any(re.search(r"<f[ >]", sheet) for sheet in parts(made, "xl/worksheets/sheet"))


def test_heads_stay_and_filter(frozen: Frozen) -> None:
    for sheet in parts(workbook(frozen.packs["zh"]), "xl/worksheets/sheet")[1:]:
        assert 'state="frozen"' in sheet
        assert "<autoFilter " in sheet


def test_names_of_sheets_are_legal_and_unique() -> None:
    wanted = ["a/b", "A?B", "a:b", "'q'", "", "History", "x" * 40, "x" * 41, "[]:*?/\\"]
    names = legal_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


def test_an_english_workbook_is_english(frozen: Frozen) -> None:
    use_language("en")
    first, *others = opened(workbook(frozen.packs["en"]))
    assert not [name for name in (first, *others) if re.search("[\u4e00-\u9fff]", name)]

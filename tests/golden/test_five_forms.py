"""One frozen meeting in five forms: screen, deck, document, bulletin and workbook agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import docx
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from services.i18n import use_language
from services.meetings.pack import Page
from services.reports.deck import deck
from services.reports.document import bulletin_file, document
from services.reports.look import Look, cell_text
from services.reports.workbook import Figure, typed, workbook
from tests.frozen_cases import Frozen, frozen_meeting

Number = int | float


@dataclass(frozen=True)
class Forms:
    """What stands in each form: texts as they are read, numbers of charts and cells."""

    language: str
    pages: tuple[Page, ...]
    deck: set[str]
    deck_numbers: set[float]
    document: set[str]
    bulletin: str
    workbook: set[object]


@pytest.fixture(scope="module", params=["zh", "en"])
def forms(request: pytest.FixtureRequest, demo_file_engine: Engine) -> Iterator[Forms]:
    with frozen_meeting(demo_file_engine) as found:
        use_language(request.param)
        yield made(found, request.param)


@pytest.fixture(autouse=True)
def spoken(forms: Forms) -> None:
    """A table's cell is read in the language of its form."""
    use_language(forms.language)


def made(found: Frozen, language: str) -> Forms:
    pack = found.packs[language]
    slides, numbers = in_deck(deck(pack, Look()))
    return Forms(
        language,
        pack.pages,
        slides,
        numbers,
        in_document(document(pack)),
        "\n".join(sorted(in_document(bulletin_file(found.bulletins[language])))),
        in_workbook(workbook(pack)),
    )


def in_deck(content: bytes) -> tuple[set[str], set[float]]:
    texts, numbers = set(), set()
    for slide in Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts |= {paragraph.text for paragraph in shape.text_frame.paragraphs}
            if shape.has_table:
                texts |= {cell.text for row in shape.table.rows for cell in row.cells}
            if shape.has_chart:
                for series in shape.chart.plots[0].series:
                    drawn = series._element.xpath("(c:val | c:xVal | c:yVal)//c:v/text()")
                    numbers |= {rounded(float(value)) for value in drawn}
    return texts, numbers


def in_document(content: bytes) -> set[str]:
    file = docx.Document(BytesIO(content))
    said = {paragraph.text for paragraph in file.paragraphs}
    return said | {cell.text for table in file.tables for row in table.rows for cell in row.cells}


def in_workbook(content: bytes) -> set[object]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
             for cell in row]  # fmt: skip
    return {rounded(cell) for cell in cells}


def rounded(value: object) -> object:
    return round(float(value), 6) if isinstance(value, int | float) else value


def as_cell(value: str | Number | None) -> object:
    """What a table's value is in a cell; an empty cell reads as an empty text."""
    found = typed(value)
    found = found.value if isinstance(found, Figure) else found
    return "" if found is None else found if isinstance(found, date) else rounded(found)


def test_every_figure_of_the_screen_is_in_deck_document_and_workbook(forms: Forms) -> None:
    seen = 0
    for page in forms.pages:
        for tile in page.content.tiles:
            shown = f"{tile.value} {tile.unit}".strip()
            assert shown in forms.deck
            assert shown in forms.document
            assert as_cell(tile.value) in forms.workbook
            seen += 1
    assert seen > 30


def test_every_headline_is_the_same_in_deck_document_and_workbook(forms: Forms) -> None:
    for page in forms.pages[1:]:
        assert page.headline in forms.deck
        assert page.headline in forms.document
        assert page.headline in forms.workbook or not page.content.source


def test_every_number_of_a_chart_is_in_deck_document_and_workbook(forms: Forms) -> None:
    seen = 0
    for page in forms.pages:
        chart, plot = page.content.chart, page.content.plot
        for row in chart.table.rows if chart and plot else ():
            drawn = [row[column] for column in plot.values if row[column] is not None]
            assert {rounded(value) for value in drawn} <= forms.deck_numbers
            for value in row:
                assert cell_text(value) in forms.document
                assert as_cell(value) in forms.workbook
                seen += 1
    assert seen > 150


def test_every_cell_of_a_table_is_in_deck_document_and_workbook(forms: Forms) -> None:
    seen = 0
    for page in forms.pages:
        for row in page.content.table.rows if page.content.table else ():
            for value in row:
                assert cell_text(value) in forms.deck
                assert cell_text(value) in forms.document
                assert as_cell(value) in forms.workbook
                seen += 1
    assert seen > 50


def test_the_bulletin_states_what_the_slides_state(forms: Forms) -> None:
    seen = 0
    for page in forms.pages:
        for tile in page.content.tiles if page.content.kind == "domain" else ():
            phrase = (
                f"{tile.value} {tile.unit}" if tile.unit not in ("分", "points") else tile.value
            )
            assert phrase.strip() in forms.bulletin
            seen += 1
    assert seen > 25


def test_the_bulletin_is_the_same_in_document_and_workbook(forms: Forms) -> None:
    said = {line for line in forms.bulletin.splitlines() if len(line) > 60}
    assert len(said) >= 7
    assert said <= forms.document
    cells = "\n".join(cell for cell in forms.workbook if isinstance(cell, str))
    assert all(line in cells for line in said)

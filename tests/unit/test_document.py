"""A meeting as .docx: what it says, how it is built, how it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from sqlalchemy import Engine

from services.i18n import use_language
from services.meetings.prose import headings
from services.reports.document import bulletin_file, document
from services.reports.look import cell_text
from tests.frozen_cases import CLOSING, Frozen, frozen_meeting
from tests.rendering import fonts, pages, printed, words


@pytest.fixture(scope="module")
def frozen(demo_file_engine: Engine) -> Iterator[Frozen]:
    with frozen_meeting(demo_file_engine) as found:
        yield found


@pytest.fixture(scope="module")
def sheets(frozen: Frozen, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Document and bulletin as PDF."""
    use_language("zh")
    files = {
        "meeting.docx": document(frozen.packs["zh"]),
        "bulletin.docx": bulletin_file(frozen.bulletins["zh"]),
    }
    return printed(files, tmp_path_factory.mktemp("sheets"))


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def test_the_document_has_every_page_with_its_words_and_its_table(frozen: Frozen) -> None:
    pack = frozen.packs["zh"]
    file = opened(document(pack))
    said = [paragraph.text for paragraph in file.paragraphs]
    shown = [page for page in pack.pages if page.content.kind != "cover"]
    heads = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    assert heads[0] == f"一、{shown[0].content.title}"
    assert heads[len(shown) - 1].startswith("十三、")
    assert heads[len(shown) :] == list(headings(pack.bulletin))
    for page in shown:
        for sentence in (page.headline, *page.content.sentences, page.content.source):
            assert sentence in ["", *said]
    tables = [[cell.text for cell in table.rows[0].cells] for table in file.tables]
    for page in shown:
        for table in (page.content.table, page.content.chart and page.content.chart.table):
            if table and table.rows:
                assert list(table.columns) in tables


def test_tables_are_native_with_their_head_on_every_page_and_no_row_cut(frozen: Frozen) -> None:
    pack = frozen.packs["zh"]
    file = opened(document(pack))
    promised = pack.pages[1].content.table
    table = next(one for one in file.tables if one.cell(0, 0).text == promised.columns[0])
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        [cell_text(value) for value in row] for row in promised.rows
    ]
    for table in file.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_sheet_is_laid_out_by_the_standard(frozen: Frozen) -> None:
    file = opened(bulletin_file(frozen.bulletins["zh"]))
    section = file.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]
    body = next(one for one in file.paragraphs if "围绕六个服务领域" in one.text)
    assert body.paragraph_format.line_spacing.pt == 28
    assert body.paragraph_format.first_line_indent.pt == 32
    run = body.runs[0]
    assert (run.font.size.pt, run._r.rPr.rFonts.get(qn("w:eastAsia"))) == (16, "仿宋")
    assert [one.text for one in file.paragraphs[:2]] == ["清源街道工作简报", "第 2 期"]
    assert file.paragraphs[2].text == "清源街道\t2023年10月28日"
    assert "PAGE" in section.footer._element.xml


def test_edited_words_are_printed_line_by_line(frozen: Frozen) -> None:
    said = [one.text for one in opened(bulletin_file(frozen.bulletins["zh"])).paragraphs]
    assert CLOSING in said


def test_in_english_no_chinese_is_left_but_what_people_wrote(frozen: Frozen) -> None:
    use_language("en")
    file = opened(bulletin_file(frozen.bulletins["en"]))
    said = [one.text for one in file.paragraphs]
    assert "Issue 2" in said
    chinese = {text for text in said if re.search("[\u4e00-\u9fff]", text)}
    assert chinese == {"十月调度会"}


def test_it_prints_whole_with_every_sign(sheets: dict[str, Path], frozen: Frozen) -> None:
    for name, paragraphs in (
        ("meeting.docx", frozen.packs["zh"].bulletin),
        ("bulletin.docx", frozen.bulletins["zh"].paragraphs),
    ):
        found = re.sub(r"—\d+—", "", words(sheets[name]))
        for one in paragraphs:
            assert "".join(one.text.split()) in found
        assert "CJK" in fonts(sheets[name])
        assert "�" not in found


def test_the_pages_are_numbered_and_none_is_empty(sheets: dict[str, Path]) -> None:
    for name, least, most in (("bulletin.docx", 3, 4), ("meeting.docx", 10, 18)):
        found = pages(sheets[name])
        assert least <= len(found) <= most
        for place, text in enumerate(found, start=1):
            assert "".join(text.split()).endswith(f"—{place}—")
            assert len(text) > 60

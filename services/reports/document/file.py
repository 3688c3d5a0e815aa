"""The .docx part by part: red head, title, pages of a meeting with their tables, bulletin."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from services.boards.board import and_counted
from services.charts.cards import Table, Tile
from services.formats import numbered
from services.i18n import _, language
from services.meetings.pack import Pack, Page
from services.meetings.prose import Paragraph, headings
from services.meetings.texts import Bulletin
from services.reports.document.paper import (
    ER,
    FANG_SONG,
    HEI,
    PITCH,
    SAN,
    SONG,
    TEXT_WIDTH,
    XIAO_SI,
    new_file,
    space,
    write,
)
from services.reports.document.tables import add_table, wide

_RED = RGBColor(0xC0, 0x00, 0x00)
_GREY = RGBColor(0x5B, 0x66, 0x73)
_HEAD_SIZE, _LONG_HEAD = 42, 9  # a longer name is set smaller, so that it stays on one line


def document(pack: Pack) -> bytes:
    """A meeting's .docx: its pages in order, each with headline, figures, sentences, table,
    source, and its bulletin behind them."""
    file = new_file(pack.title, pack.office)
    period = and_counted(pack.period, pack.counted)
    _title(file, pack.title, (pack.office, pack.day, period))
    shown = [page for page in pack.pages if page.content.kind != "cover"]
    for place, page in enumerate(shown, start=1):
        _page(file, place, page)
    file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _red_head(file, pack.office, pack.issue, pack.day)
    _title(file, _("{title}简报").format(title=pack.title), ())
    _prose(file, pack.bulletin)
    _of_what(file, pack)
    return _saved(file)


def bulletin_file(said: Bulletin) -> bytes:
    """The bulletin alone as .docx."""
    file = new_file(said.title, said.office)
    _red_head(file, said.office, said.issue, said.day)
    _title(file, said.title, ())
    _prose(file, said.paragraphs)
    _of_what(file, said)
    return _saved(file)


def _saved(file: Any) -> bytes:
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def _red_head(file: Any, office: str, issue: str, day: str) -> None:
    """红头: the name in red, the issue under it, office and day above a red line."""
    name = _("{office}工作简报").format(office=office)
    size = min(_HEAD_SIZE, int(TEXT_WIDTH.pt / max(wide(name) / 2, _LONG_HEAD)))
    paragraph = _centred(file, pitch=Pt(size * 1.5))
    write(paragraph, name, font=SONG, size=size, colour=_RED, bold=True)
    if issue:
        write(_centred(file), _("第 {issue} 期").format(issue=issue), font=FANG_SONG, size=SAN)
    paragraph = file.add_paragraph()
    line = '<w:bottom w:val="single" w:sz="16" w:space="4" w:color="C00000"/>'
    # First of all: the order of what is said of a paragraph is part of the file format.
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"))
    space(paragraph.paragraph_format, before=6, after=18)
    paragraph.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    write(paragraph, f"{office}\t{day}", font=FANG_SONG, size=SAN)


def _title(file: Any, title: str, lines: Sequence[str]) -> None:
    write(_centred(file, pitch=Pt(36)), title, font=SONG, size=ER, bold=True)
    for line in filter(None, lines):
        write(_centred(file), line, font=FANG_SONG, size=SAN)
    space(file.paragraphs[-1].paragraph_format, after=14, pitch=Pt(36) if not lines else PITCH)


def _centred(file: Any, pitch: Any = PITCH) -> Any:
    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    space(paragraph.paragraph_format, pitch=pitch)
    return paragraph


def _prose(file: Any, paragraphs: Sequence[Paragraph]) -> None:
    for heading, one in zip(headings(paragraphs), paragraphs, strict=True):
        _heading(file, heading)
        for line in one.text.splitlines():
            _text(file, line)


def _of_what(file: Any, said: Pack | Bulletin) -> None:
    """Under the prose: its period, with which records are counted, where some may wait."""
    if said.counted is not None:
        _caption(file, and_counted(said.period, said.counted), after=10)


def _page(file: Any, place: int, page: Page) -> None:
    """Its number and title, the headline in bold, what it shows, and where that comes from."""
    content = page.content
    _heading(file, numbered(place, content.title))
    if page.headline and page.headline != content.title:
        _text(file, page.headline, bold=True).paragraph_format.keep_with_next = True
    if content.tiles:
        add_table(file, _figures(content.tiles))
        _gap(file)
    for sentence in (*content.sentences, *page.body.splitlines()):
        if sentence:
            _text(file, sentence)
    if content.chart is not None and content.chart.table.rows:
        _caption(file, content.chart.subtitle)
        add_table(file, content.chart.table)
    if content.table is not None:
        add_table(file, content.table)
    if content.source:
        _caption(file, content.source, after=10)


def _figures(tiles: Sequence[Tile]) -> Table:
    """Tiles as rows: name, figure with unit, note."""
    return Table(
        (_("指标"), _("数值"), _("说明")),
        tuple((tile.label, f"{tile.value} {tile.unit}".strip(), tile.note) for tile in tiles),
    )


def _heading(file: Any, text: str) -> None:
    write(file.add_paragraph(style="Heading 1"), text, font=HEI, size=SAN)


def _text(file: Any, text: str, *, bold: bool = False) -> Any:
    """A paragraph of the body; Chinese begins two signs in."""
    paragraph = file.add_paragraph()
    layout = paragraph.paragraph_format
    space(layout)
    if language() == "zh":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        layout.first_line_indent = Pt(2 * SAN)
    else:
        space(layout, after=8)
    write(paragraph, text, font=FANG_SONG, size=SAN, bold=bold)
    return paragraph


def _caption(file: Any, text: str, *, after: float = 0) -> None:
    paragraph = file.add_paragraph()
    space(paragraph.paragraph_format, before=4, after=4 + after, pitch=Pt(18))
    paragraph.paragraph_format.keep_with_next = not after
    write(paragraph, text, font=FANG_SONG, size=XIAO_SI, colour=_GREY)


def _gap(file: Any) -> None:
    space(file.add_paragraph().paragraph_format, pitch=Pt(8))

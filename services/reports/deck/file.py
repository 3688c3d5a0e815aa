"""The deck page by page: cover, then headline, figures, chart or table, sentences, source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches

from services.charts.cards import Table, Tile
from services.charts.theme import INK, MUTED, WASH
from services.i18n import _
from services.meetings.pack import Pack, Page
from services.reports.deck.charts import add_chart
from services.reports.deck.text import box, name_font, rgb, write
from services.reports.look import TONES, Look, cell_text, colour_of

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT = Inches(0.6)
FULL = WIDTH - 2 * LEFT
BODY_TOP, BODY_END = Inches(1.75), Inches(6.85)
_TITLE_ONLY = 5  # the layout of python-pptx's own template
_MOST_ROWS = 11
_GAP = Inches(0.15)

Progress = Callable[[int, int], None]


def deck(pack: Pack, look: Look, progress: Progress = lambda _done, _of: None) -> bytes:
    """The .pptx; `progress` hears after each page how many of how many are made."""
    file = Presentation()
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    file.core_properties.title = pack.title
    file.core_properties.author = pack.office
    pages = [part for page in pack.pages for part in _parts(page)]
    for place, page in enumerate(pages):
        _page(file, pack, page, look)
        progress(place + 1, len(pages))
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def _parts(page: Page) -> list[tuple[Page, Sequence[Sequence[Any]]]]:
    """A long table goes on over several slides."""
    rows = page.content.table.rows if page.content.table else ()
    parts = [rows[start : start + _MOST_ROWS] for start in range(0, len(rows), _MOST_ROWS)]
    return [(page, part) for part in parts or [()]]


def _page(file: Any, pack: Pack, part: tuple[Page, Sequence[Sequence[Any]]], look: Look) -> None:
    page, rows = part
    content = page.content
    slide = file.slides.add_slide(file.slide_layouts[_TITLE_ONLY])
    if page.notes:
        slide.notes_slide.notes_text_frame.text = page.notes
    if content.kind == "cover":
        _cover(slide, pack, page, look)
        return
    colour = colour_of(content, look)
    _bar(slide, colour)
    box(slide, LEFT, Inches(0.35), FULL, Inches(0.35), [content.title],
        size=14, font=look.font, colour=colour, bold=True)  # fmt: skip
    _headline(slide, page.headline, look, Inches(0.72), 26)
    top = BODY_TOP
    if content.tiles:
        _tiles(slide, content.tiles[:6], top, look)
        top += Inches(1.35)
    _body(slide, page, rows, top, look, colour)
    _foot(slide, pack, content.source, look)


def _cover(slide: Any, pack: Pack, page: Page, look: Look) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, WIDTH, Inches(0.28))
    _fill(shape, look.accent)
    box(slide, LEFT, Inches(1.6), FULL, Inches(0.5), [pack.office],
        size=20, font=look.font, colour=look.accent, bold=True)  # fmt: skip
    _headline(slide, pack.title, look, Inches(2.3), 44)
    lines = [page.headline, pack.day]
    box(slide, LEFT, Inches(4.0), FULL, Inches(1.2), lines,
        size=20, font=look.font, colour=MUTED, space=6)  # fmt: skip


def _headline(slide: Any, text: str, look: Look, top: int, size: int) -> None:
    """In the title's own placeholder, so that outline and screen readers have it."""
    title = slide.shapes.title
    title.left, title.top = LEFT, Emu(top)
    title.width, title.height = FULL, Inches(1.0 if size < 40 else 1.4)
    frame = title.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    write(frame, [text], size=_fitting(text, size), font=look.font, colour=INK, bold=True)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _fitting(text: str, size: int) -> int:
    """A long sentence is set smaller, so that it stays on two lines."""
    wide = sum(2 if ord(char) > 0x2E80 else 1 for char in text)
    return size if wide <= 96 else size - 4 if wide <= 120 else size - 8


def _bar(slide: Any, colour: str) -> None:
    _fill(slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(0.14), HEIGHT), colour)


def _fill(shape: Any, colour: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False


def _tiles(slide: Any, tiles: Sequence[Tile], top: int, look: Look) -> None:
    """Figures side by side; each with its name above and its note below."""
    width = (FULL - _GAP * (len(tiles) - 1)) // len(tiles)
    for place, tile in enumerate(tiles):
        left = LEFT + place * (width + _GAP)
        back = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, Inches(1.2))
        _fill(back, WASH)
        inner = width - Inches(0.24)
        x = left + Inches(0.12)
        box(slide, x, top + Inches(0.08), inner, Inches(0.26), [tile.label],
            size=12, font=look.font, colour=MUTED)  # fmt: skip
        box(slide, x, top + Inches(0.34), inner, Inches(0.5), [f"{tile.value} {tile.unit}".strip()],
            size=24, font=look.font, colour=TONES[tile.tone], bold=True)  # fmt: skip
        box(slide, x, top + Inches(0.86), inner, Inches(0.28), [tile.note],
            size=10.5, font=look.font, colour=MUTED)  # fmt: skip


def _body(
    slide: Any, page: Page, rows: Sequence[Sequence[Any]], top: int, look: Look, colour: str
) -> None:
    """Chart on the left and sentences on the right, or a table, or one's own words."""
    content = page.content
    height = BODY_END - top
    said = [*content.sentences, *(line for line in page.body.splitlines() if line)]
    if rows and content.table is not None:
        _table(slide, Table(content.table.columns, tuple(map(tuple, rows))), top, look, colour)
        return
    wide = FULL
    if content.chart is not None and content.plot is not None and content.chart.table.rows:
        wide = Inches(3.9)
        room = FULL - wide - Inches(0.3) if said else FULL
        box(slide, LEFT, top, room, Inches(0.3), [content.chart.subtitle],
            size=11, font=look.font, colour=MUTED)  # fmt: skip
        place = (LEFT, top + Inches(0.35), room, height - Inches(0.35))
        add_chart(slide, place, content.chart.table, content.plot, colour, look.font)
    box(slide, WIDTH - LEFT - wide, top, wide, height, said,
        size=16 if wide == FULL else 14, font=look.font, colour=INK, space=8)  # fmt: skip


def _table(slide: Any, table: Table, top: int, look: Look, colour: str) -> None:
    rows, columns = len(table.rows) + 1, len(table.columns)
    shape = slide.shapes.add_table(rows, columns, LEFT, top, FULL, Inches(0.4) * rows)
    drawn = shape.table
    for column, width in enumerate(_widths(table)):
        drawn.columns[column].width = width
    for line, row in enumerate([table.columns, *table.rows]):
        for column, value in enumerate(row):
            cell = drawn.cell(line, column)
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(colour if line == 0 else "#ffffff" if line % 2 else WASH)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            write(cell.text_frame, [cell_text(value)], size=12, font=look.font,
                  colour="#ffffff" if line == 0 else INK, bold=line == 0)  # fmt: skip


def _widths(table: Table) -> list[int]:
    """Room by what the columns hold, so that a long text does not stand in a narrow one."""
    longest = [
        min(max(6, *(len(cell_text(row[column])) for row in [table.columns, *table.rows])), 40)
        for column in range(len(table.columns))
    ]
    return [int(FULL * one / sum(longest)) for one in longest]


def _foot(slide: Any, pack: Pack, source: str, look: Look) -> None:
    """Source on the left; the office and the number of the slide on the right."""
    box(slide, LEFT, Inches(7.0), Inches(9.0), Inches(0.3), [source],
        size=10, font=look.font, colour=MUTED)  # fmt: skip
    right = box(slide, Inches(9.7), Inches(7.0), WIDTH - Inches(9.7) - LEFT, Inches(0.3),
                [_("{office} · {title}").format(office=pack.office, title=pack.title)],
                size=10, font=look.font, colour=MUTED)  # fmt: skip
    paragraph = right.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        '<a:rPr sz="1000"/><a:t>‹#›</a:t></a:fld>'
    )
    name_font(field.find("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"), look.font)
    paragraph._p.append(parse_xml(f'<a:r {nsdecls("a")}><a:rPr sz="1000"/><a:t>  </a:t></a:r>'))
    paragraph._p.append(field)

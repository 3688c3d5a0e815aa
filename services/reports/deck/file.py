"""The deck page by page: cover, then headline, figures, chart or table, sentences, source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from services.boards.board import and_counted
from services.charts.cards import Tile
from services.charts.theme import INK, MUTED, WASH
from services.i18n import _
from services.meetings.pack import Pack
from services.reports.deck.charts import add_chart
from services.reports.deck.text import box, name_font, rgb, write
from services.reports.look import TONES, Look, cell_text, colour_of
from services.reports.parts import Part, ems, is_charted, parts, widths

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT = Inches(0.6)
FULL = WIDTH - 2 * LEFT
BODY_TOP, BODY_END = Inches(1.75), Inches(6.8)
_TITLE_ONLY = 5  # the layout of python-pptx's own template
_GAP, _MARGIN = Inches(0.15), Inches(0.12)
_SMALLEST = 12  # pt: 24 px of a screen of 1920 × 1080

Progress = Callable[[int, int], None]


def deck(pack: Pack, look: Look, progress: Progress = lambda _done, _of: None) -> bytes:
    """The .pptx; `progress` hears after each page how many of how many are made."""
    file = Presentation()
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    file.core_properties.title = pack.title
    file.core_properties.author = pack.office
    made = list(parts(pack.pages))
    for place, part in enumerate(made):
        _page(file, pack, part, look)
        progress(place + 1, len(made))
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def _page(file: Any, pack: Pack, part: Part, look: Look) -> None:
    page, content = part.page, part.page.content
    slide = file.slides.add_slide(file.slide_layouts[_TITLE_ONLY])
    if page.notes:
        slide.notes_slide.notes_text_frame.text = page.notes
    if content.kind == "cover":
        _cover(slide, pack, part, look)
        return
    colour = colour_of(content, look)
    _bar(slide, colour)
    several = f" · {part.place + 1}/{part.of}" if part.of > 1 else ""
    box(slide, LEFT, Inches(0.35), FULL, Inches(0.35), [content.title + several],
        size=14, font=look.font, colour=colour, bold=True)  # fmt: skip
    _headline(slide, page.headline or content.title, look, Inches(0.72), 26)
    top = BODY_TOP
    if content.tiles:
        top += _tiles(slide, content.tiles[:6], top, look) + Inches(0.14)
    _body(slide, part, top, look, colour)
    _foot(slide, pack, content.source, look)


def _cover(slide: Any, pack: Pack, part: Part, look: Look) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, WIDTH, Inches(0.28))
    _fill(shape, look.accent)
    box(slide, LEFT, Inches(1.6), FULL, Inches(0.5), [pack.office],
        size=20, font=look.font, colour=look.accent, bold=True)  # fmt: skip
    _headline(slide, pack.title, look, Inches(2.3), 44)
    lines = [and_counted(part.page.headline, pack.counted), pack.day, *part.said]
    box(slide, LEFT, Inches(4.0), FULL, Inches(2.4), lines,
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
    """One plain colour; the theme's style would add a line and, in LibreOffice, a shadow."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    shape._element.remove(shape._element.find(qn("p:style")))


def _tiles(slide: Any, tiles: Sequence[Tile], top: int, look: Look) -> int:
    """Figures side by side, each with its name above and its note below; their height."""
    width = (FULL - _GAP * (len(tiles) - 1)) // len(tiles)
    inner = width - 2 * _MARGIN
    height = max(_tile_height(tile, inner) for tile in tiles)
    for place, tile in enumerate(tiles):
        left = LEFT + place * (width + _GAP)
        _fill(slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height), WASH)
        shown = _shown(tile)
        said = box(slide, left + _MARGIN, top + Inches(0.07), inner, height - Inches(0.1),
                   [tile.label, shown, *tile.note.split(" · ")],
                   size=_SMALLEST, font=look.font, colour=MUTED)  # fmt: skip
        figure = said.text_frame.paragraphs[1].runs[0].font
        figure.size, figure.bold = Pt(_across(shown, inner)), True
        figure.color.rgb = rgb(TONES[tile.tone])
    return height


def _shown(tile: Tile) -> str:
    return f"{tile.value} {tile.unit}".strip()


def _tile_height(tile: Tile, inner: int) -> int:
    """All of its lines; a name or a note may need two."""
    shown, letter = _shown(tile), Pt(_SMALLEST)
    small = [ceil(ems(text) * letter / inner) for text in (tile.label, *tile.note.split(" · "))]
    size = Pt(_across(shown, inner))
    figure = ceil(ems(shown) * size / inner)
    return int(1.3 * (sum(small) * letter + figure * size)) + Inches(0.2)


def _across(text: str, width: int, most: int = 24) -> int:
    """The size in which a text stays on one line, from the smallest on; bold letters are wider."""
    return max(_SMALLEST, min(most, int(width / Pt(1) / (ems(text) * 1.15))))


def _body(slide: Any, part: Part, top: int, look: Look, colour: str) -> None:
    """Sentences above a table, or right of a chart, or alone."""
    content = part.page.content
    height = BODY_END - top
    style = {"size": part.size / 2, "font": look.font, "colour": INK}
    if part.table is not None:
        if part.said:
            lines = Inches(0.34) * len(part.said)
            box(slide, LEFT, top, FULL, lines, part.said, space=4, **style)
            top += lines
        _table(slide, part, top, look, colour)
        return
    wide = FULL
    if is_charted(part.page) and content.chart is not None and content.plot is not None:
        wide = Inches(3.9)
        room = FULL - wide - Inches(0.3) if part.said else FULL
        box(slide, LEFT, top, room, Inches(0.3), [content.chart.subtitle],
            size=12, font=look.font, colour=MUTED)  # fmt: skip
        place = (LEFT, top + Inches(0.45), room, height - Inches(0.45))
        add_chart(slide, place, content.chart.table, content.plot, colour, look.font)
    if part.said:
        box(slide, WIDTH - LEFT - wide, top, wide, height, part.said, space=8, **style)


def _table(slide: Any, part: Part, top: int, look: Look, colour: str) -> None:
    table, size, tall = part.table, 14 if part.roomy else 12, 0.54 if part.roomy else 0.4
    rows, columns = len(table.rows) + 1, len(table.columns)
    shape = slide.shapes.add_table(rows, columns, LEFT, top, FULL, Inches(tall) * rows)
    drawn = shape.table
    for column, share in enumerate(widths(table)):
        drawn.columns[column].width = int(FULL * share)
    for line, row in enumerate([table.columns, *table.rows]):
        for column, value in enumerate(row):
            cell = drawn.cell(line, column)
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(colour if line == 0 else "#ffffff" if line % 2 else WASH)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            write(cell.text_frame, [cell_text(value)], size=size, font=look.font,
                  colour="#ffffff" if line == 0 else INK, bold=line == 0)  # fmt: skip


def _foot(slide: Any, pack: Pack, source: str, look: Look) -> None:
    """Source on the left; the office and the number of the slide on the right."""
    top = BODY_END + Inches(0.05)  # three lines of source end on the slide
    box(slide, LEFT, top, Inches(8.5), Inches(0.6), [source],
        size=12, font=look.font, colour=MUTED)  # fmt: skip
    right = box(slide, Inches(9.2), top, WIDTH - Inches(9.2) - LEFT, Inches(0.6),
                [_("{office} · {title}").format(office=pack.office, title=pack.title)],
                size=12, font=look.font, colour=MUTED)  # fmt: skip
    paragraph = right.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        '<a:rPr sz="1200"/><a:t>‹#›</a:t></a:fld>'
    )
    name_font(field.find("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"), look.font)
    paragraph._p.append(parse_xml(f'<a:r {nsdecls("a")}><a:rPr sz="1200"/><a:t>  </a:t></a:r>'))
    paragraph._p.append(field)

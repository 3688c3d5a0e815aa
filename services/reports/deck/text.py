"""Text on a slide, with its font named for every script: python-pptx names the Latin one only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

_SCRIPTS = ("a:latin", "a:ea", "a:cs")
# What may follow the fonts in a run's properties; the order is part of the file format.
_AFTER = ("a:sym", "a:hlinkClick", "a:hlinkMouseOver", "a:rtl", "a:extLst")


def rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


def name_font(properties: Any, font: str) -> None:
    """Name the font in run properties (a:rPr, a:defRPr) for Latin, East Asian and other text."""
    for tag in _SCRIPTS:
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    followers = {qn(tag) for tag in _AFTER}
    place = next((n for n, one in enumerate(properties) if one.tag in followers), len(properties))
    for tag in reversed(_SCRIPTS):
        element = properties.makeelement(qn(tag), {"typeface": font})
        properties.insert(place, element)


def write(
    frame: TextFrame,
    paragraphs: Sequence[str],
    *,
    size: float,
    font: str,
    colour: str,
    bold: bool = False,
    space: float = 0,
) -> None:
    """Put paragraphs into a frame in one style; the frame's box does not grow or shrink."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    for place, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(space)
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = rgb(colour)
        name_font(run._r.get_or_add_rPr(), font)


def box(
    slide: Any,
    left: int,
    top: int,
    width: int,
    height: int,
    paragraphs: Sequence[str],
    *,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    **style: Any,
) -> Any:
    """A text box without margins; places in EMU, style as in `write`."""
    shape = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height))
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = anchor
    write(frame, paragraphs, **style)
    return shape

"""The sheet of a .docx: A4, margins, fonts named for every script, page numbers (GB/T 9704)."""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

SONG, HEI, FANG_SONG, KAI = "宋体", "黑体", "仿宋", "楷体"
LATIN = "Times New Roman"
# Sizes in points by their Chinese names.
ER, SAN, SI, XIAO_SI, WU = 22, 16, 14, 12, 10.5
PITCH = Pt(28)
TEXT_WIDTH = Mm(210 - 28 - 26)
# What follows the rules of marks in a paragraph's properties; the order is part of the format.
_AFTER_MARKS = (
    "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
    "w:pPrChange",
)  # fmt: skip
# By these names a program without the font finds another of its kind.
_ALSO = {SONG: "SimSun", HEI: "SimHei", FANG_SONG: "FangSong", KAI: "KaiTi"}
_FAMILY = {SONG: "roman", FANG_SONG: "roman", KAI: "roman", HEI: "swiss"}


def new_file(title: str, office: str) -> Any:
    """An empty document: its page, its plain style, its page number."""
    file = docx.Document()
    file.core_properties.title = title
    file.core_properties.author = office
    file.core_properties.comments = ""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    plain = file.styles["Normal"]
    name_font(plain.element.get_or_add_rPr(), FANG_SONG)
    plain.font.size = Pt(SAN)
    _chinese(plain.element)
    _head_styles(file)
    _other_names(file)
    _page_number(section.footer)
    return file


def _chinese(style: Any) -> None:
    """Signs in their mainland form."""
    for old in style.rPr.findall(qn("w:lang")):
        style.rPr.remove(old)
    style.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))


def _head_styles(file: Any) -> None:
    """Headings keep their place in the outline, but none of the template's blue."""
    for level, font in ((1, HEI), (2, KAI)):
        style = file.styles[f"Heading {level}"]
        properties = style.element.get_or_add_rPr()
        for child in list(properties):
            properties.remove(child)
        name_font(properties, font)
        style.font.size = Pt(SAN)
        style.font.bold = False
        space(style.paragraph_format, before=6 if level == 1 else 0)
        style.paragraph_format.keep_with_next = True


def space(layout: Any, *, before: float = 0, after: float = 0, pitch: Any = PITCH) -> None:
    """Lines at a fixed pitch, so that 22 stand on a page.

    No room is put in between a number and its words. What is usual in Word about marks beyond the
    margin is said all the same: without it LibreOffice loses some of them in justified lines.
    """
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    properties = layout._element.get_or_add_pPr()
    for tag, on in (("w:overflowPunct", "1"), ("w:autoSpaceDE", "0"), ("w:autoSpaceDN", "0")):
        if properties.find(qn(tag)) is None:
            rule = properties.makeelement(qn(tag), {qn("w:val"): on})
            properties.insert_element_before(rule, *_AFTER_MARKS)


def name_font(properties: Any, font: str) -> None:
    """Name the font in run properties (w:rPr): ours for Chinese, a Latin one for the rest."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = properties.makeelement(
        qn("w:rFonts"),
        {
            qn("w:ascii"): LATIN,
            qn("w:hAnsi"): LATIN,
            qn("w:cs"): LATIN,
            qn("w:eastAsia"): font,
            qn("w:hint"): "eastAsia",
        },
    )
    properties.insert(0, fonts)


def write(
    paragraph: Any, text: str, *, font: str, size: float, colour: Any = None, bold: bool = False
) -> Any:
    """A run of text at the paragraph's end."""
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = colour
    name_font(run._r.get_or_add_rPr(), font)
    return run


def _other_names(file: Any) -> None:
    """Say in the font table by which other names the Chinese fonts go."""
    part = next(
        rel.target_part for rel in file.part.rels.values() if rel.reltype.endswith("/fontTable")
    )
    table = parse_xml(part.blob)
    for font, other in _ALSO.items():
        table.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{font}"><w:altName w:val="{other}"/>'
                f'<w:charset w:val="86"/><w:family w:val="{_FAMILY[font]}"/>'
                '<w:pitch w:val="variable"/></w:font>'
            )
        )
    part._blob = serialize_part_xml(table)


def _page_number(footer: Any) -> None:
    """— 3 — in the middle of the foot."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, "— ", font=SONG, size=SI)
    run = write(paragraph, "", font=SONG, size=SI)
    for kind in ("begin", None, "end"):
        run._r.append(
            parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>')
            if kind is None
            else parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>')
        )
    write(paragraph, " —", font=SONG, size=SI)

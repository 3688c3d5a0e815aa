"""Excel workbooks for tests, written by hand so that they can hold what no program would write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>"
)
# Style 1 is a date.
_STYLES = (
    f'<styleSheet xmlns="{_SHEET}"><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Raw:
    """A cell by its XML: attributes, then what it holds."""

    attributes: str
    content: str


def formula(text: str, cached: str | None = None) -> Raw:
    """A formula, with the result that was saved with it or (None) none."""
    return Raw("", f"<f>{escape(text)}</f>" + ("" if cached is None else f"<v>{cached}</v>"))


def failed(error: str) -> Raw:
    """A cell that shows an error such as #REF!."""
    return Raw('t="e"', f"<f>A1</f><v>{error}</v>")


def day(serial: float) -> Raw:
    """A number that is shown as a date."""
    return Raw('s="1"', f"<v>{serial}</v>")


Cell = str | int | float | None | Raw


def workbook(
    rows: Sequence[Sequence[Cell]],
    *,
    merged: Sequence[str] = (),
    first_row: int = 1,
    counts_from_1904: bool = False,
    more: Mapping[str, Sequence[Sequence[Cell]]] | None = None,
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook with the sheet 数据 and `more` ones; `parts` are files of the archive besides."""
    sheets = {"数据": rows, **(more or {})}
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{k}" r:id="rId{k}"/>'
        for k, name in enumerate(sheets, start=1)
    )
    properties = '<workbookPr date1904="1"/>' if counts_from_1904 else ""
    links = "".join(
        f'<Relationship Id="rId{k}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{k}.xml"/>'
        for k in range(1, len(sheets) + 1)
    )
    links += f'<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    root = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    content = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">{properties}'
        f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
    }
    for k, own in enumerate(sheets.values(), start=1):
        content[f"xl/worksheets/sheet{k}.xml"] = sheet_xml(own, merged if k == 1 else (), first_row)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in {**content, **(parts or {})}.items():
            archive.writestr(name, data)
    return file.getvalue()


def sheet_xml(
    rows: Sequence[Sequence[Cell]], merged: Sequence[str] = (), first_row: int = 1
) -> str:
    """A sheet's XML, its first row at `first_row`."""
    lines = "".join(
        f'<row r="{number}">'
        + "".join(_cell(f"{column_name(place)}{number}", cell) for place, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=first_row)
    )
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    return (
        f'<worksheet xmlns="{_SHEET}"><sheetData>{lines}</sheetData>'
        + (f"<mergeCells>{areas}</mergeCells>" if areas else "")
        + "</worksheet>"
    )


def column_name(place: int) -> str:
    """A, B … Z, AA … for 0, 1 …"""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(65 + letter) + name
    return name


def _cell(reference: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Raw):
        return f'<c r="{reference}" {cell.attributes}>{cell.content}</c>'
    if isinstance(cell, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{reference}"><v>{cell}</v></c>'

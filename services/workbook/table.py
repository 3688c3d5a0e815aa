"""A filled-in workbook or CSV: rows of texts by field, read in the limited process."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.entries import name_key
from services.errors import InvalidEntry
from services.i18n import _
from services.imports.sheet import MB, Limits, Sheet, read_sheet

LIMITS = Limits(10 * MB, 16 * MB, 10_000, 300, 512 * MB, 30)
_IN_BRACKETS = re.compile(r"(.+?)\s*[（(][^（）()]*[)）]")
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")


@dataclass(frozen=True)
class Column:
    """A column of a list's sheet. `kind`: text · day · whole · decimal · one or several of the
    `choices` · kept (for the machine). `called`: what else its heading may say."""

    field: str
    heading: str
    kind: str = "text"
    width: int = 12
    choices: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    tint: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Given:
    """A row of the file: field → text. `wrong`: why it cannot be told which cell is which."""

    line: int
    cells: Mapping[str, str]
    wrong: str = ""


@dataclass(frozen=True, eq=False)
class Table:
    """`headings`: field → what the file calls its column; `unknown`: headings that say nothing."""

    sha256: str
    rows: tuple[Given, ...]
    headings: Mapping[str, str]
    unknown: tuple[str, ...]


def read_table(data: bytes, columns: Sequence[Column], sheet: str, needed: Sequence[str]) -> Table:
    """The rows of the sheet of that name, else of the first one that is a table.

    InvalidEntry: the file cannot be read, two columns mean the same, or a needed one is missing.
    """
    read = read_sheet(data, sheet, limits=LIMITS)
    fields = _fields(read, columns)
    missing = [one.heading for one in columns if one.field in needed and one.field not in fields]
    if missing:
        raise InvalidEntry(
            _("第 {line} 行是表头，里面没有“{missing}”。请用这里下载的模板填写。").format(
                line=read.header, missing=_("”和“").join(missing)
            ),
            "file",
        )
    days = {one.field for one in columns if one.kind == "day"}
    texts = {
        field: [_MIDNIGHT.sub("", text) for text in read.column(name).texts]
        if field in days
        else read.column(name).texts
        for field, name in fields.items()
    }
    rows = tuple(
        Given(line, dict(zip(texts, cells, strict=True)), _ragged(read, row))
        for row, (line, *cells) in enumerate(zip(read.lines.tolist(), *texts.values(), strict=True))
    )
    unknown = [one.name for one in read.columns if one.name not in fields.values()]
    said = tuple(name for name in unknown if any(read.column(name).values))
    return Table(read.sha256, rows, fields, said)


def _fields(read: Sheet, columns: Sequence[Column]) -> dict[str, str]:
    """Field → the name of its column in the file."""
    known = {
        name_key(name): one.field for one in columns for name in (*one.called, one.heading) if name
    }
    found: dict[str, str] = {}
    for name in read.names:
        short = _IN_BRACKETS.fullmatch(name)
        field = known.get(name_key(name)) or (short and known.get(name_key(short[1])))
        if not field:
            continue
        if field in found:
            raise InvalidEntry(
                _("“{one}”和“{other}”是同一列，请只留一列。").format(one=found[field], other=name),
                "file",
            )
        found[field] = name
    return found


def _ragged(read: Sheet, row: int) -> str:
    if row not in read.ragged:
        return ""
    return _("这一行有 {cells} 格，表头有 {columns} 格。").format(
        cells=read.ragged[row], columns=len(read.columns)
    )

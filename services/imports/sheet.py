"""An uploaded table: read in a limited process, kept as columns of text."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.errors import InvalidEntry
from services.formats import number
from services.i18n import _
from services.imports.values import answer_key
from services.settings import ROOT


@dataclass(frozen=True)
class Limits:
    """The most a file may be and its reading may take; bytes and seconds."""

    size: int
    unzipped: int
    rows: int
    columns: int
    memory: int
    seconds: int


MB = 1 << 20
# 100,000 respondents with twelve answers: 7 MB as a workbook, which unzips to 70 MB and takes
# 140 MB of memory to read; up to 20 MB as a CSV that writes answers out in words.
SURVEY = Limits(32 * MB, 256 * MB, 200_000, 300, 1024 * MB, 60)
# How much longer than its processor time a reading may last on a busy machine.
_PATIENCE = 3


@dataclass(frozen=True, eq=False)
class Column:
    """`codes` says for every row which of `values` it has."""

    name: str
    values: tuple[str, ...]
    codes: NDArray[np.int32]

    @property
    def texts(self) -> list[str]:
        """The cells, row by row."""
        return [self.values[code] for code in self.codes]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The values in the form in which they are compared."""
        return tuple(map(answer_key, self.values))

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How often each value stands there."""
        return np.bincount(self.codes, minlength=len(self.values))


@dataclass(frozen=True, eq=False)
class Sheet:
    """`lines`: where in the file each row stands; `ragged`: row → its cells, if not as many as
    the header has; `sheets`: what else the workbook offers; `header`: the line of the names."""

    sha256: str
    sheets: tuple[str, ...]
    sheet: str
    header: int
    columns: tuple[Column, ...]
    lines: NDArray[np.int32]
    ragged: Mapping[int, int]

    @property
    def rows(self) -> int:
        return len(self.lines)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def columns_sha256(self) -> str:
        """The same for every file with these columns, in whatever order."""
        return hashlib.sha256("\n".join(sorted(self.names)).encode()).hexdigest()

    def column(self, name: str) -> Column:
        """KeyError for a column that is not there."""
        return self._by_name[name]

    def where(self, name: str, wanted: Callable[[str], bool]) -> Sheet:
        """The rows whose cell in a column is wanted, as a sheet of their own."""
        chosen = self.column(name)
        kept = np.array([wanted(value) for value in chosen.values])[chosen.codes]
        place = np.cumsum(kept) - 1
        return replace(
            self,
            columns=tuple(_narrowed(column, kept) for column in self.columns),
            lines=self.lines[kept],
            ragged={int(place[row]): cells for row, cells in self.ragged.items() if kept[row]},
        )

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}


def _narrowed(column: Column, kept: NDArray[np.bool_]) -> Column:
    present, codes = np.unique(column.codes[kept], return_inverse=True)
    values = tuple(column.values[code] for code in present)
    return Column(column.name, values, codes.astype(np.int32))


def read_sheet(data: bytes, sheet: str = "", limits: Limits = SURVEY) -> Sheet:
    """The table in a file's bytes: CSV (, ; TAB; UTF-8, GB18030, UTF-16) or XLSX, all as text.

    sheet: the one to read; "" lets the reader find it. InvalidEntry says what is wrong with the
    file and what to do.
    """
    if len(data) > limits.size:
        raise InvalidEntry(
            _("文件太大，最多 {size} MB。另存为 .xlsx 会小得多，或分成几个文件导入。").format(
                size=limits.size // MB
            ),
            "file",
        )
    order = asdict(limits) | {"sheet": sheet}
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        source.write_bytes(data)
        _run(order, source, target)
        answer = target.read_bytes() if target.exists() else b'{"fault": "unreadable"}'
    top, _end, numbers = answer.partition(b"\n")
    about = json.loads(top)
    if "fault" in about:
        raise InvalidEntry(_sentence(about["fault"], about.get("line", 0), limits), "file")
    return _sheet(hashlib.sha256(data).hexdigest(), about, numbers)


def _run(order: Mapping[str, Any], source: Path, target: Path) -> None:
    """Let the child read; whatever kills it or holds it up leaves no answer behind."""
    command = [sys.executable, "-m", "services.imports.child", json.dumps(order)]
    try:
        ended = subprocess.run(
            [*command, str(source), str(target)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=order["seconds"] * _PATIENCE,
        )
    except subprocess.TimeoutExpired:
        target.unlink(missing_ok=True)
        return
    if ended.returncode:
        target.unlink(missing_ok=True)


def _sheet(sha256: str, about: Mapping[str, Any], numbers: bytes) -> Sheet:
    rows = about["rows"]
    codes = np.frombuffer(numbers, dtype=np.int32).reshape(-1, rows)
    columns = (
        Column(name, tuple(values), own)
        for name, values, own in zip(
            _told_apart(about["names"]), about["values"], codes, strict=False
        )
    )
    return Sheet(
        sha256,
        tuple(about["sheets"]),
        about["sheet"],
        about["header"],
        tuple(columns),
        codes[-1],
        dict(about["ragged"]),
    )


def _told_apart(names: list[str]) -> list[str]:
    """Names that are all there and all different."""
    told: list[str] = []
    for place, name in enumerate(names, start=1):
        plain = " ".join(name.split()) or _("第 {place} 列").format(place=place)
        double = sum(other == plain or other.startswith(f"{plain} (") for other in told)
        told.append(f"{plain} ({double + 1})" if plain in told else plain)
    return told


def _sentence(fault: str, line: int, limits: Limits) -> str:
    """What is wrong and what to do."""
    sentences = {
        "empty": _("文件是空的，请检查是否选错了文件。"),
        "no_rows": _("文件只有表头，没有数据行。"),
        "old_workbook": _(
            "这是旧格式（.xls、.et）或加了密码的工作簿，请在表格软件里另存为 .xlsx，不设密码。"
        ),
        "no_table": _(
            "这个文件不是 .xlsx 或 CSV 表格，可能是 PDF、图片或别的格式。请选择表格；"
            "别的格式的表格请先另存为 .xlsx。"
        ),
        "web_page": _("这个文件其实是网页，请在表格软件里打开，另存为 .xlsx。"),
        "not_text": _("看不懂这个文件，请在表格软件里另存为 .xlsx 或 CSV。"),
        "cut": _("文件不完整，最后一个字断开了，请重新导出。"),
        "mixed": _("从第 {line} 行起文字编码变了，请在表格软件里检查后另存为 .xlsx。"),
        "quotes": _("第 {line} 行起引号不成对，请在表格软件里检查后另存为 .xlsx。"),
        "damaged": _("工作簿已损坏或不完整，请重新导出。"),
        "too_large": _(
            "表格太大，最多 {rows} 行、{columns} 列。请删去无关的行和列，或分成几个文件。"
        ),
        "zip_bomb": _("工作簿解开后超过 {unzipped} MB，请把数据单独复制到新工作簿里再导入。"),
        "unreadable": _(
            "在限定的时间和内存里没有读完。可能有内容散落在很远的格子里，"
            "请把数据单独复制到新工作簿里再导入。"
        ),
    }
    return sentences[fault].format(
        line=line,
        rows=number(limits.rows),
        columns=limits.columns,
        unzipped=limits.unzipped // MB,
    )

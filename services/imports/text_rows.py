"""Rows of a text table: its encoding by strict tries, its separator by what there is most of."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from services.imports.faults import Fault, Row

_LONGEST_CELL = 100_000
# So many bytes of good UTF-8 are no accident of another encoding.
_NO_ACCIDENT = 30


def text_rows(data: bytes) -> Iterator[Row]:
    """The rows of a CSV; Fault if it is none."""
    text = _text(data)
    if re.match(r"\s*<(?:!doctype|html|\?xml)", text[:200], re.IGNORECASE):
        raise Fault("web_page")
    return _delimited(text)


def _text(data: bytes) -> str:
    """The text by strict tries: a byte order mark, UTF-16 by its zeros, UTF-8, then GB18030.

    The other order gives mojibake without an error: almost any UTF-8 is also GB18030.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries = ["utf-16"]
    elif b"\x00" in data:
        tries = ["utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"]
    elif data.startswith(b"\xef\xbb\xbf"):
        tries = ["utf-8-sig"]
    else:
        tries = ["utf-8", "gb18030"]
    for encoding in tries:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            _cut_or_mixed(data, error)
        else:
            if "\x00" in text:
                raise Fault("not_text")
            return text
    raise Fault("not_text")


def _cut_or_mixed(data: bytes, error: UnicodeDecodeError) -> None:
    """UTF-8 that ends inside a character, or turns into something else, is not GB18030."""
    if error.encoding != "utf-8":
        return
    if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
        raise Fault("cut")
    before = data[: error.start]
    if len(before) - len(before.decode("utf-8").encode("ascii", "ignore")) >= _NO_ACCIDENT:
        raise Fault("mixed", before.count(b"\n") + 1)


def _delimited(text: str) -> Iterator[Row]:
    """Rows of a table whose cells part , ; or TAB, whichever the first lines have most of."""
    head = "\n".join(text[:20_000].splitlines()[:10])
    delimiter = max(",;\t", key=head.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Fault("quotes", line) from None
        if cells is None:
            return
        yield line, [cell.strip() for cell in cells]

"""Files that pages offer: their media types, and the language they are made in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from services.i18n import _, language, use_language

T = TypeVar("T")
_OFFICE = "application/vnd.openxmlformats-officedocument"

CSV = "text/csv"
DOCX = f"{_OFFICE}.wordprocessingml.document"
PPTX = f"{_OFFICE}.presentationml.presentation"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"


def report_name(name: str, kind: str) -> str:
    """What a file is called that is only to be read: there is another one to be changed."""
    return _("{name}（供查阅，不能导入）.{kind}").format(name=name, kind=kind)


def spoken(make: Callable[..., T]) -> Callable[[], T]:
    """`make`, in the language of now: a file is made when it is asked for, outside of any run."""
    now = language()

    def made() -> T:
        use_language(now)
        return make()

    return made

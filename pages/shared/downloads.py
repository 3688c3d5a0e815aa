"""Files that pages offer: their media types, and the language they are made in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from services.i18n import language, use_language

T = TypeVar("T")
_OFFICE = "application/vnd.openxmlformats-officedocument"

CSV = "text/csv"
DOCX = f"{_OFFICE}.wordprocessingml.document"
PPTX = f"{_OFFICE}.presentationml.presentation"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"


def spoken(make: Callable[..., T]) -> Callable[[], T]:
    """`make`, in the language of now: a file is made when it is asked for, outside of any run."""
    now = language()

    def made() -> T:
        use_language(now)
        return make()

    return made

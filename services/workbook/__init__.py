"""Lists as workbooks: a sheet to fill in, what it would change, and the change, once."""

from services.workbook.activities import check, take
from services.workbook.export import MOST_EXPORTED, month_book, own_book, record_book
from services.workbook.lines import (
    ALIKE,
    BLANK,
    CHANGED,
    NEW,
    REFUSED,
    SAME,
    Checked,
    Choice,
    Line,
    Receipt,
    Upload,
    Where,
)
from services.workbook.refused import refused_book
from services.workbook.table import LIMITS, Table, read_table
from services.workbook.template import template

__all__ = [
    "ALIKE",
    "BLANK",
    "CHANGED",
    "LIMITS",
    "MOST_EXPORTED",
    "NEW",
    "REFUSED",
    "SAME",
    "Checked",
    "Choice",
    "Line",
    "Receipt",
    "Table",
    "Upload",
    "Where",
    "check",
    "month_book",
    "own_book",
    "read_table",
    "record_book",
    "refused_book",
    "take",
    "template",
]

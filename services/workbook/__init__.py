"""Lists as workbooks: a sheet to fill in, what it would change, and the change, once."""

from services.workbook.asking import answered
from services.workbook.export import MOST_EXPORTED, month_book, own_book, record_book
from services.workbook.kinds import (
    KINDS,
    Kind,
    columns_of,
    help_of,
    last_taken,
    list_book,
    read,
    state_words,
)
from services.workbook.lines import (
    ALIKE,
    ASK,
    BLANK,
    CHANGED,
    LEFT,
    NEW,
    NOT_TAKEN,
    REFUSED,
    SAME,
    Checked,
    Choice,
    Line,
    Receipt,
    Said,
    Stay,
    Taken,
    Undone,
    Upload,
    Where,
)
from services.workbook.lists.inspections import inspections_book
from services.workbook.lists.plans import plans_book
from services.workbook.lists.targets import targets_book
from services.workbook.lists.voices import voices_book
from services.workbook.places_sheet import places_book
from services.workbook.refused import refused_book
from services.workbook.table import LIMITS, Table
from services.workbook.template import template

__all__ = [
    "ALIKE",
    "ASK",
    "BLANK",
    "CHANGED",
    "KINDS",
    "LEFT",
    "LIMITS",
    "MOST_EXPORTED",
    "NEW",
    "NOT_TAKEN",
    "REFUSED",
    "SAME",
    "Checked",
    "Choice",
    "Kind",
    "Line",
    "Receipt",
    "Said",
    "Stay",
    "Table",
    "Taken",
    "Undone",
    "Upload",
    "Where",
    "answered",
    "columns_of",
    "help_of",
    "inspections_book",
    "last_taken",
    "list_book",
    "month_book",
    "own_book",
    "places_book",
    "plans_book",
    "read",
    "record_book",
    "refused_book",
    "state_words",
    "targets_book",
    "template",
    "voices_book",
]

"""承诺事项: promises of review meetings, until they are kept and struck off the list."""

from services.commitments.reading import (
    Book,
    Promise,
    action_label,
    book,
    promise,
    state_label,
)
from services.commitments.writing import (
    DONE,
    OPEN,
    STEPS,
    VOID,
    Receipt,
    Typed,
    checked,
    find,
    make,
    state_of,
    take,
)

__all__ = [
    "DONE",
    "OPEN",
    "STEPS",
    "VOID",
    "Book",
    "Promise",
    "Receipt",
    "Typed",
    "action_label",
    "book",
    "checked",
    "find",
    "make",
    "promise",
    "state_label",
    "state_of",
    "take",
]

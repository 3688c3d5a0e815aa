"""承诺事项: promises of review meetings, until they are kept and struck off the list."""

from services.commitments.correcting import correct, corrected, reveal, typed_as
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
    "correct",
    "corrected",
    "find",
    "make",
    "promise",
    "reveal",
    "state_label",
    "state_of",
    "take",
    "typed_as",
]

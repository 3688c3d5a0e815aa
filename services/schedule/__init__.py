"""工作节律: plans that recur, their occasions, and what of them was held."""

from services.schedule.book import (
    PlanLine,
    book,
    day_off_labels,
    every_labels,
    kind_labels,
    line,
    nth_labels,
)
from services.schedule.figures import Tally, of_view, tallies, tally
from services.schedule.matching import (
    CANCELLED,
    DONE,
    LATE,
    MISSING,
    PLANNED,
    Standing,
)
from services.schedule.occasions import ON_DAY_OFF
from services.schedule.one import (
    Shown,
    day_note,
    reason_of,
    shown,
    standing,
    state_labels,
    title_of,
)
from services.schedule.reading import Chosen, chosen_of, occasion_code, within
from services.schedule.rules import LAST, Rule, weekday_labels, words
from services.schedule.typed import (
    LONGEST_LABEL,
    MOST_DAYS,
    PreviewLine,
    Typed,
    preview,
)
from services.schedule.waiting import waiting
from services.schedule.workdays import festival_labels
from services.schedule.writing import (
    Receipt,
    cancel,
    change,
    check_cancelled,
    check_moved,
    make,
    move,
    put_back,
    restore,
    undo,
    void,
)

__all__ = [
    "CANCELLED",
    "DONE",
    "LAST",
    "LATE",
    "LONGEST_LABEL",
    "MISSING",
    "MOST_DAYS",
    "ON_DAY_OFF",
    "PLANNED",
    "Chosen",
    "PlanLine",
    "PreviewLine",
    "Receipt",
    "Rule",
    "Shown",
    "Standing",
    "Tally",
    "Typed",
    "book",
    "cancel",
    "change",
    "check_cancelled",
    "check_moved",
    "chosen_of",
    "day_note",
    "day_off_labels",
    "every_labels",
    "festival_labels",
    "kind_labels",
    "line",
    "make",
    "move",
    "nth_labels",
    "occasion_code",
    "of_view",
    "preview",
    "put_back",
    "reason_of",
    "restore",
    "shown",
    "standing",
    "state_labels",
    "tallies",
    "tally",
    "title_of",
    "undo",
    "void",
    "waiting",
    "weekday_labels",
    "within",
    "words",
]

"""Review meetings: an agenda from the data, slides and bulletin, and figures frozen for good."""

from services.meetings.agenda import DOMAIN, KINDS, OWN, Item, choices, kind_label
from services.meetings.content import Content, Plot
from services.meetings.reading import (
    Meeting,
    Slide,
    contents,
    current,
    listing,
    meeting,
    titles,
)
from services.meetings.since import Since, since
from services.meetings.watching import watchable, watched
from services.meetings.writing import (
    Receipt,
    Rules,
    Typed,
    add_slide,
    arrange,
    counted,
    freeze,
    make,
    rename,
    restore,
    show_slide,
    void,
    write_slide,
)

__all__ = [
    "DOMAIN",
    "KINDS",
    "OWN",
    "Content",
    "Item",
    "Meeting",
    "Plot",
    "Receipt",
    "Rules",
    "Since",
    "Slide",
    "Typed",
    "add_slide",
    "arrange",
    "choices",
    "contents",
    "counted",
    "current",
    "freeze",
    "kind_label",
    "listing",
    "make",
    "meeting",
    "rename",
    "restore",
    "show_slide",
    "since",
    "titles",
    "void",
    "watchable",
    "watched",
    "write_slide",
]

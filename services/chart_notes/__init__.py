"""Notes on charts: what happened on a day, drawn as a mark on every chart of the series."""

from services.chart_notes.reading import Note, notes_of, seen
from services.chart_notes.writing import Typed, checked, make, restore, series_labels, void

__all__ = [
    "Note",
    "Typed",
    "checked",
    "make",
    "notes_of",
    "restore",
    "seen",
    "series_labels",
    "void",
]

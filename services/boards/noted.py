"""Notes on a board's charts: where their marks stand, and the sentences under the chart."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from services.chart_notes import Note
from services.charts.marks import Mark, sign, with_marks
from services.i18n import _
from services.periods import day_label

_EDGE = 0.5  # of a month: where the last one ends
_BEHIND = 0.35  # of a step: where what happened after the last wave stands


@dataclass(frozen=True)
class Noted:
    """`marks` for the figure, `sentences` for below it."""

    marks: tuple[Mark, ...] = ()
    sentences: tuple[str, ...] = ()

    def on(self, figure: str, panels: Iterable[str] = ("",)) -> str:
        """The figure with the marks in it; `panels` are its series in their order."""
        return with_marks(figure, self.marks, tuple(dict.fromkeys(panels)))

    def rows(self, count: int) -> tuple[tuple[int, str], ...]:
        """Each mark with the row it stands over where there is room for whole rows only: that of
        its time, else the next."""
        return tuple((min(ceil(mark.place), count - 1), mark.sign) for mark in self.marks)


def by_month(notes: Sequence[Note], series: Mapping[str, str], months: Sequence[date]) -> Noted:
    """Notes over months (their first days) at 0, 1, 2 …; `series`: code → the panel's name.

    What happened after the last month, in one that is not over yet, stands at the edge behind it.
    """
    found = [
        (note, place)
        for note in notes
        if note.series in series and (place := _in_months(note.day, months)) is not None
    ]
    return _noted(found, series)


def by_wave(notes: Sequence[Note], series: str, ends: Sequence[date]) -> Noted:
    """Notes between survey waves at 0, 1, 2 …, which ended on these days; none before the first."""
    if not ends:
        return Noted()
    found = [note for note in notes if note.series == series and note.day >= ends[0]]
    return _noted([(note, _between(note.day, ends)) for note in found], {series: ""})


def _noted(found: Sequence[tuple[Note, float]], series: Mapping[str, str]) -> Noted:
    marks, sentences = [], []
    for place, (note, x) in enumerate(found):
        panel, shown = series[note.series], sign(place)
        said = _("{day}：{text}").format(day=day_label(note.day), text=note.text)
        about = _("、").join(filter(None, (panel if len(series) > 1 else "", note.place)))
        if about:
            said = _("{said}（{about}）").format(said=said, about=about)
        marks.append(Mark(panel, round(x, 3), shown, said))
        sentences.append(f"{shown} {said}")
    return Noted(tuple(marks), tuple(sentences))


def _in_months(day: date, months: Sequence[date]) -> float | None:
    month = day.replace(day=1)
    if month in months:
        return months.index(month) + _within(day)
    return len(months) - 1 + _EDGE if months and month > months[-1] else None


def _within(day: date) -> float:
    """How far a day lies from the middle of its month, in months."""
    return (day.day - 0.5) / monthrange(day.year, day.month)[1] - 0.5


def _between(day: date, ends: Sequence[date]) -> float:
    """The day's place among the waves, in steps from one to the next."""
    after = next((place for place, end in enumerate(ends) if end >= day), None)
    if after is None:
        return len(ends) - 1 + _BEHIND
    if after == 0:
        return 0.0
    span = (ends[after] - ends[after - 1]).days
    return after - 1 + (day - ends[after - 1]).days / span

"""Odd figures in a file: asked about row by row, and taken over only with an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from db.engine import Session
from services.activities.entry import Entry
from services.activities.finding import Answer, covers
from services.activities.remarks import all_still_asked
from services.catalogue import Catalogue
from services.formats import running
from services.i18n import _
from services.workbook.lines import ASK, CHANGED, LEFT, NEW, Checked, Line, Said


def asked(session: Session, lines: Sequence[Line], lists: Catalogue) -> tuple[Line, ...]:
    """The lines, with those that state odd figures to be confirmed before they are written."""
    places = [place for place, line in enumerate(lines) if line.state in (NEW, CHANGED)]
    entries = [_entry_of(lines[place]) for place in places]
    found = list(lines)
    for place, odd in zip(places, all_still_asked(session, entries, lists), strict=True):
        if odd:
            note = running(*(one.sentence for one in odd))
            found[place] = replace(lines[place], state=ASK, asked=odd, note=note)
    return tuple(found)


def answered(checked: Checked, said: Iterable[Said]) -> Checked:
    """The same with what a person said to the lines that ask: to be written, or left out."""
    told = {one.line: one.answer for one in said}
    lines = tuple(
        _answered(line, told[line.line]) if line.state == ASK and line.line in told else line
        for line in checked.lines
    )
    return replace(checked, lines=lines)


def _entry_of(line: Line) -> tuple[Entry, int]:
    """What the line states, and the id of the record it corrects or 0."""
    first, entry = line.content
    return entry, first.id if line.state == CHANGED else 0


def _answered(line: Line, answer: Answer | None) -> Line:
    """An answer to other figures, or a follow-up that says nothing, is none."""
    if answer is None:
        return replace(line, state=LEFT, note=running(_("您选择了不导入。"), line.note))
    note = answer.note.strip()
    if not covers(answer.mark, line.asked) or (answer.follow_up and not note):
        return line
    state = CHANGED if line.number else NEW
    told = _("待跟进：{note}").format(note=note) if answer.follow_up else _("已确认无误")
    return replace(line, state=state, answer=answer, note=told)

"""Notes as people read them: those a view shows, and those of a chart with the void ones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from db.engine import Session
from db.reads import chart_notes as reads
from services.catalogue import Catalogue, catalogue
from services.privacy import mask
from services.views import View


@dataclass(frozen=True)
class Note:
    """What happened on a day. `place` is "" for the whole subdistrict."""

    id: int
    version: int
    series: str
    day: date
    community: str | None
    place: str
    text: str
    who: str
    void_reason: str


def seen(session: Session, view: View) -> tuple[Note, ...]:
    """The notes that stand up to the view's last day and concern its communities, oldest first.

    A note without a community concerns all of them.
    """
    lists, chosen = catalogue(session), view.filters.communities
    return tuple(
        _note(row, lists)
        for row in reads.until(session, view.last_day)
        if not chosen or row.community_code in (None, *chosen)
    )


def notes_of(session: Session, series: Collection[str]) -> tuple[Note, ...]:
    """All notes of these series, the newest first, void ones last."""
    lists = catalogue(session)
    found = [_note(row, lists) for row in reads.of_series(session, series)]
    return tuple(sorted(found, key=lambda one: bool(one.void_reason)))


def _note(row: reads.ChartNote, lists: Catalogue) -> Note:
    return Note(
        id=row.id,
        version=row.version,
        series=row.series,
        day=row.day,
        community=row.community_code,
        place=lists.community(row.community_code).name if row.community_code else "",
        text=mask(row.text),
        who=row.user_name,
        void_reason=mask(row.void_reason),
    )

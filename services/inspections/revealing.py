"""Numbers of persons in what an inspection says: who may see them, and the look is logged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from db.engine import Session
from db.reads import changes as logs
from db.reads import inspections as reads
from db.writes.inspections import ENTITY, number_of
from db.writes.log import log_change
from services.errors import NotPermitted
from services.i18n import _
from services.inspections.entry import find
from services.permissions import CurrentUser, may
from services.privacy import has_numbers
from services.writing import author_of


def may_reveal(user: CurrentUser, community: str) -> bool:
    """Who records inspections, and whose community has to put it right."""
    return may(user, "record_inspection") or may(user, "report_rectification", community)


def reveal(session: Session, number: str, user: CurrentUser, now: datetime) -> tuple[str, ...]:
    """What hides numbers, as it was typed. The look is logged."""
    row = find(session, number)
    if not may_reveal(user, row.community_code):
        raise NotPermitted(_("您只能查看和办理本社区的事项。"))
    lines = logs.about(session, ENTITY, (number_of(row.id),))
    log_change(session, author_of(user, now), "reveal", ENTITY, number_of(row.id))
    return with_numbers(row, lines)


def with_numbers(row: reads.Inspection, lines: Iterable[logs.Change]) -> tuple[str, ...]:
    """What of an inspection, and of the notes and reasons in its log, names numbers of persons."""
    later = (text for line in lines for text in ((line.after or {}).get("note", ""), line.reason))
    texts = (row.findings, row.inspector, row.rank, *later)
    return tuple(dict.fromkeys(filter(has_numbers, texts)))

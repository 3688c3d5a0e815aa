"""Write remarks on figures of records: said once, closed once, both logged with the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from db.models import ActivityRemark
from db.writes.activities import ENTITY, number_of
from db.writes.log import Author, claim, log_change, log_changes

CONFIRMED, FOLLOW_UP = "confirmed", "follow_up"


@dataclass(frozen=True)
class Said:
    """Something about a field of a record: that its figure is right, or to be looked into."""

    activity_id: int
    kind: str
    field: str
    finding: str = ""
    figure: str = ""
    note: str = ""


def add(session: Session, author: Author, said: Sequence[Said]) -> None:
    """Keep what was said, all at once."""
    session.add_all(
        ActivityRemark(
            activity_id=one.activity_id,
            field=one.field,
            kind=one.kind,
            finding=one.finding,
            figure=one.figure,
            note=one.note,
            user_id=author.user_id,
            user_name=author.name,
            at=author.at,
            closed_by="",
            closed_note="",
            version=1,
        )
        for one in said
    )
    session.flush()
    for (kind, note), some in groupby(said, lambda one: (one.kind, one.note)):
        action = "confirm" if kind == CONFIRMED else FOLLOW_UP
        about = [(number_of(one.activity_id), None, _after(one.field, one.figure)) for one in some]
        log_changes(session, author, action, ENTITY, about, reason=note)


def close(
    session: Session, author: Author, remark: ActivityRemark, note: str, seen_version: int
) -> bool:
    """End a follow-up; False, and nothing written, if its version is another one."""
    if not claim(session, remark, seen_version, closed_at=author.at, closed_by=author.name,
                 closed_note=note):  # fmt: skip
        return False
    session.refresh(remark)
    after = _after(remark.field, remark.figure)
    log_change(
        session, author, "close", ENTITY, number_of(remark.activity_id), after=after, reason=note
    )
    return True


def _after(field: str, figure: str) -> dict[str, str]:
    """As the record's history tells it."""
    return {"field": field, "figure": figure}

"""Write remarks on figures of records: said once, closed once, both logged with the record."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import ActivityRemark
from db.writes.activities import ENTITY, number_of
from db.writes.log import Author, claim, log_change

CONFIRMED, FOLLOW_UP = "confirmed", "follow_up"


def add(
    session: Session,
    author: Author,
    activity_id: int,
    kind: str,
    field: str,
    finding: str = "",
    figure: str = "",
    note: str = "",
) -> None:
    """Say something about a field of a record: that its figure is right, or to be looked into."""
    session.add(
        ActivityRemark(
            activity_id=activity_id,
            field=field,
            kind=kind,
            finding=finding,
            figure=figure,
            note=note,
            user_id=author.user_id,
            user_name=author.name,
            at=author.at,
            closed_by="",
            closed_note="",
            version=1,
        )
    )
    session.flush()
    _log(session, author, "confirm" if kind == CONFIRMED else FOLLOW_UP, activity_id, field, figure,
         note)  # fmt: skip


def close(
    session: Session, author: Author, remark: ActivityRemark, note: str, seen_version: int
) -> bool:
    """End a follow-up; False, and nothing written, if its version is another one."""
    if not claim(session, remark, seen_version, closed_at=author.at, closed_by=author.name,
                 closed_note=note):  # fmt: skip
        return False
    session.refresh(remark)
    _log(session, author, "close", remark.activity_id, remark.field, remark.figure, note)
    return True


def _log(
    session: Session, author: Author, action: str, activity_id: int, field: str, figure: str,
    note: str,
) -> None:  # fmt: skip
    """Of the record: its history tells it."""
    after = {"field": field, "figure": figure}
    log_change(session, author, action, ENTITY, number_of(activity_id), after=after, reason=note)

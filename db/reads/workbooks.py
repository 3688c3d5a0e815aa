"""Read which workbooks were taken over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Activity, ActivityRemark, Change, WorkbookImport

# What makes of a record another version; remarks and looks do not.
_STEPS = ("correct", "void", "restore", "approve", "return", "reopen")


class Logged(NamedTuple):
    """A line of the change log that taking over a file wrote, or taking it back; `steps`: how often
    its thing was written since."""

    id: int
    entity: str
    key: str
    action: str
    before: dict[str, Any] | None
    steps: int


class Corrected(NamedTuple):
    """A correction that a file made: the record's number, what it stated before and after (as the
    change log keeps it), how many steps were taken with it since, and of a single one its action
    and reason."""

    key: str
    before: dict[str, Any]
    after: dict[str, Any]
    steps: int
    action: str | None
    reason: str | None


def taken(session: Session, number: int) -> WorkbookImport | None:
    return session.get(WorkbookImport, number)


def last_taken(
    session: Session, kind: str, user_id: int | None, limit: int
) -> Sequence[WorkbookImport]:
    """Those taken over last, newest first; `user_id` None: of everybody."""
    own = [] if user_id is None else [WorkbookImport.user_id == user_id]
    return session.scalars(
        select(WorkbookImport)
        .where(WorkbookImport.kind == kind, *own)
        .order_by(WorkbookImport.id.desc())
        .limit(limit)
    ).all()


def entered_with(session: Session, taken: WorkbookImport) -> Sequence[Activity]:
    """The activities that a file added: its person entered them at its moment."""
    return session.scalars(select(Activity).where(*_of(taken)).order_by(Activity.id)).all()


def counted(session: Session, taken: WorkbookImport) -> Sequence[tuple[str, str, str, int, int]]:
    """The same by (state, review, void reason, version) and how many there are of each."""
    facts = (Activity.state, Activity.review, Activity.void_reason, Activity.version)
    rows = session.execute(select(*facts, func.count()).where(*_of(taken)).group_by(*facts))
    return [tuple(row) for row in rows]  # type: ignore[misc]


def corrected_with(session: Session, taken: WorkbookImport) -> list[Corrected]:
    """What a file corrected, in the order it did."""
    since = _since(taken)
    rows = session.execute(
        select(Change.entity_key, Change.before, Change.after, since.c.steps, since.c.action,
               since.c.reason)
        .join(since, since.c.id == Change.id)
        .order_by(Change.id)
    )  # fmt: skip
    return [Corrected(*row) for row in rows]


def counted_corrections(
    session: Session, taken: WorkbookImport
) -> Sequence[tuple[int, str | None, str | None, int]]:
    """The same by (steps, action, reason) and how many there are of each."""
    since = _since(taken)
    facts = (since.c.steps, since.c.action, since.c.reason)
    return [tuple(row) for row in session.execute(select(*facts, func.count()).group_by(*facts))]  # type: ignore[misc]


def follow_ups_of(
    session: Session, taken: WorkbookImport, activity_ids: Sequence[int]
) -> Sequence[ActivityRemark]:
    """What a file put on the to-do list about these records, open or closed."""
    return session.scalars(
        select(ActivityRemark)
        .where(
            ActivityRemark.activity_id.in_(activity_ids),
            ActivityRemark.kind == "follow_up",
            ActivityRemark.user_id == taken.user_id,
            ActivityRemark.at == taken.at,
        )
        .order_by(ActivityRemark.id)
    ).all()


def last_event(session: Session, number: int) -> Change:
    """When a file was taken over, or taken back or restored since: the last of these."""
    return session.scalars(
        select(Change)
        .where(Change.entity == "workbook_import", Change.entity_key == str(number))
        .order_by(Change.id.desc())
        .limit(1)
    ).one()


def lines_of(session: Session, event: Change, entities: Sequence[str]) -> list[Logged]:
    """What the log says of these kinds of things that the event's person did at its moment, in the
    order it was done."""
    later = aliased(Change)
    rows = session.execute(
        select(Change.id, Change.entity, Change.entity_key, Change.action, Change.before,
               select(func.count(later.id)).where(
                   later.entity == Change.entity,
                   later.entity_key == Change.entity_key,
                   later.id > Change.id,
                   later.action != "reveal",
                   or_(later.at != event.at, later.user_id != event.user_id),
               ).scalar_subquery())
        .where(*_by(event), Change.entity.in_(entities))
        .order_by(Change.id)
    )  # fmt: skip
    return [Logged(*row) for row in rows]


def _by(event: Change | WorkbookImport) -> tuple[ColumnElement[bool], ...]:
    return Change.user_id == event.user_id, Change.at == event.at


def _since(taken: WorkbookImport) -> Subquery:
    """Every correction of a file with what was done to its record since."""
    later = aliased(Change)
    return (
        select(
            Change.id,
            func.count(later.id).label("steps"),
            func.max(later.action).label("action"),
            func.max(later.reason).label("reason"),
        )
        .outerjoin(
            later,
            and_(
                later.entity == Change.entity,
                later.entity_key == Change.entity_key,
                later.id > Change.id,
                later.action.in_(_STEPS),
            ),
        )
        .where(
            *_by(taken),
            Change.entity == "activity",
            Change.action == "correct",
        )
        .group_by(Change.id)
        .subquery()
    )


def _of(taken: WorkbookImport) -> tuple[ColumnElement[bool], ...]:
    return (
        Activity.created_by == taken.user_id,
        Activity.created_at == taken.at,
        Activity.idempotency_key.startswith("workbook-"),
    )

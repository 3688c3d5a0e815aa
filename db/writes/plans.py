"""Write plans and what is changed of single occasions; each write with a line of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models import ActivityPlan, PlanException
from db.writes.log import Author, change_row, log_change

ENTITY, OCCASION = "plan", "plan_occasion"


@dataclass(frozen=True)
class Facts:
    """All that a plan states; the rule is a text as services/schedule/rules.py writes it."""

    type_code: str
    community_code: str
    label: str
    rule: str
    first_day: date
    last_day: date | None
    on_day_off: str
    grace_days: int


def make(session: Session, author: Author, key: str, facts: Facts) -> ActivityPlan:
    """A new plan under its idempotency key, which the caller has looked up in the queue."""
    made = ActivityPlan(
        **vars(facts),
        void_reason="",
        version=1,
        idempotency_key=key,
        created_by=author.user_id,
        created_at=author.at,
    )
    session.add(made)
    session.flush()
    log_change(session, author, "create", ENTITY, number_of(made.id), after=snapshot(made))
    return made


def change(
    session: Session,
    author: Author,
    plan: ActivityPlan,
    seen_version: int,
    action: str,
    changes: Mapping[str, Any],
    reason: str = "",
) -> bool:
    """Make a plan state something else; False, and nothing written, for another version."""
    thing = (ENTITY, number_of(plan.id))
    return change_row(session, author, action, thing, plan, seen_version, changes, snapshot, reason)


def except_occasion(
    session: Session,
    author: Author,
    plan_id: int,
    day: date,
    action: str,
    moved_to: date | None,
    reason: str,
) -> None:
    """Say of an occasion that it is cancelled or moved, or (action "undo") that neither holds.

    The caller has seen its newest version in the queue.
    """
    row = session.get(PlanException, (plan_id, day))
    before = {} if row is None or not row.active else {"moved_to": _iso(row.moved_to)}
    if row is None:
        row = PlanException(plan_id=plan_id, day=day, version=0)
        session.add(row)
    row.active = action != "undo"
    row.moved_to, row.reason = moved_to, reason
    row.user_id, row.user_name, row.at = author.user_id, author.name, author.at
    row.version += 1
    session.flush()
    log_change(
        session,
        author,
        action,
        OCCASION,
        key_of(plan_id, day),
        before=before or None,
        after={"moved_to": _iso(moved_to)} if moved_to or before else None,
        reason=reason,
    )


def number_of(plan_id: int) -> str:
    """The number people see: P000123."""
    return f"P{plan_id:06d}"


def key_of(plan_id: int, day: date) -> str:
    """What the change log calls an occasion: P000123/2023-10-25."""
    return f"{number_of(plan_id)}/{day}"


def snapshot(plan: ActivityPlan) -> dict[str, Any]:
    """All that a plan states, as the change log keeps it."""
    stated = ("type_code", "community_code", "label", "rule", "on_day_off", "grace_days",
              "void_reason")  # fmt: skip
    return {name: getattr(plan, name) for name in stated} | {
        name: _iso(getattr(plan, name)) for name in ("first_day", "last_day")
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

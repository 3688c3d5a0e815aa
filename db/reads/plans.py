"""Read plans, what was changed of their occasions, rounds, and the activities that fulfil them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, literal, select
from sqlalchemy.orm import Session

from db.models import (
    COUNTS,
    Activity,
    ActivityPlan,
    ActivityRound,
    ActivityType,
    Change,
    CommunityGroupMember,
    PlanException,
)

# An activity that began longer ago than this is not looked for: its first day finds the others.
LONGEST_ACTIVITY = timedelta(days=31)
_MEMBER = CommunityGroupMember


def plans(
    session: Session,
    communities: Collection[str] = (),
    domain: str | None = None,
    type_code: str = "",
    *,
    void: bool = False,
) -> Sequence[ActivityPlan]:
    """Plans of these communities (none: of all), by community and type; those that are void on
    request instead."""
    statement = select(ActivityPlan).where(
        ActivityPlan.void_reason != "" if void else ActivityPlan.void_reason == ""
    )
    if communities:
        statement = statement.where(ActivityPlan.community_code.in_(communities))
    if type_code:
        statement = statement.where(ActivityPlan.type_code == type_code)
    if domain:
        statement = statement.where(
            ActivityPlan.type_code.in_(
                select(ActivityType.code).where(ActivityType.domain_code == domain)
            )
        )
    order = (ActivityPlan.community_code, ActivityPlan.type_code, ActivityPlan.first_day)
    return session.scalars(statement.order_by(*order, ActivityPlan.id)).all()


def plan(session: Session, plan_id: int) -> ActivityPlan | None:
    return session.get(ActivityPlan, plan_id)


def by_keys(session: Session, keys: Collection[str]) -> Sequence[ActivityPlan]:
    """The plans that were made under these idempotency keys."""
    return session.scalars(
        select(ActivityPlan).where(ActivityPlan.idempotency_key.in_(keys)).order_by(ActivityPlan.id)
    ).all()


def exceptions(
    session: Session, first: date, last: date, communities: Collection[str] = ()
) -> Sequence[PlanException]:
    """What is in force of occasions whose own days lie in the span."""
    statement = select(PlanException).where(
        PlanException.active, PlanException.day.between(first, last)
    )
    if communities:
        own = select(ActivityPlan.id).where(ActivityPlan.community_code.in_(communities))
        statement = statement.where(PlanException.plan_id.in_(own))
    return session.scalars(statement).all()


def every_exception(session: Session) -> Sequence[PlanException]:
    """What was ever said of occasions, in force or taken back, by their own day."""
    return session.scalars(
        select(PlanException).order_by(PlanException.day, PlanException.plan_id)
    ).all()


def has_exception(session: Session, plan_id: int) -> bool:
    """Whether an occasion of the plan is cancelled or moved."""
    found = select(PlanException.day).where(PlanException.plan_id == plan_id, PlanException.active)
    return session.scalar(found.limit(1)) is not None


def exception(session: Session, plan_id: int, day: date) -> PlanException | None:
    """What was ever said of an occasion, in force or taken back."""
    return session.get(PlanException, (plan_id, day))


def rounds(session: Session) -> Sequence[ActivityRound]:
    return session.scalars(
        select(ActivityRound).order_by(ActivityRound.type_code, ActivityRound.first_day)
    ).all()


def held(
    session: Session,
    types: Collection[str],
    communities: Collection[str],
    first: date,
    last: date,
    *,
    approved_only: bool = False,
) -> Sequence[Row[Any]]:
    """(activity, type_code, community_code, first_day, last_day): a row each community took part.

    Those that count and have a day in the span.
    """
    statement = select(Activity.id, Activity.type_code)
    if len(communities) == 1:
        # Its groups first: then most activities need no look beyond the index.
        place = literal(*communities)
        statement = statement.add_columns(place.label("community_code")).where(
            Activity.group_id.in_(select(_MEMBER.group_id).where(_MEMBER.community_code == place))
        )
    else:
        statement = statement.add_columns(_MEMBER.community_code).join(
            _MEMBER, _MEMBER.group_id == Activity.group_id
        )
        if communities:
            statement = statement.where(_MEMBER.community_code.in_(communities))
    statement = statement.add_columns(Activity.first_day, Activity.last_day).where(
        Activity.first_day.between(first - LONGEST_ACTIVITY, last),
        Activity.last_day >= first,
        Activity.type_code.in_(types),
        COUNTS,
    )
    if approved_only:
        statement = statement.where(Activity.review == "approved")
    return session.execute(statement).all()


def history(session: Session, entity: str, number: str) -> Sequence[Change]:
    """The log of a plan and of its occasions, oldest first."""
    return session.scalars(
        select(Change)
        .where(
            Change.entity.in_((entity, f"{entity}_occasion")),
            (Change.entity_key == number) | Change.entity_key.startswith(f"{number}/"),
        )
        .order_by(Change.id)
    ).all()

"""Read activities one by one: records, what a person entered before, and what was changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from db.models import (
    Activity,
    ActivityCommunity,
    ActivityMeasure,
    ActivityRemark,
    ActivityType,
    CommunityGroupMember,
    User,
)
from db.reads.narrowing import narrowed

T = TypeVar("T")
_AT_ONCE = 1000


@dataclass(frozen=True)
class Choice:
    """Which records. What is empty does not narrow; `communities` took part, `host` held it;
    `to_follow_up`: something about it is open."""

    first: date | None = None
    last: date | None = None
    communities: tuple[str, ...] = ()
    domain: str | None = None
    type_code: str | None = None
    measure: str | None = None
    state: str | None = None
    host: str | None = None
    created_by: int | None = None
    reviews: tuple[str, ...] = ()
    to_follow_up: bool = False


def records(session: Session, choice: Choice, limit: int, offset: int = 0) -> Sequence[Activity]:
    """The chosen activities, newest first."""
    return session.scalars(
        select(Activity)
        .where(*_conditions(choice))
        .order_by(Activity.first_day.desc(), Activity.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()


class Waits(NamedTuple):
    """A record that waits to be approved, by what tells whose it is."""

    id: int
    host_code: str
    created_by: int | None
    version: int


def waiting(session: Session) -> list[Waits]:
    """The recorded activities that are submitted and not yet approved."""
    found = select(Activity.id, Activity.host_code, Activity.created_by, Activity.version).where(
        Activity.state == "recorded", Activity.review == "submitted"
    )
    return [Waits(*row) for row in session.execute(found)]


def count_records(session: Session, choice: Choice) -> int:
    return session.scalar(select(func.count(Activity.id)).where(*_conditions(choice))) or 0


def activity(session: Session, activity_id: int) -> Activity | None:
    return session.get(Activity, activity_id)


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Activity]:
    """The activities there are among these, by id."""
    return {
        row.id: row
        for some in _some(ids)
        for row in session.scalars(select(Activity).where(Activity.id.in_(some)))
    }


def ids_by_key(session: Session, keys: Collection[str]) -> dict[str, int]:
    """Idempotency key → id, of the activities that were entered under one of these."""
    return {
        row[0]: row[1]
        for some in _some(keys)
        for row in session.execute(
            select(Activity.idempotency_key, Activity.id).where(Activity.idempotency_key.in_(some))
        )
    }


def by_key(session: Session, idempotency_key: str) -> Activity | None:
    return session.scalar(select(Activity).where(Activity.idempotency_key == idempotency_key))


def latest(session: Session, user_id: int, type_code: str, host: str) -> Activity | None:
    """What the person entered last of this type for this community."""
    return session.scalar(
        select(Activity)
        .where(
            Activity.created_by == user_id,
            Activity.type_code == type_code,
            Activity.host_code == host,
            Activity.state == "recorded",
        )
        .order_by(Activity.id.desc())
        .limit(1)
    )


def newest_by(session: Session, user_id: int) -> Activity | None:
    """What the person entered last of all."""
    return session.scalar(
        select(Activity).where(Activity.created_by == user_id).order_by(Activity.id.desc()).limit(1)
    )


def recent_types(session: Session, user_id: int, limit: int) -> Sequence[str]:
    """The types the person entered last, each once, newest first."""
    return session.scalars(
        select(Activity.type_code)
        .join(ActivityType, ActivityType.code == Activity.type_code)
        .where(Activity.created_by == user_id, Activity.state == "recorded", ActivityType.active)
        .group_by(Activity.type_code)
        .order_by(func.max(Activity.id).desc())
        .limit(limit)
    ).all()


def taking_part(
    session: Session, communities: Collection[str], types: Collection[str], first: date, last: date
) -> Sequence[Row[tuple[int, str, str, date, date]]]:
    """(id, community, type, first day, last day) of recorded activities of the types in which the
    communities took part within the span, by id."""
    return session.execute(
        select(
            Activity.id,
            ActivityCommunity.community_code,
            Activity.type_code,
            Activity.first_day,
            Activity.last_day,
        )
        .join(ActivityCommunity, ActivityCommunity.activity_id == Activity.id)
        .where(
            Activity.type_code.in_(types),
            ActivityCommunity.community_code.in_(communities),
            Activity.first_day <= last,
            Activity.last_day >= first,
            Activity.state == "recorded",
        )
        .order_by(Activity.id)
    ).all()


def person(session: Session, user_id: int | None) -> str | None:
    """A person's name."""
    return session.scalar(select(User.name).where(User.id == user_id))


def _some(values: Collection[T]) -> Iterator[list[T]]:
    """The values in portions that fit into one statement."""
    ordered = list(values)
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))


_TO_FOLLOW_UP = select(ActivityRemark.activity_id).where(
    ActivityRemark.kind == "follow_up", ActivityRemark.closed_at.is_(None)
)


def _conditions(choice: Choice) -> list[ColumnElement[bool]]:
    equal = {
        Activity.type_code: choice.type_code,
        Activity.state: choice.state,
        Activity.host_code: choice.host,
        Activity.created_by: choice.created_by,
    }
    conditions = narrowed(equal, Activity.first_day, choice.first, choice.last)
    if choice.reviews:
        conditions.append(Activity.review.in_(choice.reviews))
    if choice.to_follow_up:
        conditions.append(Activity.id.in_(_TO_FOLLOW_UP))
    if choice.communities:
        conditions.append(
            Activity.group_id.in_(
                select(CommunityGroupMember.group_id).where(
                    CommunityGroupMember.community_code.in_(choice.communities)
                )
            )
        )
    if choice.domain:
        conditions.append(
            Activity.type_code.in_(
                select(ActivityType.code).where(ActivityType.domain_code == choice.domain)
            )
        )
    if choice.measure:
        conditions.append(
            Activity.id.in_(
                select(ActivityMeasure.activity_id).where(
                    ActivityMeasure.measure_code == choice.measure
                )
            )
        )
    return conditions

"""Write activities: entered, corrected, voided, restored; always counted and logged with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import rollups
from db.models import (
    Activity,
    ActivityCommunity,
    ActivityMeasure,
    ActivityPartner,
    CommunityGroup,
    CommunityGroupMember,
)
from db.writes.log import Author, claim, log_change, log_changes, raise_version

ENTITY = "activity"


@dataclass(frozen=True)
class Facts:
    """What an activity states. `communities` are all of them, the host included."""

    type_code: str
    first_day: date
    last_day: date
    host_code: str
    grid_code: str | None
    place: str
    participants: int | None
    note: str
    communities: frozenset[str]
    partners: Mapping[str, int | None]
    measures: Mapping[str, Decimal]


def queue(session: Session) -> None:
    """Wait until no other write is under way, and keep others waiting until the commit.

    Every write raises the data version, so its row is the queue. Without it two corrections that
    touch the same sums in another order would lock each other out on PostgreSQL.
    """
    raise_version(session)


def enter_all(
    session: Session, author: Author, given: Sequence[tuple[str, Facts]], review: str
) -> list[Activity]:
    """New activities, each under its idempotency key, which the caller has looked up in the queue;
    numbered in this order."""
    groups = _groups(session, (facts for _key, facts in given))
    made = []
    for key, facts in given:
        activity = Activity(
            idempotency_key=key,
            created_by=author.user_id,
            created_at=author.at,
            updated_at=author.at,
            state="recorded",
            review=review,
            return_reason="",
            version=1,
            void_reason="",
        )
        _put(activity, facts, groups[facts.communities])
        made.append(activity)
    session.add_all(made)
    session.flush()
    rollups.add_all(session, made)
    entered = ((number_of(activity.id), None, snapshot(activity)) for activity in made)
    log_changes(session, author, "enter", ENTITY, entered)
    return made


def correct(
    session: Session,
    author: Author,
    activity: Activity,
    facts: Facts,
    seen_version: int,
    review: str,
) -> bool:
    """Other facts for an activity; False, and nothing written, if its version is another one."""
    states = {"review": review, "return_reason": ""}
    return _change(session, author, "correct", activity, seen_version, states, facts=facts)


@dataclass(frozen=True)
class Correction:
    """Other facts for an activity, and how its review stands with them."""

    activity: Activity
    facts: Facts
    review: str
    return_reason: str = ""


def correct_all(
    session: Session, author: Author, given: Sequence[Correction], reason: str = ""
) -> None:
    """Correct many activities at once, each as it was read since the write was queued."""
    groups = _groups(session, (one.facts for one in given))
    stated = {one.activity.id: one for one in given}

    def state(activity: Activity) -> None:
        one = stated[activity.id]
        _put(activity, one.facts, groups[one.facts.communities])
        activity.review, activity.return_reason = one.review, one.return_reason

    _change_all(session, author, "correct", [one.activity for one in given], state, reason)


def change_states(
    session: Session, author: Author, action: str, found: Sequence[Activity], reason: str
) -> None:
    """Void or restore many at once, each as it was read since the write was queued."""

    def state(activity: Activity) -> None:
        activity.state = "void" if action == "void" else "recorded"
        activity.void_reason = reason if action == "void" else ""

    _change_all(session, author, action, found, state, reason if action == "void" else "")


def _change_all(
    session: Session,
    author: Author,
    action: str,
    found: Sequence[Activity],
    state: Callable[[Activity], None],
    reason: str = "",
) -> None:
    before = [snapshot(activity) for activity in found]
    rollups.add_all(session, found, -1)
    for activity in found:
        state(activity)
        activity.version += 1
        activity.updated_at = author.at
    session.flush()
    rollups.add_all(session, found)
    changes = (
        (number_of(activity.id), old, snapshot(activity))
        for activity, old in zip(found, before, strict=True)
    )
    log_changes(session, author, action, ENTITY, changes, reason=reason)


def change_state(
    session: Session, author: Author, action: str, activity: Activity, state: str, reason: str
) -> bool:
    """Void or restore an activity; False, and nothing written, if it changed since it was read."""
    states = {"state": state, "void_reason": reason if state == "void" else ""}
    return _change(session, author, action, activity, activity.version, states, reason=reason)


def change_review(
    session: Session,
    author: Author,
    action: str,
    activity: Activity,
    review: str,
    reason: str,
    seen_version: int,
) -> bool:
    """Approve, return or reopen an activity; False for another version than was seen."""
    states = {"review": review, "return_reason": reason if review == "returned" else ""}
    return _change(session, author, action, activity, seen_version, states, reason=reason)


def group_for(session: Session, codes: Iterable[str]) -> int:
    """The id of the group of exactly these communities, made if it is not there yet."""
    members = sorted(set(codes))
    key = ",".join(members)
    group = session.scalar(select(CommunityGroup).where(CommunityGroup.key == key))
    if group is None:
        group = CommunityGroup(key=key, size=len(members))
        session.add(group)
        session.flush()
        session.add_all(
            CommunityGroupMember(group_id=group.id, community_code=code) for code in members
        )
    return group.id


def _groups(session: Session, given: Iterable[Facts]) -> dict[frozenset[str], int]:
    """The groups of all that is stated, each looked up once."""
    sets = {facts.communities for facts in given}
    return {codes: group_for(session, codes) for codes in sorted(sets, key=sorted)}


def number_of(activity_id: int) -> str:
    """The number people see: A000123."""
    return f"A{activity_id:06d}"


def snapshot(activity: Activity) -> dict[str, Any]:
    """All that an activity states, as the change log keeps it."""
    return {
        "type_code": activity.type_code,
        "first_day": activity.first_day.isoformat(),
        "last_day": activity.last_day.isoformat(),
        "host": activity.host_code,
        "communities": sorted(
            row.community_code
            for row in activity.communities
            if row.community_code != activity.host_code
        ),
        "grid": activity.grid_code,
        "place": activity.place,
        "partners": {row.kind_code: row.headcount for row in activity.partners},
        "participants": activity.participants,
        "measures": {
            row.measure_code: f"{row.quantity.normalize():f}" for row in activity.measures
        },
        "note": activity.note,
        "review": activity.review,
        "return_reason": activity.return_reason,
        "state": activity.state,
        "void_reason": activity.void_reason,
    }


def _change(
    session: Session,
    author: Author,
    action: str,
    activity: Activity,
    seen_version: int,
    states: Mapping[str, str],
    *,
    facts: Facts | None = None,
    reason: str = "",
) -> bool:
    before = snapshot(activity)
    if not claim(session, activity, seen_version, updated_at=author.at):
        return False
    rollups.add(session, activity, -1)
    if facts is not None:
        _put(activity, facts, group_for(session, facts.communities))
    for name, value in states.items():
        setattr(activity, name, value)
    session.flush()
    rollups.add(session, activity)
    log_change(
        session,
        author,
        action,
        ENTITY,
        number_of(activity.id),
        before=before,
        after=snapshot(activity),
        reason=reason,
    )
    return True


def _put(activity: Activity, facts: Facts, group_id: int) -> None:
    """Make the row and its communities, partners and measures state exactly the facts."""
    activity.group_id = group_id
    for name in (
        "type_code",
        "first_day",
        "last_day",
        "host_code",
        "grid_code",
        "place",
        "participants",
        "note",
    ):
        setattr(activity, name, getattr(facts, name))
    activity.communities = [
        ActivityCommunity(community_code=code) for code in sorted(facts.communities)
    ]
    activity.partners = [
        ActivityPartner(kind_code=kind, headcount=count) for kind, count in facts.partners.items()
    ]
    activity.measures = [
        ActivityMeasure(measure_code=code, quantity=quantity)
        for code, quantity in facts.measures.items()
    ]

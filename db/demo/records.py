"""Write the demonstration's events as records with their change log, in a few bulk inserts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.demo.events import Event
from db.models import (
    Activity,
    ActivityCommunity,
    ActivityMeasure,
    ActivityPartner,
    Base,
    Change,
    CommunityGroup,
    CommunityGroupMember,
    User,
)
from db.writes.activities import ENTITY, number_of

_NOTICED_AFTER = timedelta(hours=15)
_APPROVED_AFTER = timedelta(hours=22)
_APPROVAL_SINCE = date(2023, 10, 1)  # before that, what was entered was approved at once
_WAITING_SINCE = date(2023, 10, 25)  # what was entered from then on nobody has looked at yet


def write(session: Session, events: Iterable[Event], users: Sequence[User]) -> None:
    """Insert the events in the order they were entered, each with its lines of the log."""
    events = sorted(events, key=lambda event: event.entered)
    groups = _groups(session, events)
    own_staff = {user.community_code: user for user in users if user.community_code}
    office = next(user for user in users if user.role == "office_staff")
    admin = next(user for user in users if user.role == "administrator")
    authors = [
        office if event.type_code == "inspection" else own_staff[event.host] for event in events
    ]
    numbers = session.scalars(
        insert(Activity).returning(Activity.id, sort_by_parameter_order=True),
        [
            _activity(position, event, groups[event.communities], author)
            for position, (event, author) in enumerate(zip(events, authors, strict=True))
        ],
    ).all()
    _fill_details(session, list(zip(numbers, events, strict=True)))
    lines = [
        line
        for number, event, author in zip(numbers, events, authors, strict=True)
        for line in _log(number, event, author, admin if author is office else office)
    ]
    _fill(session, Change, sorted(lines, key=lambda line: line["at"]))


def _fill_details(session: Session, numbered: Sequence[tuple[int, Event]]) -> None:
    """The communities, partners and quantities of every numbered event."""
    communities, partners, measures = [], [], []
    for number, event in numbered:
        place = {"activity_id": number}
        communities += [place | {"community_code": code} for code in event.communities]
        partners += [
            place | {"kind_code": kind, "headcount": count}
            for kind, count in event.partners.items()
        ]
        measures += [
            place | {"measure_code": code, "quantity": quantity}
            for code, quantity in event.measures.items()
        ]
    _fill(session, ActivityCommunity, communities)
    _fill(session, ActivityPartner, partners)
    _fill(session, ActivityMeasure, measures)


def _groups(session: Session, events: Iterable[Event]) -> dict[tuple[str, ...], int]:
    """The number of every set of communities that acted."""
    sets = sorted({event.communities for event in events}, key=lambda codes: (len(codes), codes))
    numbers = session.scalars(
        insert(CommunityGroup).returning(CommunityGroup.id, sort_by_parameter_order=True),
        [{"key": ",".join(codes), "size": len(codes)} for codes in sets],
    ).all()
    groups = dict(zip(sets, numbers, strict=True))
    _fill(
        session,
        CommunityGroupMember,
        (
            {"group_id": number, "community_code": code}
            for codes, number in groups.items()
            for code in codes
        ),
    )
    return groups


def _activity(position: int, event: Event, group_id: int, author: User) -> dict[str, Any]:
    void = bool(event.void_reason)
    return {
        "type_code": event.type_code,
        "host_code": event.host,
        "group_id": group_id,
        "grid_code": event.grid,
        "first_day": event.first_day,
        "last_day": event.last_day,
        "place": event.place,
        "participants": event.participants,
        "note": event.note,
        "state": "void" if void else "recorded",
        "review": _review(event),
        "return_reason": "",
        "void_reason": event.void_reason,
        "version": 1 + (void or _is_looked_at(event)),
        "idempotency_key": f"demo-{position:05d}",
        "created_by": author.id,
        "created_at": event.entered,
        "updated_at": event.entered
        + (_NOTICED_AFTER if void else _APPROVED_AFTER * _is_looked_at(event)),
    }


def _entered_as(event: Event) -> str:
    return "approved" if event.entered.date() < _APPROVAL_SINCE else "submitted"


def _is_looked_at(event: Event) -> bool:
    """Whether it was submitted and then approved."""
    waits = event.entered.date() >= _WAITING_SINCE
    return _entered_as(event) == "submitted" and not waits and not event.void_reason


def _review(event: Event) -> str:
    return "approved" if _is_looked_at(event) else _entered_as(event)


def _log(number: int, event: Event, author: User, approver: User) -> Iterable[dict[str, Any]]:
    """That it was entered; then that it was approved, or made void."""
    entered = _snapshot(event)
    line = {
        "at": event.entered,
        "user_id": author.id,
        "user_name": author.name,
        "action": "enter",
        "entity": ENTITY,
        "entity_key": number_of(number),
        "before": None,
        "after": entered,
        "reason": "",
    }
    yield line
    if event.void_reason:
        yield line | {
            "at": event.entered + _NOTICED_AFTER,
            "action": "void",
            "before": entered,
            "after": entered | {"state": "void", "void_reason": event.void_reason},
            "reason": event.void_reason,
        }
    if _is_looked_at(event):
        yield line | {
            "at": event.entered + _APPROVED_AFTER,
            "user_id": approver.id,
            "user_name": approver.name,
            "action": "approve",
            "before": entered,
            "after": entered | {"review": "approved"},
        }


def _snapshot(event: Event) -> dict[str, Any]:
    """What db.writes.activities.snapshot says of the entered record, without reading it back."""
    return {
        "type_code": event.type_code,
        "first_day": event.first_day.isoformat(),
        "last_day": event.last_day.isoformat(),
        "host": event.host,
        "communities": [code for code in event.communities if code != event.host],
        "grid": event.grid,
        "place": event.place,
        "partners": event.partners,
        "participants": event.participants,
        "measures": {code: f"{value.normalize():f}" for code, value in event.measures.items()},
        "note": event.note,
        "review": _entered_as(event),
        "return_reason": "",
        "state": "recorded",
        "void_reason": "",
    }


def _fill(session: Session, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    session.execute(insert(table), list(rows))

"""The demonstration year as events: who, where, with whom, before quantities are given to them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from random import Random

from db import reference
from db.demo import places
from db.demo.calendar import progress, slots
from db.demo.kinds import KINDS, Partner

CHINA = timezone(timedelta(hours=8))
_ON_GRIDS = ("volunteer_cleanup", "dead_corner_drive", "weekend_duty", "wednesday_cleanup")
_VOID_REASONS = ("重复填报，保留另一条。", "同一活动两人各填了一次。", "重复填报。")
_VOIDED = 9
_NOTICED = timedelta(days=2)


@dataclass
class Event:
    """One activity to be. `void_reason` is empty unless it was made void."""

    type_code: str
    host: str
    communities: tuple[str, ...]
    first_day: date
    last_day: date
    place: str
    grid: str | None
    participants: int | None
    partners: dict[str, int | None]
    note: str
    entered: datetime
    measures: dict[str, Decimal] = field(default_factory=dict)
    void_reason: str = ""


def planned() -> list[Event]:
    """All events of the year, in the order of their days; quantities are still to come."""
    events = []
    for code, *_ in reference.ACTIVITY_TYPES:
        chance = Random(f"events {code}")
        events += [_event(code, host, day, chance) for host, day in slots(code, chance)]
    return sorted(events, key=lambda event: (event.first_day, event.type_code, event.host))


def duplicates(events: Sequence[Event]) -> list[Event]:
    """A few events that were entered a second time, noticed and made void."""
    chance = Random("duplicates")
    noticed_by_now = [event for event in events if event.entered.date() < places.TODAY - _NOTICED]
    found = []
    for event in chance.sample(noticed_by_now, _VOIDED):
        again = deepcopy(event)
        again.void_reason = chance.choice(_VOID_REASONS)
        again.entered += timedelta(minutes=chance.randint(2, 90))
        found.append(again)
    return found


def _event(code: str, host: str, day: date, chance: Random) -> Event:
    kind = KINDS[code]
    communities = _communities(host, kind.joint, chance)
    last_day = day
    if code == "road_repair":
        last_day = min(day + timedelta(days=chance.randint(3, 18)), places.TODAY)
    return Event(
        code,
        host,
        communities,
        day,
        last_day,
        place=chance.choice(kind.places) if kind.places and chance.random() < 0.85 else "",
        grid=chance.choice(places.grids(host))
        if code in _ON_GRIDS and len(communities) == 1 and chance.random() < 0.6
        else None,
        participants=_people(kind.people, host, len(communities), day, chance),
        partners=_partners(kind.partners, chance),
        note=chance.choice(kind.notes) if kind.notes and chance.random() < 0.05 else "",
        entered=_entered(last_day, chance),
    )


def _communities(host: str, joint: float, chance: Random) -> tuple[str, ...]:
    """The host alone or with one to three neighbours, in official order."""
    if chance.random() >= joint:
        return (host,)
    place = places.CODES.index(host)
    near = [places.CODES[(place + step) % len(places.CODES)] for step in (-2, -1, 1, 2)]
    return tuple(sorted({host, *chance.sample(near, chance.choice((1, 1, 2, 3)))}))


def _people(
    span: tuple[int, int] | None, host: str, communities: int, day: date, chance: Random
) -> int | None:
    """How many took part: more in a big community and towards the year's end; at times unknown."""
    if span is None or chance.random() < 0.04:
        return None
    scale = (0.6 + 0.4 * places.size(host)) * (0.95 + 0.1 * progress(day)) * communities**0.5
    return round(chance.uniform(*span) * scale)


def _partners(kinds: tuple[Partner, ...], chance: Random) -> dict[str, int | None]:
    """Who took part beside the community; now and then nobody counted them."""
    found: dict[str, int | None] = {}
    for kind, share, fewest, most in kinds:
        if chance.random() < share:
            count = chance.randint(fewest, most)
            found[kind] = count if chance.random() < 0.85 else None
    return found


def _entered(last_day: date, chance: Random) -> datetime:
    """Mostly on the evening of the same day, at times some days later."""
    late = chance.choices((0, 1, 2, 4, 7), (60, 22, 10, 5, 3))[0]
    moment = time(chance.randint(16, 19), chance.randint(0, 59))
    return _no_later_than_today(
        datetime.combine(last_day + timedelta(days=late), moment, tzinfo=CHINA)
    )


def _no_later_than_today(moment: datetime) -> datetime:
    """The demonstration's evening has not come yet: what is entered today is entered by noon."""
    noon = datetime.combine(places.TODAY, time(12, 0), tzinfo=CHINA)
    return moment if moment < noon else noon - timedelta(minutes=moment.minute)

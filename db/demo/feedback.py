"""The voices of the demonstration year, each with its course and its lines of the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db import reference
from db.demo import calendar, places, voices
from db.models import Change, Feedback, FeedbackStep, User
from db.writes.feedback import ENTITY, number_of, snapshot

_A_MONTH = 1.5  # voices a month of an average community, those of the reception day aside
_RECEIVED = 0.22  # reception days on which somebody brings a problem
_REACHED = 0.72
_VERDICTS = {"satisfied": 0.74, "unsatisfied": 0.15, "not_resolved": 0.11}
_LATELY, _STUCK = date(2023, 6, 1), 0.09  # some of the newer ones nobody has seen to yet
# Communities that take longer than the others to see to what they were told.
_SLOW = {"c09": 2.0, "c05": 1.4}


@dataclass
class _Course:
    """A voice as it goes on: its row now, its steps, and what each changed (before, after)."""

    row: SimpleNamespace
    owner: User
    office: User
    steps: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[dict[str, Any] | None, dict[str, Any]]] = field(default_factory=list)

    def take(
        self,
        action: str,
        day: date,
        by: User,
        changes: Mapping[str, Any] = {},  # noqa: B006
        **said: Any,
    ) -> None:
        before = snapshot(self.row) if self.steps else None  # type: ignore[arg-type]
        vars(self.row).update(changes)
        self.changed.append((before, snapshot(self.row)))  # type: ignore[arg-type]
        minute = len(self.steps) * 7
        self.steps.append(
            {"note": "", "verdict": "", "owner_id": None, "due_on": None}
            | said
            | {
                "action": action,
                "day": day,
                "at": datetime.combine(day, time(2, 5), UTC) + timedelta(minutes=minute),
                "user_id": by.id,
                "user_name": by.name,
            }
        )


def write(session: Session, users: Sequence[User]) -> None:
    """Insert the voices in the order they came, in a few bulk inserts."""
    chance = Random("feedback 7")
    staff = {user.community_code: user for user in users if user.community_code}
    office = next(user for user in users if user.role == "office_staff")
    courses = [
        _course(*voice, staff[voice[1]], office, chance)
        for voice in sorted([*_reception_days(chance), *_all_year(chance)])
    ]
    numbers = session.scalars(
        insert(Feedback).returning(Feedback.id, sort_by_parameter_order=True),
        [vars(course.row) | {"version": len(course.steps)} for course in courses],
    ).all()
    steps, lines = [], []
    for number, course in zip(numbers, courses, strict=True):
        for place, step in enumerate(course.steps):
            key = f"demo-voice-{number}-{place}"
            steps.append(step | {"feedback_id": number, "idempotency_key": key})
            lines.append(_line(number, step, *course.changed[place]))
    session.execute(insert(FeedbackStep), sorted(steps, key=lambda step: step["at"]))
    session.execute(insert(Change), sorted(lines, key=lambda line: line["at"]))


def _line(
    number: int, step: dict[str, Any], before: dict[str, Any] | None, after: dict[str, Any]
) -> dict[str, Any]:
    return {
        "at": step["at"],
        "user_id": step["user_id"],
        "user_name": step["user_name"],
        "action": step["action"],
        "entity": ENTITY,
        "entity_key": number_of(number),
        "before": before,
        "after": after,
        "reason": step["note"],
    }


def _reception_days(chance: Random) -> Iterator[tuple[date, str, str, str, str]]:
    """Day, community, channel, topic and school of what parents bring on a reception day."""
    topics = [row[0] for row in reference.FEEDBACK_TOPICS if row[1] == "education"]
    for community, day in calendar.slots("parents_day", Random("reception days")):
        if chance.random() < _RECEIVED:
            topic = chance.choices(topics, (6, 5, 4, 1, 1, 2))[0]
            school = voices.school(community, older=chance.random() < 0.4)
            yield day, community, "parents_day", topic, school


def _all_year(chance: Random) -> Iterator[tuple[date, str, str, str, str]]:
    topics = [row[0] for row in reference.FEEDBACK_TOPICS if row[1] != "education"]
    channels = [row[0] for row in reference.FEEDBACK_CHANNELS if row[0] != "parents_day"]
    for community in places.CODES:
        for first, last in calendar.months():
            for _ in range(int(_A_MONTH * places.size(community) + chance.random())):
                day = first + timedelta(days=chance.randint(0, (last - first).days))
                channel = chance.choices(channels, (5, 6, 3, 3, 2, 1))[0]
                yield day, community, channel, chance.choice(topics), ""


def _course(
    day: date,
    community: str,
    channel: str,
    topic: str,
    school: str,
    own: User,
    office: User,
    chance: Random,
) -> _Course:
    text = voices.SAID[topic]
    if chance.random() < 0.08:
        text += f"联系电话 1380000{chance.randint(1000, 9999)}。"
    row = SimpleNamespace(
        received_on=day, channel_code=channel, topic_code=topic, community_code=community,
        school=school, text=text, owner_id=None, due_on=None, responded_on=None,
        resolved_on=None, state="received", verdict="", rounds=1, void_reason="",
    )  # fmt: skip
    course = _Course(row, office if chance.random() < 0.15 else own, office)
    course.take("submit", day, own)
    if chance.random() < 0.012:
        course.take("void", day, own, {"void_reason": voices.DOUBLE}, note=voices.DOUBLE)
    else:
        _handle(course, day + timedelta(days=chance.choice((0, 0, 1, 1, 1, 2, 4))), chance)
    return course


def _handle(course: _Course, day: date, chance: Random) -> None:
    """Assigned, resolved, called back, and once more if it was not resolved; not after today."""
    if day > places.TODAY:
        return
    due = day + timedelta(days=7)
    course.take(
        "assign",
        day,
        course.office,
        {"state": "assigned", "owner_id": course.owner.id, "due_on": due, "responded_on": day},
        owner_id=course.owner.id,
        due_on=due,
    )
    if day > _LATELY and chance.random() < _STUCK:
        return
    for _ in range(3):
        slow = _SLOW.get(course.row.community_code, 1.0)
        day += timedelta(days=round(slow * chance.lognormvariate(1.4, 0.8)))
        if day > places.TODAY:
            return
        note = chance.choice(voices.RESOLVED)
        done = {"state": "resolved", "resolved_on": day, "verdict": ""}
        course.take("resolve", day, course.owner, done, note=note)
        day += timedelta(days=chance.randint(1, 6))
        if day > places.TODAY or not _called_back(course, day, chance):
            return


def _called_back(course: _Course, day: date, chance: Random) -> bool:
    """Call back; whether it has to be handled once more."""
    if chance.random() > _REACHED:
        course.take("call_back", day, course.office, verdict="not_reached")
        return False
    verdict = chance.choices(list(_VERDICTS), list(_VERDICTS.values()))[0]
    if verdict != "not_resolved":
        note = voices.NOT_SATISFIED if verdict == "unsatisfied" else ""
        closed = {"state": "closed", "verdict": verdict}
        course.take("call_back", day, course.office, closed, verdict=verdict, note=note)
        return False
    again = {"state": "assigned", "verdict": verdict, "resolved_on": None,
             "rounds": course.row.rounds + 1, "due_on": day + timedelta(days=7)}  # fmt: skip
    course.take("call_back", day, course.office, again, verdict=verdict,
                note=voices.NOT_RESOLVED, due_on=again["due_on"])  # fmt: skip
    return True

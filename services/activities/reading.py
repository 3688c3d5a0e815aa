"""What is already on record: one record, one's own, the last like it, and what may be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db.engine import Session
from db.reads import activities as reads
from db.writes.activities import number_of
from services.activities.approval import APPROVED, RETURNED, SUBMITTED
from services.activities.entry import Entry, Receipt, entry_of, find
from services.activities.history import labels, lines, reason_text
from services.activities.records import RecordPage, chosen
from services.activities.remarks import FOLLOW_UP, Question, Remark, questions, remarks_of
from services.activities.writing import UNDO_WITHIN
from services.formats import NONE
from services.permissions import COMMUNITY_STAFF, CurrentUser
from services.privacy import has_numbers

RECENT = 5
PAGE = 20


@dataclass(frozen=True)
class Record:
    """One record. `lines` state it in words, (label, text), with numbers of persons hidden;
    `entry` holds what was typed; `questions` are what is odd about it, `remarks` all that was said
    about its figures."""

    number: str
    version: int
    entry: Entry
    lines: tuple[tuple[str, str], ...]
    hides_numbers: bool
    void: bool
    void_reason: str
    review: str
    return_reason: str
    entered_by: str
    entered_at: datetime
    questions: tuple[Question, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Mine:
    """What to list of one's own records; empty means all. `state`: recorded, void, a review, or
    follow_up: of what something is to be followed up."""

    type_code: str = ""
    state: str = ""


def record(session: Session, number: str) -> Record:
    """All there is to one record; NotFound if there is none."""
    activity = find(session, number)
    entry, known = entry_of(activity), labels(session)
    return Record(
        number=number_of(activity.id),
        version=activity.version,
        entry=entry,
        lines=tuple(line for line in lines(entry, known).values() if line[1]),
        hides_numbers=has_numbers(entry.place) or has_numbers(entry.note),
        void=activity.state == "void",
        void_reason=reason_text(activity.void_reason),
        review=activity.review,
        return_reason=reason_text(activity.return_reason),
        entered_by=reads.person(session, activity.created_by) or NONE,
        entered_at=activity.created_at,
        questions=questions(session, [activity], known.lists)[0],
        remarks=remarks_of(session, number),
    )


def mine(
    session: Session, user: CurrentUser, filters: Mine, offset: int = 0, limit: int = PAGE
) -> RecordPage:
    """What the person entered; for community staff all that their community held."""
    return chosen(session, mine_choice(user, filters), limit, offset)


def mine_choice(user: CurrentUser, filters: Mine) -> reads.Choice:
    """Which records `mine` lists."""
    own = {"host": user.community} if user.role == COMMUNITY_STAFF else {"created_by": user.id}
    reviews = (filters.state,) if filters.state in (SUBMITTED, RETURNED, APPROVED) else ()
    open_only = filters.state == FOLLOW_UP
    state = "recorded" if reviews or open_only else filters.state or None
    return reads.Choice(
        type_code=filters.type_code or None,
        state=state,
        reviews=reviews,
        to_follow_up=open_only,
        **own,
    )


def recent_types(session: Session, user: CurrentUser) -> tuple[str, ...]:
    """The activity types the person entered last, newest first."""
    return tuple(reads.recent_types(session, user.id, RECENT))


def latest_like(session: Session, type_code: str, host: str, user: CurrentUser) -> Entry | None:
    """What 同上次 fills in: the person's last entry of the type there, without its counts."""
    activity = reads.latest(session, user.id, type_code, host)
    if activity is None:
        return None
    entry = entry_of(activity)
    return replace(
        entry,
        partners=tuple((kind, None) for kind, _count in entry.partners),
        participants=None,
        measures=(),
    )


def just_saved(session: Session, user: CurrentUser, now: datetime) -> Receipt | None:
    """The person's newest record while it can still be undone."""
    activity = reads.newest_by(session, user.id)
    if activity is None or activity.state == "void" or now - activity.created_at > UNDO_WITHIN:
        return None
    return Receipt(number_of(activity.id), activity.created_at, created=False)


def possible_duplicate(session: Session, entry: Entry) -> tuple[str, ...]:
    """Numbers of records of the same type, host and day.

    Another host's joint activity in which this community took part counts as well.
    """
    return possible_duplicates(session, [entry])[0]


def possible_duplicates(session: Session, entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """The same of many entries, asked for at once."""
    if not entries:
        return []
    there = reads.taking_part(
        session,
        {entry.host for entry in entries},
        {entry.type_code for entry in entries},
        min(entry.first_day for entry in entries),
        max(entry.last_day for entry in entries),
    )
    alike = defaultdict(list)
    for row in there:
        alike[row.community_code, row.type_code].append(row)
    return [
        tuple(
            number_of(row.id)
            for row in alike[entry.host, entry.type_code]
            if row.first_day <= entry.last_day and row.last_day >= entry.first_day
        )
        for entry in entries
    ]

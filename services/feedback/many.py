"""Many voices at once, as a file brings them: checked like those of a form, written together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from db.engine import Session
from db.reads import feedback as reads
from db.writes import feedback as writes
from db.writes.feedback import Step
from db.writes.log import raise_version
from services.feedback.checking import checks, followed_on
from services.feedback.entry import Typed
from services.feedback.writing import changes_of, checked_step, moved_on
from services.permissions import CurrentUser, require
from services.writing import author_of


def submit_all(
    session: Session,
    given: Sequence[tuple[str, Typed]],
    user: CurrentUser,
    now: datetime,
    today: date,
) -> list[str]:
    """Register voices under their keys; the numbers of those whose key was not on record yet."""
    raise_version(session)  # its row is the queue of all writers
    for typed in {typed.community: typed for _key, typed in given}.values():
        require(user, "enter_feedback", typed.community)
    there = reads.keys_there(session, [key for key, _typed in given])
    against = checks(session, today)
    fresh = [(key, against.new(typed)) for key, typed in given if key not in there]
    made = writes.submit_all(session, author_of(user, now), fresh)
    return [writes.number_of(feedback.id) for feedback in made]


def correct_all(
    session: Session,
    given: Sequence[tuple[int, int, Typed]],
    user: CurrentUser,
    now: datetime,
    today: date,
) -> None:
    """State voices anew, each of a (row id, version); Conflict, and nothing written, if one of
    them is of another version now."""
    raise_version(session)
    found = reads.by_ids(session, [row for row, _seen, _typed in given])
    against, stated = checks(session, today), []
    for row_id, seen, typed in given:
        row = found[row_id]
        require(user, "handle_feedback", row.community_code)
        require(user, "handle_feedback", typed.community)
        if row.version != seen:
            raise moved_on()
        facts = against.again(row, typed, followed_on(row))
        if facts != writes.facts_of(row):
            stated.append((row, facts))
    writes.correct_all(session, author_of(user, now), stated)


def take_all(
    session: Session,
    step: Step,
    given: Sequence[tuple[int, int, str]],
    user: CurrentUser,
    now: datetime,
    today: date,
) -> None:
    """Make voices void or restore them, each of a (row id, version, key of its step); Conflict or
    InvalidEntry, and nothing written, if one of them is of another version or state now."""
    raise_version(session)
    found, taken = reads.by_ids(session, [row for row, _seen, _key in given]), []
    for row_id, seen, key in given:
        row = found[row_id]
        require(user, "void_feedback", row.community_code)
        if row.version != seen:
            raise moved_on()
        taken.append((key, row, changes_of(row, checked_step(session, row, step, today))))
    writes.take_all(session, author_of(user, now), step, taken)

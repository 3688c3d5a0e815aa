"""Correct what a voice says or how it is sorted; the log keeps what it said before."""

from __future__ import annotations

from datetime import date, datetime

from db.engine import Session
from db.writes import feedback as writes
from db.writes.log import raise_version
from services.feedback.checking import checks, followed_on
from services.feedback.entry import Typed, find
from services.feedback.writing import moved_on
from services.permissions import CurrentUser, require
from services.writing import author_of


def typed_as(session: Session, number: str, user: CurrentUser) -> Typed:
    """The voice as it was typed, with its numbers: what a correction starts from."""
    row = find(session, number)
    require(user, "handle_feedback", row.community_code)
    return Typed(
        row.received_on, row.channel_code, row.topic_code, row.community_code, row.school, row.text
    )


def correct(
    session: Session,
    number: str,
    typed: Typed,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
    today: date,
) -> None:
    """State the voice anew; its course stays. Nothing is written where nothing differs.

    Conflict if somebody changed it after `seen_version` was shown; InvalidEntry names the field.
    """
    raise_version(session)  # its row is the queue of all writers
    row = find(session, number)
    require(user, "handle_feedback", row.community_code)
    require(user, "handle_feedback", typed.community)
    facts = checks(session, today).again(row, typed, followed_on(row))
    if facts == writes.facts_of(row):
        return
    author = author_of(user, now)
    if row.version != seen_version or not writes.correct(session, author, row, seen_version, facts):
        raise moved_on()

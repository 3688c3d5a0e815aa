"""Correct what a voice says or how it is sorted; the log keeps what it said before."""

from __future__ import annotations

from datetime import date, datetime

from db.engine import Session
from db.reads import feedback as reads
from db.writes import feedback as writes
from db.writes.feedback import Facts
from db.writes.log import raise_version
from services.catalogue import catalogue
from services.errors import Conflict, InvalidEntry
from services.feedback.entry import Typed, checked, find, lists
from services.feedback.writing import is_owner
from services.i18n import _
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
    if row.void_reason:
        raise InvalidEntry(_("这条民声已作废，请先恢复再更正。"))
    facts = _checked(session, row, typed, today)
    if facts == writes.facts_of(row):
        return
    author = author_of(user, now)
    if row.version != seen_version or not writes.correct(session, author, row, seen_version, facts):
        raise Conflict(_("您打开之后，这条民声已有新的进展。请看清最新情况，再决定怎么办。"))


def _checked(session: Session, row: reads.Feedback, typed: Typed, today: date) -> Facts:
    """As a new voice is checked; what it said before it may go on saying, in use or not."""
    current = writes.facts_of(row)
    facts = checked(typed, lists(session), catalogue(session), today, current)
    later = [step.day for step in row.steps[1:]]
    if later and facts.received_on > later[0]:
        raise InvalidEntry(_("收到的日期不能晚于交办的日期。"), "received_on")
    if row.owner_id and not is_owner(session, row.owner_id, facts.community_code):
        raise InvalidEntry(_("责任人不办理这个社区的事项，请先改派。"), "community")
    return facts

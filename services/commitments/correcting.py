"""Correct what a commitment says; the log keeps what it said before, its course stays."""

from __future__ import annotations

from datetime import date, datetime

from db.engine import Session
from db.reads import commitments as reads
from db.writes import commitments as writes
from db.writes.commitments import ENTITY, Facts, facts_of, number_of
from db.writes.log import log_change, raise_version
from services.catalogue import Catalogue, catalogue
from services.commitments.writing import OPEN, Typed, checked, find, moved_on, state_of
from services.errors import InvalidEntry
from services.i18n import _
from services.permissions import CurrentUser, require
from services.writing import author_of


def typed_as(session: Session, number: str, user: CurrentUser) -> Typed:
    """The commitment as it was typed, with its numbers: what a correction starts from."""
    require(user, "hold_meeting")
    row = find(session, number)
    return Typed(row.made_on, row.meeting, row.text, row.owner, row.community_code or "",
                 row.domain_code or "", row.due_on)  # fmt: skip


def reveal(session: Session, number: str, user: CurrentUser, now: datetime) -> None:
    """That who corrects it sees the numbers of persons in it is logged."""
    require(user, "hold_meeting")
    row = find(session, number)
    log_change(session, author_of(user, now), "reveal", ENTITY, number_of(row.id))


def correct(
    session: Session,
    number: str,
    typed: Typed,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
    today: date,
) -> bool:
    """State the commitment anew; False, and nothing written, where nothing differs.

    Conflict if somebody changed it after `seen_version` was shown; InvalidEntry names the field.
    """
    require(user, "hold_meeting")
    raise_version(session)  # its row is the queue of all writers
    row = find(session, number)
    facts = corrected(catalogue(session), row, typed, today)
    if facts == facts_of(row):
        return False
    if not writes.correct(session, author_of(user, now), row, seen_version, facts):
        raise moved_on()
    return True


def corrected(lists: Catalogue, row: reads.Commitment, typed: Typed, today: date) -> Facts:
    """What a correction would keep. Its due day stays with the step that asks for a reason, and
    what was struck off says what it said then."""
    if state_of(row) != OPEN:
        raise InvalidEntry(_("已销号或作废的承诺不能更正，请先重新打开或恢复。"), "text")
    if typed.due_on != row.due_on:
        raise InvalidEntry(_("完成期限不在这里改，请在页面上用“调整期限”，并写明原因。"), "due_on")
    latest = min([row.due_on, *(step.day for step in row.steps[1:])])
    if typed.made_on is not None and typed.made_on > latest:
        raise InvalidEntry(_("会议日期不能晚于完成期限，也不能晚于已有的办理日期。"), "made_on")
    return checked(lists, typed, today, row.community_code)

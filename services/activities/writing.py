"""Enter, correct, void and restore activities: who may, what is refused, and nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.engine import Session
from db.reads import activities as reads
from db.writes import activities as writes
from db.writes.log import Author, log_change
from services.activities.approval import check_unlocked, entered_as
from services.activities.entry import (
    UNDO_REASON,
    Entry,
    Receipt,
    checked,
    entry_of,
    facts_of,
    find,
)
from services.activities.finding import Answer, Finding
from services.activities.remarks import check_answered, keep_answers, still_asked
from services.catalogue import Catalogue, catalogue
from services.entries import LONGEST_REASON, words
from services.errors import Conflict, InvalidEntry, NotPermitted
from services.i18n import _
from services.permissions import CurrentUser, require
from services.writing import author_of, first_sent

UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Stated:
    """A checked entry under its key, and the `answer` to what was `found` odd about it."""

    key: str
    entry: Entry
    found: tuple[Finding, ...] = ()
    answer: Answer | None = None


def submit(
    session: Session,
    entry: Entry,
    key: str,
    user: CurrentUser,
    now: datetime,
    today: date,
    answer: Answer | None = None,
) -> Receipt:
    """Enter an activity under the key of its form. The same key again gives the first receipt.

    The host decides about a joint activity: its staff enter it, for all who took part.
    answer: what the person said to `asked`; refused (field "sure") unless given to all of it, and
    kept. None: nobody was asked, and whoever approves sees that.
    """
    require(user, "enter_activity", entry.host)
    first = first_sent(session, key, user, reads.by_key, lambda row: row.created_by)
    if first is not None:
        return _receipt(first)
    lists = catalogue(session)
    stated = checked(entry, lists, today)
    found = _answered(session, stated, lists, answer)
    [made] = enter(session, [Stated(key, stated, found, answer)], user, now)
    return Receipt(writes.number_of(made), now, created=True)


def enter(session: Session, given: Sequence[Stated], user: CurrentUser, now: datetime) -> list[int]:
    """The ids of activities that were checked and asked about since the write was queued, and
    whose keys are new."""
    for host in {one.entry.host for one in given}:
        require(user, "enter_activity", host)
    author = author_of(user, now)
    facts = [(one.key, facts_of(one.entry)) for one in given]
    made = [one.id for one in writes.enter_all(session, author, facts, entered_as(session))]
    answers = [
        (own, one.found, one.answer)
        for own, one in zip(made, given, strict=True)
        if one.answer is not None
    ]
    keep_answers(session, author, answers)
    return made


def correct(
    session: Session,
    number: str,
    entry: Entry,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
    today: date,
    answer: Answer | None = None,
) -> Receipt:
    """State an activity anew; one that was returned is thereby submitted again.

    Conflict if somebody changed it after `seen_version` was shown. answer: as for `submit`; what
    was answered of the same figures before is not asked again.
    """
    activity = _queued(session, number)
    require(user, "correct_activity", activity.host_code)
    require(user, "correct_activity", entry.host)
    if activity.state != "recorded":
        raise InvalidEntry(_("这条记录已作废，请先恢复再更正。"))
    check_unlocked(session, activity)
    before, lists = entry_of(activity), catalogue(session)
    stated = checked(entry, lists, today, before)
    if stated == before and activity.review != "returned":
        return _receipt(activity)
    found = _answered(session, stated, lists, answer, number)
    author, review = author_of(user, now), entered_as(session)
    if not writes.correct(session, author, activity, facts_of(stated), seen_version, review):
        raise Conflict(_("您打开之后，这条记录被别人改过。请对照下面两种内容，决定保留哪一种。"))
    if answer is not None:
        keep_answers(session, author, [(activity.id, found, answer)])
    return _receipt(activity)


def void(session: Session, number: str, reason: str, user: CurrentUser, now: datetime) -> None:
    """Take an activity out of every figure; it stays on record with the reason."""
    activity = _queued(session, number)
    require(user, "void_activity", activity.host_code)
    told = words(reason, _("作废原因"), LONGEST_REASON, "reason")
    if not told:
        raise InvalidEntry(_("请写明作废原因，例如“重复填报”。"), "reason")
    if activity.state != "recorded":
        raise InvalidEntry(_("这条记录已经作废。"))
    check_unlocked(session, activity)
    _change_state(session, author_of(user, now), "void", activity, "void", told)


def restore(session: Session, number: str, user: CurrentUser, now: datetime) -> None:
    """Count a void activity again."""
    activity = _queued(session, number)
    require(user, "void_activity", activity.host_code)
    if activity.state != "void":
        raise InvalidEntry(_("这条记录没有作废，不需要恢复。"))
    _change_state(session, author_of(user, now), "restore", activity, "recorded", "")


def undo(session: Session, number: str, user: CurrentUser, now: datetime) -> None:
    """Void what one entered oneself within the last ten minutes; doing it twice is no error."""
    activity = _queued(session, number)
    require(user, "enter_activity", activity.host_code)
    if activity.created_by != user.id:
        raise NotPermitted(_("只能撤销自己填报的记录；需要作废请到“我的填报”并写明原因。"))
    if now - activity.created_at > UNDO_WITHIN:
        raise InvalidEntry(_("已超过 10 分钟，不能撤销；请到“我的填报”作废并写明原因。"))
    if activity.state == "recorded":
        check_unlocked(session, activity)
        _change_state(session, author_of(user, now), "void", activity, "void", UNDO_REASON)


def reveal(session: Session, number: str, user: CurrentUser, now: datetime) -> tuple[str, str]:
    """(place, note) as they were typed, with their telephone numbers. The look is logged."""
    activity = find(session, number)
    require(user, "correct_activity", activity.host_code)
    log_change(
        session, author_of(user, now), "reveal", writes.ENTITY, writes.number_of(activity.id)
    )
    return activity.place, activity.note


def _answered(
    session: Session, stated: Entry, lists: Catalogue, answer: Answer | None, number: str = ""
) -> tuple[Finding, ...]:
    """What was to be confirmed about the entry, all of it answered; nothing where none is given."""
    if answer is None:
        return ()
    found = still_asked(session, stated, lists, number)
    check_answered(found, answer)
    return found


def _queued(session: Session, number: str) -> reads.Activity:
    """The activity as it is once all writes before this one are done."""
    writes.queue(session)
    return find(session, number)


def _change_state(
    session: Session, author: Author, action: str, activity: reads.Activity, state: str, reason: str
) -> None:
    if not writes.change_state(session, author, action, activity, state, reason):
        raise Conflict(_("这条记录刚刚被别人改过，请刷新后再试。"))


def _receipt(activity: reads.Activity) -> Receipt:
    return Receipt(writes.number_of(activity.id), activity.created_at, created=False)

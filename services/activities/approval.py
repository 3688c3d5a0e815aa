"""审核: submitted, approved or returned with a reason; what is approved is locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.engine import Session
from db.reads import activities as reads
from db.reads.changes import last_by
from db.reads.office import office
from db.writes import activities as writes
from services.activities.entry import find
from services.entries import LONGEST_REASON, words
from services.errors import AppError, Conflict, InvalidEntry, NotPermitted
from services.i18n import _
from services.permissions import CurrentUser, require
from services.writing import author_of

SUBMITTED, APPROVED, RETURNED = "submitted", "approved", "returned"
# From which review each action leads, and to which.
STEPS = {
    "approve": (SUBMITTED, APPROVED),
    "return": (SUBMITTED, RETURNED),
    "reopen": (APPROVED, SUBMITTED),
}


def approval_on(session: Session) -> bool:
    """Whether what is entered waits to be approved in this office."""
    row = office(session)
    return row is not None and row.approval


def entered_as(session: Session) -> str:
    """The review of what is entered or corrected now."""
    return SUBMITTED if approval_on(session) else APPROVED


def check_unlocked(session: Session, activity: reads.Activity) -> None:
    """InvalidEntry for what is approved, while the office works with approval."""
    if activity.review == APPROVED and approval_on(session):
        raise InvalidEntry(_("这条记录已审核通过，不能改动。需要改动时，请街道审核人先重新打开。"))


def approve(
    session: Session, number: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Approve a submitted record that somebody else entered, and last corrected."""
    activity = _queued(session, number, user)
    _check_step(session, activity, "approve")
    if stated_by(session, [activity], user):
        raise NotPermitted(_("自己填报或最后更正的记录要由另一位审核人审核。"))
    _step(session, activity, "approve", "", seen_version, user, now)


def approve_all(
    session: Session, seen: Sequence[tuple[str, int]], user: CurrentUser, now: datetime
) -> tuple[tuple[str, str], ...]:
    """Approve records (number, version as shown); those that could not be, each with why."""
    require(user, "approve_activity")
    refused = []
    for number, version in seen:
        try:
            approve(session, number, version, user, now)
        except AppError as error:
            refused.append((number, error.sentence))
    return tuple(refused)


def send_back(
    session: Session, number: str, reason: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Return a submitted record with the reason; it counts in no figure until it is corrected."""
    activity = _queued(session, number, user)
    _check_step(session, activity, "return")
    told = _reason(reason, _("退回原因"), _("请写明退回原因，例如“数量与照片不符”。"))
    _step(session, activity, "return", told, seen_version, user, now)


def reopen(
    session: Session, number: str, reason: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Unlock an approved record: it is submitted again, and can be corrected or returned."""
    activity = _queued(session, number, user)
    _check_step(session, activity, "reopen")
    told = _reason(reason, _("重新打开的原因"), _("请写明重新打开的原因。"))
    _step(session, activity, "reopen", told, seen_version, user, now)


def stated_by(
    session: Session, found: Sequence[reads.Activity | reads.Waits], user: CurrentUser
) -> frozenset[str]:
    """The numbers of those the person entered or was the last to correct: not theirs to approve."""
    numbers = {writes.number_of(one.id): one for one in found}
    changed = [number for number, one in numbers.items() if one.version > 1]
    last = last_by(session, writes.ENTITY, "correct", changed) if changed else {}
    return frozenset(
        number for number, one in numbers.items() if user.id in (one.created_by, last.get(number))
    )


def review_label(review: str) -> str:
    return {SUBMITTED: _("待审核"), APPROVED: _("已审核"), RETURNED: _("已退回")}[review]


def _queued(session: Session, number: str, user: CurrentUser) -> reads.Activity:
    require(user, "approve_activity")
    writes.queue(session)
    return find(session, number)


def _check_step(session: Session, activity: reads.Activity, action: str) -> None:
    """InvalidEntry for a step that the record's state does not allow."""
    if not approval_on(session):
        raise InvalidEntry(_("本单位没有启用审核，填报后直接生效。"))
    if activity.state != "recorded":
        raise InvalidEntry(_("这条记录已经作废。"))
    if activity.review != STEPS[action][0]:
        said = _("这条记录现在是“{state}”，不能进行这一步，请刷新后再看。")
        raise InvalidEntry(said.format(state=review_label(activity.review)))


def _step(
    session: Session,
    activity: reads.Activity,
    action: str,
    reason: str,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
) -> None:
    author = author_of(user, now)
    review = STEPS[action][1]
    if not writes.change_review(session, author, action, activity, review, reason, seen_version):
        raise Conflict(_("您打开之后，这条记录被别人改过。请看清最新内容，再决定是否通过。"))


def _reason(text: str, label: str, ask: str) -> str:
    told = words(text, label, LONGEST_REASON, "reason")
    if not told:
        raise InvalidEntry(ask, "reason")
    return told

"""Record an inspection, carry it on, show and hide photos: who may, what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from db.engine import Session
from db.reads import changes as logs
from db.reads import inspections as reads
from db.writes import inspections as writes
from db.writes.inspections import NewPhoto
from db.writes.log import raise_version
from services.catalogue import Catalogue
from services.entries import LONGEST_REASON, words
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.i18n import _
from services.inspections.course import AFTER, QUALIFIED
from services.inspections.entry import (
    LONGEST_TEXT,
    Receipt,
    Typed,
    check_not_void,
    checked,
    corrected,
    find,
)
from services.inspections.photos import check_count, may_arrange
from services.permissions import CurrentUser, require
from services.writing import author_of, first_sent


def record(
    session: Session,
    typed: Typed,
    photos: Sequence[NewPhoto],
    key: str,
    user: CurrentUser,
    now: datetime,
    today: date,
    lists: Catalogue | None = None,
) -> Receipt:
    """Put an inspection on record under the key of its form; the same key gives the first receipt.

    One that re-inspects needs an earlier one that is still to be put right: Conflict if that was
    re-inspected meanwhile. lists: where the caller has read them.
    """
    require(user, "record_inspection")
    first = first_sent(session, key, user, reads.by_key, lambda row: row.created_by)
    if first is not None:
        return Receipt(writes.number_of(first.id), created=False)
    earlier = find(session, typed.follows) if typed.follows else None
    if earlier is not None:
        _check_open(session, earlier)
    check_count(Counter(one.moment for one in photos))
    facts = checked(session, typed, today, earlier, lists=lists)
    author = author_of(user, now)
    made = writes.record(session, author, key, facts, earlier.id if earlier else None, photos)
    return Receipt(writes.number_of(made.id), created=True)


def correct(
    session: Session,
    number: str,
    typed: Typed,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
    today: date,
    lists: Catalogue | None = None,
) -> None:
    """Make an inspection say something else; what it re-inspects stays.

    Conflict if somebody changed it after `seen_version` was shown.
    """
    require(user, "record_inspection")
    raise_version(session)
    row = find(session, number)
    facts = corrected(session, row, typed, today, lists)
    _change(session, row, seen_version, "correct", vars(facts), "", user, now)


def void(
    session: Session, number: str, reason: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """It no longer counts; it stays on record, and can be restored."""
    require(user, "record_inspection")
    raise_version(session)
    row = find(session, number)
    check_not_void(row)
    said = words(reason, _("原因"), LONGEST_REASON, "reason")
    if not said:
        raise InvalidEntry(_("请写明作废的原因。"), "reason")
    later = reads.follower(session, row.id)
    if later is not None:
        raise InvalidEntry(
            _("它已有复查 {number}，请先作废复查。").format(number=writes.number_of(later.id)),
            "reason",
        )
    _change(session, row, seen_version, "void", {"void_reason": said}, said, user, now)


def restore(
    session: Session, number: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Let a void one count again."""
    require(user, "record_inspection")
    raise_version(session)
    row = find(session, number)
    if not row.void_reason:
        raise InvalidEntry(_("这次督查没有作废，请刷新后再看。"))
    if row.follows_id:
        _check_open(session, reads.inspection(session, row.follows_id))
    _change(session, row, seen_version, "restore", {"void_reason": ""}, "", user, now)


def rectify(
    session: Session,
    number: str,
    note: str,
    photos: Sequence[NewPhoto],
    user: CurrentUser,
    now: datetime,
) -> None:
    """The community says what it put right, with photos of after. Said twice, it is kept once."""
    raise_version(session)
    row = find(session, number)
    require(user, "report_rectification", row.community_code)
    said = words(note, _("整改情况"), LONGEST_TEXT, "note")
    if not said:
        raise InvalidEntry(_("请写明怎样整改的。"), "note")
    last = [
        line.after["note"]
        for line in logs.about(session, writes.ENTITY, (writes.number_of(row.id),))
        if line.action == "rectify" and line.user_id == user.id
    ]
    if said in last[-1:]:
        return
    _check_open(session, row)
    if any(one.moment != AFTER for one in photos):
        raise InvalidEntry(_("报告整改时只能添加整改后的照片。"), AFTER)
    _check_room(session, row, photos)
    writes.report(session, author_of(user, now), row, "rectify", said, photos)


def add_photos(
    session: Session, number: str, photos: Sequence[NewPhoto], user: CurrentUser, now: datetime
) -> None:
    """More photos of an inspection; one that it shows already is not added again."""
    require(user, "record_inspection")
    raise_version(session)
    row = find(session, number)
    check_not_void(row)
    if not photos:
        raise InvalidEntry(_("请先选择照片。"), AFTER)
    _check_room(session, row, photos)
    writes.report(session, author_of(user, now), row, "add_photos", "", photos)


def show_photo(
    session: Session, photo_id: int, shown: bool, user: CurrentUser, now: datetime
) -> None:
    """Take a photo off or put it back; nothing where it is so already."""
    raise_version(session)
    photo = reads.photo(session, photo_id)
    if photo is None:
        raise NotFound(_("没有这张照片。"))
    if not may_arrange(photo.user_id, user):
        raise NotPermitted(_("只能撤下或放回自己添加的照片。"))
    if photo.shown == shown:
        return
    if shown:
        _check_room(session, find(session, writes.number_of(photo.inspection_id)), [photo])
    writes.show_photo(session, author_of(user, now), photo, shown)


def _change(
    session: Session,
    row: reads.Inspection,
    seen_version: int,
    action: str,
    changes: dict[str, object],
    reason: str,
    user: CurrentUser,
    now: datetime,
) -> None:
    author = author_of(user, now)
    if not writes.change(session, author, row, seen_version, action, changes, reason):
        raise Conflict(_("您打开之后，这次督查已被改动。请看清最新情况，再决定怎么办。"))


def _check_open(session: Session, row: reads.Inspection) -> None:
    """InvalidEntry or Conflict unless it is still to be put right."""
    check_not_void(row)
    if row.verdict == QUALIFIED:
        raise InvalidEntry(_("这次督查合格，没有要整改的。"))
    later = reads.follower(session, row.id)
    if later is not None:
        raise Conflict(
            _("它已由 {number} 复查，请看那一次。").format(number=writes.number_of(later.id))
        )


def _check_room(session: Session, row: reads.Inspection, photos: Sequence[NewPhoto]) -> None:
    """InvalidEntry if with these it would show more photos than it can."""
    shown = {(one.moment, one.sha256) for one in reads.photos(session, [row.id]) if one.shown}
    check_count(Counter(m for m, _hash in shown | {(one.moment, one.sha256) for one in photos}))

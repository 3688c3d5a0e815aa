"""Hold a meeting: make it with a proposed agenda, keep its slides, freeze its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.reads import meetings as reads
from db.writes import meetings as writes
from db.writes.log import raise_version
from services.activities import approval_on
from services.catalogue import catalogue
from services.entries import LONGEST_REASON, gathered, needed, words
from services.errors import Conflict, InvalidEntry, NotFound
from services.filters import Filters
from services.i18n import LANGUAGES, _, language, use_language
from services.meetings import bulletin, prose
from services.meetings.agenda import DOMAIN, KINDS, Item, made, proposed
from services.meetings.content import to_json
from services.meetings.scope import Scope
from services.periods import period_from_code
from services.permissions import CurrentUser, require
from services.settings import FeedbackRules, Thresholds
from services.views import View
from services.writing import author_of, first_sent

LONGEST_TITLE, LONGEST_HEADLINE, LONGEST_BODY = 120, 300, 4000
MOST_SLIDES = 60
OLDEST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Rules:
    """What figures depend on beside the records: thresholds, the weights of the 三率, and whether
    what waits to be approved is left out of a meeting that does not choose."""

    thresholds: Thresholds
    feedback: FeedbackRules
    only_approved: bool = False


@dataclass(frozen=True)
class Typed:
    """The form of a meeting as it was left; approved_only is None where there was no choice."""

    title: str
    held_on: date | None
    period: str
    communities: tuple[str, ...]
    approved_only: bool | None = None


@dataclass(frozen=True)
class Receipt:
    number: str
    created: bool


def scope_of(
    session: Session,
    meeting: reads.Meeting | writes.Facts,
    user: CurrentUser,
    today: date,
    rules: Rules,
) -> Scope:
    """What the meeting looks at, as of today."""
    only = _counted(session, meeting, rules)
    filters = Filters(
        period_from_code(meeting.period_code), tuple(meeting.communities), approved_only=bool(only)
    )
    view = View(filters, today, rules.thresholds, approval=only is not None)
    return Scope(session, view, user, rules.feedback, meeting.title)


def counted(session: Session, number: str, rules: Rules) -> bool | None:
    """Whether a meeting counts approved records only; None where none waits, or where that was not
    kept when it was frozen."""
    row = find(session, number)
    return row.approved_only if row.frozen_at is not None else _counted(session, row, rules)


def make(
    session: Session,
    typed: Typed,
    key: str,
    user: CurrentUser,
    now: datetime,
    today: date,
    rules: Rules,
) -> Receipt:
    """A meeting with the agenda proposed from the data; the same key gives the first receipt."""
    require(user, "hold_meeting")
    first = first_sent(session, key, user, reads.by_key, lambda row: row.created_by)
    if first is not None:
        return Receipt(writes.number_of(first.id), created=False)
    facts = _checked(session, typed)
    scope = scope_of(session, facts, user, today, rules)
    slides = [{"kind": item.kind, "subject": item.subject} for item in proposed(scope)]
    row = writes.make(session, author_of(user, now), key, facts, slides)
    return Receipt(writes.number_of(row.id), created=True)


def rename(
    session: Session, number: str, typed: Typed, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Other words, day or scope for a meeting that is not frozen."""
    row = _open(session, number, user)
    facts = _checked(session, typed)
    changes = vars(facts) | {"communities": list(facts.communities)}
    _changed(writes.change(session, author_of(user, now), "change", row, seen_version, changes))


def add_slide(
    session: Session, number: str, item: Item, position: int, user: CurrentUser, now: datetime
) -> int:
    """A slide before those from this place on; its id."""
    row = _open(session, number, user)
    domains = {domain.code for domain in catalogue(session).domains}
    if item.kind not in KINDS or (item.kind == DOMAIN) != (item.subject in domains):
        raise InvalidEntry(_("没有这种页面，请重新选择。"), "kind")
    if len(reads.slides(session, row.id)) >= MOST_SLIDES:
        raise InvalidEntry(_("一次会议最多 {most} 页，请先撤下几页。").format(most=MOST_SLIDES))
    slide = writes.add_slide(session, author_of(user, now), row, item.kind, item.subject, position)
    return slide.id


def write_slide(
    session: Session,
    slide_id: int,
    said: Mapping[str, str],
    seen_version: int,
    user: CurrentUser,
    now: datetime,
) -> None:
    """headline, body and notes as written; a blank headline stands for the computed one.

    A frozen meeting still takes words: only its figures never change.
    """
    slide = _slide(session, slide_id, user)
    longest = {"headline": LONGEST_HEADLINE, "body": LONGEST_BODY, "notes": LONGEST_BODY}
    labels = {"headline": _("标题句"), "body": _("正文"), "notes": _("讲稿")}
    kept = {name: words(said[name], labels[name], longest[name], name) for name in said}
    _changed(writes.change_slide(session, author_of(user, now), slide, seen_version, kept))


def show_slide(
    session: Session,
    slide_id: int,
    shown: bool,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
) -> None:
    """Take a slide out, or put it back in."""
    slide = _slide(session, slide_id, user)
    changes = {"shown": shown}
    _changed(writes.change_slide(session, author_of(user, now), slide, seen_version, changes))


def arrange(
    session: Session, number: str, order: Sequence[int], user: CurrentUser, now: datetime
) -> None:
    """Put the slides (all of them, by id) in this order."""
    require(user, "hold_meeting")
    row = _queued(session, number)
    if sorted(order) != sorted(slide.id for slide in reads.slides(session, row.id)):
        raise Conflict(_("页面刚刚有增减，请刷新后再排序。"))
    writes.arrange(session, author_of(user, now), row, order)


def freeze(
    session: Session,
    number: str,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
    today: date,
    rules: Rules,
) -> None:
    """Keep the figures of all slides and of the bulletin, in every language, for good."""
    row = _open(session, number, user)
    scope = scope_of(session, row, user, today, rules)
    slides = reads.slides(session, row.id)
    contents = {}
    spoken = language()
    try:
        for code in LANGUAGES:
            use_language(code)
            fresh = replace(scope)  # what it has read is in the other language
            contents[code] = {
                "slides": {
                    str(slide.id): to_json(made(fresh, Item(slide.kind, slide.subject)))
                    for slide in slides
                },
                "bulletin": prose.to_json(bulletin.paragraphs(fresh)),
                "issue": reads.place_in_year(session, row),
            }
    finally:
        use_language(spoken)
    author, only = author_of(user, now), scope.view.counted
    _changed(writes.freeze(session, author, row, seen_version, contents, only))


def void(
    session: Session, number: str, reason: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Take a meeting off the list; it stays on record with the reason."""
    require(user, "hold_meeting")
    row = _queued(session, number)
    told = words(reason, _("作废原因"), LONGEST_REASON, "reason")
    if not told:
        raise InvalidEntry(_("请写明作废原因，例如“重复填报”。"), "reason")
    changes: dict[str, Any] = {"void_reason": told}
    _changed(writes.change(session, author_of(user, now), "void", row, seen_version, changes, told))


def restore(
    session: Session, number: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    require(user, "hold_meeting")
    row = _queued(session, number)
    changes = {"void_reason": ""}
    _changed(writes.change(session, author_of(user, now), "restore", row, seen_version, changes))


def find(session: Session, number: str) -> reads.Meeting:
    """The meeting with a number such as M000012; NotFound if there is none."""
    found = re.fullmatch(r"\s*[Mm]([0-9]{6,12})\s*", number)
    row = reads.meeting(session, int(found[1])) if found else None
    if row is None:
        raise NotFound(
            _("没有编号为“{number}”的会议。编号形如 M000012，请核对。").format(number=number[:20])
        )
    return row


def _counted(session: Session, meeting: reads.Meeting | writes.Facts, rules: Rules) -> bool | None:
    """As chosen, or else as is usual, while the office works with approval."""
    if not approval_on(session):
        return None
    return rules.only_approved if meeting.approved_only is None else meeting.approved_only


def _open(session: Session, number: str, user: CurrentUser) -> reads.Meeting:
    """The meeting, once all writes before this one are done, while its figures are not frozen."""
    require(user, "hold_meeting")
    row = _queued(session, number)
    if row.frozen_at is not None:
        raise InvalidEntry(_("会议数据已冻结，不能再改范围和增加页面；需要时请另建一次会议。"))
    return row


def _queued(session: Session, number: str) -> reads.Meeting:
    raise_version(session)
    return find(session, number)


def _slide(session: Session, slide_id: int, user: CurrentUser) -> reads.MeetingSlide:
    require(user, "hold_meeting")
    raise_version(session)
    slide = reads.slide(session, slide_id)
    if slide is None:
        raise NotFound(_("没有这一页，请刷新后再看。"))
    return slide


def _changed(written: bool) -> None:
    if not written:
        raise Conflict(_("您打开之后，这次会议被别人改过。请刷新，看清最新内容后再改。"))


def _checked(session: Session, typed: Typed) -> writes.Facts:
    with gathered() as part:
        title = part(needed, typed.title, _("会议名称"), LONGEST_TITLE, "title")
        held_on = part(_held_on, typed.held_on)
        period = part(period_from_code, typed.period)
        known = {place.code for place in catalogue(session).communities}
        if not known.issuperset(typed.communities):
            raise InvalidEntry(_("没有这个社区，请重新选择。"), "communities")
    places = tuple(typed.communities)
    return writes.Facts(title, held_on, period.code, places, typed.approved_only)


def _held_on(day: date | None) -> date:
    if day is None or day < OLDEST_DAY:
        raise InvalidEntry(_("请选择会议日期。"), "held_on")
    return day

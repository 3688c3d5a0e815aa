"""Put a note on a series, take it off, put it back: who may, what is refused, nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import chart_notes as reads
from db.writes import chart_notes as writes
from db.writes.chart_notes import Facts
from db.writes.log import raise_version
from services.catalogue import Catalogue, catalogue
from services.entries import LONGEST_REASON, gathered, needed, words
from services.errors import Conflict, InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, require
from services.satisfaction import OVERALL
from services.writing import author_of, first_sent

LONGEST_TEXT = 200
OLDEST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Typed:
    """The form as it was left. `series`: measure:<code>, domain:<code> (its activities) or
    score:<subject>; `community` "" for the whole subdistrict."""

    series: str
    community: str
    day: date | None
    text: str


def make(
    session: Session, typed: Typed, key: str, user: CurrentUser, now: datetime, today: date
) -> bool:
    """Put the note on record; False if the same form had done so before."""
    require(user, "annotate_chart", typed.community)
    if first_sent(session, key, user, reads.by_key, lambda row: row.created_by) is not None:
        return False
    writes.make(session, author_of(user, now), key, checked(typed, catalogue(session), today))
    return True


def void(
    session: Session, note_id: int, reason: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Take the note off all charts; it stays on record with the reason."""
    told = words(reason, _("作废原因"), LONGEST_REASON, "reason")
    if not told:
        raise InvalidEntry(_("请写明作废原因，例如“重复填报”。"), "reason")
    _change(session, note_id, "void", told, seen_version, user, now)


def restore(
    session: Session, note_id: int, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    _change(session, note_id, "restore", "", seen_version, user, now)


def _change(
    session: Session,
    note_id: int,
    action: str,
    reason: str,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
) -> None:
    raise_version(session)
    row = reads.note(session, note_id)
    if row is None:
        raise NotFound(_("没有这条注记，请刷新后再看。"))
    require(user, "annotate_chart", row.community_code or "")
    changes = {"void_reason": reason}
    author = author_of(user, now)
    if not writes.change(session, author, action, row, seen_version, changes, reason):
        raise Conflict(_("您打开之后，这条注记被别人改过。请刷新，看清最新内容后再改。"))


def checked(typed: Typed, lists: Catalogue, today: date) -> Facts:
    """The note in its kept spelling. InvalidEntry names the fields and what to do."""
    if typed.series not in series_labels(lists):
        raise InvalidEntry(_("没有这个指标，请重新选择。"), "series")
    if typed.community and typed.community not in {one.code for one in lists.communities}:
        raise InvalidEntry(_("没有这个社区，请重新选择。"), "community")
    with gathered() as part:
        day = part(_day, typed.day, today)
        text = part(needed, typed.text, _("发生了什么"), LONGEST_TEXT, "text")
    return Facts(typed.series, typed.community or None, day, text)


def _day(day: date | None, today: date) -> date:
    if day is None or not OLDEST_DAY <= day <= today:
        raise InvalidEntry(_("请选择日期，不能晚于今天，也不能早于 2000 年。"), "day")
    return day


def series_labels(lists: Catalogue) -> dict[str, str]:
    """What can have notes, and what it is called."""
    domains = {domain.code: domain.label for domain in lists.domains}
    return {
        **{f"measure:{measure.code}": measure.label for measure in lists.measures},
        **{
            f"domain:{code}": _("{domain}活动次数").format(domain=label)
            for code, label in domains.items()
        },
        f"score:{OVERALL}": _("总体满意度"),
        **{
            f"score:{code}": _("{domain}满意度").format(domain=label)
            for code, label in domains.items()
        },
    }

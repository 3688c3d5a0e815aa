"""Comments on slides: whom they ask by @, until somebody settles them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.engine import Session
from db.reads import accounts, meetings
from db.reads import slide_comments as reads
from db.writes import slide_comments as writes
from db.writes.log import raise_version
from db.writes.meetings import number_of
from services.entries import words
from services.errors import Conflict, InvalidEntry, NotFound
from services.i18n import _
from services.meetings.writing import find
from services.permissions import ALLOWED, CurrentUser, require
from services.privacy import mask
from services.writing import author_of, first_sent

LONGEST_TEXT = 1000


@dataclass(frozen=True)
class Comment:
    """`asks`: the names of those it asks. `done_by` is "" while nobody has settled it."""

    id: int
    version: int
    slide: int
    text: str
    asks: tuple[str, ...]
    who: str
    at: datetime
    done_by: str


@dataclass(frozen=True)
class Asked:
    """An open comment that asks a person, and the meeting it is about."""

    meeting: str
    title: str
    slide: int
    text: str
    who: str


def people(session: Session) -> Mapping[int, str]:
    """Who can be asked, by id: their names, with the user name where two have the same."""
    found = _who_may(session)
    names = Counter(row.name for row in found)
    return {
        row.id: row.name
        if names[row.name] == 1
        else _("{name}（{username}）").format(name=row.name, username=row.username)
        for row in found
    }


def comments(session: Session, number: str, user: CurrentUser) -> Mapping[int, tuple[Comment, ...]]:
    """Slide id → its comments, the oldest first; only slides that have some."""
    require(user, "comment_meeting")
    names = {row.id: row.name for row in accounts.users(session)}
    found: dict[int, tuple[Comment, ...]] = {}
    for row in reads.of_meeting(session, find(session, number).id):
        one = Comment(
            row.id,
            row.version,
            row.slide_id,
            mask(row.text),
            tuple(names[person] for person in row.mentioned if person in names),
            row.user_name,
            row.at,
            row.done_by,
        )
        found[row.slide_id] = (*found.get(row.slide_id, ()), one)
    return found


def asked(session: Session, user: CurrentUser) -> tuple[Asked, ...]:
    """The open comments that ask this person."""
    return tuple(
        Asked(number_of(meeting.id), meeting.title, row.slide_id, mask(row.text), row.user_name)
        for row, meeting in reads.still_open(session)
        if user.id in row.mentioned
    )


def comment(
    session: Session,
    slide_id: int,
    text: str,
    asks: Sequence[int],
    key: str,
    user: CurrentUser,
    now: datetime,
) -> bool:
    """Say something about a slide; False if the same form had done so before.

    Asked are those of `asks`, and whose name stands in the text behind an @.
    """
    require(user, "comment_meeting")
    if first_sent(session, key, user, reads.by_key, lambda row: row.user_id) is not None:
        return False
    slide = _slide(session, slide_id)
    said = words(text, _("意见"), LONGEST_TEXT, "text")
    if not said:
        raise InvalidEntry(_("请填写“{label}”。").format(label=_("意见")), "text")
    known = _who_may(session)
    if not set(asks) <= {row.id for row in known}:
        raise InvalidEntry(_("没有这个人，请重新选择。"), "asks")
    wanted = [row.id for row in known if row.id in asks or f"@{row.name}" in said]
    writes.make(session, author_of(user, now), key, slide, said, wanted)
    return True


def settle(
    session: Session,
    comment_id: int,
    done: bool,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
) -> None:
    """Mark a comment as settled (or not): whoever may comment may, as at a table."""
    require(user, "comment_meeting")
    raise_version(session)
    row = reads.comment(session, comment_id)
    if row is None:
        raise NotFound(_("没有这条意见，请刷新后再看。"))
    slide = _slide(session, row.slide_id)
    if not writes.settle(session, author_of(user, now), slide, row, seen_version, done):
        raise Conflict(_("您打开之后，这条意见已由别人处理。请刷新后再看。"))


def _who_may(session: Session) -> list[accounts.User]:
    """Those who may sign in and comment."""
    return [
        row
        for row in accounts.users(session)
        if row.active and "comment_meeting" in ALLOWED[row.role]
    ]


def _slide(session: Session, slide_id: int) -> meetings.MeetingSlide:
    slide = meetings.slide(session, slide_id)
    if slide is None:
        raise NotFound(_("没有这一页，请刷新后再看。"))
    return slide

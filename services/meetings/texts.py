"""The bulletin as it stands: computed paragraphs, those that were edited, and who edited them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from db.engine import Session
from db.reads import meetings as reads
from db.writes import meetings as writes
from db.writes.log import raise_version
from services.catalogue import catalogue
from services.entries import words
from services.errors import Conflict, InvalidEntry, NotFound
from services.i18n import _, language
from services.meetings import bulletin
from services.meetings.prose import OPENING, Paragraph, from_json
from services.meetings.scope import Scope
from services.meetings.typed_over import as_edited
from services.meetings.writing import LONGEST_BODY, Rules, counted, find, scope_of
from services.periods import day_label, period_from_code
from services.permissions import CurrentUser, require
from services.views import View
from services.writing import author_of

ISSUE = "issue"
MOST_ISSUES = 999
_ANY = ""  # the language of what is the same in all of them


@dataclass(frozen=True)
class Written:
    """A paragraph as it is printed. `computed` is what the data say there now, "" nothing.

    `edited_from` is what they said when it was edited, None if it is as computed; `missing` are
    counts that the data have and the text does not state. `version` 0: nobody has edited it yet.
    """

    paragraph: Paragraph
    computed: str
    edited_from: str | None = None
    missing: tuple[str, ...] = ()
    version: int = 0

    @property
    def edited(self) -> bool:
        return self.edited_from is not None

    @property
    def outdated(self) -> bool:
        return self.edited and self.edited_from != self.computed


@dataclass(frozen=True)
class Bulletin:
    """`number` is the meeting's, "" for the bulletin of a period, which has no `issue` either.

    counted: whether only approved records are; None where none waits, or where nobody knows.
    """

    number: str
    title: str
    office: str
    issue: str
    issue_version: int
    day: str
    period: str
    frozen_at: datetime | None
    counted: bool | None
    written: tuple[Written, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(one.paragraph for one in self.written)


@dataclass(frozen=True)
class Edit:
    """One line of the history: the text as it became; `restored`: the computed one again."""

    at: datetime
    who: str
    part: str
    restored: bool
    text: str


def bulletin_of(
    session: Session, number: str, user: CurrentUser, today: date, rules: Rules, office: str
) -> Bulletin:
    """A meeting's bulletin in the current language: frozen or as of today, with what was edited."""
    require(user, "see")
    row = find(session, number)
    kept = reads.snapshot(session, row.id, language())
    computed = _computed(session, row, user, today, rules)
    texts = {one.part: one for one in reads.texts(session, row.id, language())}
    issue = reads.text(session, row.id, ISSUE, _ANY)
    place = kept.content.get("issue") if kept else None
    place = place or reads.place_in_year(session, row)
    return Bulletin(
        number=writes.number_of(row.id),
        title=row.title,
        office=office,
        issue=issue.text if issue and issue.text else str(place),
        issue_version=issue.version if issue else 0,
        day=day_label(row.held_on),
        period=period_from_code(row.period_code).label,
        frozen_at=row.frozen_at,
        counted=counted(session, number, rules),
        written=tuple(_written(session, computed, texts)),
    )


def bulletin_of_period(
    session: Session, view: View, user: CurrentUser, rules: Rules, office: str
) -> Bulletin:
    """What a bulletin of the view says today; it belongs to no meeting, so nobody edits it."""
    require(user, "see")
    scope = Scope(session, view, user, rules.feedback, "")
    return Bulletin(
        number="",
        title=_("{period}工作简报").format(period=view.filters.period.label),
        office=office,
        issue="",
        issue_version=0,
        day=day_label(view.last_day),
        period=view.filters.period.label,
        frozen_at=None,
        counted=view.counted,
        written=tuple(Written(one, one.text) for one in bulletin.paragraphs(scope)),
    )


def write_text(
    session: Session,
    number: str,
    part: str,
    text: str,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
    today: date,
    rules: Rules,
) -> None:
    """Keep a paragraph as edited; blank, or the computed text itself, stands for the computed one.

    A frozen meeting still takes words: only its figures never change.
    """
    require(user, "hold_meeting")
    raise_version(session)  # its row is the queue of all writers
    row = find(session, number)
    computed = _computed(session, row, user, today, rules)
    now_said = next((one.text for one in computed if one.part == part), "")
    if not now_said and reads.text(session, row.id, part, language()) is None:
        raise NotFound(_("没有这一段，请刷新后再看。"))
    kept = words(text, _("正文"), LONGEST_BODY, "text")
    key = writes.TextKey(part, language())
    said = "" if kept == now_said else kept
    _keep(session, row, key, said, now_said, seen_version, user, now)


def write_issue(
    session: Session, number: str, issue: int, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Give the bulletin another number than its place in the year; both languages state it."""
    require(user, "hold_meeting")
    raise_version(session)
    row = find(session, number)
    if not 1 <= issue <= MOST_ISSUES:
        raise InvalidEntry(_("期号请填 1 到 {most} 之间的整数。").format(most=MOST_ISSUES), "issue")
    place = str(reads.place_in_year(session, row))
    key = writes.TextKey(ISSUE, _ANY)
    _keep(session, row, key, str(issue), place, seen_version, user, now)


def edits(session: Session, number: str) -> tuple[Edit, ...]:
    """What was written in the bulletin in the current language, the newest first."""
    row = find(session, number)
    return tuple(
        Edit(
            at=change.at,
            who=change.user_name,
            part=change.after["part"],
            restored=change.action == "restore_text",
            text=change.after["text"],
        )
        for change in reads.text_changes(session, writes.number_of(row.id))
        if change.after and change.after["language"] in (language(), _ANY)
    )


def _computed(
    session: Session, row: reads.Meeting, user: CurrentUser, today: date, rules: Rules
) -> tuple[Paragraph, ...]:
    """The bulletin as computed: frozen, or as of today."""
    kept = reads.snapshot(session, row.id, language())
    if kept is not None:
        return from_json(kept.content["bulletin"])
    return bulletin.paragraphs(scope_of(session, row, user, today, rules))


def _written(
    session: Session, computed: tuple[Paragraph, ...], texts: dict[str, reads.MeetingText]
) -> Iterator[Written]:
    """The paragraphs in their order; an edited one stays when its figures are gone."""
    titles = {domain.code: domain.label for domain in catalogue(session).domains}
    said = {one.part: one for one in computed}
    said |= {
        part: Paragraph(part, titles.get(part, part), ())
        for part, row in texts.items()
        if row.text and part not in said
    }
    order = [OPENING, *titles]
    for part in sorted(said, key=order.index):
        own, row = said[part], texts.get(part)
        if row is None or not row.text:
            yield Written(own, own.text, version=row.version if row else 0)
            continue
        edited = as_edited(row.text, own)
        printed = replace(own, segments=edited.segments)
        yield Written(printed, own.text, row.computed, edited.missing, row.version)


def _keep(
    session: Session,
    row: reads.Meeting,
    key: writes.TextKey,
    text: str,
    computed: str,
    seen_version: int,
    user: CurrentUser,
    now: datetime,
) -> None:
    author = author_of(user, now)
    if not writes.write_text(session, author, row, key, seen_version, text, computed):
        raise Conflict(_("您打开之后，这一段被别人改过。请刷新，看清最新内容后再改。"))

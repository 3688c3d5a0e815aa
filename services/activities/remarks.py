"""What people say about figures: 确认无误, with the figure; 待跟进, until it is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.engine import Session
from db.reads import activities as activity_reads
from db.reads import remarks as reads
from db.writes import activities as activity_writes
from db.writes import remarks as writes
from db.writes.log import Author
from services.activities.checking import findings_of
from services.activities.entry import Entry, entry_of, find
from services.activities.finding import SURE_FIELD, Answer, Finding, covers
from services.activities.history import reason_text
from services.activities.rules import field_label
from services.activities.typed import Typed, read
from services.catalogue import Catalogue, catalogue
from services.entries import LONGEST_REASON, words
from services.errors import Conflict, InvalidEntry, NotFound
from services.formats import exact
from services.i18n import _
from services.permissions import COMMUNITY_STAFF, CurrentUser, may, require
from services.privacy import mask
from services.writing import author_of

CONFIRMED, FOLLOW_UP = writes.CONFIRMED, writes.FOLLOW_UP


@dataclass(frozen=True)
class Remark:
    """`figure` is what it was said of ("" if of no figure); `open`: to be followed up still."""

    id: int
    version: int
    number: str
    field: str
    label: str
    kind: str
    figure: str
    note: str
    by: str
    at: datetime
    open: bool
    closed_by: str
    closed_note: str


@dataclass(frozen=True)
class Question:
    """A finding of a record, and what was said to it: `answer` is None while nobody answered."""

    finding: Finding
    answer: Remark | None


def asked(session: Session, entry: Entry, number: str = "") -> tuple[Finding, ...]:
    """What is still to be confirmed about an entry; of a record (`number`) what was answered of
    the same figures is not asked again."""
    return still_asked(session, entry, catalogue(session), number)


def still_asked(
    session: Session, entry: Entry, lists: Catalogue, number: str
) -> tuple[Finding, ...]:
    """The same for who has the lists at hand."""
    own = find(session, number).id if number else 0
    return all_still_asked(session, [(entry, own)], lists)[0]


def all_still_asked(
    session: Session, entries: Sequence[tuple[Entry, int]], lists: Catalogue
) -> list[tuple[Finding, ...]]:
    """The same of many entries (entry, its record's id or 0), asked for together."""
    found = findings_of(session, entries, lists)
    odd = [own for (_entry, own), some in zip(entries, found, strict=True) if own and some]
    rows = reads.of_records(session, odd) if odd else ()
    answered = {(row.activity_id, row.field, row.finding, row.figure) for row in rows}
    return [
        tuple(one for one in some if (own, *_key(one)) not in answered)
        for (_entry, own), some in zip(entries, found, strict=True)
    ]


def asked_of(session: Session, typed: Typed, number: str = "") -> tuple[Finding, ...]:
    """The same of a form as it was left; nothing while something in it cannot be read."""
    try:
        lists = catalogue(session)
        entry = read(typed, lists)
    except InvalidEntry:
        return ()
    return still_asked(session, entry, lists, number)


def questions(
    session: Session, found: Sequence[activity_reads.Activity], lists: Catalogue
) -> list[tuple[Question, ...]]:
    """Of every record its findings, the oddest first, each with the answer to it."""
    entries = [(entry_of(activity), activity.id) for activity in found]
    remarks = defaultdict(list)
    for row in reads.of_records(session, [activity.id for activity in found]):
        remarks[row.activity_id].append(row)
    every = []
    for (_entry, own), noticed in zip(entries, findings_of(session, entries, lists), strict=True):
        answers = _answers(remarks[own])
        every.append(
            tuple(
                Question(one, _remark(answers[_key(one)], lists) if _key(one) in answers else None)
                for one in noticed
            )
        )
    return every


def check_answered(found: Sequence[Finding], answer: Answer) -> None:
    """InvalidEntry unless the answer was given to all these findings."""
    if not covers(answer.mark, found):
        raise InvalidEntry(_("有需要核对的地方；确认无误后再保存一次。"), SURE_FIELD)
    note = words(answer.note, _("说明"), LONGEST_REASON, "answer")
    if found and answer.follow_up and not note:
        raise InvalidEntry(_("请写明要跟进什么，例如“等活动方核实人数”。"), "answer")


def keep_answers(
    session: Session, author: Author, given: Iterable[tuple[int, Sequence[Finding], Answer]]
) -> None:
    """Keep each answer with every figure it was given to: (record's id, what was found, answer)."""
    said = [
        writes.Said(
            activity_id,
            FOLLOW_UP if answer.follow_up else CONFIRMED,
            one.field,
            one.kind,
            one.figure,
            words(answer.note, _("说明"), LONGEST_REASON, "answer"),
        )
        for activity_id, found, answer in given
        for one in found
    ]
    if said:
        writes.add(session, author, said)


def flag(
    session: Session, number: str, field: str, note: str, user: CurrentUser, now: datetime
) -> None:
    """Mark a field of a record to be followed up, approved or not; the same twice is one."""
    activity_writes.queue(session)
    activity = find(session, number)
    require(user, "correct_activity", activity.host_code)
    told = words(note, _("跟进事项"), LONGEST_REASON, "note")
    if not told:
        raise InvalidEntry(_("请写明要跟进什么，例如“等活动方核实人数”。"), "note")
    if activity.state != "recorded":
        raise InvalidEntry(_("这条记录已作废，不用再跟进。"), "note")
    figures = figures_of(entry_of(activity))
    if field not in figures:
        raise InvalidEntry(_("请选择要跟进的是哪一项。"), "field")
    known = reads.of_records(session, [activity.id])
    if any(row.kind == FOLLOW_UP and row.closed_at is None and (row.field, row.note) ==
           (field, told) for row in known):  # fmt: skip
        return
    author = author_of(user, now)
    said = writes.Said(activity.id, FOLLOW_UP, field, "", figures[field], told)
    writes.add(session, author, [said])


def close(
    session: Session, remark_id: int, note: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """End a follow-up with what came of it."""
    activity_writes.queue(session)
    row = reads.remark(session, remark_id)
    if row is None or row.kind != FOLLOW_UP:
        raise NotFound(_("没有这条待跟进，请刷新页面。"))
    activity = find(session, activity_writes.number_of(row.activity_id))
    require(user, "correct_activity", activity.host_code)
    told = words(note, _("跟进结果"), LONGEST_REASON, "note")
    if not told:
        raise InvalidEntry(_("请写明跟进结果，例如“已核实，数字无误”。"), "note")
    if row.closed_at is not None and row.closed_note == told:
        return
    author = author_of(user, now)
    if row.closed_at is not None or not writes.close(session, author, row, told, seen_version):
        raise Conflict(_("这条待跟进刚刚被别人办结，请刷新后再看。"))


def remarks_of(session: Session, number: str) -> tuple[Remark, ...]:
    """What was said about a record's figures, oldest first."""
    lists = catalogue(session)
    rows = reads.of_records(session, [find(session, number).id])
    return tuple(_remark(row, lists) for row in rows)


def follow_ups(session: Session, user: CurrentUser) -> tuple[Remark, ...]:
    """What is open: of their community for its staff, of all for those who approve."""
    if not may(user, "enter_activity"):
        return ()
    own = user.community if user.role == COMMUNITY_STAFF else None
    lists = catalogue(session)
    return tuple(_remark(row, lists) for row in reads.open_follow_ups(session, own))


def figures_of(entry: Entry) -> Mapping[str, str]:
    """The fields that can be remarked on → their figure as it is kept."""
    figures = {f"measure-{code}": exact(value) for code, value in entry.measures}
    people = {} if entry.participants is None else {"participants": str(entry.participants)}
    return people | figures | {"partners": "", "first_day": entry.first_day.isoformat()}


def _answers(rows: Sequence[reads.ActivityRemark]) -> dict[tuple[str, str, str], object]:
    """(field, finding, figure) → the last remark that answers it."""
    return {(row.field, row.finding, row.figure): row for row in rows if row.finding}


def _key(one: Finding) -> tuple[str, str, str]:
    return one.field, one.kind, one.figure


def _remark(row: reads.ActivityRemark, lists: Catalogue) -> Remark:
    return Remark(
        id=row.id,
        version=row.version,
        number=activity_writes.number_of(row.activity_id),
        field=row.field,
        label=field_label(row.field, lists),
        kind=row.kind,
        figure=row.figure,
        note=mask(row.note),
        by=row.user_name,
        at=row.at,
        open=row.kind == FOLLOW_UP and row.closed_at is None,
        closed_by=row.closed_by,
        closed_note=reason_text(row.closed_note),
    )

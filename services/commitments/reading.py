"""Commitments as the next meeting goes through them: open ones first, the latest due on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Session
from db.reads import commitments as reads
from db.writes.commitments import number_of
from services.catalogue import Catalogue, catalogue
from services.commitments.writing import DONE, OPEN, VOID, find, state_of
from services.i18n import _
from services.periods import day_label
from services.privacy import has_numbers, mask


@dataclass(frozen=True)
class CourseLine:
    day: str
    action: str
    note: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Promise:
    """One commitment in words, numbers of persons hidden. `late` is that of an open one."""

    number: str
    version: int
    state: str
    late: bool
    text: str
    owner: str
    meeting: str
    due: str
    due_on: date
    community: str | None
    place: str
    domain: str
    hides_numbers: bool
    course: tuple[CourseLine, ...]


@dataclass(frozen=True)
class Book:
    """All commitments that are not void, open ones first; and those that are."""

    promises: tuple[Promise, ...]
    void: tuple[Promise, ...]

    @property
    def open(self) -> int:
        return sum(one.state == OPEN for one in self.promises)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.promises)


def book(session: Session, today: date, communities: tuple[str, ...] = ()) -> Book:
    """The commitments of these communities (none: of all), each as it stands today."""
    lists = catalogue(session)
    found = [
        (row, _promise(row, lists, today))
        for row in reads.commitments(session)
        if not communities or row.community_code in communities
    ]
    still = [one for _row, one in found if one.state == OPEN]
    done = sorted(
        ((row.done_on, one) for row, one in found if one.state == DONE),
        key=lambda pair: pair[0],
        reverse=True,
    )
    return Book(
        (*still, *(one for _day, one in done)),
        tuple(one for _row, one in found if one.state == VOID),
    )


def promise(session: Session, number: str, today: date) -> Promise:
    """One commitment; NotFound if there is none."""
    return _promise(find(session, number), catalogue(session), today)


def action_label(action: str) -> str:
    return {
        "make": _("作出承诺"),
        "report": _("进展"),
        "finish": _("办结销号"),
        "reschedule": _("调整期限"),
        "correct": _("更正"),
        "reopen": _("重新打开"),
        "void": _("作废"),
        "restore": _("恢复"),
    }[action]


def state_label(state: str) -> str:
    return {OPEN: _("办理中"), DONE: _("已销号"), VOID: _("已作废")}[state]


def _promise(row: reads.Commitment, lists: Catalogue, today: date) -> Promise:
    state = state_of(row)
    place, domain = row.community_code, row.domain_code
    return Promise(
        number=number_of(row.id),
        version=row.version,
        state=state,
        late=state == OPEN and row.due_on < today,
        text=mask(row.text),
        owner=mask(row.owner),
        meeting=_("{day} {meeting}").format(day=day_label(row.made_on), meeting=mask(row.meeting)),
        due=day_label(row.due_on),
        due_on=row.due_on,
        community=place,
        place=lists.community(place).name if place else "",
        domain=lists.domain(domain).label if domain else "",
        hides_numbers=any(map(has_numbers, (row.text, row.owner, row.meeting))),
        course=tuple(
            CourseLine(
                day_label(step.day), action_label(step.action), mask(step.note), step.user_name,
                step.at,
            )
            for step in row.steps
        ),
    )  # fmt: skip

"""What waits to be approved: its rows, what they come to, and how much waits where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from db.engine import Session
from db.reads import activities as reads
from db.writes.activities import number_of
from services.activities.approval import SUBMITTED, stated_by
from services.activities.history import Labels, labels, quantity_text
from services.activities.records import RecordPage, chosen
from services.activities.remarks import Question, questions
from services.formats import number
from services.i18n import _
from services.permissions import CurrentUser, require

MOST = 500


@dataclass(frozen=True)
class TypeSum:
    """What the waiting records of a type come to: how many, people (None if nowhere stated),
    quantities in words."""

    type_label: str
    activities: int
    participants: int | None
    quantities: str


@dataclass(frozen=True)
class Waiting:
    """`page` holds at most MOST rows, the odd ones first and last those of `own`: the numbers of
    what the person entered or was the last to correct, which others approve and no sum counts;
    `odd`: number → what is to be looked at, the oddest record first."""

    page: RecordPage
    sums: tuple[TypeSum, ...]
    own: frozenset[str]
    odd: Mapping[str, tuple[Question, ...]]


@dataclass(frozen=True)
class Backlog:
    """How many records wait for the person, and how many more that others are to approve, because
    the person entered them or was the last to correct them."""

    own: int
    others: int

    @property
    def beside(self) -> str:
        """The others in a sentence; "" for none."""
        if not self.others:
            return ""
        return _("另有 {count} 条由他人审核。").format(count=number(self.others))


def waiting_by_community(session: Session, user: CurrentUser) -> dict[str, Backlog]:
    """Community → what of it waits, for those who approve."""
    require(user, "approve_activity")
    found = reads.waiting(session)
    stated = stated_by(session, found, user)
    every = Counter(one.host_code for one in found)
    theirs = Counter(one.host_code for one in found if number_of(one.id) in stated)
    return {place: Backlog(every[place] - theirs[place], theirs[place]) for place in every}


def backlog(session: Session, user: CurrentUser, community: str = "") -> Backlog:
    """The same of one community ("": of all)."""
    found = waiting_by_community(session, user)
    some = [one for place, one in found.items() if community in ("", place)]
    return Backlog(sum(one.own for one in some), sum(one.others for one in some))


def waiting(session: Session, user: CurrentUser, community: str = "") -> Waiting:
    """The submitted records of a community ("": of all): the odd ones, then the newest first."""
    require(user, "approve_activity")
    choice = reads.Choice(state="recorded", reviews=(SUBMITTED,), host=community or None)
    page = chosen(session, choice, MOST, 0)
    found = reads.records(session, choice, MOST)
    known = labels(session)
    own = stated_by(session, found, user)
    odd = _odd(found, questions(session, found, known.lists))
    rank = {number: place for place, number in enumerate(odd)}
    rows = sorted(page.rows, key=lambda row: (row.number in own, rank.get(row.number, len(rank))))
    page = replace(page, rows=tuple(rows))
    mine = [activity for activity in found if number_of(activity.id) not in own]
    return Waiting(page, tuple(_sums(mine, known)), own, odd)


def _odd(
    found: Sequence[reads.Activity], asked: Sequence[tuple[Question, ...]]
) -> dict[str, tuple[Question, ...]]:
    """Number → questions of those that have any, the oddest record first."""
    odd = [
        (number_of(activity.id), about)
        for activity, about in zip(found, asked, strict=True)
        if about
    ]
    return dict(sorted(odd, key=lambda one: -one[1][0].finding.weight))


def _sums(found: Sequence[reads.Activity], known: Labels) -> list[TypeSum]:
    """Type by type in the catalogue's order."""
    by_type: dict[str, list[reads.Activity]] = defaultdict(list)
    for activity in found:
        by_type[activity.type_code].append(activity)
    return [
        TypeSum(
            kind.label,
            len(by_type[kind.code]),
            _people(by_type[kind.code]),
            _quantities(by_type[kind.code], known),
        )
        for kind in known.lists.types
        if kind.code in by_type
    ]


def _people(found: Sequence[reads.Activity]) -> int | None:
    stated = [one.participants for one in found if one.participants is not None]
    return sum(stated) if stated else None


def _quantities(found: Sequence[reads.Activity], known: Labels) -> str:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for activity in found:
        for row in activity.measures:
            totals[row.measure_code] += row.quantity
    return _("；").join(
        f"{known.measures[code][0]} {quantity_text(totals[code], known, code)}"
        for code in known.measures
        if code in totals
    )

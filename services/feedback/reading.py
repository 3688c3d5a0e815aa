"""What is on record: voices as a list, one with its course and history, and what waits for whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from db.engine import Session
from db.reads import feedback as reads
from db.writes.feedback import number_of
from services.catalogue import catalogue
from services.feedback.course import (
    ASSIGNED,
    CLOSED,
    OPEN,
    RECEIVED,
    RESOLVED,
    VOID,
    action_label,
    state_label,
    verdict_label,
)
from services.feedback.entry import Lists, find, lists
from services.feedback.writing import may_own, workers
from services.formats import NONE
from services.i18n import _
from services.periods import day_label
from services.permissions import CurrentUser, require
from services.privacy import has_numbers, mask
from services.views import View

PAGE = 20
_EVERY = 1000
LATE = "overdue"
_STATES = {"open": OPEN, LATE: OPEN, RECEIVED: (RECEIVED,), ASSIGNED: (ASSIGNED,),
           RESOLVED: (RESOLVED,), CLOSED: (CLOSED,)}  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """What to list within a view; empty means all. `state`: open, overdue or a state."""

    state: str = ""
    topic: str = ""
    channel: str = ""
    school: str = ""


@dataclass(frozen=True)
class Row:
    number: str
    day: str
    topic: str
    community: str
    state: str
    owner: str
    due: str
    late: bool
    start: str


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True)
class Pile:
    """So many voices, the oldest of which came on `first`."""

    count: int
    first: date


@dataclass(frozen=True)
class CourseLine:
    """One step in words. `facts` are owner, due day and verdict as far as they were stated."""

    day: str
    action: str
    facts: str
    note: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Voice:
    """All there is to one voice, numbers of persons hidden."""

    number: str
    version: int
    state: str
    community: str
    text: str
    lines: tuple[tuple[str, str], ...]
    course: tuple[CourseLine, ...]
    hides_numbers: bool
    late: bool
    owner: int | None
    due_on: date | None
    last_day: date


def seen_by(user: CurrentUser, view: View) -> View:
    """The view as far as the person may see voices: community staff see their community's."""
    require(user, "see_feedback")
    return view if user.community is None else view.only(user.community)


def choice_of(view: View, chosen: Chosen = Chosen()) -> reads.Choice:  # noqa: B008
    filters = view.filters
    return reads.Choice(
        first=filters.period.first_day,
        last=filters.period.end,
        communities=filters.communities,
        domain=filters.domain,
        topic=chosen.topic or None,
        channel=chosen.channel or None,
        school=chosen.school or None,
        states=_STATES.get(chosen.state, ()),
        due_before=view.today if chosen.state == LATE else None,
        void=chosen.state == VOID,
    )


def listing(
    session: Session, view: View, user: CurrentUser, chosen: Chosen, offset: int = 0
) -> Page:
    """The voices received in the view's period that the person may see, newest first."""
    return _page(session, choice_of(seen_by(user, view), chosen), view.today, offset)


def mine(session: Session, user: CurrentUser, today: date) -> Page:
    """What the person has to do, whenever it came: it lies with them, in the order of its days."""
    page = _page(session, reads.Choice(states=(ASSIGNED,), owner=user.id), today, 0, _EVERY)
    return replace(page, rows=tuple(sorted(page.rows, key=lambda row: (not row.late, row.due))))


def due_count(session: Session, user: CurrentUser, today: date) -> int:
    """How many of them are due today or late already."""
    due = date.fromordinal(today.toordinal() + 1)
    return reads.count(session, reads.Choice(states=(ASSIGNED,), owner=user.id, due_before=due))


def overdue(session: Session, view: View, user: CurrentUser) -> Page:
    """What is past its day, whenever it came, the longest first: of the view only the places."""
    view = seen_by(user, view)
    page = _page(session, _late(view), view.today, 0, _EVERY)
    return replace(page, rows=tuple(sorted(page.rows, key=lambda row: row.due)))


def older(session: Session, view: View, user: CurrentUser) -> Pile | None:
    """What came before the view's period and is still open; None for nothing."""
    before = replace(
        choice_of(seen_by(user, view), Chosen(state="open")),
        first=None,
        last=date.fromordinal(view.filters.period.first_day.toordinal() - 1),
    )
    piles = [Pile(count, first) for _state, count, first in reads.by_state(session, before)]
    if not piles:
        return None
    return Pile(sum(one.count for one in piles), min(one.first for one in piles))


def to_take_on(session: Session, user: CurrentUser) -> dict[str, Pile]:
    """State → the voices that no one person has: to be assigned, and to be called back about."""
    require(user, "handle_feedback")
    own = (user.community,) if user.community else ()
    choice = reads.Choice(communities=own, states=(RECEIVED, RESOLVED))
    return {state: Pile(count, first) for state, count, first in reads.by_state(session, choice)}


def owners(session: Session, community: str) -> dict[int, str]:
    """Who a voice of the community can be assigned to: person → name, told apart if need be."""
    able = [person for person in workers(session).values() if may_own(person, community)]
    shared = Counter(person.name for person in able)
    return {
        person.id: _("{name}（{username}）").format(name=person.name, username=person.username)
        if shared[person.name] > 1
        else person.name
        for person in able
    }


def voice(session: Session, number: str, user: CurrentUser, today: date) -> Voice:
    """One voice with its course; NotFound if there is none, NotPermitted for another community."""
    row = find(session, number)
    require(user, "see_feedback", row.community_code)
    names = {person.id: person.name for person in reads.people(session)}
    return Voice(
        number=number_of(row.id),
        version=row.version,
        state=VOID if row.void_reason else row.state,
        community=row.community_code,
        text=mask(row.text),
        lines=_lines(session, row, names, lists(session)),
        course=tuple(_course_line(step, names) for step in row.steps),
        hides_numbers=any(map(has_numbers, (row.text, *(step.note for step in row.steps)))),
        late=_is_late(row, today),
        owner=row.owner_id,
        due_on=row.due_on,
        last_day=row.steps[-1].day,
    )


def _late(view: View) -> reads.Choice:
    return replace(choice_of(view, Chosen(state=LATE)), first=None, last=None)


def _page(
    session: Session, choice: reads.Choice, today: date, offset: int, limit: int = PAGE
) -> Page:
    known, places = lists(session), catalogue(session)
    names = {person.id: person.name for person in reads.people(session)}
    rows = tuple(
        Row(
            number=number_of(row.id),
            day=day_label(row.received_on),
            topic=known.topic(row.topic_code).label,
            community=places.community(row.community_code).name,
            state=_state(row),
            owner=names.get(row.owner_id or 0, ""),
            due=row.due_on.isoformat() if row.due_on and row.state == ASSIGNED else "",
            late=_is_late(row, today),
            start=mask(" ".join(row.text.split()))[:60],
        )
        for row in reads.chosen(session, choice, limit, offset)
    )
    return Page(rows, reads.count(session, choice))


def _state(row: reads.Feedback) -> str:
    """The state, of a closed one with what was answered."""
    if row.void_reason:
        return state_label(VOID)
    if row.state == CLOSED:
        return _("{state}（{verdict}）").format(
            state=state_label(CLOSED), verdict=verdict_label(row.verdict)
        )
    return state_label(row.state)


def _is_late(row: reads.Feedback, today: date) -> bool:
    return row.state == ASSIGNED and not row.void_reason and row.due_on < today


def _lines(
    session: Session, row: reads.Feedback, names: dict[int, str], known: Lists
) -> tuple[tuple[str, str], ...]:
    places = catalogue(session)
    topic = known.topic(row.topic_code)
    found = {
        _("收到日期"): day_label(row.received_on),
        _("来源渠道"): known.channel_label(row.channel_code),
        _("反映的问题"): f"{places.domain(topic.domain).label} · {topic.label}",
        _("社区"): places.community(row.community_code).name,
        _("学校"): mask(row.school),
        _("责任人"): names.get(row.owner_id or 0, ""),
        _("办理期限"): day_label(row.due_on) if row.due_on else "",
        _("办理轮次"): _("第 {round} 轮").format(round=row.rounds) if row.rounds > 1 else "",
        _("作废原因"): mask(row.void_reason),
    }
    return tuple((label, text) for label, text in found.items() if text)


def _course_line(step: reads.FeedbackStep, names: dict[int, str]) -> CourseLine:
    facts = (
        _("责任人：{name}").format(name=names.get(step.owner_id, NONE)) if step.owner_id else "",
        _("期限：{day}").format(day=day_label(step.due_on)) if step.due_on else "",
        verdict_label(step.verdict) if step.verdict else "",
    )
    return CourseLine(
        day=day_label(step.day),
        action=action_label(step.action),
        facts=_("；").join(filter(None, facts)),
        note=mask(step.note),
        who=step.user_name,
        at=step.at,
    )

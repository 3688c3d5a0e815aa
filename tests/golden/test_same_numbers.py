"""All pages say of the demonstration what its rows add up to by hand, under every filter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from db.engine import Session
from services import activities, coverage, feedback
from services.activities.records import records
from services.boards import community as community_board
from services.boards import domain as domain_board
from services.boards import feedback as feedback_board
from services.boards import overview
from services.catalogue import catalogue
from services.due import due
from services.feedback.figures import Rate, figures, voices
from services.filters import Filters
from services.meetings import Rules, slides_follow, slides_work
from services.meetings.scope import Scope
from services.meetings.texts import bulletin_of_period
from services.periods import Period, period_from_code
from services.settings import ROOT, load_settings
from services.views import View
from tests.meeting_cases import host

TODAY = date(2023, 10, 28)
SETTINGS = load_settings(ROOT / "config.toml", {})
RULES = Rules(SETTINGS.thresholds, SETTINGS.feedback)
SO_FAR = Period(date(2023, 9, 1), "since", TODAY)
FILTERS = (
    Filters(SO_FAR),
    Filters(SO_FAR, approved_only=True),
    Filters(SO_FAR, ("c03",)),
    Filters(SO_FAR, ("c01", "c07"), "health", approved_only=True),
    Filters(period_from_code("2023-10"), ("c03",), "education", approved_only=True),
    Filters(period_from_code("2023Q2"), ("c01", "c07"), "education"),
    Filters(period_from_code("2023"), (), "environment"),
)


@pytest.fixture(params=FILTERS, ids=lambda one: f"{one.period.code}-{one.communities}-{one.domain}")
def view(request: pytest.FixtureRequest) -> View:
    return View(request.param, TODAY, SETTINGS.thresholds)


@dataclass(frozen=True)
class Row:
    """An activity as its tables have it; `day` as text, which both dialects can be brought to."""

    id: int
    type_code: str
    domain: str
    day: str
    review: str
    people: int
    places: frozenset[str]


def rows_of(session: Session) -> Iterator[Row]:
    places = defaultdict(set)
    for activity, place in session.execute(
        text("SELECT activity_id, community_code FROM activity_communities")
    ):
        places[activity].add(place)
    for row in session.execute(
        text(
            "SELECT a.id, a.type_code, t.domain_code, a.first_day, a.review, a.participants "
            "FROM activities a JOIN activity_types t ON t.code = a.type_code "
            "WHERE a.state = 'recorded' AND a.review <> 'returned'"
        )
    ):
        yield Row(*row[:3], str(row[3]), row[4], row[5] or 0, frozenset(places[row[0]]))


def inside(row: Row, view: View, first: date | None = None, last: date | None = None) -> bool:
    filters = view.filters
    return (
        str(first or filters.period.first_day) <= row.day <= str(last or filters.period.end)
        and (not filters.communities or bool(row.places & set(filters.communities)))
        and filters.domain in (None, row.domain)
        and (row.review == "approved" or not filters.approved_only)
    )


def numbers(sentence: str, pattern: str) -> tuple[int, ...]:
    found = re.search(pattern.replace("N", r"([\d,]+)"), sentence)
    assert found, sentence
    return tuple(int(one.replace(",", "")) for one in found.groups())


def test_activities_are_as_many_on_every_page(demo: Session, view: View) -> None:
    rows = [row for row in rows_of(demo) if inside(row, view)]
    many, joint = len(rows), sum(len(row.places) > 1 for row in rows)
    chosen, user = view.filters, host(demo)
    said = [
        numbers(overview.board(demo, view).headline, "开展活动 N 次"),
        (records(demo, view).total,),
    ]
    segments = bulletin_of_period(demo, view, user, RULES, "").paragraphs[0].segments
    said.append((int(next(one.exact for one in segments if one.exact is not None)),))
    if chosen.domain:
        scope = Scope(demo, view, user, RULES.feedback, "")
        headline = slides_work.domain(scope, chosen.domain).headline
        assert numbers(headline, "开展活动 N 次，其中联合活动 N 次") == (many, joint)
        said.append(
            numbers(domain_board.board(demo, view, chosen.domain).headline, "开展活动 N 次")
        )
    if len(chosen.communities) == 1 and not chosen.domain:
        page = community_board.board(demo, view, chosen.communities[0])
        assert numbers(page.headline, "开展活动 N 次（其中联合 N 次") == (many, joint)
    assert set(said) == {(many,)}
    assert many > 0


def test_people_reached_are_those_of_the_records(demo: Session, view: View) -> None:
    lists, rows = catalogue(demo), list(rows_of(demo))
    stated = {
        (activity, measure): quantity / 1000
        for activity, measure, quantity in demo.execute(
            text("SELECT activity_id, measure_code, quantity FROM activity_measures")
        )
    }
    counted = demo.execute(
        text("SELECT community_code, population_group, year, count FROM population_counts")
    ).all()
    places = view.filters.communities or [place.code for place in lists.active_communities]
    for subject in coverage.subjects(lists, view.filters.domain):
        found = coverage.reach(coverage.Sums(demo, view), subject, lists)
        if found is None:
            continue
        first, last = found.span.first, found.span.last
        reached = sum(
            stated.get((row.id, subject.code), 0)
            for row in rows
            if inside(row, view, first, last) and subject.type_code in ("", row.type_code)
        )
        of_year = {
            place: max(
                (year, count)
                for code, group, year, count in counted
                if (code, group) == (place, subject.measure.population_group) and year <= last.year
            )
            for place in places
        }
        assert found.whole.reached == pytest.approx(reached / found.span.months), subject
        assert found.whole.people == sum(count for _year, count in of_year.values())


def courses_of(session: Session, view: View) -> list[Any]:
    """Days of receipt, response and resolution as dates, the state, the day it is due."""
    chosen = view.filters
    return [
        (number, *(day and date.fromisoformat(str(day)) for day in days), state)
        for number, place, domain, state, *days in session.execute(
            text(
                "SELECT f.id, f.community_code, t.domain_code, f.state, f.received_on, "
                "f.responded_on, f.resolved_on, f.due_on FROM feedback f "
                "JOIN feedback_topics t ON t.code = f.topic_code WHERE f.void_reason = ''"
            )
        )
        if (not chosen.communities or place in chosen.communities)
        and chosen.domain in (None, domain)
    ]


def median(waited: list[tuple[int, bool]]) -> float | None:
    """Kaplan-Meier by its definition: the days at which no more than half are unresolved."""
    left, flat = 1.0, None
    for days in sorted({days for days, done in waited if done}):
        at_risk = sum(other >= days for other, _done in waited)
        left *= 1 - sum(one == (days, True) for one in waited) / at_risk
        if left < 0.5 - 1e-9:
            return float(days) if flat is None else (flat + days) / 2
        flat = days if left <= 0.5 + 1e-9 else None
    return flat


def test_the_rates_of_voices_are_those_of_their_steps(demo: Session, view: View) -> None:
    user, period = host(demo), view.filters.period
    rows = [row for row in courses_of(demo, view) if period.first_day <= row[1] <= period.end]
    own = {row[0] for row in rows}
    steps = [
        (action, verdict)
        for number, action, verdict in demo.execute(
            text("SELECT feedback_id, action, verdict FROM feedback_steps")
        )
        if number in own
    ]
    resolves = sum(action == "resolve" for action, _verdict in steps)
    said = [verdict for _action, verdict in steps if verdict not in ("", "not_reached")]
    found = figures(voices(demo, view, user), TODAY, SETTINGS.feedback)
    assert found.voices == feedback.listing(demo, view, user, feedback.Chosen()).total == len(own)
    assert found.reached == Rate(len(said), resolves)
    assert found.satisfaction == Rate(said.count("satisfied"), len(said))
    assert found.resolution == Rate(len(said) - said.count("not_resolved"), len(said))
    limit = timedelta(days=1)
    answered = [row for row in rows if row[2]]
    assert found.response == Rate(
        sum(row[2] <= row[1] + limit for row in answered),
        len(answered) + sum(not row[2] and row[1] + limit < TODAY for row in rows),
    )
    if resolves:
        low = said.count("satisfied") / resolves
        high = low + (resolves - len(said)) / resolves
        assert found.bounds == pytest.approx((low, high))
    assert found.median == median(
        [(((row[3] or TODAY) - row[1]).days, bool(row[3])) for row in rows]
    )
    late = sum(row[5] == "assigned" and row[4] < TODAY for row in rows)
    listed = feedback.listing(demo, view, user, feedback.Chosen(state=feedback.LATE))
    assert found.late == late == listed.total
    headline = feedback_board.board(demo, view, user, SETTINGS.feedback).headline
    assert numbers(headline, "收到民声 N 件，未办结 N 件，超期 N 件") == (
        len(own),
        found.open,
        late,
    )


def test_a_meeting_and_what_is_to_do_count_whatever_is_open(demo: Session, view: View) -> None:
    scope = Scope(demo, view, host(demo), RULES.feedback, "")
    late = [row for row in courses_of(demo, view) if row[5] == "assigned" and row[4] < TODAY]
    slide = slides_follow.overdue(scope)
    assert len(slide.table.rows if slide.table else ()) == len(late)
    today, own = str(TODAY), view.filters.communities
    promises = [
        (done is None, str(until) < today)
        for place, done, until in demo.execute(
            text("SELECT community_code, done_on, due_on FROM commitments WHERE void_reason = ''")
        )
        if not own or place in own
    ]
    headline = slides_follow.promises(scope).headline
    if promises:
        assert numbers(headline, "承诺事项 N 项，已销号 N 项，办理中 N 项，其中超期 N 项") == (
            len(promises),
            sum(not left for left, _past in promises),
            sum(left for left, _past in promises),
            sum(left and past for left, past in promises),
        )
    assert headline.startswith("所选 2 个社区：" if len(own) == 2 and promises else "")
    waiting = demo.scalar(
        text("SELECT count(*) FROM activities WHERE state = 'recorded' AND review = 'submitted'")
    )
    backlog = activities.backlog(demo, scope.user)
    lines = due(demo, scope.user, TODAY)
    to_approve = sum(one.count for one in lines if one.page == "pages/entry/review.py")
    assert (to_approve, backlog.own + backlog.others) == (backlog.own, waiting)

"""覆盖: people reached over the people of the group that a measure is for, by round and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from db.engine import Session
from db.reads import catalogue as places
from db.reads import rounds as reads
from db.reads import sums
from services.catalogue import Catalogue, Measure
from services.periods import add_months, months_of
from services.rounds import RHYTHM, Round, rounds
from services.views import View

ROUND, MONTHLY, PERIOD = "round", "monthly", "period"
PERSONS = "persons"  # the unit of measures that count people, not how often they came


@dataclass(frozen=True)
class Subject:
    """A measure and the group it is for, as the catalogue says.

    `kind`: of a round, of an average month (what is paid every month), or of the view's period.
    `type_code` is that of a type held in rounds, "" for the others.
    """

    measure: Measure
    kind: str
    type_code: str = ""

    @property
    def code(self) -> str:
        return self.measure.code

    @property
    def counts_people(self) -> bool:
        return self.measure.unit == PERSONS


@dataclass(frozen=True)
class Span:
    """The days that are counted; `months` is by how many months the sum is divided."""

    first: date
    last: date
    months: int = 1
    round: Round | None = None


@dataclass(frozen=True)
class Reach:
    """How many were reached, of how many people in which year; None where nobody counted them."""

    reached: float
    people: int | None
    year: int | None

    @property
    def share(self) -> float | None:
        return self.reached / self.people if self.people else None


@dataclass(frozen=True)
class Found:
    """A subject's reach: by community in official order, and of those counted, together.

    The whole is sum over sum: a joint activity counts once, and communities without a figure of
    the group stand on neither side. `missing`: the codes of these.
    """

    subject: Subject
    span: Span
    whole: Reach
    places: Mapping[str, Reach]

    @property
    def anything(self) -> bool:
        """Whether there is something to show: a round that began, or anybody reached."""
        return self.span.round is not None or any(one.reached for one in self.places.values())

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(code for code, one in self.places.items() if not one.people)

    @property
    def beyond(self) -> tuple[str, ...]:
        """Those with more people reached than live there."""
        return tuple(code for code, one in self.places.items() if (one.share or 0) > 1)


@dataclass(frozen=True)
class Course:
    """A round's reach day by day: share by day of the round (1 is its first), and as of a day."""

    round: Round
    shares: tuple[float, ...]

    def on_day(self, day: int) -> float:
        return self.shares[min(day, len(self.shares)) - 1]


class Sums:
    """What was reported in a view, asked for once for all subjects of a domain and span."""

    def __init__(self, session: Session, view: View) -> None:
        self.session, self.view = session, view
        self._kept: dict[tuple[sums.Choice, tuple[str, ...]], pd.DataFrame] = {}

    def of(
        self, subject: Subject, span: Span, communities: tuple[str, ...], by: tuple[str, ...]
    ) -> pd.Series:
        """A month's (or the whole) quantity: by community, or all together, a joint one once."""
        keys = (*by, "type_code") if subject.type_code else by
        domain, approved_only = subject.measure.domain, self.view.filters.approved_only
        asked = sums.Choice(span.first, span.last, communities, domain, approved_only), keys
        if asked not in self._kept:
            self._kept[asked] = sums.quantity_sums(self.session, *asked)
        frame = self._kept[asked]
        own = frame[frame["measure_code"] == subject.code]
        if subject.type_code:
            own = own[own["type_code"] == subject.type_code]
        if by:
            own = own.set_index("community_code")
        return own["quantity"] / span.months


def subjects(lists: Catalogue, domain: str | None = None) -> tuple[Subject, ...]:
    """What reaches a population group, rounds first, then in the catalogue's order."""
    found = [
        _subject(lists, measure)
        for measure in lists.measures
        if measure.population_group and domain in (None, measure.domain)
    ]
    return tuple(sorted(found, key=lambda one: one.kind != ROUND))


def begun(session: Session, view: View, subject: Subject) -> tuple[Round, ...]:
    """The rounds of a subject that began by the view's last day, the newest first."""
    if subject.kind != ROUND:
        return ()
    known = [one for one in rounds(session, subject.type_code) if one.first_day <= view.last_day]
    return tuple(reversed(known))


def reach(reported: Sums, subject: Subject, lists: Catalogue, number: int = 0) -> Found | None:
    """The reach of a subject in the view; of the round with this number, else of the newest.

    None where there is nothing to count over: no round has begun, no month is complete.
    """
    session, view = reported.session, reported.view
    span = _span(view, subject, begun(session, view, subject), number)
    if span is None:
        return None
    counted = places.population_counted(session, subject.measure.population_group, span.last.year)
    chosen = _chosen(view, lists)
    by_place = reported.of(subject, span, chosen, ("community_code",))
    shares = {
        code: Reach(float(by_place.get(code, 0.0)), *counted.get(code, (None, None)))
        for code in chosen
    }
    known = tuple(code for code in chosen if shares[code].people)
    together = sum(shares[code].people or 0 for code in known) or None
    year = max((shares[code].year or 0 for code in known), default=None)
    if len(known) < 2:  # nothing can be joint
        total = sum(shares[code].reached for code in known)
    else:
        total = float(reported.of(subject, span, known, ()).sum())
    return Found(subject, span, Reach(total, together, year), shares)


def courses(
    session: Session, view: View, found: Found, lists: Catalogue, most: int = 3
) -> tuple[Course, ...]:
    """The round that was found and those before it, day by day, each over the people of its own
    year; none if nobody was counted for the round itself, or it is no round."""
    subject, own, ran = found.subject, found.span.round, []
    if own is None or not found.whole.people:
        return ()
    known = begun(session, view, subject)
    for one in [one for one in known if one.first_day <= own.first_day][:most]:
        last = min(one.last_day or view.last_day, view.last_day)
        counted = places.population_counted(session, subject.measure.population_group, last.year)
        where = [code for code in _chosen(view, lists) if counted.get(code, (0, 0))[0]]
        people = sum(counted[code][0] for code in where)
        if not people:
            continue
        frame = reads.daily(
            session, subject.type_code, subject.code, one.first_day, last, where,
            view.filters.approved_only,
        )  # fmt: skip
        days = pd.Series(frame["quantity"].to_numpy(float), [
            (day - one.first_day).days + 1 for day in frame["day"]
        ])  # fmt: skip
        length = range(1, (last - one.first_day).days + 2)
        shares = days.reindex(length, fill_value=0.0).cumsum() / people
        ran.append(Course(one, tuple(map(float, shares))))
    return tuple(ran)


def _subject(lists: Catalogue, measure: Measure) -> Subject:
    offering = [kind for kind in lists.types if measure.code in kind.measures]
    held_in_rounds = next((kind.code for kind in offering if kind.rhythm == RHYTHM), "")
    if held_in_rounds:
        return Subject(measure, ROUND, held_in_rounds)
    monthly = any(kind.rhythm == "monthly" for kind in offering)
    return Subject(measure, MONTHLY if monthly else PERIOD)


def _chosen(view: View, lists: Catalogue) -> tuple[str, ...]:
    chosen = view.filters.communities
    return tuple(
        place.code for place in lists.active_communities if not chosen or place.code in chosen
    )


def _span(view: View, subject: Subject, known: tuple[Round, ...], number: int) -> Span | None:
    first, last = view.filters.period.first_day, view.last_day
    if subject.kind == ROUND:
        one = next((one for one in known if number in (0, one.number)), None)
        if one is None:
            return None
        return Span(one.first_day, min(one.last_day or last, last), round=one)
    if subject.kind == MONTHLY:
        opening = add_months(first - timedelta(days=1), 1)
        closing = add_months(last + timedelta(days=1), 0) - timedelta(days=1)
        if closing < opening:
            return None
        return Span(opening, closing, len(months_of(opening, closing)))
    return Span(first, last)

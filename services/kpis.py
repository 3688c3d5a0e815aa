"""Activity figures: totals, running totals in a bulletin's words, and sums by month and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NewType

import pandas as pd

from db.engine import Session
from db.reads import catalogue as places
from db.reads import office
from db.reads import sums as reads
from services.catalogue import Catalogue, Measure
from services.formats import approximate_text, unit_of
from services.i18n import language
from services.periods import add_months, months_of
from services.views import View

_FIRST_WEEK = 7

SumFrame = NewType("SumFrame", pd.DataFrame)


@dataclass(frozen=True)
class Totals:
    """Activities (a joint one once), how many of them joint, and known participants."""

    activities: int
    joint: int
    participants: int


@dataclass(frozen=True)
class RunningTotal:
    """A measure's total in the period, in how many activities it was reported, and its phrase."""

    measure: Measure
    quantity: float
    activities: int

    @property
    def phrase(self) -> str:
        """120余处, 近50次, 约6吨: never above the record with 余/多, never below with 近."""
        return approximate_text(self.quantity, self._word, self.measure.more_word)

    @property
    def figure_and_unit(self) -> tuple[str, str]:
        """The phrase for a tile: whole in Chinese, where the unit ends the word, else in two."""
        if language() == "zh":
            return self.phrase, ""
        figure = approximate_text(self.quantity, "", self.measure.more_word)
        return figure, unit_of(self.quantity, self._word)

    @property
    def _word(self) -> str:
        return (self.measure.counter if language() == "zh" else "") or self.measure.unit_label


def recorded_from(session: Session) -> date | None:
    """The first day that the records cover; None where nothing was recorded.

    Records that begin in a month's first week cover it whole: nothing is held every day.
    """
    first = office.first_activity(session)
    return first.replace(day=1) if first and first.day <= _FIRST_WEEK else first


def choice_of(view: View) -> reads.Choice:
    """The activities that a view's figures count."""
    filters = view.filters
    return reads.Choice(
        filters.period.first_day,
        view.last_day,
        filters.communities,
        filters.domain,
        filters.approved_only,
    )


def totals(session: Session, view: View) -> Totals:
    chosen = choice_of(view)
    whole = reads.activity_sums(session, chosen)
    return Totals(
        int(whole["activities"].sum()),
        reads.joint_activities(session, chosen),
        int(whole["participants"].sum()),
    )


def activity_sums(session: Session, view: View, by: Sequence[str] = ()) -> SumFrame:
    """Columns: `by`…, activities, participants. By community, joint activities count in each."""
    return SumFrame(reads.activity_sums(session, choice_of(view), by))


def quantity_sums(session: Session, view: View, by: Sequence[str] = ()) -> SumFrame:
    """Columns: measure_code, `by`…, quantity in the measure's unit, activities reporting it."""
    return SumFrame(reads.quantity_sums(session, choice_of(view), by))


def running_totals(session: Session, view: View, lists: Catalogue) -> tuple[RunningTotal, ...]:
    """What was reported in the period, measure by measure, in the catalogue's order."""
    sums = quantity_sums(session, view).set_index("measure_code")
    return tuple(
        RunningTotal(
            measure,
            float(sums.at[measure.code, "quantity"]),
            int(sums.at[measure.code, "activities"]),
        )
        for measure in lists.measures
        if measure.code in sums.index and sums.at[measure.code, "activities"] > 0
    )


def per_thousand(session: Session, counts: pd.Series, year: int) -> pd.Series:
    """Counts by community over its residents, times 1,000; NaN where nobody was counted."""
    people = pd.Series(places.population(session, "residents", year), dtype="float64")
    return counts / people.reindex(counts.index) * 1000


def per_thousand_together(session: Session, counts: pd.Series, year: int) -> float | None:
    """All counts over all residents of the communities that were counted: sum over sum."""
    people = pd.Series(places.population(session, "residents", year), dtype="float64")
    people = people.reindex(counts.index)
    known = counts[people.notna()]
    return float(known.sum() / people.sum() * 1000) if people.sum() > 0 else None


def rhythm(session: Session, view: View) -> pd.DataFrame:
    """Columns: type_code, community_code, planned, done: occasions of weekly and monthly types.

    Planned is every whole week (Monday to Sunday) or month of the period, so that none is expected
    that still runs; done is those with at least one activity of the type. Only communities that
    hold the type at all are expected to.
    """
    chosen = choice_of(view)
    first, last = chosen.first, chosen.last
    last_monday = last - timedelta(days=6)
    weeks = reads.weeks_kept(session, replace(chosen, last=last_monday))
    weeks = weeks.rename(columns={"weeks": "done"}).assign(planned=_mondays(first, last_monday))
    opening = add_months(first - timedelta(days=1), 1)
    closing = add_months(last + timedelta(days=1), -1)
    months = reads.months_kept(session, replace(chosen, first=opening, last=closing))
    months = months.rename(columns={"months": "done"}).assign(
        planned=len(months_of(opening, closing))
    )
    return pd.concat([weeks, months], ignore_index=True)[
        ["type_code", "community_code", "planned", "done"]
    ]


def _mondays(first: date, last: date) -> int:
    """How many Mondays lie in the span, first and last day included."""
    return (last.toordinal() + 6) // 7 - (first.toordinal() - 1 + 6) // 7

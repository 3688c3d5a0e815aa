"""What was done, beside the span before (环比), the same days a year earlier (同比), and the year's
targets (完成率)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from db.engine import Session
from services import kpis
from services.catalogue import Catalogue, Measure
from services.formats import fixed, signed
from services.i18n import _
from services.periods import Period, spans_before
from services.targets import targets_at
from services.views import View

PREVIOUS, YEAR_BEFORE = "previous", "year_before"


@dataclass(frozen=True)
class Bases:
    """The same view of the days it is compared with; None where the office had not recorded all
    of them."""

    previous: View | None
    year_before: View | None

    def __iter__(self) -> Iterator[tuple[str, View]]:
        """(PREVIOUS or YEAR_BEFORE, view) of those there are."""
        both = ((PREVIOUS, self.previous), (YEAR_BEFORE, self.year_before))
        return ((name, base) for name, base in both if base)


@dataclass(frozen=True)
class Progress:
    """A measure's year so far and its target."""

    measure: Measure
    total: float
    goal: float

    @property
    def attained(self) -> float:
        """The share of the target (完成率)."""
        return self.total / self.goal

    @property
    def is_limit(self) -> bool:
        """Whether less is better."""
        return self.measure.better == "less"

    def keeps_pace(self, gone: float) -> bool:
        """Whether as large a share was done as of the year has gone by; of a limit, no larger."""
        return self.attained <= gone if self.is_limit else self.attained >= gone


def bases(session: Session, view: View) -> Bases:
    """What the view's activities can be compared with: spans that end before it begins."""
    since, period = kpis.recorded_from(session), view.filters.period
    if since is None or view.last_day < period.first_day:
        return Bases(None, None)
    return Bases(
        *(
            replace(view, filters=view.filters.during(span))
            if span.first_day >= since and span.end < period.first_day
            else None
            for span in spans_before(period, view.last_day)
        )
    )


def quantities(session: Session, compared: Bases) -> pd.DataFrame:
    """Index: measure_code; columns: previous, year_before: totals, of those spans there are.

    A measure that was not reported in a span is NaN there.
    """
    columns = {
        name: kpis.quantity_sums(session, base).set_index("measure_code")["quantity"]
        for name, base in compared
    }
    return pd.DataFrame(columns)


def growth(value: float, base: float | None) -> float | None:
    """The share by which the value exceeds its base; None against nothing."""
    return value / base - 1 if base is not None and base == base and base > 0 else None


def growth_text(share: float | None) -> str:
    """+12.3%, −4.0% or 持平; "" against nothing."""
    if share is None:
        return ""
    return _("持平") if fixed(abs(share) * 100) == "0.0" else f"{signed(share * 100)}%"


def year_to_date(view: View) -> View:
    """The view from the first of January to its last day (本年累计)."""
    span = Period(date(view.last_day.year, 1, 1), "since", view.last_day)
    return replace(view, filters=view.filters.during(span))


def gone_of_year(view: View) -> float:
    """The share of the year that has gone by with the view's last day."""
    year = Period(date(view.last_day.year, 1, 1), "year")
    return ((view.last_day - year.first_day).days + 1) / ((year.end - year.first_day).days + 1)


def progress(session: Session, view: View, lists: Catalogue) -> tuple[Progress, ...]:
    """The measures with a target in the year of the view's last day, in the catalogue's order."""
    goals = targets_at(session, view.filters.communities, view.last_day.year)
    chosen = [
        measure
        for measure in lists.measures
        if measure.code in goals and view.filters.domain in (None, measure.domain)
    ]
    if not chosen:
        return ()
    sums = kpis.quantity_sums(session, year_to_date(view)).set_index("measure_code")["quantity"]
    return tuple(
        Progress(measure, float(sums.get(measure.code, 0.0)), goals[measure.code])
        for measure in chosen
    )

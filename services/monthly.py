"""Monthly series of a domain over their whole history, and what of them is more than chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from db.engine import Session
from services import kpis
from services.catalogue import Catalogue, Measure
from services.formats import number
from services.i18n import _, _n
from services.periods import Period, add_months, month_label, months_of
from services.statistics.control_chart import MINIMUM_POINTS, XmR, xmr
from services.targets import targets_at
from services.views import View

LONGEST = 36  # months: what lies further back says little about today
_DIRECTIONS = {"more": 1, "less": -1, "": 0}


@dataclass(frozen=True, eq=False)
class Series:
    """One figure by complete month, with limits from twelve months on.

    measure: None for the number of activities. goal: a month's share of the year's target.
    direction: 1 more is better, −1 less is, 0 neither: what is paid by right, say.
    """

    measure: Measure | None
    direction: int
    months: tuple[date, ...]
    values: NDArray[np.float64]
    limits: XmR | None
    goal: float | None

    @property
    def label(self) -> str:
        return _("活动次数") if self.measure is None else self.measure.label

    @property
    def unit(self) -> str:
        return _("次") if self.measure is None else self.measure.unit_label

    @property
    def limits_from(self) -> date:
        """The first day on which twelve complete months lie behind the series."""
        return add_months(self.months[0], MINIMUM_POINTS)


def monthly_series(session: Session, view: View, lists: Catalogue) -> tuple[Series, ...]:
    """The domain's number of activities and its measures, those of which a month is complete.

    A series begins with the month in which the figure was first reported; a month without any
    report counts as 0.
    """
    months = _complete_months(session, view)
    if not months:
        return ()
    span = Period(months[0], "since", add_months(months[-1], 1) - timedelta(days=1))
    past = replace(view, filters=view.filters.during(span))
    held = kpis.activity_sums(session, past, ("month",)).set_index("month")["activities"]
    sums = kpis.quantity_sums(session, past, ("month",))
    goals = targets_at(session, view.filters.communities, months[-1].year)
    found = [_series(None, held, months)]
    quantities = dict(iter(sums.set_index("month").groupby("measure_code")["quantity"]))
    for measure in lists.measures:
        if measure.code in quantities:
            own, goal = quantities[measure.code], goals.get(measure.code)
            found.append(_series(measure, own, months, goal))
    return tuple(series for series in found if series is not None)


def _complete_months(session: Session, view: View) -> tuple[date, ...]:
    """The whole months up to the view's last day, from the first that the office recorded."""
    first = kpis.recorded_from(session)
    end = add_months(view.last_day + timedelta(days=1), 0)
    if first is None:
        return ()
    start = max(add_months(first, 0 if first.day == 1 else 1), add_months(end, -LONGEST))
    return months_of(start, end - timedelta(days=1)) if start < end else ()


def _series(
    measure: Measure | None,
    sums: pd.Series,
    months: tuple[date, ...],
    year_target: float | None = None,
) -> Series | None:
    values = sums.reindex(pd.DatetimeIndex(months), fill_value=0).to_numpy(float)
    if not values.any():
        return None
    start = int(np.flatnonzero(values)[0])
    own, values = months[start:], values[start:]
    goal = None if year_target is None else year_target / 12
    enough = len(own) >= MINIMUM_POINTS
    direction = 1 if measure is None else _DIRECTIONS[measure.better]
    limits = xmr(values, direction or 1, goal) if enough else None
    return Series(measure, direction, own, values, limits, goal)


def is_special(series: Series) -> bool:
    """Whether the latest month is more than ordinary variation."""
    return series.limits is not None and series.limits.point_type[-1] != "common_cause"


def finding(series: Series) -> str:
    """What the latest month's point says; "" without limits."""
    if series.limits is None:
        return ""
    cause = str(series.limits.special_cause[-1])
    sentences = {
        "7 Points Above CL": _("近 {count} 个月持续高于均值，属于持续性变化。"),
        "7 Points Below CL": _("近 {count} 个月持续低于均值，属于持续性变化。"),
        "7 Point Trend (Increasing)": _("近 {count} 个月逐月上升，属于持续性变化。"),
        "7 Point Trend (Decreasing)": _("近 {count} 个月逐月下降，属于持续性变化。"),
        "2 in 3 Above CL": _("近 3 个月有 2 个月接近正常波动的上限，建议了解原因。"),
        "2 in 3 Below CL": _("近 3 个月有 2 个月接近正常波动的下限，建议了解原因。"),
        "Above UCL": _("{month}高于正常波动的上限，属于特殊变化，建议了解原因。"),
        "Below LCL": _("{month}低于正常波动的下限，属于特殊变化，建议了解原因。"),
    }
    if cause in sentences:
        return sentences[cause].format(
            count=_run(series, trend="Trend" in cause), month=month_label(series.months[-1])
        )
    earlier = int((series.limits.point_type != "common_cause").sum())
    if earlier:
        return _n("近期波动属正常范围；此前有 {count} 个月超出，图中已标出。", earlier).format(
            count=earlier
        )
    return _("波动属正常范围，无需单独解释。")


def assurance(series: Series) -> str:
    """Whether a month's share of the year's target is met month after month; "" without one."""
    if series.limits is None or series.limits.assurance is None:
        return ""
    sentence = {
        (False, "consistent_pass"): _(
            "稳定达标（全年目标折合每月 {goal} {unit}，低于正常波动的下限）。"
        ),
        (False, "consistent_fail"): _(
            "未达标（全年目标折合每月 {goal} {unit}，高于正常波动的上限）。"
        ),
        (True, "consistent_pass"): _(
            "稳定达标（全年限额折合每月 {goal} {unit}，高于正常波动的上限）。"
        ),
        (True, "consistent_fail"): _(
            "未达标（全年限额折合每月 {goal} {unit}，低于正常波动的下限）。"
        ),
    }.get(
        (series.direction < 0, series.limits.assurance),
        _("暂不能判定（全年目标折合每月 {goal} {unit}，在正常波动范围之内）。"),
    )
    return sentence.format(goal=number(series.goal, 1), unit=series.unit)


def _run(series: Series, *, trend: bool) -> int:
    """How many months up to the last lie on one side of the mean, or move one way."""
    steps = np.diff(series.values) if trend else series.values - series.limits.mean
    signs = np.sign(steps)[::-1]
    other = np.flatnonzero(signs != signs[0])
    return (int(other[0]) if len(other) else len(signs)) + trend

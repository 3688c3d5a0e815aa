"""三率 and times of voices: each rate with its denominator, bounds, and days to resolve."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from db.engine import Session
from db.reads import feedback as reads
from services.feedback.course import OPEN
from services.feedback.reading import choice_of, seen_by
from services.permissions import CurrentUser
from services.settings import FeedbackRules
from services.statistics.survival import kaplan_meier, quantile, survival_at
from services.views import View

WEEK = 7


@dataclass(frozen=True)
class Rate:
    """`count` out of `of`; `share` is None where nothing can be counted."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        return self.count / self.of if self.of else None


@dataclass(frozen=True)
class Figures:
    """The figures of some voices as they stand today.

    response: taken up in time, of those taken up or past the limit. reached: call-backs that were
    answered, of all reports that a voice is resolved (one that is handled again is reported twice,
    and its first answer stays counted). resolution and satisfaction: of the answers. bounds: the
    satisfied share of all reports, whatever those not reached would say. median: days by which
    half are resolved, open ones censored; None if it is not reached yet. within_week: the share.
    """

    voices: int
    open: int
    late: int
    reopened: int
    response: Rate
    reached: Rate
    resolution: Rate
    satisfaction: Rate
    median: float | None
    within_week: float | None

    @property
    def bounds(self) -> tuple[float, float] | None:
        r, s = self.reached.share, self.satisfaction.share
        if r is None:
            return None
        low = (s or 0.0) * r
        return low, low + 1 - r

    def joint(self, rules: FeedbackRules) -> float | None:
        """The weighted mean of the three rates, 0 to 1; None where one that counts is unknown."""
        parts = [
            (rules.response_weight, self.response.share),
            (rules.resolution_weight, self.resolution.share),
            (rules.satisfaction_weight, self.satisfaction.share),
        ]
        counted = [(weight, share) for weight, share in parts if weight > 0]
        if any(share is None for _weight, share in counted):
            return None
        return sum(w * s for w, s in counted) / sum(w for w, _share in counted)


def voices(session: Session, view: View, user: CurrentUser) -> pd.DataFrame:
    """The voices of the view that the person may see, a row each (columns of the reads)."""
    return reads.frame(session, choice_of(seen_by(user, view)))


def figures(frame: pd.DataFrame, today: date, rules: FeedbackRules) -> Figures:
    """The figures of the voices of a frame (columns of the reads), void ones left out already."""
    opened = frame["state"].isin(OPEN)
    late = opened & _days(frame["due_on"]).lt(pd.Timestamp(today))
    satisfied, unsatisfied, not_resolved, resolves = (
        int(frame[name].sum()) for name in ("satisfied", "unsatisfied", "not_resolved", "resolves")
    )
    answers = satisfied + unsatisfied + not_resolved
    median, within_week = _times(frame, today)
    return Figures(
        voices=len(frame),
        open=int(opened.sum()),
        late=int(late.sum()),
        reopened=int(frame["rounds"].gt(1).sum()),
        response=_response(frame, today, rules),
        reached=Rate(answers, resolves),
        resolution=Rate(satisfied + unsatisfied, answers),
        satisfaction=Rate(satisfied, answers),
        median=median,
        within_week=within_week,
    )


def _response(frame: pd.DataFrame, today: date, rules: FeedbackRules) -> Rate:
    """In time: on a day that has begun when the hours after the day of receipt are over."""
    limit = _days(frame["received_on"]) + timedelta(days=math.ceil(rules.response_hours / 24))
    responded = _days(frame["responded_on"])
    decided = responded.notna() | limit.lt(pd.Timestamp(today))
    return Rate(int(responded.le(limit).sum()), int(decided.sum()))


def _times(frame: pd.DataFrame, today: date) -> tuple[float | None, float | None]:
    """Median days to resolve and the share resolved within a week (Kaplan-Meier)."""
    done = _days(frame["resolved_on"])
    days = (done.fillna(pd.Timestamp(today)) - _days(frame["received_on"])).dt.days
    curve = kaplan_meier(days.to_numpy(dtype=float), done.notna().to_numpy(dtype=float))
    left = float(survival_at(curve, WEEK))
    if math.isnan(left) and len(curve.survival) and curve.survival[-1] == 0:
        left = 0.0  # every one was resolved before the week was over
    return _known(quantile(curve)), _known(1 - left)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _days(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column)

"""How many inspections came to what, and how many of what is to be put right stand open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from db.engine import Session
from db.reads import inspections as reads
from services.inspections.course import QUALIFIED, RECTIFY, UNQUALIFIED
from services.inspections.reading import choice_of
from services.settings import Thresholds
from services.views import View


@dataclass(frozen=True)
class Figures:
    """Inspections (re-inspections among them) by verdict; open: not re-inspected yet."""

    inspections: int
    again: int
    qualified: int
    rectify: int
    unqualified: int
    open: int
    late: int

    def share(self, thresholds: Thresholds) -> float | None:
        """The qualified of all, 0 to 1; None for too few to speak of a rate."""
        if self.inspections < thresholds.hide_below:
            return None
        return self.qualified / self.inspections


def inspected(session: Session, view: View) -> pd.DataFrame:
    """The inspections of the view, a row each (columns of the reads)."""
    return reads.frame(session, choice_of(view))


def figures(frame: pd.DataFrame, today: date) -> Figures:
    """The figures of the inspections of a frame, as they stand today."""
    left = frame["verdict"].ne(QUALIFIED) & ~frame["followed"]
    late = left & pd.to_datetime(frame["due_on"]).lt(pd.Timestamp(today))
    return Figures(
        inspections=len(frame),
        again=int(frame["follows"].sum()),
        open=int(left.sum()),
        late=int(late.sum()),
        **{
            verdict: int(frame["verdict"].eq(verdict).sum())
            for verdict in (QUALIFIED, RECTIFY, UNQUALIFIED)
        },
    )

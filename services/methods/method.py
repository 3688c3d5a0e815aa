"""What a method's text is made of, and what its example is worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from db.engine import Session
from db.reads import survey as reads
from services.boards.survey_parts import Survey
from services.catalogue import Catalogue
from services.i18n import _
from services.satisfaction import OVERALL, UNWEIGHTED, Option, scores
from services.views import View


@dataclass(frozen=True)
class Method:
    """`sentences`: what it is, how to read it, what it does not say. `example`: this office's."""

    title: str
    sentences: tuple[str, str, str]
    example: str


@dataclass(frozen=True, eq=False)
class Material:
    """This office's latest survey, overall and for the whole subdistrict."""

    session: Session
    view: View
    lists: Catalogue
    found: Survey

    @property
    def wave(self) -> str:
        return self.found.latest.label if self.found.latest else ""

    @cached_property
    def row(self) -> Any:
        """The score row, or None where there is none that may be shown."""
        row = self.found.row(OVERALL)
        return None if row is None or row.state == "hidden" else row

    @cached_property
    def plain_row(self) -> Any:
        """The same before any weights, or None."""
        if self.row is None:
            return None
        frame = scores(
            self.session,
            [self.found.latest],
            self.view.thresholds,
            subjects=[OVERALL],
            basis=UNWEIGHTED,
        )
        return next(frame[frame["community"] == ""].itertuples(index=False), None)

    @cached_property
    def counts(self) -> list[tuple[Option, int]]:
        """How many gave each option, in their order; empty where only a score is known."""
        if self.row is None:
            return []
        tallies = reads.tallies(self.session, [self.found.latest.code], subjects=[OVERALL])
        given = tallies.groupby("option")["count"].sum()
        if not len(given):
            return []
        return [(option, int(given.get(option.code, 0))) for option in self.found.latest.options]

    @cached_property
    def places(self) -> pd.DataFrame:
        """The communities' overall rows."""
        return self.found.of_latest(OVERALL)

    @property
    def subjects(self) -> tuple[str, ...]:
        return (OVERALL, *(domain.code for domain in self.lists.domains))


def no_answers() -> str:
    return _("还没有可以举例的调查结果。")


def no_pair() -> str:
    return _("还没有两次可以比较的调查。")

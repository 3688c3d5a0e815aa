"""The survey figures a board needs, read once: the latest wave, the one before, the changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from db.engine import Session
from db.writes.respondents import UNPLACED
from services.i18n import _
from services.satisfaction import (
    OVERALL,
    SUBDISTRICT,
    WEIGHTED,
    Funnel,
    Wave,
    changes,
    comparable_before,
    funnel,
    line_up,
    scores,
)
from services.views import View


@dataclass(frozen=True, eq=False)
class Survey:
    """`scores` and `changes` as frames of services.satisfaction; no waves means empty frames."""

    waves: tuple[Wave, ...]
    latest: Wave | None
    before: Wave | None
    scores: pd.DataFrame
    changes: pd.DataFrame

    def row(self, subject: str, community: str = SUBDISTRICT, wave: Wave | None = None) -> Any:
        """The score row of a place and subject in a wave (default: the latest), or None."""
        chosen = wave or self.latest
        return self._rows.get((chosen.code, community, subject)) if chosen else None

    def change(self, subject: str, community: str = SUBDISTRICT) -> Any:
        """The change row since the last comparable wave, or None."""
        return self._moves.get((community, subject))

    @property
    def since_label(self) -> str:
        """What a change is the change since."""
        if self.before is None:
            return _("无可比上期")
        return _("与{wave}比").format(wave=self.before.label)

    @property
    def comparisons(self) -> pd.DataFrame:
        """The changes, each once: a single community is the whole of its choice."""
        places = set(self.scores["community"]) - {SUBDISTRICT}
        if len(places) != 1:
            return self.changes
        return self.changes[self.changes["community"] == SUBDISTRICT]

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str], Any]:
        rows = self.scores.itertuples(index=False)
        return {(row.wave, row.community, row.subject): row for row in rows}

    @cached_property
    def _moves(self) -> dict[tuple[str, str], Any]:
        return {(row.community, row.subject): row for row in self.changes.itertuples(index=False)}

    def of_latest(self, subject: str) -> pd.DataFrame:
        """The latest wave's rows of a subject by community, without the whole and the placeless."""
        code = self.latest.code if self.latest else ""
        return self.scores[
            (self.scores["wave"] == code)
            & (self.scores["subject"] == subject)
            & ~self.scores["community"].isin([SUBDISTRICT, UNPLACED])
        ]

    def funnel(self, subject: str) -> Funnel | None:
        """The latest wave's control limits around the whole's score, or None."""
        if self.latest is None:
            return None
        return funnel(self.row(subject), self.of_latest(subject), self.latest)


def subject_target(subject: str) -> str:
    """Where a click on a subject's figure leads."""
    return "page:satisfaction" if subject == OVERALL else f"domain:{subject}"


def survey(
    session: Session, view: View, *, all_waves: bool = False, basis: str = WEIGHTED
) -> Survey:
    """The waves up to the view's last day; scores of the latest and the one it compares with."""
    waves = line_up(session, view.last_day, answered=True)
    latest = waves[-1] if waves else None
    before = comparable_before(waves, latest) if latest else None
    wanted = waves if all_waves else [wave for wave in (before, latest) if wave]
    frame = scores(session, wanted, view.thresholds, view.filters.communities, basis=basis)
    moved = frame[frame["wave"].isin([wave.code for wave in (before, latest) if wave])]
    compared = (
        changes(moved, latest, before, view.thresholds.level)
        if latest and before
        else pd.DataFrame(columns=["community", "subject", "diff", "margin", "real"])
    )
    return Survey(waves, latest, before, frame, compared)

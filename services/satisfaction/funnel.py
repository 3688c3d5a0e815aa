"""What chance makes of a score at a sample size: control limits, flags, and reference values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NewType

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from services.satisfaction.waves import Wave
from services.statistics.funnel import limits, overdispersed_limits, overdispersion
from services.statistics.proportions import beta_binomial

WARNING, CONTROL = 0.95, 0.998  # levels of the two pairs of limits; only the outer one flags

Array = NDArray[np.float64]
ReferenceFrame = NewType("ReferenceFrame", pd.DataFrame)
REFERENCE_COLUMNS = ("community", "value", "low", "high")


@dataclass(frozen=True)
class Funnel:
    """Limits around the whole's score on the wave's own scale; all figures in points.

    One answer in points tells as much of its mean as `worth` answers of yes or no would, so that
    the methods for shares apply on the scale from `lowest` to `highest`. `phi`: how much
    communities differ, 1 by chance alone; `tau2`: by how much beyond chance, 0 unless phi is
    clearly above 1. Both NaN with fewer than ten communities.
    """

    centre: float
    lowest: float
    highest: float
    worth: float
    phi: float
    tau2: float

    def limits(self, n: ArrayLike, level: float = CONTROL) -> tuple[Array, Array]:
        """Between which the score of n answers lies by chance alone."""
        low, high = limits(self._place(self.centre), self._size(n), level)
        return self._points(low), self._points(high)

    def widened(self, n: ArrayLike) -> tuple[Array, Array]:
        """The 99.8 % limits with room for what communities differ beyond chance.

        Never inside the plain ones: those are straight on the scale, these bend with it.
        """
        centre, size = self._place(self.centre), self._size(n)
        low, high = overdispersed_limits(centre, size, CONTROL, self.tau2)
        plain_low, plain_high = self.limits(n)
        return np.minimum(self._points(low), plain_low), np.maximum(self._points(high), plain_high)

    def flags(self, rows: pd.DataFrame) -> pd.Series:
        """Each row's state, with above or below in place of ok beyond the 99.8 % limits."""
        low, high = self.limits(rows["n"].fillna(0))
        compared = (rows["state"] == "ok") & rows["score_se"].notna()
        above, below = compared & (rows["score"] > high), compared & (rows["score"] < low)
        return rows["state"].mask(above, "above").mask(below, "below")

    def references(self, rows: pd.DataFrame) -> ReferenceFrame:
        """For each row with few answers its score drawn towards that of all (empirical Bayes)."""
        # Also those beyond the limits: the prior is that of all communities.
        shown = rows[(rows["state"] != "hidden") & rows["score_se"].notna()]
        if not (shown["state"] == "few").any():
            return ReferenceFrame(pd.DataFrame(columns=list(REFERENCE_COLUMNS), dtype=object))
        size = self._size(shown["n"])
        drawn = beta_binomial(self._place(shown["score"]) * size, size)
        frame = pd.DataFrame(
            {
                "community": shown["community"].to_numpy(),
                "value": self._points(drawn.mean),
                "low": self._points(drawn.low),
                "high": self._points(drawn.high),
            },
            columns=list(REFERENCE_COLUMNS),
        )
        # Without a prior nothing was drawn anywhere.
        few = (shown["state"] == "few").to_numpy() & np.isfinite(drawn.alpha)
        return ReferenceFrame(frame[few].reset_index(drop=True))

    def _place(self, score: Any) -> Any:
        """Where on the scale from 0 to 1; sums of points may miss its ends by a rounding."""
        return np.clip((score - self.lowest) / (self.highest - self.lowest), 0.0, 1.0)

    def _points(self, place: Array) -> Array:
        return self.lowest + (self.highest - self.lowest) * place

    def _size(self, n: ArrayLike) -> Array:
        return np.asarray(n, dtype=float) * self.worth


def funnel(whole: Any, rows: pd.DataFrame, wave: Wave) -> Funnel | None:
    """The funnel of one wave and subject: the whole's score row, and those of its communities.

    None where the whole has no interval or too few answers to compare with, or stands at an end
    of the scale. Sources: Spiegelhalter (2005) Stat Med 24:1185-1202; a mean as a share of the
    same variance: McCullagh and Nelder (1989) Generalized Linear Models, 9.2 (quasi-likelihood).
    """
    if whole is None or whole.state != "ok" or not whole.score_se > 0:
        return None
    lowest, highest = wave.ends
    place = (whole.score - lowest) / (highest - lowest)
    spread = whole.score_se**2 * whole.n / (highest - lowest) ** 2
    if not 0 < place < 1:
        return None
    bare = Funnel(whole.score, lowest, highest, place * (1 - place) / spread, np.nan, np.nan)
    compared = rows[(rows["state"] == "ok") & rows["score_se"].notna()]
    size = bare._size(compared["n"])
    *_, phi, tau2 = overdispersion(bare._place(compared["score"]) * size, size)
    # By chance alone phi has mean 1 and variance 2 / areas (chi-square).
    if phi <= 1 + 2 * np.sqrt(2 / max(len(compared), 1)):
        tau2 = 0.0
    return replace(bare, phi=phi, tau2=tau2)

"""Answers for tests of survey results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from db.engine import Session
from db.models import PublishedScore
from services.satisfaction import OVERALL, line_up, scores
from services.settings import Thresholds
from tests.builders import add_tally, add_wave

LIMITS = Thresholds(hide_below=10, compare_from=30)
SPRING, SUMMER, AUTUMN = ((date(2023, month, 1), date(2023, month, 15)) for month in (3, 6, 9))
FOREVER = date(2030, 1, 1)


def three(satisfied: int, fairly: int = 0, dissatisfied: int = 0, unknown: int = 0) -> dict:
    """Answers on the three-grade scale: 100, 75, 55, and not scored."""
    return {
        "satisfied": satisfied,
        "fairly_satisfied": fairly,
        "dissatisfied": dissatisfied,
        "dont_know": unknown,
    }


def add_answers(session: Session, wave: str, **answers: dict) -> None:
    """A telephone wave in autumn, with overall answers by community."""
    add_wave(session, wave, *AUTUMN)
    for community, given in answers.items():
        add_tally(session, wave, community, OVERALL, given)


def overall(
    session: Session, communities: tuple[str, ...] = (), limits: Thresholds = LIMITS
) -> pd.DataFrame:
    """All waves' rows by (wave, community), for the overall question."""
    frame = scores(session, line_up(session, FOREVER), limits, communities, [OVERALL])
    return frame.set_index(["wave", "community"])


def add_published(session: Session, wave: str, community: str, score: str, n: int) -> None:
    session.add(
        PublishedScore(
            wave_code=wave, community_code=community, subject=OVERALL, score=Decimal(score), n=n
        )
    )
    session.flush()

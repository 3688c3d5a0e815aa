"""Write survey waves with their scale, counted answers and published scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.models import PublishedScore, SurveyTally, SurveyWave, WaveOption


def add_wave(
    session: Session, columns: Mapping[str, Any], options: Iterable[Mapping[str, Any]]
) -> None:
    """Add a wave and the options of its scale, in order."""
    session.add(SurveyWave(**columns))
    session.flush()
    replace_options(session, columns["code"], options)


def remove_wave(session: Session, wave: str) -> None:
    """Take out a wave that has no answers, and its scale with it."""
    session.execute(delete(WaveOption).where(WaveOption.wave_code == wave))
    session.delete(session.get_one(SurveyWave, wave))
    session.flush()


def replace_options(session: Session, wave: str, options: Iterable[Mapping[str, Any]]) -> None:
    """Give a wave these options, in order, in place of those it had."""
    session.execute(delete(WaveOption).where(WaveOption.wave_code == wave))
    session.add_all(
        WaveOption(
            wave_code=wave,
            option_code=option["code"],
            label=option["label"],
            label_en=option.get("label_en", ""),
            position=position,
            points=option.get("points"),
            satisfied=option.get("satisfied", False),
        )
        for position, option in enumerate(options)
    )
    session.flush()


def name_scale(session: Session, wave: str, scale: str) -> None:
    """State which scale a wave has: only waves of the same one are compared."""
    session.get_one(SurveyWave, wave).scale = scale
    session.flush()


def freeze(session: Session, wave: str) -> None:
    """From the first answer on a wave's scale never changes."""
    session.get_one(SurveyWave, wave).frozen = True


def replace_tallies(
    session: Session, wave: str, community: str, subject: str, counts: Mapping[str, int]
) -> None:
    """Put these counts (option → answers) in place of a community's; none clears them."""
    session.execute(
        delete(SurveyTally).where(
            SurveyTally.wave_code == wave,
            SurveyTally.community_code == community,
            SurveyTally.subject == subject,
        )
    )
    session.add_all(
        SurveyTally(
            wave_code=wave,
            community_code=community,
            subject=subject,
            option_code=option,
            count=count,
        )
        for option, count in counts.items()
    )
    session.flush()


def put_published(
    session: Session, wave: str, community: str, subject: str, score: Decimal, n: int
) -> None:
    """Put a published score in place of an earlier one; community "" is the subdistrict."""
    session.merge(
        PublishedScore(wave_code=wave, community_code=community, subject=subject, score=score, n=n)
    )
    session.flush()

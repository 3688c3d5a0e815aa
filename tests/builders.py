"""Rows for tests, each with one call and only what the test is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from db import rollups
from db.engine import Session
from db.models import (
    Activity,
    ActivityCommunity,
    ActivityMeasure,
    ActivityPartner,
    SurveyTally,
    SurveyWave,
    User,
    WaveOption,
)
from db.writes.activities import group_for
from db.writes.log import raise_version
from services.settings import ROOT, load_settings

AT = datetime(2023, 9, 1, 1, 0, tzinfo=UTC)


def add_user(
    session: Session, role: str, community: str | None = None, username: str = "", **columns: Any
) -> User:
    """A person of the role; community staff need their community."""
    user = User(
        **{
            "username": username or "_".join(filter(None, (role, community))),
            "name": "测试员",
            "role": role,
            "community_code": community,
            "created_at": AT,
        }
        | columns
    )
    session.add(user)
    session.flush()
    return user


def add_activity(
    session: Session,
    type_code: str,
    day: date,
    host: str,
    measures: Mapping[str, int | float | Decimal] = {},  # noqa: B006
    communities: Iterable[str] = (),
    participants: int | None = None,
    partners: Mapping[str, int | None] = {},  # noqa: B006
    **columns: Any,
) -> Activity:
    """An activity with its sums kept. `communities` are those beside the host."""
    codes = sorted({host, *communities})
    activity = Activity(
        **{
            "type_code": type_code,
            "host_code": host,
            "group_id": group_for(session, codes),
            "first_day": day,
            "last_day": day,
            "participants": participants,
            "state": "recorded",
            "idempotency_key": uuid4().hex,
            "created_at": AT,
            "updated_at": AT,
        }
        | columns
    )
    activity.communities = [ActivityCommunity(community_code=code) for code in codes]
    activity.partners = [
        ActivityPartner(kind_code=kind, headcount=count) for kind, count in partners.items()
    ]
    activity.measures = [
        ActivityMeasure(measure_code=code, quantity=Decimal(str(quantity)))
        for code, quantity in measures.items()
    ]
    session.add(activity)
    session.flush()
    rollups.add(session, activity)
    raise_version(session)
    return activity


def add_wave(
    session: Session,
    code: str,
    first_day: date,
    last_day: date,
    mode: str = "telephone",
    scale: str = "three_grade",
    **columns: Any,
) -> SurveyWave:
    """A survey wave with the options of a scale of config.toml."""
    wave = SurveyWave(
        **{
            "code": code,
            "label": code,
            "mode": mode,
            "scale": scale,
            "first_day": first_day,
            "last_day": last_day,
        }
        | columns
    )
    session.add(wave)
    session.flush()
    for position, option in enumerate(
        load_settings(ROOT / "config.toml", {}).scales[scale]["options"]
    ):
        session.add(
            WaveOption(
                wave_code=code,
                option_code=option["code"],
                label=option["label"],
                label_en=option["label_en"],
                position=position,
                points=option.get("points"),
                satisfied=option.get("satisfied", False),
            )
        )
    session.flush()
    raise_version(session)
    return wave


def add_tally(
    session: Session,
    wave: SurveyWave | str,
    community: str,
    subject: str,
    answers: Mapping[str, int],
) -> None:
    """Counted answers of one community to one question: option → count."""
    code = wave if isinstance(wave, str) else wave.code
    session.add_all(
        SurveyTally(
            wave_code=code,
            community_code=community,
            subject=subject,
            option_code=option,
            count=count,
        )
        for option, count in answers.items()
    )
    session.flush()
    raise_version(session)

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
)
from db.writes import survey as surveys
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
    unless_given = {
        "last_day": day,
        "state": "recorded",
        "idempotency_key": uuid4().hex,
        "created_at": AT,
        "updated_at": AT,
    }
    activity = Activity(
        type_code=type_code,
        host_code=host,
        group_id=group_for(session, codes),
        first_day=day,
        participants=participants,
        communities=[ActivityCommunity(community_code=code) for code in codes],
        partners=[ActivityPartner(kind_code=kind, headcount=n) for kind, n in partners.items()],
        measures=[
            ActivityMeasure(measure_code=code, quantity=Decimal(str(quantity)))
            for code, quantity in measures.items()
        ],
        **unless_given | columns,
    )
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
    wave = {
        "code": code,
        "label": code,
        "mode": mode,
        "scale": scale,
        "first_day": first_day,
        "last_day": last_day,
    }
    scales = load_settings(ROOT / "config.toml", {}).scales
    surveys.add_wave(session, wave | columns, scales[scale]["options"])
    raise_version(session)
    return session.get_one(SurveyWave, code)


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

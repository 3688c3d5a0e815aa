"""Survey results come in through the service: checked, logged, never half-written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change, SurveyTally, SurveyWave
from db.reads.office import data_version
from services import surveys
from services.errors import InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from services.satisfaction import OVERALL, SUBDISTRICT, line_up
from services.settings import ROOT, load_settings
from tests.activity_cases import person
from tests.builders import add_wave

NOW = datetime(2023, 10, 1, 2, 0, tzinfo=UTC)
TODAY = date(2023, 10, 1)
SCALES = load_settings(ROOT / "config.toml", {}).scales
WAVE = surveys.NewWave(
    "三季度", "telephone", "three_grade", "1", date(2023, 9, 1), date(2023, 9, 20)
)


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    return person(session, "office_staff")


@pytest.mark.parametrize(("role", "community"), [("official", None), ("community_staff", "c01")])
def test_who_may_not_record_surveys_is_refused_every_write(
    session: Session, role: str, community: str | None
) -> None:
    wave = add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20))
    user = person(session, role, community)
    with pytest.raises(NotPermitted):
        surveys.add_wave(session, WAVE, SCALES, user, NOW, TODAY)
    with pytest.raises(NotPermitted):
        surveys.record_counts(session, wave.code, OVERALL, {"c01": {"satisfied": 1}}, user, NOW)
    with pytest.raises(NotPermitted):
        surveys.record_published(
            session, wave.code, SUBDISTRICT, OVERALL, Decimal(80), 100, user, NOW
        )


def test_a_new_wave_takes_its_scale_along(session: Session, staff: CurrentUser) -> None:
    code = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    wave = surveys.wave_of(session, code)
    assert [(option.code, option.points) for option in wave.options] == [
        ("satisfied", 100.0),
        ("fairly_satisfied", 75.0),
        ("dissatisfied", 55.0),
        ("dont_know", None),
    ]


def test_two_waves_that_end_on_one_day_get_two_codes(session: Session, staff: CurrentUser) -> None:
    first = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    other = surveys.NewWave(**(WAVE.__dict__ | {"label": "三季度（网络）", "mode": "online"}))
    second = surveys.add_wave(session, other, SCALES, staff, NOW, TODAY)
    assert {wave.code for wave in line_up(session, date.max)} == {first, second}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"label": "  "}, "label"),
        ({"label": "长" * 121}, "label"),
        ({"mode": "letter"}, "mode"),
        ({"scale": "none"}, "scale"),
        ({"last_day": date(2023, 8, 1)}, "last_day"),
        ({"last_day": date(2023, 10, 2)}, "last_day"),
    ],
)
def test_a_wave_that_cannot_be_is_refused_and_nothing_is_written(
    session: Session, staff: CurrentUser, change: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        surveys.add_wave(
            session, surveys.NewWave(**(WAVE.__dict__ | change)), SCALES, staff, NOW, TODAY
        )
    assert refusal.value.field == field
    assert session.scalars(select(SurveyWave)).all() == []


def test_a_second_wave_of_the_same_name_is_refused(session: Session, staff: CurrentUser) -> None:
    surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    with pytest.raises(InvalidEntry, match="同名"):
        surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)


def test_counts_replace_those_of_the_same_community_only(
    session: Session, staff: CurrentUser
) -> None:
    code = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    both = {"c01": {"satisfied": 40, "dont_know": 3}, "c02": {"satisfied": 30}}
    assert surveys.record_counts(session, code, "health", both, staff, NOW) == 2
    again = {"c01": {"satisfied": 41}}
    assert surveys.record_counts(session, code, "health", again, staff, NOW) == 1
    assert surveys.counted(session, code, "health") == {
        "c01": {"satisfied": 41},
        "c02": {"satisfied": 30},
    }


def test_the_same_counts_again_change_nothing(session: Session, staff: CurrentUser) -> None:
    code = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    answers = {"c01": {"satisfied": 40}}
    surveys.record_counts(session, code, OVERALL, answers, staff, NOW)
    version = data_version(session)
    assert surveys.record_counts(session, code, OVERALL, answers, staff, NOW) == 0
    assert data_version(session) == version


def test_the_log_says_what_the_counts_were_and_are(session: Session, staff: CurrentUser) -> None:
    code = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    surveys.record_counts(session, code, OVERALL, {"c01": {"satisfied": 40}}, staff, NOW)
    surveys.record_counts(session, code, OVERALL, {"c01": {"satisfied": 39}}, staff, NOW)
    last = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert last is not None
    assert (last.before, last.after, last.user_name) == (
        {"satisfied": 40},
        {"satisfied": 39},
        staff.name,
    )


def test_the_first_answers_freeze_the_scale(session: Session, staff: CurrentUser) -> None:
    code = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    assert not session.get_one(SurveyWave, code).frozen
    surveys.record_counts(session, code, OVERALL, {"c01": {"satisfied": 40}}, staff, NOW)
    assert session.get_one(SurveyWave, code).frozen


@pytest.mark.parametrize("answers", [{"satisfied": -1}, {"splendid": 3}, {"satisfied": 10**7}])
def test_counts_that_cannot_be_are_refused(
    session: Session, staff: CurrentUser, answers: dict[str, int]
) -> None:
    code = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    with pytest.raises(InvalidEntry):
        surveys.record_counts(session, code, OVERALL, {"c01": answers}, staff, NOW)
    assert session.scalars(select(SurveyTally)).all() == []


def test_an_unknown_wave_subject_or_community_is_refused(
    session: Session, staff: CurrentUser
) -> None:
    code = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    for wave, subject, community in (
        ("none", OVERALL, "c01"),
        (code, "weather", "c01"),
        (code, OVERALL, "c99"),
    ):
        with pytest.raises(NotFound):
            surveys.record_counts(session, wave, subject, {community: {}}, staff, NOW)


@pytest.mark.parametrize(
    ("score", "n"), [(Decimal("54.9"), 90), (Decimal(101), 90), (Decimal(80), 0)]
)
def test_a_published_score_off_the_scale_or_without_answers_is_refused(
    session: Session, staff: CurrentUser, score: Decimal, n: int
) -> None:
    code = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    with pytest.raises(InvalidEntry):
        surveys.record_published(session, code, "c01", "health", score, n, staff, NOW)

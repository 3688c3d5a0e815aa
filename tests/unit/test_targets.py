"""Targets are set, changed and cleared by whom it is for, checked and logged."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change
from services.catalogue import catalogue
from services.errors import InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from services.satisfaction import OVERALL, SUBDISTRICT
from services.targets import indicators, score_indicator, set_targets, targets_of
from tests.activity_cases import person

NOW = datetime(2023, 10, 1, 2, 0, tzinfo=UTC)
SCORE = score_indicator(OVERALL)


def put(session: Session, user: CurrentUser, value: str | None, code: str = SCORE) -> int:
    wanted = {code: None if value is None else Decimal(value)}
    return set_targets(session, SUBDISTRICT, 2023, wanted, user, NOW)


@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_only_an_administrator_sets_targets(session: Session, role: str) -> None:
    with pytest.raises(NotPermitted):
        put(session, person(session, role, "c01" if role == "community_staff" else None), "85")
    assert targets_of(session, 2023) == {}


def test_a_target_is_set_changed_and_cleared_and_each_step_is_logged(
    session: Session, admin: CurrentUser
) -> None:
    assert put(session, admin, "85") == 1
    assert targets_of(session, 2023) == {(SCORE, SUBDISTRICT): 85.0}
    assert put(session, admin, "86.5") == 1
    assert targets_of(session, 2023) == {(SCORE, SUBDISTRICT): 86.5}
    assert put(session, admin, None) == 1
    assert targets_of(session, 2023) == {}
    lines = session.scalars(select(Change).where(Change.entity == "target").order_by(Change.id))
    assert [(line.action, line.before, line.after) for line in lines] == [
        ("set", None, {"value": "85"}),
        ("set", {"value": "85"}, {"value": "86.5"}),
        ("clear", {"value": "86.5"}, None),
    ]


def test_saving_what_is_there_already_changes_and_logs_nothing(
    session: Session, admin: CurrentUser
) -> None:
    put(session, admin, "85")
    assert put(session, admin, "85.0") == 0
    assert len(session.scalars(select(Change).where(Change.entity == "target")).all()) == 1


def test_places_and_years_have_targets_of_their_own(session: Session, admin: CurrentUser) -> None:
    for place, year, value in ((SUBDISTRICT, 2023, 85), ("c02", 2023, 80), (SUBDISTRICT, 2024, 90)):
        set_targets(session, place, year, {SCORE: Decimal(value)}, admin, NOW)
    assert targets_of(session, 2023) == {(SCORE, SUBDISTRICT): 85.0, (SCORE, "c02"): 80.0}
    assert targets_of(session, 2024) == {(SCORE, SUBDISTRICT): 90.0}


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (SCORE, "100.5"),  # no score is above 100
        (SCORE, "0"),
        ("litter_spots", "-1"),
        ("litter_spots", "12.5"),  # places are whole
        ("household_waste", "0.0001"),
        ("household_waste", "NaN"),
    ],
)
def test_a_target_that_cannot_be_is_refused_beside_its_field(
    session: Session, admin: CurrentUser, code: str, value: str
) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        put(session, admin, value, code)
    assert refusal.value.field == code


def test_unknown_indicators_and_communities_are_refused(
    session: Session, admin: CurrentUser
) -> None:
    with pytest.raises(InvalidEntry):
        put(session, admin, "85", "happiness")
    with pytest.raises(NotFound):
        set_targets(session, "c99", 2023, {SCORE: Decimal(85)}, admin, NOW)


def test_a_coverage_target_is_a_share_of_at_most_a_hundred(
    session: Session, admin: CurrentUser
) -> None:
    put(session, admin, "62.5", "coverage_check_ups")
    assert targets_of(session, 2023) == {("coverage_check_ups", SUBDISTRICT): 62.5}
    with pytest.raises(InvalidEntry, match="不能超过 100 %"):
        put(session, admin, "101", "coverage_check_ups")


def test_every_score_and_every_measure_can_have_a_target(session: Session) -> None:
    lists = catalogue(session)
    codes = [indicator.code for indicator in indicators(lists)]
    assert codes[:2] == ["satisfaction_overall", "satisfaction_environment"]
    shares = [one.code for one in lists.measures if one.population_group]
    assert codes[7 : 7 + len(shares)] == [f"coverage_{code}" for code in shares]
    assert codes[7 + len(shares) :] == [measure.code for measure in lists.measures]

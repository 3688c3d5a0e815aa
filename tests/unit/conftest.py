"""Fixtures of the services: people, lists, and a demonstration office to write into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from db.engine import Session
from db.models import SurveyWave
from services.catalogue import Catalogue, catalogue
from services.permissions import CurrentUser
from tests.activity_cases import person
from tests.builders import add_wave


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    return person(session, "community_staff", "c01")


@pytest.fixture
def office(session: Session) -> CurrentUser:
    return person(session, "office_staff")


@pytest.fixture
def admin(session: Session) -> CurrentUser:
    return person(session, "administrator")


@pytest.fixture
def lists(session: Session) -> Catalogue:
    return catalogue(session)


@pytest.fixture
def wave(session: Session) -> SurveyWave:
    """A round with the scale of five grades."""
    return add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20), scale="five_grade")


@pytest.fixture
def demo_office(demo_file_engine: Engine) -> Iterator[Session]:
    """A Session on the demonstration office; what the test wrote is rolled back."""
    engine = demo_file_engine.execution_options(minyi_write=True)
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.rollback()

"""Fixtures of the services: a demonstration office to write into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import Session, make_engine
from tests.conftest import load, sqlite_url


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The demonstration office; each test rolls back what it wrote."""
    file: Path = tmp_path_factory.mktemp("meetings") / "minyi.sqlite3"
    engine = make_engine(sqlite_url(file))
    load(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def demo_office(office: Engine) -> Iterator[Session]:
    with Session(office.execution_options(minyi_write=True), expire_on_commit=False) as session:
        yield session
        session.rollback()

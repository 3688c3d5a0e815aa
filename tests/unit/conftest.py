"""Fixtures of the services: a demonstration office to write into."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from db.engine import Session


@pytest.fixture
def demo_office(demo_file_engine: Engine) -> Iterator[Session]:
    """A Session on the demonstration office; what the test wrote is rolled back."""
    engine = demo_file_engine.execution_options(minyi_write=True)
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.rollback()

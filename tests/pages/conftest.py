"""Fixtures for pages: the door between pages and services leads to the test's own database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from pages.shared import data


@pytest.fixture
def door(engine: Engine, database_url: URL, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """`fetch`, `ask` and `submit` work on this test's database; the engine to prepare it with."""
    monkeypatch.setenv("MINYI_DATABASE_URL", database_url.render_as_string(hide_password=False))
    _forget()
    yield engine
    data._office()[1].dispose()
    _forget()


def _forget() -> None:
    data._office.clear()
    data._answer.clear()

"""Fixtures for pages: the door between pages and services leads to the test's own database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from db.engine import make_engine
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


@pytest.fixture
def demonstration(
    demonstration_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """Like `door`, to the demonstration office."""
    file = tmp_path / "minyi.sqlite3"
    shutil.copyfile(demonstration_file, file)
    url = f"sqlite:///{file.as_posix()}"
    monkeypatch.setenv("MINYI_DATABASE_URL", url)
    _forget()
    engine = make_engine(url)
    yield engine
    engine.dispose()
    data._office()[1].dispose()
    _forget()

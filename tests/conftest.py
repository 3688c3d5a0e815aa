"""Fixtures: a fresh database with the reference lists and a small real office, on each dialect."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url

from db.engine import Session, make_engine, write_session
from db.migrate import migrate
from db.seed import load_office, load_places, load_reference_lists

# A url of a PostgreSQL server on which databases may be made and dropped.
SERVER = os.environ.get("MINYI_TEST_POSTGRESQL", "")

COMMUNITIES = (
    {"code": "c01", "name": "甲社区", "name_en": "Jia", "grids": ["第一网格", "第二网格"]},
    {"code": "c02", "name": "乙社区", "name_en": "Yi", "grids": ["第一网格"]},
    {"code": "c03", "name": "丙社区", "name_en": "Bing", "grids": ["第一网格"]},
)


def fill(url: str | URL) -> None:
    """Migrate an empty database and give it the lists, three communities and a real office."""
    engine = make_engine(url)
    migrate(engine)
    with write_session(engine) as session:
        load_reference_lists(session)
        load_places(session, "测试街道", "Test Subdistrict", COMMUNITIES)
        load_office(session, demonstration_day=None, running_since=date(2023, 9, 1))
    engine.dispose()


def on_server(statement: str, *names: str) -> None:
    """Run CREATE or DROP DATABASE, which no transaction may hold."""
    url = make_url(SERVER).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file every SQLite test starts from a copy of: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("template") / "minyi.sqlite3"
    fill(f"sqlite:///{file.as_posix()}")
    return file


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """The database every PostgreSQL test starts from a copy of."""
    name = f"minyi_template_{os.getpid()}"
    on_server("CREATE DATABASE {}", name)
    fill(make_url(SERVER).set(database=name))
    yield name
    on_server("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql",
            marks=pytest.mark.skipif(not SERVER, reason="MINYI_TEST_POSTGRESQL names no server"),
        ),
    ]
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """The url of a fresh database of this test's own."""
    if request.param == "sqlite":
        file = tmp_path / "minyi.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield make_url(f"sqlite:///{file.as_posix()}")
        return
    name = f"minyi_test_{os.getpid()}"
    template = request.getfixturevalue("postgresql_template")
    on_server("CREATE DATABASE {} TEMPLATE {}", name, template)
    yield make_url(SERVER).set(database=name)
    on_server("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def engine(database_url: URL) -> Iterator[Engine]:
    """An engine on a migrated database: reference lists, c01 to c03, an empty real office."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A Session to write and read with; `commit()` shows its writes to others, else they go."""
    with Session(engine.execution_options(minyi_write=True), expire_on_commit=False) as session:
        yield session

"""Fixtures: fresh databases on each dialect: empty, with a small real office, or with the demo."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import Pool

from db.engine import Session, make_engine, read_session, write_session
from db.migrate import migrate
from db.seed import load_office, load_places, load_reference_lists
from services.i18n import use_language
from services.setup.first_start import begin_demonstration

# A url of a PostgreSQL server on which databases may be made and dropped.
SERVER = os.environ.get("MINYI_TEST_POSTGRESQL", "")
WITH_SERVER = pytest.mark.skipif(not SERVER, reason="MINYI_TEST_POSTGRESQL names no server")
PAGES = Path(__file__).parent / "pages"
# The fixtures that are of one dialect or another → how long they last.
OF_A_DIALECT = {"database_url": "function", "empty_engine": "function", "demo_engine": "session"}

COMMUNITIES = (
    {"code": "c01", "name": "甲社区", "name_en": "Jia", "grids": ["第一网格", "第二网格"]},
    {"code": "c02", "name": "乙社区", "name_en": "Yi", "grids": ["第一网格"]},
    {"code": "c03", "name": "丙社区", "name_en": "Bing", "grids": ["第一网格"]},
)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """A worker on every core for all tests; none for a few, which end before workers are up."""
    return None if config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Services and their SQL are tested on each dialect; a page, which adds none, on SQLite.

    The mark `dialects` says otherwise: a thousand cells to be read are read the same on either.
    """
    mark = metafunc.definition.get_closest_marker("dialects")
    of_a_page = PAGES in metafunc.definition.path.parents
    names = mark.args if mark else ("sqlite",) if of_a_page else ("sqlite", "postgresql")
    dialects = [
        pytest.param(name, marks=[WITH_SERVER] if name == "postgresql" else []) for name in names
    ]
    for fixture, scope in OF_A_DIALECT.items():
        if fixture in metafunc.fixturenames:
            metafunc.parametrize(fixture, dialects, indirect=True, scope=scope)


@event.listens_for(Pool, "checkout")
def trust_the_machine(connection: Any, *_about: object) -> None:
    """No test cuts the power: as on the server (`fsync=off`), nothing waits for the disk."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(autouse=True)
def in_chinese() -> None:
    """Every test begins in the source language, whatever the one before it spoke."""
    use_language("zh")


def fill(url: URL) -> None:
    """Migrate an empty database and give it the lists, three communities and a real office."""
    engine = make_engine(url)
    migrate(engine)
    with write_session(engine) as session:
        load_reference_lists(session)
        load_places(session, "测试街道", "Test Subdistrict", COMMUNITIES)
        load_office(session, demonstration_day=None, running_since=date(2023, 9, 1))
    engine.dispose()


def sqlite_url(file: Path) -> URL:
    return make_url(f"sqlite:///{file.as_posix()}")


@contextmanager
def on_server(purpose: str, template: str = "template1") -> Iterator[URL]:
    """A database of this process on the server, a copy of the template, dropped in the end."""
    name = f"minyi_{purpose}_{os.getpid()}"
    url = make_url(SERVER).set(drivername="postgresql").render_as_string(hide_password=False)
    # No transaction may hold these statements, and no parameter can stand for a name.
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield make_url(SERVER).set(database=name)
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(drop)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file every SQLite test starts from a copy of: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("template") / "minyi.sqlite3"
    fill(sqlite_url(file))
    return file


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """The database every PostgreSQL test starts from a copy of."""
    with on_server("template") as url:
        fill(url)
        yield str(url.database)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """The url of a fresh database of this test's own, filled like `engine`."""
    if request.param == "sqlite":
        file = tmp_path / "minyi.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield sqlite_url(file)
    else:
        with on_server("test", request.getfixturevalue("postgresql_template")) as url:
            yield url


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


@pytest.fixture
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database without any tables."""
    if request.param == "sqlite":
        engine = make_engine(sqlite_url(tmp_path / "empty.sqlite3"))
        yield engine
        engine.dispose()
    else:
        with on_server("empty") as url:
            engine = make_engine(url)
            yield engine
            engine.dispose()


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration office as a file, loaded once: tests that keep what they write copy it."""
    file = tmp_path_factory.mktemp("demonstration") / "minyi.sqlite3"
    engine = make_engine(sqlite_url(file))
    load(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def demo_file_engine(demonstration_file: Path) -> Iterator[Engine]:
    """An engine on the demonstration office in a file; who writes takes it back."""
    engine = make_engine(sqlite_url(demonstration_file))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def demo_server_engine() -> Iterator[Engine]:
    """An engine on the demonstration office on the PostgreSQL server."""
    with on_server("demo") as url:
        engine = make_engine(url)
        load(engine)
        yield engine
        engine.dispose()


@pytest.fixture(scope="session")
def demo_engine(request: pytest.FixtureRequest) -> Engine:
    """An engine on the demonstration office, loaded once and only to be read.

    The engines are fixtures of their own: they outlast the turns of this one's parameters.
    """
    kept = "demo_file_engine" if request.param == "sqlite" else "demo_server_engine"
    engine: Engine = request.getfixturevalue(kept)
    return engine


def load(engine: Engine) -> None:
    """Make an empty database the demonstration office."""
    migrate(engine)
    with write_session(engine) as session:
        begin_demonstration(session)


@pytest.fixture
def demo(demo_engine: Engine) -> Iterator[Session]:
    """A Session that reads the demonstration office."""
    with read_session(demo_engine) as session:
        yield session

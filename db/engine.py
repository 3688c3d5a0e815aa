"""One engine per process with settings that keep data safe, one Session per unit of work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.orm import Session

# A server that was demoted or is shutting down: its connections must leave the pool.
_SERVER_GONE = {"25006", "57P01", "57P02", "57P03"}


class _FifoLock:
    """Writers wait in the order they came; a plain lock lets one thread starve the others."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._next_ticket = 0
        self._serving = 0

    def __enter__(self) -> None:
        with self._turn:
            ticket = self._next_ticket
            self._next_ticket += 1
            self._turn.wait_for(lambda: self._serving == ticket)

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._serving += 1
            self._turn.notify_all()


def make_engine(url: str | URL) -> Engine:
    """The engine for a database url (sqlite:///… or postgresql+psycopg://…)."""
    parsed = make_url(url)
    return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": 10})
    engine.dialect.minyi_write_lock = _FifoLock()  # one app process per file

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: object) -> None:
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "PRAGMA busy_timeout=10000",
            "PRAGMA foreign_keys=ON",
        ):
            connection.execute(statement)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("minyi_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args={"connect_timeout": 3, "tcp_user_timeout": 5000},
    )

    @event.listens_for(engine, "handle_error")
    def leave_the_pool(context: ExceptionContext) -> None:
        if getattr(context.original_exception, "sqlstate", None) in _SERVER_GONE:
            context.is_disconnect = True

    return engine


@contextmanager
def read_session(engine: Engine) -> Iterator[Session]:
    """A Session for reading one consistent state; never committed."""
    with Session(engine, expire_on_commit=False, autoflush=False) as session:
        yield session


@contextmanager
def write_session(engine: Engine) -> Iterator[Session]:
    """A Session for one unit of work: committed whole, or rolled back whole."""
    lock: AbstractContextManager[None] = getattr(engine.dialect, "minyi_write_lock", nullcontext())
    with (
        lock,
        Session(engine.execution_options(minyi_write=True), expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session

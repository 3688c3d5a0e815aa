"""Fixtures for journeys: the running app and a browser that cannot leave this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine, update

from db.engine import make_engine, write_session
from db.migrate import migrate
from db.models import FormDraft
from services.passwords import hashed
from services.settings import ROOT, load_settings
from services.setup.first_start import begin_office
from tests.builders import add_user
from tests.conftest import COMMUNITIES
from tests.e2e.apps import DATABASE, RunningApp, database_in, running
from tests.e2e.office import Office
from tests.e2e.steps import PATIENCE, WATCH

NewPage = Callable[..., Page]

BROWSER = os.environ.get("MINYI_TEST_BROWSER") or shutil.which("chromium") or ""

# Of the empty office.
ADMINISTRATOR = "admin"
PASSWORD = "a long enough password"
STAFF_OF = ("c01", "c02")


@pytest.fixture(scope="session")
def demonstration_app(
    demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RunningApp, Engine]]:
    """The demonstration office as it runs, and an engine on it."""
    folder = tmp_path_factory.mktemp("app")
    shutil.copyfile(demonstration_file, folder / DATABASE)
    engine = make_engine(database_in(folder))
    with running(folder, "--demo", MINYI_DATABASE_URL=database_in(folder)) as app:
        yield app, engine
    engine.dispose()


@pytest.fixture
def app(demonstration_app: tuple[RunningApp, Engine]) -> RunningApp:
    """The demonstration office as it runs; all journeys of a test run write into it, in any order.

    A form that one left half filled in is not the next one's to go on with.
    """
    app, engine = demonstration_app
    with write_session(engine) as session:
        left = update(FormDraft).where(FormDraft.state == "open")
        session.execute(left.values(state="cleared", fields={}))
    return app


@pytest.fixture
def app_url(app: RunningApp) -> str:
    """Where the demonstration office runs."""
    return app.url


@pytest.fixture
def office(demonstration_file: Path, tmp_path: Path) -> Iterator[Office]:
    """A demonstration office of the test's own."""
    shutil.copyfile(demonstration_file, tmp_path / DATABASE)
    with ExitStack() as stack:
        yield Office(tmp_path, stack)


@pytest.fixture(scope="session")
def empty_app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an empty real office runs: c01 to c03, nothing recorded; an administrator, and
    staff_c01 and staff_c02 of two communities."""
    folder = tmp_path_factory.mktemp("empty")
    config = folder / "config.toml"
    config.write_text(_own_config(), encoding="utf-8")
    own = {"MINYI_DATABASE_URL": database_in(folder), "MINYI_CONFIG": str(config)}
    engine = make_engine(own["MINYI_DATABASE_URL"])
    migrate(engine)
    with write_session(engine) as session:
        begin_office(session, load_settings(config), ADMINISTRATOR, PASSWORD, datetime.now(UTC))
        for community in STAFF_OF:
            add_user(
                session,
                "community_staff",
                community,
                username=f"staff_{community}",
                password_hash=hashed(PASSWORD),
            )
    engine.dispose()
    with running(folder, **own) as app:
        yield app.url


def _own_config() -> str:
    """The project's config.toml with the communities that all tests use."""
    places = [
        f'\n[[communities]]\ncode = "{row["code"]}"\nname = "{row["name"]}"\n'
        f'name_en = "{row["name_en"]}"\ngrids = {row["grids"]!r}\n'
        for row in COMMUNITIES
    ]
    return (ROOT / "config.toml").read_text(encoding="utf-8") + "".join(places)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for which no host exists but this machine.

    It ends with its module: its event loop is in the way of tests that start their own.
    """
    if not BROWSER:
        pytest.skip("MINYI_TEST_BROWSER names no Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=BROWSER,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
            timeout=PATIENCE,
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, record_property: Callable[[str, object], None]) -> Iterator[NewPage]:
    """Opens a page in a browser context of its own: `new_page(url, width=1440, height=900)`.

    At the end of the test no page may have asked for anything outside, broken the content policy
    or raised an error of its own.
    """
    contexts, faults = [], []

    def open_page(url: str, width: int = 1440, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(
            base_url=url, viewport={"width": width, "height": height},
            **{"locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("request", lambda request: _note_outside(request.url, faults))
        page.on("websocket", lambda socket: _note_outside(socket.url, faults))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: _note_refused(message.text, faults))
        return page

    record_property("browser", browser.version)
    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def _note_outside(url: str, faults: list[str]) -> None:
    parts = urlsplit(url)
    if parts.hostname not in (None, "127.0.0.1"):
        faults.append(f"asked for {url}")


def _note_refused(text: str, faults: list[str]) -> None:
    if "Content Security Policy" in text:
        faults.append(text)


@pytest.fixture
def page(new_page: NewPage, app_url: str) -> Page:
    """A page of the demonstration office on a laptop; nobody is signed in."""
    return new_page(app_url)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that opens a page drives a browser."""
    for item in items:
        if "new_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.e2e)

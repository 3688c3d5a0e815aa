"""A demonstration office of a test's own, whose server can be ended and started again."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from playwright.sync_api import Page

from db.engine import make_engine, read_session, write_session
from db.reads.accounts import user_named
from services import activities
from services.activities import Entry, Record
from services.permissions import CurrentUser
from tests.e2e.apps import database_in, free_port, running
from tests.e2e.steps import settle

DAY = date(2023, 10, 27)


class Office:
    """The office of the database in a folder, whose server can be started anew at its address."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = database_in(folder)
        self._stack = stack
        self.start()

    def restart(self, page: Page) -> None:
        """End the server, start it again, and wait until the page has found it."""
        self._app.stop()
        page.wait_for_selector(
            '[data-test-connection-state]:not([data-test-connection-state="CONNECTED"])'
        )
        self.start()
        settle(page)

    def kill(self) -> None:
        """End the server in the middle of what it does."""
        self._app.kill()

    def start(self) -> None:
        self._app = self._stack.enter_context(
            running(
                self.folder, "--demo", "--port", str(self.port), MINYI_DATABASE_URL=self.database
            )
        )

    def newest(self) -> Record:
        engine = make_engine(self.database)
        with read_session(engine) as session:
            found = activities.mine(session, self._staff(session), activities.Mine(), 0, 500)
            record = activities.record(session, max(row.number for row in found.rows))
        engine.dispose()
        return record

    def correct(self, number: str, **changes: object) -> None:
        """Correct a record as another person would, elsewhere."""
        engine = make_engine(self.database)
        with write_session(engine) as session:
            record = activities.record(session, number)
            activities.correct(
                session, number, replace(record.entry, **changes), record.version,
                self._staff(session), datetime.now(UTC), DAY,
            )  # fmt: skip
        engine.dispose()

    def enter(self) -> str:
        engine = make_engine(self.database)
        with write_session(engine) as session:
            user = self._staff(session)
            entry = Entry("free_clinic", DAY, DAY, user.community, participants=40)
            number = activities.submit(
                session, entry, "before", user, datetime.now(UTC), DAY
            ).number
        engine.dispose()
        return number

    @staticmethod
    def _staff(session: object) -> CurrentUser:
        row = user_named(session, "demo_community_staff")
        return CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")

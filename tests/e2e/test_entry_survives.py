"""What a person typed outlives a restart of the server, and overwrites nobody afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from db.engine import make_engine, read_session, write_session
from db.reads.accounts import user_named
from services import activities
from services.activities import Entry, Record
from services.permissions import CurrentUser
from tests.e2e.apps import free_port, running
from tests.e2e.conftest import NewPage
from tests.e2e.steps import settle, sign_in_as

DAY = date(2023, 10, 27)


class Office:
    """A demonstration office of the test's own, whose server can be started anew at its address."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = f"sqlite:///{(folder / 'minyi.sqlite3').as_posix()}"
        self._stack = stack
        self._start()

    def restart(self, page: Page) -> None:
        """End the server, start it again, and wait until the page has found it."""
        self._app.stop()
        page.wait_for_selector(
            '[data-test-connection-state]:not([data-test-connection-state="CONNECTED"])'
        )
        self._start()
        settle(page)

    def _start(self) -> None:
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


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(tmp_path, stack)


def test_a_half_filled_form_is_saved_whole_and_once_after_a_restart(
    new_page: NewPage, office: Office
) -> None:
    page = new_page(office.url, width=390, height=844)
    sign_in_as(page, "community_staff", "/entry")
    for choice in ("居住环境", "小区卫生死角战", "志愿者"):
        page.get_by_text(choice, exact=True).first.click()
        settle(page)
    page.get_by_role("textbox", name="志愿者人数").fill("12")
    page.get_by_role("textbox", name="清理乱堆乱放").fill("7")
    page.get_by_role("textbox", name="地点").press_sequentially("文化广场")  # never left
    office.restart(page)
    page.get_by_role("textbox", name="备注").press_sequentially("断线时正在写")
    office.restart(page)
    page.get_by_role("button", name="保存", exact=True).dblclick()
    settle(page)
    shown = re.search(r"编号 (A\d{6})", page.locator("body").inner_text())
    assert shown is not None
    newest = office.newest()
    assert newest.number == shown[1]
    entry = newest.entry
    assert (entry.type_code, entry.place, entry.note) == (
        *("dead_corner_drive", "文化广场", "断线时正在写"),
    )
    assert entry.partners == (("volunteer", 12),)
    assert dict(entry.measures) == {"litter_spots": 7}


def test_a_correction_begun_before_a_restart_overwrites_nobody(
    new_page: NewPage, office: Office
) -> None:
    number = office.enter()
    page = new_page(office.url)
    sign_in_as(page, "community_staff", f"/mine?record={number}")
    page.get_by_role("button", name="更正").click()
    settle(page)
    page.get_by_role("textbox", name="地点").fill("文化广场")
    office.correct(number, participants=55)
    office.restart(page)
    page.get_by_role("button", name="保存更正").click()
    settle(page)
    expect(page.get_by_text("被别人改过")).to_be_visible()
    shown = page.locator("body").inner_text()
    assert "现在的记录：55" in shown
    assert "您填写的：40" in shown
    assert office.newest().entry.participants == 55
    page.get_by_role("button", name="保留我填写的").click()
    settle(page)
    page.get_by_role("button", name="保存更正").click()
    settle(page)
    entry = office.newest().entry
    assert (entry.participants, entry.place) == (40, "文化广场")

"""The batch grid's own requests: behind the gate, from our own page, for one's own community."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update
from starlette.testclient import TestClient

from db.engine import read_session, write_session
from db.models import Activity, ActivityDraft, UserSession
from services import accounts
from tests.builders import add_user
from tests.pages.web import browser, csrf

PATH = "/entry/drafts"
KEY, OTHER = "a" * 32, "b" * 32
SHEET = {"community": "c01", "month": "2023-10"}
CELLS = {"day": ["", "25"], "type": ["", "wednesday_cleanup"], "participants": ["", "40"]}


class Staff:
    """A browser in which somebody of c01 is signed in, on the grid's page."""

    def __init__(self, door: Engine, role: str = "community_staff") -> None:
        own = "c01" if role == "community_staff" else None
        with write_session(door) as session:
            row = add_user(session, role, own)
            self.person = row.id
            token = accounts.sign_in(session, row.id, "10.0.0.7", datetime.now(UTC))
        self.client: TestClient = browser()
        csrf(self.client)
        self.client.cookies["minyi_session"] = token

    def get(self, path: str = "", **query: str) -> Any:
        return self.client.get(PATH + path, params=SHEET | query)

    def post(self, path: str = "", **body: object) -> Any:
        return self.client.post(
            PATH + path,
            json={"person": self.person} | SHEET | body,
            headers={"x-minyi-csrf": self.client.cookies["minyi_csrf"]},
        )

    def save(self, cells: object = CELLS, key: str = KEY) -> Any:
        return self.post(rows=[{"key": key, "cells": cells, "discarded": None}])


@pytest.fixture
def staff(door: Engine) -> Staff:
    return Staff(door)


def count(door: Engine, table: Any) -> int:
    with read_session(door) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.dialects("sqlite", "postgresql")
def test_cells_are_saved_read_and_submitted(door: Engine, staff: Staff) -> None:
    saved = staff.save().json()
    assert (saved["rows"][0]["state"], saved["rows"][0]["rivals"]) == ("ready", {})
    sheet = staff.get()
    assert sheet.headers["cache-control"] == "no-store"
    assert sheet.json()["rows"] == saved["rows"]
    assert staff.get(mark=sheet.json()["mark"]).json() == {"unchanged": True}
    version = saved["rows"][0]["version"]
    done = staff.post("/submit", rows=[{"key": KEY, "version": version}]).json()["rows"]
    again = staff.post("/submit", rows=[{"key": KEY, "version": version}]).json()["rows"]
    assert (done[0]["refusal"], done) == ("", again)
    assert count(door, Activity) == 1
    assert staff.get("/last-month", month="2023-11").json()["rows"][0]["type"]


def test_one_refused_row_holds_up_no_other(door: Engine, staff: Staff) -> None:
    rows = [staff.save().json()["rows"][0], staff.save({"day": ["", "x"]}, OTHER).json()["rows"][0]]
    sent = [{"key": row["key"], "version": row["version"]} for row in reversed(rows)]
    refused, entered = staff.post("/submit", rows=sent).json()["rows"]
    assert refused["refusal"]
    assert entered["row"]["number"]
    assert count(door, Activity) == 1


@pytest.mark.usefixtures("door")
def test_without_a_session_nothing_is_read_or_written() -> None:
    assert browser().get(PATH, params=SHEET).status_code == 401
    assert browser().post(PATH, json={}).status_code == 401


def test_a_request_another_site_could_send_is_refused(door: Engine, staff: Staff) -> None:
    body = {"person": staff.person, "rows": [{"key": KEY, "cells": CELLS}]} | SHEET
    for headers in ({}, {"x-minyi-csrf": ""}, {"x-minyi-csrf": "guessed"}):
        assert staff.client.post(PATH, json=body, headers=headers).status_code == 403
    assert count(door, ActivityDraft) == 0


def test_texts_are_not_saved_under_another_persons_name(door: Engine, staff: Staff) -> None:
    answer = staff.post(person=staff.person + 1, rows=[{"key": KEY, "cells": CELLS}])
    assert answer.status_code == 401
    assert "测试员" in answer.json()["sentence"]
    assert count(door, ActivityDraft) == 0


@pytest.mark.parametrize("body", ["[]", "{", '"x"', "null"])
def test_what_is_no_json_object_is_refused(staff: Staff, body: str) -> None:
    headers = {"x-minyi-csrf": staff.client.cookies["minyi_csrf"]}
    assert staff.client.post(PATH, content=body, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "rows",
    [None, 5, [5], [{}], [{"key": KEY}], [{"key": KEY, "cells": {"day": "1"}}],
     [{"key": KEY, "cells": {"day": ["", "", ""]}}], [{"key": "x", "cells": {}}]],
)  # fmt: skip
def test_rows_no_page_sends_are_refused(door: Engine, staff: Staff, rows: object) -> None:
    assert staff.post(rows=rows).status_code == 422
    assert count(door, ActivityDraft) == 0


def test_too_large_a_request_is_not_read_to_its_end(staff: Staff) -> None:
    assert staff.save({"note": ["", "x" * 5_000_000]}).status_code == 413


def test_another_community_and_another_role_are_refused(door: Engine, staff: Staff) -> None:
    assert staff.get(community="c02").status_code == 403
    assert staff.post(community="c02", rows=[]).status_code == 403
    official = Staff(door, "official")
    assert official.get().status_code == 403
    assert official.save().status_code == 403
    assert Staff(door, "office_staff").get(community="c02").status_code == 200


@pytest.mark.parametrize("month", ["", "2023", "2023-13", "x"])
def test_a_month_that_is_none_is_refused(staff: Staff, month: str) -> None:
    assert staff.get(month=month).status_code == 422
    assert staff.post(month=month, rows=[]).status_code == 422


def test_who_types_stays_signed_in_and_who_only_looks_does_not(door: Engine, staff: Staff) -> None:
    def ago(minutes: int) -> None:
        with write_session(door) as session:
            seen = datetime.now(UTC) - timedelta(minutes=minutes)
            session.execute(update(UserSession).values(last_seen=seen))

    ago(29)
    staff.get()
    with read_session(door) as session:
        assert datetime.now(UTC) - session.scalars(select(UserSession.last_seen)).one() > timedelta(
            minutes=28
        )
    staff.save()
    ago_now = datetime.now(UTC)
    with read_session(door) as session:
        assert ago_now - session.scalars(select(UserSession.last_seen)).one() < timedelta(minutes=1)
    ago(31)
    assert staff.save().status_code == 401

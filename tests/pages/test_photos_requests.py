"""Photos of inspections over HTTP: only to who is signed in and may see them, never as a script."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from db.engine import Session, write_session
from services import accounts, inspections
from services.permissions import CurrentUser
from tests.activity_cases import person
from tests.builders import add_user
from tests.inspection_cases import NOW, photo, recorded
from tests.pages.web import HTML, browser

BOTH = {"/photos/1": b"image a", "/photos/1/small": b"small a"}


@pytest.fixture
def recorder(door: Engine) -> CurrentUser:
    """Who recorded an inspection with photo 1."""
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        user = person(session, "office_staff")
        recorded(session, user, photos=(photo("a"),))
        return user


def signed_in(
    door: Engine, role: str = "community_staff", community: str | None = "c02"
) -> TestClient:
    client = browser()
    with write_session(door) as session:
        user = add_user(session, role, community, f"looks_{role}")
        client.cookies["minyi_session"] = accounts.sign_in(
            session, user.id, "10.0.0.7", datetime.now(UTC)
        )
    return client


def test_a_photo_is_served_as_a_jpeg_that_only_this_browser_may_keep(
    door: Engine, recorder: CurrentUser
) -> None:
    client = signed_in(door)
    for path, data in BOTH.items():
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (200, data)
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "private, max-age=600"
        known = client.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")
    assert client.get("/photos/1").headers["etag"] != client.get("/photos/1/small").headers["etag"]
    assert recorder.role == "office_staff"


@pytest.mark.usefixtures("recorder")
def test_nobody_sees_a_photo_without_a_session(door: Engine) -> None:
    client = browser()
    for path in BOTH:
        assert client.get(path).status_code == 401
        assert client.get(path, headers=HTML).status_code == 303
    client.cookies["minyi_session"] = "guessed"
    assert client.get("/photos/1").status_code == 401
    assert door


@pytest.mark.usefixtures("recorder")
@pytest.mark.parametrize("path", ["/photos/2", "/photos/0", "/photos/1/large", f"/photos/{10**30}"])
def test_a_photo_that_is_not_there_is_not_found(door: Engine, path: str) -> None:
    assert signed_in(door).get(path).status_code == 404


def test_one_that_was_taken_off_is_only_for_who_may_put_it_back(
    door: Engine, recorder: CurrentUser
) -> None:
    with write_session(door) as session:
        inspections.show_photo(session, 1, False, recorder, NOW)
    answer = signed_in(door).get("/photos/1")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert signed_in(door, "official", None).get("/photos/1").status_code == 200

"""The gate: nothing of the app without a live session, and nobody else's identity."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from db.engine import write_session
from db.models import User, UserSession
from pages.shared import data
from services import accounts
from tests.builders import add_user
from tests.pages.web import HTML, browser, status_of

BEHIND = (
    "/", "/community", "/media/abc.png", "/static/js/index.js", "/_stcore/health",
    "/_stcore/upload_file/1/2", "/_stcore/metrics", "/_stcore/agent/interact", "/account",
    "/assets", "/healthz/", "//account/login", "/x/account/login", "/ACCOUNT/login", "",
)  # fmt: skip


@pytest.fixture
def token(door: Engine) -> str:
    with write_session(door) as session:
        person = add_user(session, "official")
        return accounts.sign_in(session, person.id, "10.0.0.7", datetime.now(UTC))


@pytest.fixture
def signed_in(token: str) -> TestClient:
    client = browser()
    client.cookies["minyi_session"] = token
    return client


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("path", BEHIND)
def test_without_a_session_nothing_is_served(path: str) -> None:
    assert status_of(path) == 401


def test_with_a_session_everything_is_served(signed_in: TestClient) -> None:
    for path in ("/", "/community", "/media/abc.png", "/_stcore/health"):
        assert signed_in.get(path).json()["path"] == path


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize(
    ("wanted", "next_path"),
    [
        ("/", "%2F"),
        ("/community?period=2023-10&communities=c01,c02",
         "%2Fcommunity%3Fperiod%3D2023-10%26communities%3Dc01%2Cc02"),
        ("/%E7%A4%BE%E5%8C%BA", "%2F%E7%A4%BE%E5%8C%BA"),
    ],
)  # fmt: skip
def test_a_deep_link_leads_to_the_sign_in_and_back(wanted: str, next_path: str) -> None:
    answer = browser().get(wanted, headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/account/login?next={next_path}"


@pytest.mark.usefixtures("door")
def test_only_opening_a_page_leads_to_the_sign_in() -> None:
    assert browser().post("/", headers=HTML).status_code == 401
    assert browser().get("/", headers={"accept": "application/json"}).status_code == 401


@pytest.mark.usefixtures("door")
def test_the_path_decides_and_not_the_host_header() -> None:
    assert status_of("/community", host="office.test/account/login?") == 401


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("path", ["/account/../_stcore/health", "/account/other", "/account/"])
def test_below_the_open_folder_there_is_nothing_but_the_account_pages(path: str) -> None:
    assert status_of(path) == 404


@pytest.mark.usefixtures("door")
def test_an_anonymous_websocket_is_refused_before_it_is_accepted() -> None:
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        browser().websocket_connect("/_stcore/stream"),
    ):
        pass
    assert refused.value.code == 1008


def test_a_websocket_with_a_session_carries_its_hash(signed_in: TestClient, token: str) -> None:
    with signed_in.websocket_connect("/_stcore/stream") as socket:
        assert socket.receive_json()["x-minyi-session"] == accounts.token_hash(token)


@pytest.mark.parametrize("name", ["X-Minyi-Session", "x-minyi-session", "X_Minyi_Session"])
def test_an_identity_a_client_sends_is_stripped(
    signed_in: TestClient, token: str, name: str
) -> None:
    headers = signed_in.get("/", headers={name: "somebody else"}).json()["headers"]
    identities = [pair for pair in headers if "minyi" in pair[0]]
    assert identities == [["x-minyi-session", accounts.token_hash(token)]]
    with signed_in.websocket_connect("/_stcore/stream", headers={name: "x"}) as socket:
        assert "x" not in socket.receive_json().values()


@pytest.mark.usefixtures("door")
def test_an_identity_header_alone_opens_nothing(token: str) -> None:
    kept_hash = accounts.token_hash(token)
    assert browser().get("/", headers={"X-Minyi-Session": kept_hash}).status_code == 401
    stolen = browser()
    stolen.cookies["minyi_session"] = kept_hash  # what the database holds is not the token
    assert stolen.get("/").status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        update(UserSession).values(ended_at=datetime.now(UTC)),
        update(UserSession).values(last_seen=datetime.now(UTC) - timedelta(minutes=31)),
        update(UserSession).values(created_at=datetime.now(UTC) - timedelta(hours=13)),
        update(User).values(active=False),
    ],
    ids=["signed out", "idle", "too old", "person stopped"],
)
def test_a_session_that_is_over_opens_nothing(
    signed_in: TestClient, door: Engine, change: Any
) -> None:
    assert signed_in.get("/").status_code == 200
    with write_session(door) as session:
        session.execute(change)
    assert signed_in.get("/").status_code == 401
    with (
        pytest.raises(WebSocketDisconnect),
        signed_in.websocket_connect("/_stcore/stream"),
    ):
        pass


@pytest.mark.usefixtures("door")
def test_the_health_check_needs_no_session_and_asks_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer = browser().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    monkeypatch.setenv("MINYI_DATABASE_URL", f"sqlite:///{(tmp_path / 'empty.sqlite3').as_posix()}")
    data._office()[1].dispose()
    data._office.clear()
    assert browser().get("/healthz").status_code == 503


@pytest.mark.usefixtures("door")
def test_the_apps_own_files_are_open() -> None:
    for path in ("/assets/fonts.css", "/account/account.css", "/account/icon.svg"):
        assert browser().get(path).status_code == 200
    assert browser().get("/account/base.html").status_code == 404

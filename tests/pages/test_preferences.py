"""One's own language and password, on the account pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from starlette.testclient import TestClient

from db.engine import read_session, write_session
from db.models import SignInFailure, User
from services import accounts
from tests.pages.web import FOREIGN, browser, csrf, foreign_post, post

PASSWORD = "a long enough password"
NEW = "another long password"


@pytest.fixture
def administrator(door: Engine) -> int:
    now = datetime.now(UTC)
    with write_session(door) as session:
        return accounts.create_first_administrator(session, "admin", "王芳", PASSWORD, now).id


@pytest.fixture
def client(door: Engine, administrator: int) -> TestClient:
    """A browser in which the administrator is signed in."""
    return another(door, administrator)


def another(door: Engine, person: int) -> TestClient:
    opened = browser()
    with write_session(door) as session:
        token = accounts.sign_in(session, person, "10.0.0.7", datetime.now(UTC))
    opened.cookies["minyi_session"] = token
    assert opened.get("/account/password").status_code == 200
    return opened


def sign_in_answers(password: str) -> int:
    """The status of a sign-in somewhere else."""
    client = browser(address="10.0.0.9")
    assert csrf(client)
    return post(client, "/account/login", username="admin", password=password).status_code


def change(client: TestClient, old: str, new: str, repeated: str | None = None) -> Any:
    again = new if repeated is None else repeated
    return post(client, "/account/password", old=old, new=new, repeated=again)


def kept_language(door: Engine) -> str | None:
    with read_session(door) as session:
        return session.scalar(select(User.language))


def test_the_language_of_who_is_signed_in_is_kept_with_them(
    client: TestClient, door: Engine
) -> None:
    assert client.get("/account/language?to=en").headers["location"] == "/account/password"
    assert kept_language(door) == "en"
    assert '<html lang="en">' in client.get("/account/password").text
    client.get("/account/language?to=klingon")
    assert kept_language(door) == "zh"


def test_the_password_is_changed_by_who_knows_the_old_one(
    client: TestClient, door: Engine, administrator: int
) -> None:
    other = another(door, administrator)
    assert "密码已修改" in change(client, PASSWORD, NEW).text
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 401
    assert sign_in_answers(PASSWORD) == 401
    assert sign_in_answers(NEW) == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (("wrong", NEW), "当前密码不正确"),
        ((PASSWORD, "short"), "至少需要10个字符"),
        ((PASSWORD, NEW, NEW + "x"), "不一致"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(
    client: TestClient, fields: tuple[str, ...], sentence: str
) -> None:
    answer = change(client, *fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not any(field in answer.text for field in fields)
    assert sign_in_answers(PASSWORD) == 303


def test_only_tries_at_the_old_password_are_counted(client: TestClient, door: Engine) -> None:
    for _ in range(6):
        change(client, PASSWORD, "short")
    with read_session(door) as session:
        assert session.scalar(select(func.count()).select_from(SignInFailure)) == 0
    for _ in range(5):
        change(client, "wrong", NEW)
    assert "15分钟" in change(client, PASSWORD, NEW).text


@pytest.mark.parametrize("case", FOREIGN)
def test_a_form_of_another_site_changes_no_password(client: TestClient, case: str) -> None:
    fields = {"old": PASSWORD, "new": NEW, "repeated": NEW}
    assert foreign_post(client, case, "/account/password", fields).status_code == 403
    assert sign_in_answers(PASSWORD) == 303


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_changes_a_password_without_being_signed_in(method: str) -> None:
    send: Callable[[str], Any] = getattr(browser(), method)
    answer = send("/account/password")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account/login?next=/account/password"

"""The link by which a person sets their password: opened, refused, used once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update
from starlette.testclient import TestClient

from db.engine import write_session
from db.models import Invitation
from services import accounts
from services.admin import invitations
from services.admin.people import PersonFacts
from tests.pages.web import FOREIGN, browser, csrf, foreign_post, post

OLD, NEW = "a long enough password", "what I alone shall know"
STAFF = PersonFacts("张三", "community_staff", "c02")


@pytest.fixture
def token(door: Engine) -> str:
    """The token of a link made just now for zhang.san."""
    at = datetime.now(UTC)
    with write_session(door) as session:
        admin = accounts.create_first_administrator(session, "admin", "王芳", OLD, at)
        return invitations.invite(session, admin, "zhang.san", STAFF, at).token


@pytest.fixture
def client(token: str) -> TestClient:
    opened = browser()
    assert opened.get(f"/account/invite?token={token}").status_code == 200
    return opened


def set_password(
    client: TestClient, token: str, new: str = NEW, repeated: str | None = None
) -> object:
    repeated = new if repeated is None else repeated
    return post(client, "/account/invite", token=token, new=new, repeated=repeated)


def can_sign_in(password: str) -> bool:
    client = browser(address="10.0.0.8")
    assert csrf(client)
    answer = post(client, "/account/login", username="zhang.san", password=password)
    return answer.status_code == 303


def test_the_link_leads_to_a_form_that_names_the_person(client: TestClient, token: str) -> None:
    answer = client.get(f"/account/invite?token={token}")
    assert "zhang.san" in answer.text
    assert f'name="token" value="{token}"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_setting_the_password_lets_the_person_sign_in(client: TestClient, token: str) -> None:
    assert not can_sign_in(NEW)
    answer = set_password(client, token)
    assert answer.status_code == 200
    assert "密码已设置" in answer.text
    assert can_sign_in(NEW)


def test_a_used_link_sets_nothing_more(client: TestClient, token: str) -> None:
    set_password(client, token)
    answer = set_password(client, token, "somebody else's choice")
    assert answer.status_code == 404
    assert "已使用" in answer.text
    assert client.get(f"/account/invite?token={token}").status_code == 404
    assert can_sign_in(NEW)


@pytest.mark.parametrize(
    ("new", "repeated", "sentence"),
    [
        ("short", "short", "至少10个字符"),
        ("zhang.san", "zhang.san", "至少10个字符"),
        (NEW, "something different", "两次输入的新密码不一致"),
    ],
)
def test_a_refused_password_leaves_the_link_open(
    client: TestClient, token: str, new: str, repeated: str, sentence: str
) -> None:
    answer = set_password(client, token, new, repeated)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{token}"' in answer.text
    assert set_password(client, token).status_code == 200


@pytest.mark.parametrize("made_up", ["", "x", "%27--", "<script>alert(1)</script>"])
def test_a_made_up_link_is_refused_without_an_echo(client: TestClient, made_up: str) -> None:
    for answer in (
        client.get("/account/invite", params={"token": made_up}),
        set_password(client, made_up),
    ):
        assert answer.status_code == 404
        assert "向管理员索取新链接" in answer.text
        assert "<script>alert" not in answer.text


def test_an_old_link_is_refused(client: TestClient, token: str, door: Engine) -> None:
    with write_session(door) as session:
        session.execute(
            update(Invitation).values(expires_at=datetime.now(UTC) - timedelta(minutes=1))
        )
    assert set_password(client, token).status_code == 404
    assert not can_sign_in(NEW)


@pytest.mark.parametrize("case", FOREIGN)
def test_a_form_of_another_site_sets_no_password(client: TestClient, token: str, case: str) -> None:
    fields = {"token": token, "new": NEW, "repeated": NEW}
    assert foreign_post(client, case, "/account/invite", fields).status_code == 403
    assert not can_sign_in(NEW)


def test_the_language_can_be_changed_without_losing_the_link(
    client: TestClient, token: str
) -> None:
    here = f"/account/invite?token={token}"
    answer = client.get("/account/language", params={"to": "en", "next": here})
    assert answer.headers["location"] == here
    assert '<html lang="en">' in client.get(here).text


@pytest.mark.parametrize(
    "next_path", ["/account/invite?token=a&b=//evil.test", "/account/invite?token=", "//evil.test"]
)
def test_the_language_leads_nowhere_else(client: TestClient, next_path: str) -> None:
    answer = client.get("/account/language", params={"to": "en", "next": next_path})
    assert answer.headers["location"] == "/account/login?next=%2F"

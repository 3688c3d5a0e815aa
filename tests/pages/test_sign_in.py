"""The account pages: signing in and out, the demonstration, language, password."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update
from starlette.testclient import TestClient

from db.engine import read_session, write_session
from db.models import Office, User, UserSession
from pages.shared import data
from services import accounts
from services.settings import ROOT
from tests.builders import add_user
from tests.pages.web import FOREIGN, browser, csrf, foreign_post, post

PASSWORD = "a long enough password"
ROLES = ["official", "community_staff", "office_staff", "administrator"]


@pytest.fixture
def office(door: Engine) -> Engine:
    """A real office with its administrator."""
    with write_session(door) as session:
        accounts.create_first_administrator(session, "admin", "王芳", PASSWORD, datetime.now(UTC))
    return door


@pytest.fixture
def demonstration(door: Engine) -> Engine:
    """A demonstration office with a person of each role."""
    with write_session(door) as session:
        session.execute(
            update(Office).values(demonstration=True, demonstration_day=date(2023, 10, 28))
        )
        for role in ROLES:
            add_user(session, role, "c03" if role == "community_staff" else None)
    return door


@pytest.fixture
def client(office: Engine) -> TestClient:  # noqa: ARG001 (it must be there first)
    """A browser that has opened the sign-in page of the real office."""
    opened = browser()
    assert csrf(opened)
    return opened


def enter(client: TestClient, password: str = PASSWORD, **fields: str) -> object:
    return post(client, "/account/login", username="admin", password=password, **fields)


def is_in(client: TestClient) -> bool:
    return client.get("/").status_code == 200


def test_the_page_names_the_office_and_speaks_chinese_first(client: TestClient) -> None:
    answer = client.get("/account/login")
    assert answer.status_code == 200
    assert '<html lang="zh-CN">' in answer.text
    assert "测试街道" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_name_and_password_sign_in_and_lead_on(client: TestClient) -> None:
    answer = enter(client, next="/community?period=2023-10")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/community?period=2023-10"
    assert is_in(client)


def test_who_is_signed_in_is_led_past_the_sign_in_page(client: TestClient) -> None:
    enter(client)
    answer = client.get("/account/login?next=/domain")
    assert (answer.status_code, answer.headers["location"]) == (303, "/domain")


@pytest.mark.parametrize(
    "next_path",
    [
        "https://evil.test/", "//evil.test", "/\\evil.test", "\\\\evil.test", "evil.test",
        "javascript:alert(1)", "/\t/evil.test", "/ok\r\nSet-Cookie: a=b", "/account/logout", "",
    ],
)  # fmt: skip
def test_a_sign_in_leads_nowhere_but_to_a_page_of_the_app(
    client: TestClient, next_path: str
) -> None:
    assert enter(client, next=next_path).headers["location"] == "/"
    assert client.get("/account/login", params={"next": next_path}).headers["location"] == "/"


def session_cookie(answer: object) -> str:
    cookies = answer.headers.get_list("set-cookie")
    return next(cookie for cookie in cookies if cookie.startswith("minyi_session="))


def test_no_script_reads_the_cookie_and_no_other_site_sends_it(client: TestClient) -> None:
    cookie = session_cookie(enter(client))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert "Max-Age" not in cookie  # gone when the browser is closed


@pytest.mark.usefixtures("office")
def test_under_https_the_cookies_are_secure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = (ROOT / "config.toml").read_text(encoding="utf-8")
    (tmp_path / "config.toml").write_text(
        config.replace("https = false", "https = true"), encoding="utf-8"
    )
    monkeypatch.setenv("MINYI_CONFIG", str(tmp_path / "config.toml"))
    data._office()[1].dispose()
    data._office.clear()
    client = browser(base_url="https://office.test")
    assert "Secure" in client.get("/account/login").headers["set-cookie"]
    assert "Secure" in session_cookie(enter(client))


def test_a_failed_sign_in_keeps_the_name_and_says_so(client: TestClient) -> None:
    answer = enter(client, "wrong", next="/domain")
    assert answer.status_code == 401
    assert "用户名或密码不正确，请重新输入。" in answer.text
    assert 'value="admin"' in answer.text
    assert 'name="next" value="/domain"' in answer.text
    assert "wrong" not in answer.text
    assert not is_in(client)


def test_what_was_typed_is_shown_as_text(client: TestClient) -> None:
    answer = post(client, "/account/login", username='"><script>alert(1)</script>', password="x")
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_after_five_failures_even_the_right_password_is_refused_from_there(
    client: TestClient,
) -> None:
    for _ in range(5):
        assert "不正确" in enter(client, "wrong").text
    refused = enter(client)
    assert refused.status_code == 401
    assert "15分钟" in refused.text
    elsewhere = browser(address="10.0.0.8")
    assert csrf(elsewhere)
    assert enter(elsewhere).status_code == 303


@pytest.mark.parametrize("case", FOREIGN)
def test_a_form_of_another_site_signs_nobody_in(client: TestClient, case: str) -> None:
    fields = {"username": "admin", "password": PASSWORD}
    answer = foreign_post(client, case, "/account/login", fields)
    assert answer.status_code == 403
    assert "页面已过期" in answer.text
    assert not is_in(client)


@pytest.mark.parametrize("case", FOREIGN)
def test_a_form_of_another_site_signs_nobody_out(client: TestClient, case: str) -> None:
    enter(client)
    assert foreign_post(client, case, "/account/logout", {}).headers["location"] == (
        "/account/logout"
    )
    assert is_in(client)


@pytest.mark.parametrize("case", FOREIGN)
@pytest.mark.usefixtures("demonstration")
def test_a_form_of_another_site_enters_no_demonstration(case: str) -> None:
    client = elsewhere()
    answer = foreign_post(client, case, "/account/experience", {"role": "administrator"})
    assert answer.status_code == 403
    assert not is_in(client)


def elsewhere() -> TestClient:
    client = browser(address="10.0.0.9")
    assert csrf(client)
    return client


def test_a_form_larger_than_any_of_ours_is_refused_unread(client: TestClient) -> None:
    assert enter(client, "x" * 10_001).status_code == 413
    assert is_in(client) is False


def test_signing_out_ends_the_session_in_every_tab(client: TestClient) -> None:
    enter(client)
    other_tab = browser()
    other_tab.cookies["minyi_session"] = client.cookies["minyi_session"]
    assert is_in(other_tab)
    assert "退出登录" in client.get("/account/logout").text
    assert is_in(other_tab)
    assert post(client, "/account/logout").headers["location"] == "/account/login"
    assert "minyi_session" not in client.cookies
    assert not is_in(other_tab)


def test_a_new_sign_in_ends_the_browsers_earlier_session(
    client: TestClient, office: Engine
) -> None:
    enter(client)
    before = client.cookies["minyi_session"]
    enter(client)
    assert client.cookies["minyi_session"] != before
    with read_session(office) as session:
        still_open = select(func.count()).where(UserSession.ended_at.is_(None))
        assert session.scalar(still_open) == 1


def test_a_real_office_offers_no_roles_to_try_and_lets_nobody_in_by_one(
    client: TestClient,
) -> None:
    assert "data-role" not in client.get("/account/login").text
    answer = post(client, "/account/experience", role="administrator")
    assert answer.status_code == 403
    assert "只有演示环境" in answer.text
    assert not is_in(client)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("role", ROLES)
def test_the_demonstration_is_entered_as_any_role_by_one_button(role: str) -> None:
    client = elsewhere()
    page = client.get("/account/login").text
    assert re.findall(r'data-role="(\w+)"', page) == ROLES
    assert "演示数据" in page
    answer = post(client, "/account/experience", role=role, next="/domain")
    assert (answer.status_code, answer.headers["location"]) == (303, "/domain")
    assert is_in(client)


@pytest.mark.usefixtures("demonstration")
def test_the_demonstration_has_no_other_roles() -> None:
    assert post(elsewhere(), "/account/experience", role="mayor").status_code == 403


def test_the_language_chosen_before_the_sign_in_goes_with_the_person(
    client: TestClient, office: Engine
) -> None:
    answer = client.get("/account/language?to=en&next=/domain")
    assert answer.headers["location"] == "/account/login?next=%2Fdomain"
    page = client.get("/account/login").text
    assert '<html lang="en">' in page
    assert "Test Subdistrict" in page
    assert "Sign in" in page
    enter(client)
    assert "minyi_language" not in client.cookies
    with read_session(office) as session:
        assert session.scalar(select(User.language)) == "en"
    assert '<html lang="en">' in client.get("/account/password").text

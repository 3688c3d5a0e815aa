"""Making users, their password and language, and what is logged of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change, User
from db.reads.office import data_version
from services import accounts
from services.errors import InvalidEntry, NotPermitted, SignInFailed
from services.permissions import CurrentUser
from services.settings import SignInSettings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LIMITS = SignInSettings()
HERE = "10.0.0.7"
PASSWORD = "一二三四五六七八九十"


@pytest.fixture
def administrator(session: Session) -> CurrentUser:
    return accounts.create_first_administrator(session, "admin", "管理员", PASSWORD, NOW)


def begin(session: Session, user_id: int) -> str:
    """The hash of a session begun now."""
    return accounts.token_hash(accounts.sign_in(session, user_id, HERE, NOW))


def test_the_first_administrator_is_made_once(session: Session, administrator: CurrentUser) -> None:
    assert administrator.role == "administrator"
    with pytest.raises(NotPermitted, match="已经有管理员"):
        accounts.create_first_administrator(session, "second", "乙", PASSWORD, NOW)


def new_user(session: Session, by: CurrentUser, **changes: str | None) -> CurrentUser:
    person = {
        "username": "zhang.san",
        "name": "张三",
        "role": "community_staff",
        "community": "c02",
        "password": PASSWORD,
    }
    return accounts.create_user(session, by, NOW, **(person | changes))


def test_an_administrator_makes_users_who_can_then_sign_in(
    session: Session, administrator: CurrentUser
) -> None:
    made = new_user(session, administrator)
    assert (made.role, made.community, made.language) == ("community_staff", "c02", "zh")
    assert accounts.check_password(session, "Zhang.San", PASSWORD) == made.id


@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_nobody_else_makes_users(session: Session, role: str) -> None:
    by = CurrentUser(1, "x", "某", role, "c01" if role == "community_staff" else None, "zh")
    with pytest.raises(NotPermitted):
        new_user(session, by)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "a"}, "username"),
        ({"username": "zhang san"}, "username"),
        ({"username": "<b>"}, "username"),
        ({"name": "  "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"role": "mayor"}, "role"),
        ({"community": None}, "community"),
        ({"community": "c99"}, "community"),
        ({"role": "official", "community": "c01"}, "community"),
        ({"password": "九个字符不够呀好"}, "password"),
        ({"password": "Zhang.San"}, "password"),
        ({"username": "zhangsan.1976", "password": "ZhangSan.1976"}, "password"),
        ({"password": "1111111111"}, "password"),
        ({"password": "x1y2z3" * 50}, "password"),
    ],
)
def test_a_user_that_cannot_be_is_refused_with_the_place_of_the_mistake(
    session: Session, administrator: CurrentUser, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        new_user(session, administrator, **changes)
    assert refused.value.field == field
    assert refused.value.sentence


def test_a_username_is_given_once(session: Session, administrator: CurrentUser) -> None:
    new_user(session, administrator)
    with pytest.raises(InvalidEntry, match="zhang.san"):
        new_user(session, administrator, username="ZHANG.SAN", name="张三丰")


def test_changing_the_password_needs_the_old_one_and_ends_the_sessions_elsewhere(
    session: Session, administrator: CurrentUser
) -> None:
    here, elsewhere = begin(session, administrator.id), begin(session, administrator.id)
    new = "another long password"
    with pytest.raises(SignInFailed, match="当前密码不正确"):
        accounts.change_password(session, administrator, "wrong", new, here, HERE, NOW)
    with pytest.raises(InvalidEntry):
        accounts.change_password(session, administrator, PASSWORD, "short", here, HERE, NOW)
    accounts.change_password(session, administrator, PASSWORD, new, here, HERE, NOW)
    assert accounts.check_password(session, "admin", new) == administrator.id
    with pytest.raises(SignInFailed):
        accounts.check_password(session, "admin", PASSWORD)
    assert accounts.person_of(session, here, NOW, LIMITS) is not None
    assert accounts.person_of(session, elsewhere, NOW, LIMITS) is None


def test_the_language_is_kept_with_the_person(session: Session, administrator: CurrentUser) -> None:
    kept = begin(session, administrator.id)
    accounts.choose_language(session, administrator, "en", NOW)
    signed_in = accounts.person_of(session, kept, NOW, LIMITS)
    assert signed_in is not None
    assert signed_in.user.language == "en"
    with pytest.raises(InvalidEntry):
        accounts.choose_language(session, administrator, "xx", NOW)


def test_everything_is_logged_and_no_password_ever(
    session: Session, administrator: CurrentUser
) -> None:
    made = new_user(session, administrator)
    kept = begin(session, made.id)
    accounts.choose_language(session, made, "en", NOW)
    accounts.change_password(session, made, PASSWORD, "another long password", kept, HERE, NOW)
    accounts.sign_out(session, kept, NOW)
    session.flush()
    lines = session.scalars(select(Change).order_by(Change.id)).all()
    assert [(line.user_name, line.action, line.entity) for line in lines] == [
        ("", "create", "user"),
        ("管理员", "create", "user"),
        ("张三", "sign_in", "session"),
        ("张三", "choose_language", "user"),
        ("张三", "change_password", "user"),
        ("张三", "sign_out", "session"),
    ]
    hashes = session.scalars(select(User.password_hash)).all()
    for line in lines:
        text = f"{line.before}{line.after}{line.reason}"
        assert not any(secret in text for secret in (PASSWORD, "another long", kept, *hashes))


def test_signing_in_leaves_the_kept_answers_valid(
    session: Session, administrator: CurrentUser
) -> None:
    session.commit()  # a transaction raises the version once
    before = data_version(session)
    accounts.sign_out(session, begin(session, administrator.id), NOW)
    assert data_version(session) == before
    new_user(session, administrator)
    assert data_version(session) == before + 1

"""Signing in, and staying signed in. The clock is always passed in."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update

from db.engine import Session, make_engine, read_session, write_session
from db.models import Office, SignInFailure, User, UserSession
from services import accounts, passwords
from services.errors import NotPermitted, SignInFailed
from services.permissions import CurrentUser
from services.settings import SignInSettings
from tests.builders import add_user

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LIMITS = SignInSettings()
HERE = "10.0.0.7"
PASSWORD = "一二三四五六七八九十"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.fixture
def administrator(session: Session) -> CurrentUser:
    return accounts.create_first_administrator(session, "admin", "管理员", PASSWORD, NOW)


def begin(session: Session, user_id: int, now: datetime = NOW) -> str:
    """The hash of a session begun now."""
    return accounts.token_hash(accounts.sign_in(session, user_id, HERE, now))


def attempt(
    engine: Engine, username: str, password: str, now: datetime, address: str = HERE
) -> str:
    """Sign in as the sign-in page does: three units of work."""
    with write_session(engine) as session:
        accounts.count_attempt(session, username, address, now, LIMITS)
    with read_session(engine) as session:
        user_id = accounts.check_password(session, username, password)
    with write_session(engine) as session:
        return accounts.sign_in(session, user_id, address, now)


def fail(engine: Engine, times: int, username: str = "admin", now: datetime = NOW) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed, match="用户名或密码不正确"):
            attempt(engine, username, "not the password", now)


@pytest.fixture
def office_with_administrator(engine: Engine) -> Engine:
    with write_session(engine) as session:
        accounts.create_first_administrator(session, "admin", "管理员", PASSWORD, NOW)
    return engine


def test_the_right_password_begins_a_session_and_only_its_hash_is_stored(
    office_with_administrator: Engine,
) -> None:
    token = attempt(office_with_administrator, "admin", PASSWORD, NOW)
    with read_session(office_with_administrator) as session:
        kept = session.scalars(select(UserSession)).one()
        assert kept.token_hash == accounts.token_hash(token) != token
        assert len(token) >= 43  # 256 bits in base64
        signed_in = accounts.person_of(session, kept.token_hash, NOW, LIMITS)
        assert signed_in is not None
        assert signed_in.user.username == "admin"
        assert accounts.person_of(session, token, NOW, LIMITS) is None


def test_a_username_is_the_same_however_its_letters_were_typed(
    office_with_administrator: Engine,
) -> None:
    assert attempt(office_with_administrator, "  ＡDmin ", PASSWORD, NOW)


def test_full_width_letters_in_a_password_count_as_plain_ones() -> None:
    assert passwords.matches("ａｂｃｄ１２３４５６", passwords.hashed("abcd123456"))


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("admin", "not the password"),
        ("nobody", PASSWORD),
        ("nobody", "nobody has this password"),
        ("", ""),
        ("admin\x00", "x" * 5000),
        ("长" * 500, PASSWORD),
    ],
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_sentence(
    office_with_administrator: Engine, username: str, password: str
) -> None:
    with pytest.raises(SignInFailed, match="用户名或密码不正确"):
        attempt(office_with_administrator, username, password, NOW)


def test_a_person_without_a_password_cannot_sign_in_with_one(engine: Engine) -> None:
    with write_session(engine) as session:
        add_user(session, "official")
    for password in ("", "nobody has this password"):
        with pytest.raises(SignInFailed):
            attempt(engine, "official", password, NOW)


def test_a_failed_try_is_counted_although_the_service_raised(
    office_with_administrator: Engine,
) -> None:
    fail(office_with_administrator, 1)
    with read_session(office_with_administrator) as session:
        assert session.scalar(select(func.count()).select_from(SignInFailure)) == 1


def test_the_sixth_try_within_a_quarter_of_an_hour_is_refused_even_with_the_right_password(
    office_with_administrator: Engine,
) -> None:
    fail(office_with_administrator, 5)
    with pytest.raises(SignInFailed, match="15分钟"):
        attempt(office_with_administrator, "admin", PASSWORD, NOW + minutes(14.9))
    assert attempt(office_with_administrator, "admin", PASSWORD, NOW + minutes(15))


def test_the_limit_is_of_a_person_and_an_address_together(
    office_with_administrator: Engine,
) -> None:
    fail(office_with_administrator, 5)
    fail(office_with_administrator, 1, username="nobody")
    assert attempt(office_with_administrator, "admin", PASSWORD, NOW, address="10.0.0.8")


def test_a_success_takes_the_count_back(office_with_administrator: Engine) -> None:
    fail(office_with_administrator, 4)
    attempt(office_with_administrator, "admin", PASSWORD, NOW)
    fail(office_with_administrator, 5)


def test_tries_at_the_same_moment_do_not_slip_past_the_limit(
    office_with_administrator: Engine,
) -> None:
    def one_try(_: int) -> str:
        try:
            return attempt(office_with_administrator, "admin", "not the password", NOW)
        except SignInFailed as refused:
            return refused.sentence

    with ThreadPoolExecutor(12) as pool:
        sentences = list(pool.map(one_try, range(12)))
    assert sum("不正确" in sentence for sentence in sentences) == LIMITS.failures_allowed


def test_no_more_than_four_hashes_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[int] = []
    most: list[int] = []
    kept = passwords.hashed(PASSWORD)
    four = threading.Barrier(4)

    class Watched:
        def verify(self, *_: str) -> bool:
            running.append(1)
            most.append(len(running))
            four.wait(60)  # nobody goes on before there are four
            running.pop()
            return True

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(lambda _: passwords.matches(PASSWORD, kept), range(32)))
    assert max(most) == 4


def test_half_an_hour_without_a_sign_of_life_ends_the_session(
    session: Session, administrator: CurrentUser
) -> None:
    kept = begin(session, administrator.id)
    assert accounts.person_of(session, kept, NOW + minutes(30), LIMITS) is not None
    assert accounts.person_of(session, kept, NOW + minutes(30.1), LIMITS) is None


def test_twelve_hours_end_the_session_however_busy_it_was(
    session: Session, administrator: CurrentUser
) -> None:
    kept = begin(session, administrator.id)
    for step in range(1, 12 * 4 + 1):
        moment = NOW + minutes(15 * step)
        assert accounts.person_of(session, kept, moment, LIMITS) is not None
        accounts.note_seen(session, kept, moment)
    assert accounts.person_of(session, kept, NOW + minutes(12 * 60 + 1), LIMITS) is None


def test_a_sign_of_life_is_written_at_most_once_a_minute(
    session: Session, administrator: CurrentUser
) -> None:
    kept = begin(session, administrator.id)

    def unseen(after: float) -> bool:
        signed_in = accounts.person_of(session, kept, NOW + minutes(after), LIMITS)
        assert signed_in is not None
        return signed_in.unseen

    assert not unseen(0.9)
    assert unseen(1)
    accounts.note_seen(session, kept, NOW + minutes(1))
    session.expire_all()
    assert not unseen(1.9)


def test_an_ended_session_stays_ended(session: Session, administrator: CurrentUser) -> None:
    kept, other = begin(session, administrator.id), begin(session, administrator.id)
    accounts.sign_out(session, kept, NOW)
    session.flush()
    assert accounts.person_of(session, kept, NOW, LIMITS) is None
    assert accounts.person_of(session, other, NOW, LIMITS) is not None
    accounts.sign_out(session, kept, NOW)
    accounts.sign_out(session, "no such session", NOW)


def test_a_person_who_was_stopped_is_signed_out_at_once(
    session: Session, administrator: CurrentUser
) -> None:
    kept = begin(session, administrator.id)
    session.execute(update(User).where(User.id == administrator.id).values(active=False))
    assert accounts.person_of(session, kept, NOW, LIMITS) is None
    with pytest.raises(SignInFailed, match="不正确"):
        accounts.check_password(session, "admin", PASSWORD)
    with pytest.raises(SignInFailed, match="停用"):
        accounts.sign_in(session, administrator.id, HERE, NOW)


def test_without_a_password_one_signs_in_only_in_the_demonstration_office(
    session: Session,
) -> None:
    add_user(session, "official")
    with pytest.raises(NotPermitted, match="演示"):
        accounts.sign_in_demo(session, "official", HERE, NOW)
    session.execute(update(Office).values(demonstration=True, demonstration_day=date(2023, 10, 28)))
    token = accounts.sign_in_demo(session, "official", HERE, NOW)
    signed_in = accounts.person_of(session, accounts.token_hash(token), NOW, LIMITS)
    assert signed_in is not None
    assert signed_in.user.role == "official"


def test_the_database_answers_only_when_it_holds_our_tables(engine: Engine, tmp_path: Path) -> None:
    with read_session(engine) as session:
        assert accounts.database_answers(session)
    empty = make_engine(f"sqlite:///{(tmp_path / 'empty.sqlite3').as_posix()}")
    with read_session(empty) as session:
        assert not accounts.database_answers(session)
    empty.dispose()

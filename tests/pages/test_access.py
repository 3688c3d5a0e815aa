"""Inside a page: who is signed in, the guard, the day, and what a person sees of an error."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import Office, UserSession
from pages.shared.access import clock_time, now, today
from services import accounts
from services.periods import OFFICE_CLOCK
from services.permissions import ALLOWED
from tests.builders import add_user
from tests.pages.app import LONGEST


def session_of(door: Engine, role: str, language: str = "zh") -> str:
    """The hash of a session of a new person of this role."""
    own = "c01" if role == "community_staff" else None
    with write_session(door) as session:
        person = add_user(session, role, own, language=language)
        return accounts.token_hash(
            accounts.sign_in(session, person.id, "10.0.0.7", datetime.now(UTC))
        )


def run(script: object, kept_hash: str | None, **arguments: str) -> AppTest:
    page = AppTest.from_function(script, default_timeout=LONGEST, kwargs=arguments)
    page.user = {"session": kept_hash}
    return page.run()


def guarded(action: str) -> None:
    import streamlit as st

    from pages.shared.access import guard

    st.text(guard(action).username)


@pytest.mark.parametrize("role", ALLOWED)
def test_the_guard_lets_a_page_be_drawn_for_whom_it_is_and_for_nobody_else(
    door: Engine, role: str
) -> None:
    kept_hash = session_of(door, role)
    for action in ("see", "enter_activity", "record_survey", "manage_users"):
        page = run(guarded, kept_hash, action=action)
        assert not page.exception
        allowed = action in ALLOWED[role]
        assert [text.value.startswith(role) for text in page.text] == ([True] if allowed else [])
        assert [head.value for head in page.header] == ([] if allowed else ["没有权限"])


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("kept_hash", [None, "", "0" * 64])
def test_without_a_session_a_page_only_asks_to_sign_in(kept_hash: str | None) -> None:
    page = run(guarded, kept_hash, action="see")
    assert [warning.value for warning in page.warning] == ["登录已失效，请重新登录。"]
    assert not page.text


def test_a_session_that_ended_meanwhile_stops_the_next_run(door: Engine) -> None:
    kept_hash = session_of(door, "official")
    page = run(guarded, kept_hash, action="see")
    assert len(page.text) == 1
    with write_session(door) as session:
        accounts.sign_out(session, kept_hash, datetime.now(UTC))
    page.run()
    assert not page.text
    assert len(page.warning) == 1


def test_a_sign_of_life_is_written_when_the_last_is_a_minute_old(door: Engine) -> None:
    kept_hash = session_of(door, "official")

    def last_seen() -> datetime:
        with read_session(door) as session:
            return session.scalars(select(UserSession.last_seen)).one()

    began = last_seen()
    run(guarded, kept_hash, action="see")
    assert last_seen() == began
    with write_session(door) as session:
        session.execute(update(UserSession).values(last_seen=began - timedelta(minutes=5)))
    run(guarded, kept_hash, action="see")
    assert last_seen() >= began


def test_the_demonstration_has_its_own_day_and_a_real_office_that_of_china(door: Engine) -> None:
    def in_china() -> date:
        return (datetime.now(UTC) + timedelta(hours=8)).date()

    before = in_china()
    assert before <= today() <= in_china()
    assert before <= now().astimezone(OFFICE_CLOCK).date() <= in_china()
    with write_session(door) as session:
        session.execute(
            update(Office).values(demonstration=True, demonstration_day=date(2023, 10, 28))
        )
        accounts.create_first_administrator(  # any write that raises the data version
            session, "admin", "王芳", "a long enough password", datetime.now(UTC)
        )
    assert today() == date(2023, 10, 28)
    noon = datetime(2023, 10, 28, 12, tzinfo=OFFICE_CLOCK)  # there the demonstration's records end
    assert noon <= now() < noon + timedelta(hours=12)
    assert before <= clock_time().astimezone(OFFICE_CLOCK).date() <= in_china()


def failing(kind: str) -> None:
    from pages.shared.problems import show_problem
    from services.errors import NotFound

    if kind == "ours":
        show_problem(NotFound("没有*这条*记录。"))
    else:
        show_problem(ValueError("the secret detail"))


def test_an_error_of_ours_is_shown_as_its_sentence_and_not_as_markup() -> None:
    page = run(failing, None, kind="ours")
    assert [error.value for error in page.error] == [r"没有\*这条\*记录。"]


def test_any_other_error_is_logged_and_only_its_number_is_shown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, logger="minyi"):
        page = run(failing, None, kind="other")
    (shown,) = [error.value for error in page.error]
    assert "secret" not in shown
    number = re.search(r"编号 (\w{6}) ", shown)
    assert number is not None
    assert number[1] in caplog.text
    assert "the secret detail" in caplog.text

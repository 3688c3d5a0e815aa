"""The page of things to do: empty, and with the way to each."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine

from db.engine import Session, write_session
from db.models import Office
from tests.activity_cases import person
from tests.pages.app import heading, office_day, opened, signed_in
from tests.pages.entry_steps import enter
from tests.unit.test_commitments import made

PAGE = "entry/due"


def test_with_nothing_to_do_the_page_says_so(door: Engine) -> None:
    at = opened(signed_in(door, "official"), PAGE)
    assert heading(at) == "待办：0 项"
    assert at.info[0].value == "没有要办的事。"


def test_what_is_due_within_a_week_says_so(door: Engine) -> None:
    day = office_day() + timedelta(days=5)
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        made(session, person(session, "administrator"), due_on=day)
    at = opened(signed_in(door, "office_staff"), PAGE)
    assert heading(at) == "待办：1 项"
    assert "将到期" in at.caption[0].value
    assert "超期" not in at.caption[0].value


def test_what_waits_is_a_line_that_leads_there(door: Engine) -> None:
    with write_session(door) as session:
        session.get_one(Office, 1).approval = True
    enter(door)
    at = opened(signed_in(door, "office_staff"), PAGE)
    assert not at.exception
    assert heading(at) == "待办：1 项"
    link = at.get("page_link")[0].proto
    assert link.label.replace("\\", "") == "审核甲社区的 1 条记录"

"""The page of things to do: empty, and with the way to each."""

from __future__ import annotations

from sqlalchemy import Engine

from db.engine import write_session
from db.models import Office
from tests.pages.app import heading, opened, signed_in
from tests.pages.entry_steps import enter

PAGE = "entry/due"


def test_with_nothing_to_do_the_page_says_so(door: Engine) -> None:
    at = opened(signed_in(door, "official"), PAGE)
    assert heading(at) == "待办：0 项"
    assert at.info[0].value == "没有要办的事。"


def test_what_waits_is_a_line_that_leads_there(door: Engine) -> None:
    with write_session(door) as session:
        session.get_one(Office, 1).approval = True
    enter(door)
    at = opened(signed_in(door, "office_staff"), PAGE)
    assert not at.exception
    assert heading(at) == "待办：1 项"
    link = at.get("page_link")[0].proto
    assert link.label.replace("\\", "") == "审核甲社区的 1 条记录"

"""操作日志: every filter of the page narrows the lines; nothing in them is markup."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db.engine import write_session
from db.writes.log import Author, log_change
from tests.builders import add_user
from tests.pages.app import opened, signed_in
from tests.pages.entry_steps import said

PAGE = "admin/audit"
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def log(door: Engine) -> Engine:
    """A correction by one person, and 30 voidings a day later by another."""
    with write_session(door) as session:
        one, two = (add_user(session, "office_staff", username=name) for name in ("one", "two"))
        log_change(session, Author(one.id, "甲", AT), "correct", "activity", "A000001",
                   before={"note": "<b>旧</b>"}, after={"note": "![x](http://x.test/y.png)"},
                   reason="数错了")  # fmt: skip
        for number in range(30):
            log_change(session, Author(two.id, "乙", AT + timedelta(days=1)), "void", "target",
                       f"T{number}")  # fmt: skip
    return door


def page(log: Engine, **query: str) -> AppTest:
    return opened(signed_in(log, "administrator"), PAGE, **query)


def lines(at: AppTest) -> list[str]:
    return [text.value for text in at.text if " · " in text.value]


def test_lines_say_who_when_and_from_what_to_what_as_plain_text(log: Engine) -> None:
    at = page(log)
    at.text_input(key="log-number").set_value("A000001").run()
    assert lines(at) == ["更正 · 活动记录 A000001"]
    assert "2026-03-02 09:00 甲" in [caption.value for caption in at.caption]
    shown = [text.value for text in at.text]
    assert "备注：<b>旧</b> → ![x](http://x.test/y.png)" in shown
    assert "原因：数错了" in shown


def test_the_address_narrows_by_person_and_kind(log: Engine) -> None:
    at = page(log, kind="activity")
    assert lines(at) == ["更正 · 活动记录 A000001"]
    at.selectbox(key="filter-kind").set_value("target").run()
    assert at.query_params["kind"] == "target"
    assert len(lines(at)) == 20
    assert "共 30 条" in " ".join(caption.value for caption in at.caption)


def test_days_and_words_narrow(log: Engine) -> None:
    at = page(log)
    at.date_input(key="log-first").set_value(date(2026, 3, 1))
    at.date_input(key="log-last").set_value(date(2026, 3, 2)).run()
    assert lines(at) == ["更正 · 活动记录 A000001"]
    at.text_input(key="log-words").set_value("没有").run()
    assert lines(at) == []
    assert "没有符合条件的操作" in said(at.info)


def test_days_in_disorder_end_in_a_sentence(log: Engine) -> None:
    at = page(log)
    at.date_input(key="log-first").set_value(date(2026, 3, 2))
    at.date_input(key="log-last").set_value(date(2026, 3, 1)).run()
    assert "结束日期不能早于开始日期" in said(at.error)
    assert not at.exception

"""A new office without communities: pages say what comes first, and lead who may do it there."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, update
from streamlit.testing.v1 import AppTest

from db.engine import write_session
from db.models import Community
from db.writes.log import raise_version
from tests.pages.app import opened, signed_in


@pytest.fixture
def new_office(door: Engine) -> Engine:
    with write_session(door) as session:
        session.execute(update(Community).values(active=False))
        raise_version(session)
    return door


def links(at: AppTest) -> list[str]:
    return [link.proto.label for link in at.get("page_link")]


def test_pages_say_that_communities_come_first(new_office: Engine) -> None:
    at = signed_in(new_office, "administrator")
    pages = ("review/overview", "review/community", "entry/activity", "entry/batch")
    for page in (*pages, "entry/import_file"):
        shown = opened(at, page)
        assert not shown.exception
        assert [info.value for info in shown.info] == [
            "还没有社区。请系统管理员先在“管理 · 社区与人口”添加社区，再填报和统计。"
        ]
        assert "添加社区" in links(shown)


def test_who_may_not_add_them_is_not_led_there(new_office: Engine) -> None:
    at = opened(signed_in(new_office, "official"), "review/overview")
    assert (len(at.info), links(at)) == (1, [])

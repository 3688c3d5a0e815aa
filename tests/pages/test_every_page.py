"""Every page, for every role, in the empty and in the demonstration office."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from services.permissions import ALLOWED
from tests.pages.app import heading, opened, signed_in

PAGES = {
    "review/overview": "see",
    "review/community": "see",
    "review/domain": "see",
    "review/satisfaction": "see",
    "review/effect": "see",
    "review/records": "see",
    "review/methods": "see",
    "entry/activity": "enter_activity",
    "entry/mine": "enter_activity",
    "followup/feedback": "see_feedback",
    "followup/commitments": "see",
    "admin/surveys": "record_survey",
    "admin/targets": "manage_catalogue",
    "admin/users": "manage_users",
    "admin/places": "manage_catalogue",
    "admin/catalogue": "manage_catalogue",
    "admin/audit": "manage_users",
    "admin/backups": "manage_users",
}


def says_demonstration(app: AppTest) -> bool:
    return any("演示数据" in shown.value for shown in app.main.markdown)


@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_demonstration_office_is_drawn_or_refused(
    demonstration: Engine, page: str, role: str
) -> None:
    app = opened(signed_in(demonstration, role), page)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert (heading(app) == "没有权限") == (PAGES[page] not in ALLOWED[role])
    assert says_demonstration(app)


@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_empty_office_is_drawn_or_refused(door: Engine, page: str, role: str) -> None:
    app = opened(signed_in(door, role), page)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert (heading(app) == "没有权限") == (PAGES[page] not in ALLOWED[role])
    assert not says_demonstration(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_english(demonstration: Engine, page: str) -> None:
    app = opened(signed_in(demonstration, "administrator", language="en"), page)
    assert not app.exception
    assert heading(app).isascii() or "–" in heading(app)

"""Every page, for every role, in the empty and in the demonstration office."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from services.i18n import use_language
from services.permissions import ALLOWED
from services.settings import ROOT
from tests.pages.app import heading, opened, signed_in

PAGES = {
    "review/overview": "see",
    "review/community": "see",
    "review/domain": "see",
    "review/satisfaction": "see",
    "review/coverage": "see",
    "review/effect": "see",
    "review/records": "see",
    "review/methods": "see",
    "entry/due": "see",
    "entry/activity": "enter_activity",
    "entry/batch": "enter_activity",
    "entry/import_file": "enter_activity",
    "entry/mine": "enter_activity",
    "entry/review": "approve_activity",
    "followup/feedback": "see_feedback",
    "followup/inspections": "see",
    "followup/commitments": "see",
    "followup/rhythm": "see",
    "meeting/pack": "comment_meeting",
    "meeting/present": "see",
    "meeting/bulletin": "see",
    "admin/surveys": "record_survey",
    "admin/import_survey": "record_survey",
    "admin/targets": "manage_catalogue",
    "admin/users": "manage_users",
    "admin/places": "manage_catalogue",
    "admin/catalogue": "manage_catalogue",
    "admin/audit": "manage_users",
    "admin/backups": "manage_users",
}

FILES = [file for file in (ROOT / "pages").glob("*/*.py") if file.parent.name != "shared"]


def says_demonstration(app: AppTest) -> bool:
    return any("演示数据" in shown.value for shown in app.main.markdown)


def visit_all(app: AppTest, role: str, *, demonstration: bool) -> None:
    """Go through the pages one after another: each is drawn, or refused in our own words."""
    for page, action in PAGES.items():
        opened(app, page)
        assert not app.exception, page
        assert [error.value for error in app.error] == [], page
        assert (heading(app) == "没有权限") == (action not in ALLOWED[role]), page
        assert says_demonstration(app) == demonstration, page


@pytest.mark.parametrize("role", ALLOWED)
def test_every_page_of_the_demonstration_office_is_drawn_or_refused(
    demonstration: Engine, role: str
) -> None:
    visit_all(signed_in(demonstration, role), role, demonstration=True)


@pytest.mark.dialects("sqlite", "postgresql")
@pytest.mark.parametrize("role", ALLOWED)
def test_every_page_of_an_empty_office_is_drawn_or_refused(door: Engine, role: str) -> None:
    visit_all(signed_in(door, role), role, demonstration=False)


def test_every_page_speaks_english(demonstration: Engine) -> None:
    app = signed_in(demonstration, "administrator", language="en")
    use_language("en")  # AppTest asks the widgets for their labels from here
    for page in PAGES:
        opened(app, page)
        assert not app.exception, page
        assert heading(app).isascii() or "–" in heading(app), page


def test_every_page_of_the_menu_is_tried() -> None:
    files = {str(file.relative_to(ROOT / "pages").with_suffix("")) for file in FILES}
    assert files == set(PAGES)

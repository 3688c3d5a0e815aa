"""The README's picture: the first screen of the demonstration office, as it is now."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from services.settings import ROOT
from tests.e2e.steps import settle, sign_in_as

PICTURE = ROOT / "docs" / "overview.png"


def test_the_picture_in_the_readme_can_be_taken(page: Page, tmp_path: Path) -> None:
    """MINYI_TEST_PICTURE=1 and this test alone put it into docs/; else it is only taken."""
    sign_in_as(page, "official")
    page.set_viewport_size({"width": 1440, "height": 2560})
    settle(page)
    expect(page.locator(".chart .main-svg").last).to_be_visible()
    page.wait_for_timeout(500)
    file = PICTURE if os.environ.get("MINYI_TEST_PICTURE") else tmp_path / PICTURE.name
    picture = page.screenshot(path=file)
    assert PICTURE.exists()
    assert len(picture) > 50_000

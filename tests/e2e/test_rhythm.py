"""The calendar board in the browser: by mouse, by keys, and as a list on a telephone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.steps import settle, sign_in_as


def test_a_mark_opens_its_occasion_and_leads_to_the_filled_in_form(page: Page) -> None:
    sign_in_as(page, "community_staff", "/rhythm?month=2023-10")
    first = page.locator(".minyi-rhythm table button").first
    first.focus()
    page.keyboard.press("ArrowRight")
    second = page.locator(".minyi-rhythm button:focus")
    assert second.get_attribute("aria-label") != first.get_attribute("aria-label")
    own = page.locator(".minyi-rhythm tr.own button.missing").first
    said = own.get_attribute("aria-label") or ""
    assert said.startswith("柳溪社区")
    assert said.endswith("未开展")
    own.press("Enter")
    settle(page)
    assert "occasion=P" in page.url
    page.get_by_text("填报这次活动").click()
    settle(page)
    expect(page.get_by_text("主办社区：柳溪社区")).to_be_visible()
    month, day = re.findall(r"(\d+)月(\d+)日", said)[0]
    shown = page.locator('[data-testid="stDateInput"]').first
    assert f"{int(month):02d}" in shown.inner_html()
    assert f"{int(day):02d}" in shown.inner_html()


def test_a_telephone_shows_the_days_as_a_list(new_page: NewPage, app_url: str) -> None:
    page = new_page(app_url, width=390, height=844)
    sign_in_as(page, "community_staff", "/rhythm")
    today = page.locator(".minyi-rhythm details[open]")
    expect(today).to_have_count(1)
    expect(today.locator("summary")).to_contain_text("今天")
    line = today.locator("button").first
    expect(line).to_contain_text("柳溪社区")  # one's own first
    line.click()
    settle(page)
    assert "occasion=P" in page.url


def test_a_telephone_shows_the_newest_months_first_beside_their_communities(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url, width=390, height=844)
    sign_in_as(page, "community_staff", "/rhythm?part=figures")
    room = page.locator(".minyi-host .room").first
    expect(room.get_by_text("明德社区")).to_have_count(2)
    room.evaluate("element => element.scrollIntoView()")
    expect(room.get_by_text("明德社区").last).to_be_in_viewport()
    expect(room.get_by_text("明德社区").first).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

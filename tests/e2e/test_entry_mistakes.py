"""A form with mistakes leads to the first of them; figures open a keypad on a telephone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.steps import settle, sign_in_as


def test_the_first_of_several_mistakes_is_in_view_with_the_cursor_in_it(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url, width=390, height=844)
    sign_in_as(page, "community_staff", "/entry?type=wednesday_cleanup&day=2023-10-25")
    place, waste = (page.get_by_role("textbox", name=name) for name in ("地点", "清运生活垃圾"))
    place.fill("长" * 201)
    waste.click()
    assert waste.evaluate("field => field.inputMode") == "decimal"
    waste.fill("约3")
    page.get_by_role("button", name="保存").last.click()
    settle(page)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(3)
    expect(place).to_be_focused()
    expect(place).to_be_in_viewport()
    expect(page.get_by_text("“地点”最多 200 个字")).to_be_in_viewport()

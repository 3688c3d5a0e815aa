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


def test_of_many_cells_in_a_row_the_cursor_is_in_the_one_that_is_refused(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url)
    sign_in_as(page, "office_staff", "/surveys")
    cell = page.locator('[class*="st-key-counts-row-c03"] input').nth(2)
    cell.fill("约5")
    page.get_by_role("button", name="保存各社区的份数").click()
    settle(page)
    expect(page.get_by_text("要填准确的数")).to_be_in_viewport()
    expect(cell).to_be_focused()


def test_a_choice_is_shown_and_kept_in_another_language(new_page: NewPage, app_url: str) -> None:
    page = new_page(app_url)
    sign_in_as(page, "administrator", "/targets")
    place = page.get_by_test_id("stMain").get_by_test_id("stSelectbox").nth(1)
    place.locator("input").click()
    page.get_by_role("option", name="和畅社区").click()
    settle(page)
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    settle(page)
    expect(place.locator("input")).to_have_value("Hechang")
    page.get_by_role("button", name="Save targets").click()
    settle(page)
    expect(place.locator("input")).to_have_value("Hechang")
    page.get_by_test_id("stSidebar").get_by_text("中文", exact=True).click()
    settle(page)
    expect(place.locator("input")).to_have_value("和畅社区")

"""What is ticked in the list of the approver is a record, not a place in the list."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from db.engine import make_engine, read_session
from services import activities
from tests.e2e.conftest import NewPage
from tests.e2e.office import Office
from tests.e2e.steps import settle, sign_in_as

HEAD, LINE = 35, 35  # pixels: of the table, which is drawn on a canvas


def tick(page: Page, row: int) -> None:
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    page.mouse.click(box["x"] + 15, box["y"] + HEAD + LINE * row + LINE // 2)
    settle(page)


def review_of(office: Office, number: str) -> str:
    engine = make_engine(office.database)
    with read_session(engine) as session:
        review = activities.record(session, number).review
    engine.dispose()
    return review


def test_what_came_after_the_tick_is_not_approved_in_its_place(
    new_page: NewPage, office: Office
) -> None:
    page = new_page(office.url)
    sign_in_as(page, "office_staff", "/review?community=c03")
    page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    tick(page, 0)
    seen = page.get_by_role("heading", level=3).last.inner_text()
    came = office.enter()
    page.get_by_role("button", name="通过所选 1 条").click()
    expect(page.get_by_text("已通过 1 条。")).to_be_visible()
    assert (review_of(office, seen), review_of(office, came)) == ("approved", "submitted")

"""The button under a question moves while figures are mended: a press at its place is not lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.apps import RunningApp
from tests.e2e.conftest import NewPage
from tests.e2e.steps import settle, sign_in_as

TALL = {"width": 1440, "height": 2600}  # all of the form is on screen: nothing holds the button
CONFIRM = "确认无误，保存"


@pytest.mark.parametrize(
    ("day", "field", "figure", "is_saved"),
    [
        ("04", "参加人数（人）", "48", True),  # nothing is asked any more
        ("11", "放映电影（场）", "1", True),  # the same is asked, the refusal above it is gone
        ("18", "参加人数（人）", "470", False),  # something else is asked: nobody has confirmed it
    ],
)
def test_a_press_where_the_button_stood_at_the_last_stroke_saves_unless_another_thing_is_asked(
    new_page: NewPage, app: RunningApp, day: str, field: str, figure: str, is_saved: bool
) -> None:
    page = new_page(app.url, **TALL)
    sign_in_as(page, "community_staff", f"/entry?type=weekly_film&day=2023-09-{day}")
    page.get_by_role("textbox", name="参加人数（人）").fill("480")
    page.get_by_role("button", name="保存").last.click()
    button = page.get_by_role("button", name=CONFIRM)
    expect(button).to_be_visible()
    settle(page)
    expect(button).to_be_in_viewport()
    x, y = middle(button)
    page.mouse.move(x, y)
    with app.silent():  # so that the button is still where it was, however slow this machine is
        page.get_by_role("textbox", name=field).fill(figure)
        page.mouse.down()
    page.wait_for_function(
        "([x, y]) => !document.elementFromPoint(x, y)?.closest('button')", arg=[x, y]
    )
    page.mouse.up()
    page.wait_for_timeout(800)  # the press is looked at once the page has said all
    settle(page)
    expect(page.get_by_role("button", name="保存")).to_have_count(int(not is_saved))


def middle(button: Locator) -> tuple[float, float]:
    box = button.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

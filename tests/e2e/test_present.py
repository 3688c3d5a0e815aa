"""The presentation in a real browser: keys, black, notes, a chart and back, without the network."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.office import Office
from tests.e2e.steps import settle, sign_in_as

PATH = "/present/M000001"
SLIDES = 14
LEAST = 24  # px that can be read from the back row, of a screen of 1920 × 1080

# Every text that is seen, with the size in which it is seen: what scales it is counted in.
_TEXTS = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const [text, on] = [walk.currentNode.textContent.trim(), walk.currentNode.parentElement];
    if (!text || on.closest("#spoken, #bar, template, script, style")) continue;
    if (!on.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    let scale = 1;
    if (on.ownerSVGElement) {
      const { a, b } = on.getScreenCTM();
      scale = Math.hypot(a, b);
    } else {
      for (let part = on; part; part = part.parentElement) {
        const { transform } = getComputedStyle(part);
        if (transform !== "none") scale *= new DOMMatrix(transform).a;
      }
    }
    found.push([text.slice(0, 40), parseFloat(getComputedStyle(on).fontSize) * scale]);
  }
  return found;
}"""

# What reaches out of the slide, and tables and sentences that reach into its foot.
_CUT = """() => {
  const slide = document.querySelector(".slide.on");
  const { right, bottom } = slide.getBoundingClientRect();
  const foot = slide.querySelector("footer")?.getBoundingClientRect().top ?? bottom;
  return [...slide.querySelectorAll("h1, p, li, td, th, b, .plot text")]
    .filter((part) => part.checkVisibility() && !part.closest("footer, .data"))
    .filter((part) => {
      const box = part.getBoundingClientRect();
      return box.width && (box.right > right + 1 || box.bottom > foot + 1);
    })
    .map((part) => part.textContent.slice(0, 40));
}"""


@pytest.fixture
def show(new_page: NewPage, app_url: str) -> Page:
    """The demonstration's frozen meeting on a projector's screen, all of it there."""
    return opened(new_page(app_url, width=1920, height=1080), "office_staff")


def opened(page: Page, role: str) -> Page:
    """Straight from the sign-in: nothing of Streamlit is loaded."""
    page.goto(PATH)
    page.click(f'[data-role="{role}"]')
    page.wait_for_selector("body[data-complete]")
    return page


def at(page: Page) -> str:
    return page.locator("#place").inner_text()


def on(page: Page, part: str) -> Any:
    return page.locator(f".slide.on {part}")


def test_every_slide_is_read_from_the_back_row_and_nothing_is_cut(show: Page) -> None:
    small, cut = [], []
    for number in range(1, SLIDES + 1):
        assert at(show) == f"{number} / {SLIDES}"
        small += [(number, *one) for one in show.evaluate(_TEXTS) if one[1] < LEAST - 0.01]
        cut += [(number, one) for one in show.evaluate(_CUT)]
        show.keyboard.press("ArrowRight")
    assert (small, cut) == ([], [])
    assert at(show) == f"{SLIDES} / {SLIDES}"


def test_keys_and_a_remote_turn_the_slides(show: Page) -> None:
    for key, place in (
        ("PageDown", 2), ("Space", 3), ("ArrowRight", 4), ("ArrowLeft", 3), ("PageUp", 2),
        ("End", SLIDES), ("ArrowRight", SLIDES), ("Home", 1), ("ArrowLeft", 1),
    ):  # fmt: skip
        show.keyboard.press(key)
        assert at(show) == f"{place} / {SLIDES}", key
    for key in ("1", "1", "Enter"):
        show.keyboard.press(key)
    assert at(show) == f"11 / {SLIDES}"
    expect(show).to_have_url(re.compile("#11$"))
    show.reload()
    show.wait_for_selector("body[data-complete]")
    assert at(show) == f"11 / {SLIDES}"


def test_black_hides_everything_until_a_key(show: Page) -> None:
    show.keyboard.press("b")
    expect(on(show, "h1")).to_be_hidden()
    show.keyboard.press("ArrowRight")
    expect(on(show, "h1")).to_be_visible()
    assert at(show) == f"1 / {SLIDES}"


def test_a_chart_is_enlarged_its_figures_are_seen_and_escape_leads_back(show: Page) -> None:
    for key in ("6", "Enter"):
        show.keyboard.press(key)
    expect(on(show, ".figures")).to_be_visible()
    show.keyboard.press("ArrowDown")
    expect(on(show, ".figures")).to_be_hidden()
    show.keyboard.press("Enter")
    expect(on(show, ".data table")).to_be_visible()
    assert [one for one in show.evaluate(_TEXTS) if one[1] < LEAST - 0.01] == []
    show.keyboard.press("Escape")
    expect(on(show, ".data")).to_be_hidden()
    expect(on(show, ".figures")).to_be_hidden()
    show.keyboard.press("Escape")
    expect(on(show, ".figures")).to_be_visible()


def test_a_click_on_a_bar_shows_its_row_and_the_way_to_the_records(show: Page) -> None:
    for key in ("6", "Enter"):
        show.keyboard.press(key)
    bar = on(show, ".plot .point path").nth(2).bounding_box()
    assert bar is not None
    show.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    expect(on(show, ".data .there td").first).to_have_text("社区全体工作人员周末值日活动")
    link = show.locator("#records")
    expect(link).to_be_visible()
    assert "/records?period=" in (link.get_attribute("href") or "")
    show.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(on(show, ".figures")).to_be_visible()


def test_the_network_may_go_once_it_is_open(show: Page) -> None:
    asked: list[str] = []
    show.context.set_offline(True)
    show.on("request", lambda request: asked.append(request.url))
    for _slide in range(SLIDES):
        show.keyboard.press("ArrowRight")
        show.keyboard.press("Enter")
        show.keyboard.press("Escape")
    show.keyboard.press("4")
    show.keyboard.press("Enter")
    expect(on(show, ".plot svg").first).to_be_visible()
    with show.context.expect_page() as opening:
        show.keyboard.press("n")
    expect(opening.value.locator(".place")).to_have_text(f"4 / {SLIDES}")
    assert asked == []


def test_the_notes_stand_in_a_second_window_that_hears_the_same_keys(show: Page) -> None:
    with show.context.expect_page() as opening:
        show.keyboard.press("n")
    notes = opening.value
    notes.keyboard.press("ArrowRight")
    expect(notes.locator(".words")).to_contain_text("先逐项对账")
    expect(show.locator("#place")).to_have_text(f"2 / {SLIDES}")
    notes.get_by_role("button", name="下一页").click()
    expect(notes.locator(".place")).to_have_text(f"3 / {SLIDES}")
    assert notes.locator(".next").inner_text() == show.locator(".slide").nth(3).get_attribute(
        "aria-label"
    )
    notes.keyboard.press("b")
    expect(on(show, "h1")).to_be_hidden()


def test_on_a_wall_it_advances_by_itself_and_begins_again(show: Page) -> None:
    show.goto(f"{PATH}?auto=1#{SLIDES - 1}")
    # Looked at in every frame: a second later it is the next one's turn.
    show.evaluate(
        """() => new Promise((found) => {
          const place = document.getElementById("place");
          const look = () =>
            place.textContent.startsWith("1 /") ? found() : requestAnimationFrame(look);
          look();
        })"""
    )
    show.keyboard.press("p")
    stopped = at(show)
    show.wait_for_timeout(1500)
    assert at(show) == stopped


def test_a_finger_turns_the_slide_on_a_phone_and_the_slide_is_a_column(
    new_page: NewPage, app_url: str
) -> None:
    page = opened(new_page(app_url, width=390, height=844), "official")
    page.evaluate(
        """() => ["touchstart", "touchend"].forEach((type, place) => {
          const touch = new Touch({ identifier: 1, target: document.body,
            clientX: 300 - 200 * place, clientY: 400 });
          document.body.dispatchEvent(new TouchEvent(type, { bubbles: true,
            touches: place ? [] : [touch], changedTouches: [touch] }));
        })"""
    )
    assert at(page) == f"2 / {SLIDES}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    smallest = min(size for _text, size in page.evaluate(_TEXTS))
    assert smallest >= 9


def test_it_prints_a_slide_a_page(show: Page) -> None:
    file = show.pdf(prefer_css_page_size=True, print_background=True)
    assert file.count(b"/Type /Page\n") == SLIDES


def test_a_meeting_is_prepared_and_shown_in_twenty_clicks(
    new_page: NewPage, office: Office
) -> None:
    page = new_page(office.url)  # what other journeys enter could be slides of it
    sign_in_as(page, "office_staff")
    page.evaluate("window.clicks = 0; addEventListener('click', () => window.clicks++, true)")
    page.get_by_test_id("stSidebarNavLink").filter(has_text="会议材料").click()
    settle(page)
    page.get_by_text("准备一次会议").click()
    settle(page)
    page.get_by_label("会议名称").fill("十一月工作调度会")
    page.get_by_role("button", name="按数据生成议程").click()
    settle(page)
    page.get_by_test_id("stRadio").get_by_text("各社区").click()
    settle(page)
    for _up in range(2):
        page.keyboard.press("Alt+ArrowUp")
        settle(page)
    expect(page.get_by_test_id("stRadio").locator("label").nth(10)).to_contain_text("各社区")
    page.get_by_role("textbox", name="标题句").fill("请东园社区说明情况")
    page.get_by_role("button", name="保存", exact=True).click()
    settle(page)
    expect(page.locator(".slides h1")).to_have_text("请东园社区说明情况")
    page.get_by_text("冻结数据").click()
    page.get_by_role("button", name="确认冻结").click()
    settle(page)
    page.get_by_role("button", name="生成幻灯片（PPTX）").click()
    settle(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载幻灯片（PPTX）").click()
    assert taken.value.suggested_filename.endswith(".pptx")
    with page.context.expect_page() as opening:
        page.get_by_test_id("stMain").get_by_role("link", name="放映").click()
    opening.value.wait_for_selector("body[data-complete]")
    assert at(opening.value) == f"1 / {SLIDES}"
    assert page.evaluate("window.clicks") <= 20

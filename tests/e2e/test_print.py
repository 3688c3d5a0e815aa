"""What the browser prints: whole texts, every chart, upright and across, and the text copied."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.steps import settle, sign_in_as
from tests.rendering import pages, words

SHEETS = {False: (595, 842), True: (842, 595)}


def on_paper(page: Page, folder: Path, *, landscape: bool) -> Path:
    file = folder / f"{landscape}.pdf"
    page.pdf(path=file, format="A4", landscape=landscape)
    return file


def tight(text: str) -> str:
    return "".join(text.split())


def ready_to_draw(page: Page) -> None:
    """Wait until the drawing library is there: before that nothing could be printed."""
    page.wait_for_function("() => window.Plotly")


def test_the_bulletin_is_printed_whole_without_what_can_only_be_clicked(
    page: Page, tmp_path: Path
) -> None:
    sign_in_as(page, "official", "/bulletin")
    paragraphs = page.locator('[class*="st-key-paragraph-"]').all_inner_texts()
    assert len(paragraphs) == 7
    for landscape in SHEETS:
        file = on_paper(page, tmp_path, landscape=landscape)
        found = words(file)
        for text in paragraphs:
            assert tight(text) in found
        for left in ("复制全文", "下载简报", "简报来自", "总览", "退出登录"):
            assert left not in found
        assert found.count("清源街道工作简报") == 1
        assert len(pages(file)) == 2


def test_every_chart_of_the_overview_is_printed_with_its_figures(
    page: Page, tmp_path: Path
) -> None:
    sign_in_as(page, "official")
    ready_to_draw(page)
    titles = page.locator(".minyi-host .chart h3").all_inner_texts()
    places = page.evaluate("""() => [...document.querySelectorAll('.minyi-host .chart')].length""")
    assert places == len(titles) >= 3
    for landscape in SHEETS:
        file = on_paper(page, tmp_path, landscape=landscape)
        found = words(file)
        assert all(tight(title) in found for title in titles)
        assert found.count("东园社区") >= 2, "in the heat map and in the funnel"
        assert all(text.strip() for text in pages(file))
        sections = ("各社区、各领域", "截至目前的工作量")
        last_lines = [text.strip().splitlines()[-1].strip() for text in pages(file)]
        assert not set(sections) & set(last_lines), "a heading stands alone at the foot"
    assert page.evaluate("document.querySelector('.for-paper')") is None


def test_a_slide_of_the_meeting_fills_the_first_sheet_whichever_way_it_lies(
    page: Page, tmp_path: Path
) -> None:
    sign_in_as(page, "official", "/meeting?meeting=M000001&slide=5")
    page.wait_for_selector(".slides .main-svg")
    headline = page.locator(".slides h1").inner_text()
    for landscape in SHEETS:
        file = on_paper(page, tmp_path, landscape=landscape)
        assert len(pages(file)) == 1
        found = words(file)
        assert tight(headline) in found
        assert "议程" not in found


def test_lists_begin_on_the_first_sheet_with_the_names_of_their_cards(
    page: Page, tmp_path: Path
) -> None:
    sign_in_as(page, "official", "/feedback")
    names = page.locator('[data-testid="stBaseButton-tertiary"] p').all_inner_texts()
    file = on_paper(page, tmp_path, landscape=True)
    assert tight(names[0]) in tight(pages(file)[0])
    assert all(tight(name) in words(file) for name in names)


def test_charts_are_as_wide_as_the_paper_whichever_way_it_lies(page: Page) -> None:
    sign_in_as(page, "official")
    ready_to_draw(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for width in (703, 1032):  # A4 upright and across, less its margins
        page.set_viewport_size({"width": width, "height": 1000})
        cards = page.locator(".minyi-host .chart")
        for place in range(cards.count()):
            card, picture = cards.nth(place), cards.nth(place).locator(".main-svg").first
            assert card.bounding_box()["width"] > width - 12
            assert picture.bounding_box()["width"] > width - 60
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_the_whole_bulletin_is_copied_and_a_number_opens_its_records(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url, permissions=["clipboard-read", "clipboard-write"])
    sign_in_as(page, "official", "/bulletin")
    page.get_by_role("button", name="复制全文").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "2023年9月1日至2023年10月28日工作简报\n清源街道 2023年10月28日\n总体情况"
    )
    # Other journeys enter some in the same office: the golden figures have a test of their own.
    assert re.search("累计清理乱堆乱放[0-9余多近]+处，清运生活垃圾[0-9余多近]+吨", copied)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="20多场", exact=True).first.click()
    settle(opened.value)
    assert "measure=free_clinics" in opened.value.url
    assert re.search("共 [0-9]+ 条", opened.value.locator("h2").first.inner_text())

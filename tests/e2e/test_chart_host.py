"""The chart host in a real browser: what is drawn when, clicks, keys, tables, files, paper."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from services.settings import ROOT
from tests.e2e.apps import free_port
from tests.e2e.steps import settle

APP = Path(__file__).with_name("chart_host_app.py")
# Notes every figure that is drawn from here on.
NOTE_DRAWING = """() => {
    const draw = window.Plotly.react;
    window.drawn = [];
    window.Plotly.react = (figure, ...rest) => {
        window.drawn.push(figure.ariaLabel);
        return draw(figure, ...rest);
    };
}"""
# A chart is drawn before it comes on screen.
NEAR_ARE_DRAWN = """() => [...document.querySelectorAll(".minyi-host .waiting")].every(
    (figure) => figure.getBoundingClientRect().top > innerHeight + 300)"""


@pytest.fixture(scope="module")
def cards_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page of sample cards is served."""
    port = free_port()
    log = tmp_path_factory.mktemp("cards") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", APP, "--server.port", str(port)],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=out, stderr=out,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _await(url, log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=120)


def _await(url: str, log: Path) -> None:
    give_up = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=10).close()
            return
        except (urllib.error.URLError, TimeoutError):
            assert time.monotonic() < give_up, log.read_text(encoding="utf-8")
            time.sleep(0.1)


@pytest.fixture
def open_cards(new_page: Callable[..., Page], cards_url: str) -> Callable[..., Page]:
    """Opens the page, `open_cards(width=…, path="/")`; the charts on screen are then drawn."""

    def opened(path: str = "/", **options: object) -> Page:
        page = new_page(cards_url, **options)
        page.goto(path)
        expect(figure(page, 0).locator(".main-svg").first).to_be_visible()
        settle(page)
        page.evaluate("document.fonts.ready.then(() => true)")  # their letters need other room
        return page

    return opened


@pytest.fixture
def cards(open_cards: Callable[..., Page]) -> Page:
    return open_cards()


def figure(page: Page, place: int) -> Locator:
    return page.locator(".minyi-host .figure").nth(place)


def card(page: Page, place: int) -> Locator:
    return page.locator(".minyi-host article").nth(place)


def choose_year(page: Page, year: str) -> None:
    page.get_by_role("combobox", name="年度").click()
    page.get_by_role("option", name=year).click()


def saved(page: Page, place: int, label: str) -> Download:
    with page.expect_download() as download:
        card(page, place).get_by_text(label, exact=True).click()
    return download.value


def test_what_is_out_of_sight_is_drawn_when_it_comes_near(cards: Page) -> None:
    last = figure(cards, 7)
    assert last.locator(".main-svg").count() == 0
    last.scroll_into_view_if_needed()
    expect(last.locator(".main-svg").first).to_be_visible()


def test_only_the_chart_that_changed_is_drawn_again(cards: Page) -> None:
    cards.wait_for_function(NEAR_ARE_DRAWN)
    cards.evaluate(NOTE_DRAWING)
    choose_year(cards, "2023")
    expect(figure(cards, 0).locator(".ytick text").last).to_have_text("30,000")
    cards.wait_for_timeout(500)
    assert cards.evaluate("window.drawn") == ["=年度：丙社区/最高。单位：次"]


def test_big_numbers_are_written_in_full(cards: Page) -> None:
    ticks = figure(cards, 0).locator(".ytick text")
    expect(ticks.filter(has_text="10,000")).to_have_count(1)
    labels = ticks.all_text_contents()
    assert not any("k" in label for label in labels)


def test_a_click_on_a_bar_tells_where_it_leads(cards: Page) -> None:
    figure(cards, 0).locator(".point").nth(2).hover(force=True)
    expect(figure(cards, 0)).to_have_class("figure js-plotly-plot leads")
    figure(cards, 0).locator(".point").nth(2).click(force=True)
    expect(cards.get_by_text("去向 community:c03")).to_be_visible()


def test_a_chart_is_read_and_followed_by_keyboard(cards: Page) -> None:
    figure(cards, 0).focus()
    cards.keyboard.press("ArrowRight")
    cards.keyboard.press("ArrowRight")
    expect(card(cards, 0).locator(".spoken")).to_have_text("乙社区")
    cards.keyboard.press("Enter")
    expect(cards.get_by_text("去向 community:c02")).to_be_visible()


def test_a_tile_that_leads_somewhere_is_a_button(cards: Page) -> None:
    tiles = cards.locator(".minyi-host .tile")
    assert tiles.evaluate_all("all => all.map((node) => node.tagName)") == ["BUTTON", "DIV", "DIV"]
    tiles.first.focus()
    cards.keyboard.press("Enter")
    expect(cards.get_by_text("去向 records:x=1")).to_be_visible()


def test_an_empty_chart_says_what_to_do(cards: Page) -> None:
    empty = card(cards, 1)
    expect(empty.locator(".empty")).to_have_text("暂无数据，请放宽时间。")
    assert empty.get_by_role("button").count() == 0


def test_the_table_takes_the_place_of_the_figure_and_stays_over_a_change(cards: Page) -> None:
    before = card(cards, 0).bounding_box()
    card(cards, 0).get_by_text("表格").click()
    rows = card(cards, 0).locator("tbody tr")
    expect(rows).to_have_text(["甲社区4000", "乙社区12000", "丙社区9000"])
    assert card(cards, 0).bounding_box()["height"] == pytest.approx(before["height"], abs=2)
    choose_year(cards, "2023")
    expect(rows).to_have_text(["甲社区5000", "乙社区8000", "丙社区30000"])
    card(cards, 0).get_by_text("图形").click()
    expect(figure(cards, 0).locator(".main-svg").first).to_be_visible()
    expect(figure(cards, 0)).not_to_have_class("waiting")


def test_the_csv_is_utf8_for_excel_and_runs_nothing(cards: Page, tmp_path: Path) -> None:
    figure(cards, 1).scroll_into_view_if_needed()
    download = saved(cards, 2, "CSV")
    download.save_as(tmp_path / "table.csv")
    assert download.suggested_filename == "第0张.csv"
    lines = (tmp_path / "table.csv").read_bytes().split(b"\r\n")
    assert lines[0] == "\ufeff社区,次".encode()
    assert lines[2] == "乙社区,-2".encode()


def test_a_cell_that_begins_like_a_formula_is_disarmed(cards: Page) -> None:
    cells = {
        "=1+1": "'=1+1", "+8": "'+8", "@a": "'@a", "\tx": "'\tx", "-a": "'-a", "-2.5": "-2.5",
        '他说"好",': '"他说""好"","',
    }  # fmt: skip
    text = cards.evaluate(
        """async (values) => {
            const { downloadCsv } = await import("/assets/download.js");
            const made = new Promise((done) => {
                URL.createObjectURL = (blob) => { blob.text().then(done); return "#"; };
            });
            const rows = values.map((value) => [value, -3, null]);
            downloadCsv({ title: "x", table: { columns: ["a", "b", "c"], rows } });
            return made;
        }""",
        list(cells),
    )
    assert text.split("\r\n")[1:] == [f"{written},-3," for written in cells.values()]


def test_the_picture_is_made_for_a_slide(cards: Page, tmp_path: Path) -> None:
    download = saved(cards, 0, "PNG")
    download.save_as(tmp_path / "picture.png")
    assert download.suggested_filename == "=年度：丙社区 最高.png"
    head = (tmp_path / "picture.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1600, 900)


@pytest.mark.parametrize(
    ("width", "tiles", "charts"), [(390, 2, 1), (1024, 3, 1), (1440, 3, 2), (1920, 3, 2)]
)
def test_cards_take_the_room_there_is(
    open_cards: Callable[..., Page], width: int, tiles: int, charts: int
) -> None:
    page = open_cards(width=width)
    across = """([name, count]) => new Set([...document.querySelectorAll(`.minyi-host ${name}`)]
        .map((node) => node.getBoundingClientRect().left)).size === count"""
    page.wait_for_function(across, arg=[".tile", tiles])
    page.wait_for_function(across, arg=["article", charts])
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_on_paper_every_chart_is_drawn_to_its_width(cards: Page) -> None:
    assert figure(cards, 7).locator(".main-svg").count() == 0
    cards.evaluate("""() => addEventListener("beforeprint", () => {
        window.printed = [...document.querySelectorAll(".minyi-host .figure")].map(
            (node) => Math.abs(node.offsetWidth - (node._fullLayout?.width ?? 0)) < 2
                && node.offsetWidth < 700);
    })""")
    assert cards.pdf(format="A4").startswith(b"%PDF")
    assert cards.evaluate("window.printed") == [True] * 8


def test_without_plotly_a_chart_says_so_and_still_has_its_table(
    new_page: Callable[..., Page], cards_url: str
) -> None:
    page = new_page(cards_url)
    page.route("**/plotly-cartesian.min.js*", lambda route: route.abort())
    page.goto("/")
    expect(figure(page, 0)).to_have_text("图形未能显示，请看表格，或刷新页面再试。")
    card(page, 0).get_by_text("表格", exact=True).click()
    expect(card(page, 0).locator("tbody tr")).to_have_count(3)


def test_streamlits_own_words_are_chinese_also_in_an_english_browser(
    open_cards: Callable[..., Page],
) -> None:
    page = open_cards(locale="en-US")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_label("选择日期").click()
    expect(page.get_by_role("dialog", name="选择日期")).to_be_visible()
    expect(page.locator("[role=dialog] th")).to_have_text(list("日一二三四五六"))
    expect(page.get_by_text("January", exact=True)).to_have_count(0)


def test_in_english_streamlits_own_words_stay(open_cards: Callable[..., Page]) -> None:
    page = open_cards("/?language=en", locale="en-US")
    expect(page.get_by_label("Choose date")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")

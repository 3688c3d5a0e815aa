"""A month typed into the grid outlives a killed server and a cut line, and overwrites nobody."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.office import Office
from tests.e2e.steps import settle, sign_in_as

SAVED = "✓ 已保存"
PASTE = """([target, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
}"""
# Notes all that an element says from here on.
NOTE_SAID = """(element) => {
    window.said = [];
    const note = () => said.push(element.textContent);
    new MutationObserver(note).observe(element, { childList: true });
}"""


def cell(page: Page, row: int, column: str) -> Locator:
    return page.get_by_label(f"第 {row} 行 {column}", exact=True)


def status(page: Page) -> Locator:
    return page.locator(".minyi-grid .status")


def is_saved(page: Page) -> None:
    """All that was done so far is saved: first the grid says what it has heard of."""
    page.evaluate("new Promise((go) => requestAnimationFrame(() => setTimeout(go)))")
    expect(status(page)).to_have_text(SAVED)


def typed(page: Page, row: int, column: str, text: str) -> None:
    """Type into a cell and stay in it."""
    cell(page, row, column).click()
    page.keyboard.type(text)


def test_cells_outlive_a_killed_server_and_are_saved_by_themselves_afterwards(
    new_page: NewPage, office: Office
) -> None:
    page = new_page(office.url)
    sign_in_as(page, "community_staff", "/batch?month=2023-08")
    status(page).evaluate(NOTE_SAID)
    typed(page, 1, "日期", "25")
    typed(page, 1, "地点", "文化广场")  # never left
    is_saved(page)
    assert "正在保存…" in page.evaluate("said")
    office.kill()
    burst = "a b c d " * 15  # while Streamlit's cover comes
    typed(page, 1, "备注", f"断线时{burst}")
    for letter in "一个字一个字写的":  # Streamlit covers the page meanwhile: no letter may be lost
        page.wait_for_timeout(900)
        page.keyboard.type(letter)
    expect(page.get_by_role("alert")).to_contain_text("还有 1 格未保存")
    office.start()
    is_saved(page)
    page.reload()
    expect(cell(page, 1, "备注")).to_have_value(f"断线时{burst}一个字一个字写的")
    expect(cell(page, 1, "日期")).to_have_value("25")
    expect(cell(page, 1, "地点")).to_have_value("文化广场")


def test_what_two_people_type_into_one_row_with_the_line_cut_loses_neither(
    new_page: NewPage, app_url: str
) -> None:
    one, other = new_page(app_url), new_page(app_url, width=390, height=844)
    sign_in_as(one, "community_staff", "/batch?month=2023-09")
    typed(one, 1, "地点", "广场")
    is_saved(one)
    sign_in_as(other, "office_staff", "/batch?month=2023-09&community=c03")
    expect(cell(other, 1, "地点")).to_have_value("广场")
    one.context.set_offline(True)
    cell(one, 1, "地点").fill("操场")
    typed(one, 1, "备注", "雨后")
    expect(one.get_by_role("alert")).to_contain_text("还有 2 格未保存")
    cell(other, 1, "地点").fill("公园")
    typed(other, 1, "参加人数", "40")
    is_saved(other)
    one.context.set_offline(False)
    expect(one.get_by_text("现在是“公园”，您填的是“操场”")).to_be_visible()
    expect(cell(one, 1, "地点")).to_have_value("操场")
    expect(cell(one, 1, "备注")).to_have_value("雨后")
    expect(cell(one, 1, "参加人数")).to_have_value("40")
    one.context.close()  # the question is kept with the row, and asked on every device
    expect(other.get_by_text("林晓雯填的是“操场”")).to_be_visible()
    other.get_by_role("button", name="用林晓雯填的").click()
    is_saved(other)
    other.reload()
    expect(cell(other, 1, "地点")).to_have_value("操场")
    expect(other.get_by_text("保留哪一个")).to_have_count(0)


def test_a_row_that_somebody_else_takes_out_is_said_and_taken_back(
    new_page: NewPage, app_url: str
) -> None:
    one, other = new_page(app_url), new_page(app_url)
    sign_in_as(one, "community_staff", "/batch?month=2023-03")
    sign_in_as(other, "office_staff", "/batch?month=2023-03&community=c03")
    typed(one, 1, "地点", "广场")
    is_saved(one)
    expect(cell(other, 1, "地点")).to_have_value("广场")  # before the blank row
    cell(other, 1, "地点").click()
    other.keyboard.press("Control+Delete")
    one.keyboard.type("东")
    expect(one.get_by_text("第 1 行刚刚被别人移除了")).to_be_visible()
    one.get_by_role("button", name="撤销").click()
    expect(cell(one, 1, "地点")).to_have_value("广场东")
    expect(cell(other, 1, "地点")).to_have_value("广场东")


def test_who_types_fast_loses_no_stroke_when_a_type_brings_its_columns(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url)
    sign_in_as(page, "community_staff", "/batch?month=2023-05")
    kinds = ("放映电影", "防诈骗科普", "家长接待日", "免费义诊", "惠民演出")
    typed(page, 1, "日期", "31")
    cell(page, 1, "地点").click()  # and back: a click chooses the cell whole
    cell(page, 1, "日期").click()
    for row, kind in enumerate(kinds, start=1):
        for text in (str(row), kind, f"{row}号楼前"):
            page.keyboard.type(text, delay=5)
            page.keyboard.press("Tab")
        cell(page, row + 1, "日期").focus()
    is_saved(page)
    page.reload()
    expect(cell(page, 1, "日期")).to_have_value("1")
    for row in range(1, len(kinds) + 1):
        expect(cell(page, row, "地点")).to_have_value(f"{row}号楼前")


def test_a_text_that_is_too_long_holds_up_no_other_row_and_is_said_until_it_is_mended(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url)
    sign_in_as(page, "community_staff", "/batch?month=2023-01")
    block = f"日期\t活动类型\t备注\n3\t督查\t{'长' * 20_001}\n4\t联合义警假期不打烊活动\t好"
    page.evaluate(PASTE, [cell(page, 1, "日期").element_handle(), block])
    expect(page.get_by_role("alert")).to_contain_text("一格最多 20000 个字")
    page.get_by_role("button", name="提交 1 行").click()
    expect(page.get_by_text("已提交 1 行，还有 1 行没有提交")).to_be_visible()
    cell(page, 1, "备注").click()
    page.keyboard.type("短了")
    page.keyboard.press("Enter")
    is_saved(page)


def test_totals_leave_out_what_was_voided_and_a_note_keeps_its_lines(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url)
    sign_in_as(page, "community_staff", "/batch?month=2023-04")
    block = (
        '日期\t活动类型\t参加人数\t备注\n3\t小区卫生死角战\t30\t"一\n二"\n'
        "4\t小区卫生死角战\t41\t\n5\t小区卫生死角战\t52\t"
    )
    page.evaluate(PASTE, [cell(page, 1, "日期").element_handle(), block])
    is_saved(page)
    cell(page, 1, "备注").click()
    page.keyboard.press("F2")
    page.keyboard.type("三")
    page.keyboard.press("Enter")
    expect(cell(page, 2, "备注")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已提交 3 行。")).to_be_visible()
    number = page.locator(".minyi-grid .record").first.inner_text()
    page.goto(f"/mine?record={number}")
    settle(page)
    expect(page.get_by_text("一\n二三")).to_be_visible()
    page.get_by_role("button", name="作废", exact=True).click()
    settle(page)
    page.get_by_role("textbox", name="作废原因").fill("重复")
    page.get_by_role("button", name="作废").last.click()
    settle(page)
    page.goto("/batch?month=2023-04")
    expect(page.locator(".minyi-grid .counts")).to_have_text("3 行 · 已提交 2 · 已作废 1")
    expect(page.locator(".minyi-grid tfoot")).to_contain_text("93")


def test_a_pasted_month_of_200_rows_is_saved_and_submitted_at_once(
    page: Page,
) -> None:
    sign_in_as(page, "community_staff", "/batch?month=2023-07")
    typed(page, 1, "日期", "1")
    heading = ["日期", "活动类型", "地点", "参与力量", "参加人数", "义诊（场）", "备注"]
    rows = [
        [
            f"2023/7/{n % 28 + 1}",
            "免费义诊活动",
            f"{n} 号楼",
            "志愿者 ５、物业",
            str(n),
            "1",
            '"两行\n备注"',
        ]
        for n in range(1, 201)
    ]
    block = "\n".join("\t".join(cells) for cells in [heading, *rows])
    target = cell(page, 1, "日期").element_handle()
    page.evaluate(PASTE, [target, block])
    expect(page.locator(".minyi-grid .counts")).to_contain_text("201 行")
    is_saved(page)
    page.get_by_role("button", name="提交").click()
    # Of a type there is one a day without asking; some days have theirs already.
    done = page.get_by_text(re.compile("已提交 [0-9]+ 行，还有"))
    expect(done).to_be_visible()
    count = int(re.findall("[0-9]+", done.inner_text())[0])
    assert 0 < count <= 28
    page.reload()
    expect(page.locator(".minyi-grid .locked")).to_have_count(count)
    expect(cell(page, 201, "地点")).to_have_value("200 号楼")


def test_an_odd_figure_is_confirmed_by_a_key_and_asked_about_again_when_it_changes(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url)
    sign_in_as(page, "community_staff", "/batch?month=2023-06")
    counts = page.locator(".minyi-grid .counts")
    for column, text in (("日期", "6"), ("活动类型", "每周免费放映电影"), ("参加人数", "480")):
        typed(page, 1, column, text)
    page.keyboard.press("Enter")
    expect(counts).to_contain_text("请确认 1")
    expect(page.get_by_text("本社区近 12 个月通常为")).to_be_visible()
    counts.get_by_role("button", name="请确认 1").click()
    expect(cell(page, 1, "参加人数")).to_be_focused()
    page.keyboard.press("Alt+Enter")
    expect(page.get_by_text("✓ 已确认无误")).to_be_visible()
    expect(page.get_by_role("button", name="提交 1 行")).to_be_enabled()
    page.keyboard.type("520")
    page.keyboard.press("Enter")
    expect(counts).to_contain_text("请确认 1")
    page.get_by_placeholder("或写明要跟进的事").fill("等放映队核实")
    expect(page.get_by_role("button", name="提交 1 行")).to_be_enabled()
    page.reload()
    expect(page.get_by_placeholder("或写明要跟进的事")).to_have_value("等放映队核实")
    asked = page.get_by_text("本社区近 12 个月通常为")
    expect(asked).to_be_visible()
    page.get_by_text("English", exact=True).first.click()
    expect(page.locator(".minyi-grid .counts")).to_contain_text("Rows")
    expect(asked).to_have_count(0)  # what the server says of a row, in the new language, too
    page.get_by_text("中文", exact=True).first.click()
    expect(asked).to_be_visible()


def test_a_row_without_figures_is_asked_about_once_it_was_left(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url)
    sign_in_as(page, "community_staff", "/batch?month=2022-11")
    row, asked = page.locator(".minyi-grid tbody.row").first, page.get_by_text("这场活动只计场次")
    for column, text in (("日期", "6"), ("活动类型", "每周免费放映电影"), ("地点", "广场")):
        typed(page, 1, column, text)
    expect(status(page)).to_have_text(SAVED)
    expect(row.locator(".chip")).to_contain_text("未填完")
    expect(asked).to_have_count(0)
    cell(page, 2, "日期").click()
    expect(asked).to_be_visible()
    page.get_by_role("button", name="请确认 1").click()
    expect(cell(page, 1, "参加人数")).to_be_focused()
    expect(asked).to_be_visible()  # it leads there, and says why
    page.keyboard.press("Alt+Enter")
    expect(page.get_by_role("button", name="提交 1 行")).to_be_enabled()

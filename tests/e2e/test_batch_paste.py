"""A block pasted into the grid: merged cells hold for their rows, a full month says so."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.steps import sign_in_as
from tests.e2e.test_batch_entry import cell, is_saved

PASTE = """([target, text, html]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    clipboardData.setData("text/html", html);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
}"""
COLUMNS = ("日期", "活动类型", "地点", "参加人数", "备注")
# As a spreadsheet copies it: (text, rows it is merged over); None where a merged cell covers.
MERGED = (
    (("日期", 2), ("活动类型", 2), ("地点", 2), ("规模", 1), ("备注", 2)),
    (None, None, None, ("参加人数", 1), None),
    (("3", 2), ("小区卫生死角战", 3), ("文化广场", 2), ("30人", 2), ("甲", 1)),
    (None, None, None, None, ("乙", 1)),
    (("4", 1), None, ("东区", 1), ("1,200 人", 1), ("丙", 1)),
)


def pasted(page: Page, text: str, html: str = "") -> None:
    page.evaluate(PASTE, [cell(page, 1, "日期").element_handle(), text, html])


def test_what_is_merged_stands_in_every_row_and_is_taken_back_in_one_step(page: Page) -> None:
    sign_in_as(page, "community_staff", "/batch?month=2023-02")
    text = "\n".join("\t".join(one[0] if one else "" for one in row) for row in MERGED)
    lines = ("".join(f"<td rowspan={n}>{t}</td>" for t, n in filter(None, row)) for row in MERGED)
    pasted(page, text, f"<table><tr>{'</tr><tr>'.join(lines)}</tr></table>")
    expect(page.get_by_text("已粘贴 3 行、14 格。")).to_be_visible()
    expect(page.get_by_text("合并单元格里的数字只填在第一行")).to_be_visible()
    is_saved(page)
    rows = [[cell(page, row, column).input_value() for column in COLUMNS] for row in (1, 2, 3)]
    assert rows == [
        ["3", "小区卫生死角战", "文化广场", "30人", "甲"],
        ["3", "小区卫生死角战", "文化广场", "", "乙"],
        ["4", "小区卫生死角战", "东区", "1,200 人", "丙"],
    ]
    expect(page.locator(".minyi-grid tfoot")).to_contain_text("1,230")  # with their units
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".minyi-grid .counts")).to_have_text("0 行")
    is_saved(page)
    page.reload()
    expect(page.get_by_text("从 Excel 复制后直接粘贴")).to_be_visible()


def test_of_a_block_that_the_month_has_no_room_for_nothing_is_put_in(page: Page) -> None:
    sign_in_as(page, "community_staff", "/batch?month=2022-12")
    expect(cell(page, 1, "日期")).to_be_visible()
    pasted(page, "\n".join(f"{row % 28 + 1}\t\t{row} 号楼" for row in range(501)))
    expect(page.get_by_text("现在有 0 行，放不下另外 501 行，所以一行也没有填入")).to_be_visible()
    expect(page.locator(".minyi-grid .counts")).to_have_text("0 行")
    is_saved(page)

"""What a person typed outlives a restart of the server, and overwrites nobody afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import NewPage
from tests.e2e.office import Office
from tests.e2e.steps import settle, sign_in_as


def test_a_half_filled_form_is_saved_whole_and_once_after_a_restart(
    new_page: NewPage, office: Office
) -> None:
    page = new_page(office.url, width=390, height=844)
    sign_in_as(page, "community_staff", "/entry")
    for choice in ("居住环境", "小区卫生死角战", "志愿者"):
        page.get_by_text(choice, exact=True).first.click()
        settle(page)
    page.get_by_role("textbox", name="志愿者人数").fill("12")
    page.get_by_role("textbox", name="清理乱堆乱放").fill("7")
    page.get_by_role("textbox", name="地点").press_sequentially("文化广场")  # never left
    office.restart(page)
    page.get_by_role("textbox", name="备注").press_sequentially("断线时正在写")
    office.restart(page)
    page.get_by_role("button", name="保存", exact=True).dblclick()
    settle(page)
    done = page.get_by_text(re.compile(r"编号 A\d{6}"))
    shown = re.search(r"编号 (A\d{6})", done.inner_text())
    assert shown is not None
    newest = office.newest()
    assert newest.number == shown[1]
    entry = newest.entry
    assert (entry.type_code, entry.place, entry.note) == (
        *("dead_corner_drive", "文化广场", "断线时正在写"),
    )
    assert entry.partners == (("volunteer", 12),)
    assert dict(entry.measures) == {"litter_spots": 7}


def test_what_is_typed_is_there_on_another_device_and_saved_once(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url)
    sign_in_as(page, "community_staff", "/entry?type=dead_corner_drive&day=2023-10-01")
    page.get_by_role("textbox", name="地点").press_sequentially("文化广场")
    page.get_by_role("textbox", name="备注").press_sequentially("写到一半")
    page.get_by_text("志愿者", exact=True).first.click()
    expect(page.get_by_text("已自动存为草稿")).to_be_visible()
    page.get_by_role("textbox", name="志愿者人数").fill("12")
    with page.expect_event("close"):
        page.close(run_before_unload=True)  # at once: what is not saved yet is sent as it goes
    phone = new_page(app_url, width=390, height=844)
    sign_in_as(phone, "community_staff", "/entry")
    expect(phone.get_by_text("已接着上次没有提交的填写")).to_be_visible()
    for name, text in (("地点", "文化广场"), ("备注", "写到一半"), ("志愿者人数", "12")):
        expect(phone.get_by_role("textbox", name=name)).to_have_value(text)
    phone.get_by_role("textbox", name="参加人数").fill("30")
    phone.get_by_role("button", name="保存", exact=True).click()
    expect(phone.get_by_text("已保存，编号 A")).to_be_visible()
    settle(phone)
    phone.reload()
    settle(phone)
    notes = phone.get_by_role("textbox", name="备注").all()  # of what another test left, if any
    assert "写到一半" not in [note.input_value() for note in notes]


def test_a_refresh_asks_first_only_while_something_typed_is_not_saved(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_in_as(page, "office_staff", "/feedback?part=new")
    text = page.get_by_role("textbox", name="反映内容")
    kept = page.locator("[data-kept]", has=text).first
    expect(kept).to_be_attached()
    text.press_sequentially("晚上施工")
    page.reload()
    settle(page)
    expect(text).to_have_value("晚上施工")
    assert asked == []
    page.route("**/entry/form-draft", lambda route: route.abort())
    text.press_sequentially("扰民")
    expect(page.get_by_text("刚才填写的还没有保存")).to_be_visible()
    page.reload()
    settle(page)
    assert asked == ["beforeunload"]
    page.unroute("**/entry/form-draft")
    page.get_by_role("button", name="重新填写").click()
    settle(page)
    page.goto("/rhythm?plan=new")
    settle(page)
    page.get_by_role("textbox", name="计划名称").press_sequentially("没有草稿的一张")
    page.reload()
    assert asked == ["beforeunload"] * 2


def test_what_was_typed_before_its_keeper_came_is_kept_and_not_asked_about(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    late = held_back(page, "**/keep.js*")
    open_as(page, "office_staff", "/feedback?part=new")
    text = page.get_by_role("textbox", name="反映内容")
    text.press_sequentially("路灯不亮")
    late()
    expect(page.locator("[data-kept]", has=text).first).to_be_attached()
    page.reload()
    settle(page)
    expect(text).to_have_value("路灯不亮")
    assert asked == []
    page.get_by_role("button", name="重新填写").click()
    settle(page)


def test_what_was_typed_before_its_watcher_came_is_asked_about_all_the_same(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    late = held_back(page, "**/phrases.js*")  # which brings leave.js
    open_as(page, "office_staff", "/rhythm?plan=new")
    page.get_by_role("textbox", name="计划名称").press_sequentially("没有草稿的一张")
    late()
    settle(page)
    page.reload()
    assert asked == ["beforeunload"]


def held_back(page: Page, address: str) -> Callable[[], None]:
    """Keep what the page asks for at an address from it; the answer lets it through."""
    late: list[Route] = []
    page.route(address, lambda route: late.append(route))

    def let_through() -> None:
        for route in late:
            route.continue_()
        page.unroute(address)

    return let_through


def open_as(page: Page, role: str, path: str) -> None:
    """Like `sign_in_as`, for a page that is not at rest yet."""
    page.goto(path)
    page.click(f'[data-role="{role}"]')


def test_a_correction_begun_before_a_restart_overwrites_nobody(
    new_page: NewPage, office: Office
) -> None:
    number = office.enter()
    page = new_page(office.url)
    sign_in_as(page, "community_staff", f"/mine?record={number}")
    page.get_by_role("button", name="更正").click()
    settle(page)
    page.get_by_role("textbox", name="地点").fill("文化广场")
    office.correct(number, participants=55)
    office.restart(page)
    page.get_by_role("button", name="保存更正").click()
    settle(page)
    expect(page.get_by_text("被别人改过")).to_be_visible()
    shown = page.locator("body").inner_text()
    assert "现在的记录：55" in shown
    assert "您填写的：40" in shown
    assert office.newest().entry.participants == 55
    page.get_by_role("button", name="保留我填写的").click()
    settle(page)
    page.get_by_role("button", name="保存更正").click()
    settle(page)
    entry = office.newest().entry
    assert (entry.participants, entry.place) == (40, "文化广场")

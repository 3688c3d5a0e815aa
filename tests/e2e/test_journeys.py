"""The journeys that matter, in a real browser: what a person enters is what officials see."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from db.demo import places
from services.settings import ROOT
from tests.e2e.conftest import ADMINISTRATOR, PASSWORD, NewPage
from tests.e2e.office import Office
from tests.e2e.steps import settle, sign_in, sign_in_as

GOLDEN = (
    "120余处", "170余吨", "约6吨", "60余台次", "3000余份", "3000余名", "20多场", "近50次", "30多场",
    "5000多份",
)  # fmt: skip

NUMBER = re.compile(r"A\d{6}")
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
BOARDS = ("/", "/community", "/domain", "/satisfaction")


def figure(page: Page, label: str) -> str:
    """The text of the tile with this label."""
    tile = page.locator(".tile", has=page.get_by_text(label, exact=True))
    expect(tile).to_be_visible()
    return tile.inner_text()


def exact(page: Page, label: str) -> int:
    """The exact figure that a running total's tile states."""
    found = re.search(r"实记 ([\d,]+)", figure(page, label))
    assert found is not None
    return int(found[1].replace(",", ""))


def enter_litter_spots(page: Page, count: str) -> None:
    """Fill in and save a clean-up on the entry page."""
    page.get_by_text("居住环境", exact=True).first.click()
    settle(page)
    page.get_by_text("小区卫生死角战", exact=True).first.click()
    settle(page)
    page.get_by_role("textbox", name="清理乱堆乱放").fill(count)
    page.get_by_role("button", name="保存", exact=True).click()
    settle(page)


def test_the_first_screen_states_the_figures_of_the_bulletin(
    new_page: NewPage, office: Office
) -> None:
    page = new_page(office.url)  # where no other journey has entered anything
    sign_in_as(page, "official")
    expect(page.locator(".tile").last).to_be_visible()
    shown = page.locator("body").inner_text()
    assert [phrase for phrase in GOLDEN if phrase not in shown] == []
    assert "演示数据" in shown


def test_what_is_entered_changes_the_figure_and_undo_takes_it_back(
    new_page: NewPage, app_url: str
) -> None:
    official, staff = new_page(app_url), new_page(app_url)
    sign_in_as(official, "official")
    before = exact(official, "清理乱堆乱放")
    sign_in_as(staff, "community_staff", "/entry")
    enter_litter_spots(staff, "7")
    expect(staff.get_by_text(NUMBER).first).to_be_visible()
    official.reload()
    settle(official)
    assert exact(official, "清理乱堆乱放") == before + 7
    staff.get_by_role("button", name="撤销").click()
    settle(staff)
    official.reload()
    settle(official)
    assert exact(official, "清理乱堆乱放") == before


def test_a_link_opens_the_same_view_for_someone_else(new_page: NewPage, app_url: str) -> None:
    first, second = new_page(app_url), new_page(app_url)
    sign_in_as(first, "official", "/?period=2023-09&communities=c03,c07&domain=health")
    assert "所选 2 个社区" in first.locator("h2").first.inner_text()
    sign_in_as(second, "office_staff", first.url.removeprefix(app_url))
    assert second.locator("h2").first.inner_text() == first.locator("h2").first.inner_text()
    assert second.url == first.url


def test_a_filter_goes_into_the_address_and_along_to_the_next_page(page: Page) -> None:
    sign_in_as(page, "official")
    field = page.get_by_label("服务领域")
    field.scroll_into_view_if_needed()  # a list that is open closes when the sidebar scrolls
    settle(page)
    field.click()
    page.get_by_role("option", name="基本医疗").click()
    settle(page)
    assert "domain=health" in page.url
    page.get_by_test_id("stSidebarNavLink").filter(has_text="满意度").click()
    settle(page)
    assert "domain=health" in page.url
    assert "基本医疗满意度" in page.locator("h2").first.inner_text()


def test_a_deep_link_is_refused_while_nobody_is_signed_in(page: Page) -> None:
    page.goto("/community?communities=c03")
    assert "/account/login" in page.url
    assert page.locator(".tile").count() == 0
    page.click('[data-role="official"]')
    settle(page)
    assert "/community?communities=c03" in page.url


def test_a_refresh_keeps_the_person_signed_in_and_signing_out_ends_every_tab(
    page: Page,
) -> None:
    sign_in_as(page, "official")
    page.reload()
    settle(page)
    expect(page.get_by_text("街道领导")).to_be_visible()
    other = page.context.new_page()
    other.goto("/satisfaction")
    settle(other)
    page.get_by_text("退出登录").click()
    page.wait_for_url(re.compile("/account/login"))
    other.get_by_test_id("stSidebarNavLink").first.click()
    expect(other.get_by_text("登录已失效")).to_be_visible()


def test_staff_of_two_communities_each_write_their_own_and_see_the_others(
    new_page: NewPage, empty_app_url: str
) -> None:
    first, second = new_page(empty_app_url), new_page(empty_app_url)
    for page, name, count in ((first, "staff_c01", "4"), (second, "staff_c02", "5")):
        sign_in(page, name, PASSWORD, "/entry")
        enter_litter_spots(page, count)
        expect(page.get_by_test_id("stAlert").get_by_text(NUMBER)).to_be_visible()
    theirs = re.search(NUMBER, first.locator("body").inner_text())
    assert theirs is not None
    second.goto(f"/mine?record={theirs[0]}")
    settle(second)
    expect(second.get_by_text("甲社区").first).to_be_visible()
    assert second.get_by_role("button", name="更正").count() == 0
    first.goto(f"/mine?record={theirs[0]}")
    settle(first)
    expect(first.get_by_role("button", name="更正")).to_be_visible()
    first.goto("/")
    settle(first)
    assert exact(first, "清理乱堆乱放") == 9


def test_a_double_click_on_save_makes_one_record(page: Page) -> None:
    sign_in_as(page, "community_staff", "/entry")
    page.get_by_text("居住环境", exact=True).first.click()
    settle(page)
    page.get_by_text("小区卫生死角战", exact=True).first.click()
    settle(page)
    page.get_by_role("textbox", name="清理乱堆乱放").fill("3")
    page.get_by_role("button", name="保存", exact=True).dblclick()
    settle(page)
    number = int(re.search(r"A(\d{6})", page.locator("body").inner_text())[1])
    page.goto("/mine")
    settle(page)
    assert f"A{number:06d}" in page.locator("body").inner_text()
    assert f"A{number + 1:06d}" not in page.locator("body").inner_text()


def test_a_refused_entry_says_why_and_keeps_what_was_typed(page: Page) -> None:
    sign_in_as(page, "community_staff", "/entry")
    enter_litter_spots(page, "七处")
    expect(page.get_by_text("请只填数字")).to_be_visible()
    expect(page.get_by_role("textbox", name="清理乱堆乱放")).to_have_value("七处")
    expect(page.get_by_text("已自动存为草稿")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_role("textbox", name="清理乱堆乱放")).to_have_value("七处")
    page.get_by_role("button", name="重新填写").click()
    settle(page)
    expect(page.get_by_role("textbox", name="清理乱堆乱放")).to_have_count(0)


def test_a_click_on_a_figure_opens_the_records_behind_it(page: Page) -> None:
    sign_in_as(page, "official")
    page.locator(".tile", has=page.get_by_text("义诊", exact=True)).click()
    settle(page)
    assert "/records" in page.url
    assert "measure=free_clinics" in page.url
    assert "共 24 条" in page.locator("h2").first.inner_text()


def test_it_works_on_a_phone(new_page: NewPage, app_url: str) -> None:
    page = new_page(app_url, width=390, height=844, has_touch=True, is_mobile=True)
    sign_in_as(page, "community_staff", "/entry")
    enter_litter_spots(page, "1")
    expect(page.get_by_text(NUMBER).first).to_be_visible()
    for path in ("/entry", "/", "/community", "/domain", "/satisfaction", "/mine"):
        page.goto(path)
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def written_by_people() -> set[str]:
    """What people of the demonstration are called and wrote: that is Chinese in every language."""
    sources = (ROOT / "db" / "demo" / f"{name}.py" for name in ("chart_notes", "inspections"))
    written = (source.read_text(encoding="utf-8") for source in sources)
    return {words for text in written for words in CHINESE.findall(text)} | {
        user.name for user in places.users()
    }


def test_english_stays_and_leaves_no_chinese_sentence(new_page: NewPage, app_url: str) -> None:
    page = new_page(app_url)
    sign_in_as(page, "administrator")
    page.get_by_text("English", exact=True).click()
    settle(page)
    for path in ("/", "/community", "/domain", "/satisfaction", "/records", "/entry", "/surveys"):
        page.goto(path)
        settle(page)
        if path in BOARDS:
            expect(page.locator(".tile, .chart").last).to_be_visible()
        left = set(CHINESE.findall(page.locator("body").inner_text()))
        assert left <= {"中文"} | written_by_people(), path
    page.get_by_text("中文", exact=True).click()
    settle(page)


def test_an_empty_office_says_on_every_page_what_to_do_next(
    new_page: NewPage, empty_app_url: str
) -> None:
    page = new_page(empty_app_url)
    sign_in(page, ADMINISTRATOR, PASSWORD)
    for path in ("/", "/community", "/domain", "/satisfaction", "/records", "/entry", "/surveys"):
        page.goto(path)
        settle(page)
        assert "编号" not in page.get_by_test_id("stAlert").all_inner_texts().__str__()
        assert page.locator("h2").first.inner_text() != ""

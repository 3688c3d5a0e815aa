"""An inspection from a telephone: a photo goes up and is seen, small and big, behind the gate."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.steps import settle, sign_in_as
from tests.inspection_cases import drawn, saved

_LOADED = "image => image.complete && image.naturalWidth > 0"


def _saved(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()
    settle(page)


def test_a_photo_taken_at_an_inspection_is_seen_by_who_is_signed_in(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(app_url, width=390, height=844)
    sign_in_as(page, "official", "/inspections?part=new&communities=c07&domain=safety")
    page.get_by_text("限期整改", exact=True).click()
    settle(page)
    page.get_by_label("发现的问题和要求").fill("楼道堆放纸箱")
    field = page.locator('input[type="file"]').first
    assert "image/jpeg" in str(field.get_attribute("accept"))
    field.set_input_files({"name": "坏.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"})
    expect(page.get_by_text("坏.jpg")).to_be_visible()
    settle(page)
    _saved(page)
    expect(page.get_by_text("“坏.jpg”不是 JPEG、PNG 或 WebP 照片，请另选。")).to_be_visible()
    expect(page.get_by_label("发现的问题和要求")).to_have_value("楼道堆放纸箱")
    page.get_by_role("button", name="去掉 坏.jpg").click()
    expect(page.get_by_text("坏.jpg", exact=True)).to_have_count(0)
    settle(page)
    good = saved(drawn((1200, 900), "green"))
    field.set_input_files({"name": "好.jpg", "mimeType": "image/jpeg", "buffer": good})
    expect(page.get_by_text("好.jpg")).to_be_visible()
    settle(page)
    _saved(page)
    expect(page.get_by_text("已保存，编号 D")).to_be_visible()
    photo = page.get_by_role("img", name="整改前照片 1：翠湖社区")
    expect(photo).to_be_visible()
    photo.evaluate("image => image.decode()")  # refused for a picture that is broken
    assert photo.evaluate(_LOADED)
    with page.context.expect_page() as opened:
        photo.click()
    big = opened.value
    expect(big.locator("img")).to_have_js_property("naturalWidth", 1200)
    stranger = new_page(app_url)
    assert stranger.goto(big.url.removeprefix(app_url)).url.startswith(f"{app_url}/account/login")

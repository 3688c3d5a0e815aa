"""Signing in and out in a real browser, and whose session a websocket gets."""

from __future__ import annotations

import re
import time

import httpx2
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.e2e.conftest import ADMINISTRATOR, PASSWORD, NewPage
from tests.e2e.steps import settle, sign_in, sign_in_as


def test_a_deep_link_survives_the_sign_in_and_a_refresh(page: Page) -> None:
    sign_in_as(page, "official", "/community?period=2023-09&communities=c05")
    for _ in range(2):
        assert "/community?" in page.url
        assert "period=2023-09" in page.url
        assert "communities=c05" in page.url
        expect(page.get_by_role("button", name="退出登录")).to_be_attached()
        page.reload()
        settle(page)


def test_signing_out_ends_the_other_tab_at_its_next_step(page: Page) -> None:
    sign_in_as(page, "office_staff", "/domain")
    other = page.context.new_page()
    other.goto("/")
    settle(other)
    page.get_by_role("button", name="退出登录").click()
    expect(page).to_have_url(re.compile("/account/login$"))
    other.get_by_test_id("stSidebarNav").get_by_role("link", name="满意度").click()
    expect(other.get_by_text("登录已失效，请重新登录。")).to_be_visible()
    other.get_by_role("link", name="重新登录").click()
    expect(other).to_have_url(re.compile("next=%2Fsatisfaction"))


def test_a_page_for_others_is_not_in_the_menu_and_says_so_by_link(page: Page) -> None:
    sign_in_as(page, "official", "/surveys")
    expect(page.get_by_role("heading", name="没有权限")).to_be_visible()
    menu = page.get_by_test_id("stSidebarNav")
    shown = menu.get_by_role("link").all_inner_texts()
    assert "总览" in shown
    assert not {"填报活动", "我的填报", "调查结果", "导入调查", "用户", "备份"} & set(shown)
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_an_address_of_several_parts_that_is_none_says_so(page: Page) -> None:
    sign_in_as(page, "official", "/entry/a")
    expect(page.get_by_text("您要找的页面不存在，现在显示的是首页。")).to_be_visible()


def test_the_language_is_switched_in_the_sidebar_and_kept(
    new_page: NewPage, empty_app_url: str
) -> None:
    page = new_page(empty_app_url)
    sign_in(page, ADMINISTRATOR, PASSWORD)
    page.get_by_test_id("stSidebar").get_by_text("English").click()
    menu = page.get_by_test_id("stSidebarNav")
    expect(menu.get_by_role("link", name="Overview")).to_be_visible()
    page.reload()
    settle(page)
    expect(menu.get_by_role("link", name="Overview")).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_text("中文").click()
    expect(menu.get_by_role("link", name="总览")).to_be_visible()


def test_another_persons_session_id_alone_does_not_resume_their_session(app_url: str) -> None:
    official, administrator = (token_of(app_url, role) for role in ("official", "administrator"))
    theirs = streamlit_session(app_url, administrator)
    give_up = time.monotonic() + 120
    while streamlit_session(app_url, administrator, resume=theirs) != theirs:
        assert time.monotonic() < give_up  # the server may hear late that the first one has gone
    assert streamlit_session(app_url, official, resume=theirs) != theirs


def token_of(url: str, role: str) -> str:
    """The session cookie of a new sign-in as a role of the demonstration."""
    with httpx2.Client(base_url=url) as client:
        client.get("/account/login")
        form = {"csrf": client.cookies["minyi_csrf"], "role": role}
        client.post("/account/experience", data=form)
        return client.cookies["minyi_session"]


def streamlit_session(url: str, token: str, resume: str = "") -> str:
    """The id of the Streamlit session that a websocket gets, asking for `resume`."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    asked = ["streamlit", "no-xsrf-token", resume] if resume else ["streamlit"]
    headers = {"Cookie": f"minyi_session={token}"}
    with connect(
        address, subprotocols=asked, additional_headers=headers, open_timeout=120
    ) as socket:
        socket.send(BackMsg(rerun_script={}).SerializeToString())
        while True:
            message = ForwardMsg.FromString(socket.recv(timeout=120))
            if message.WhichOneof("type") == "new_session":
                return message.new_session.initialize.session_id

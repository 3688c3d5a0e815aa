"""用户: every button, seen to have changed what it says; refusals keep what was typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import User, UserSession
from services import accounts
from tests.builders import add_user
from tests.pages.admin_steps import fill, key, press, shown_rows
from tests.pages.app import opened, signed_in
from tests.pages.entry_steps import labels, said

PAGE = "admin/users"


@pytest.fixture
def person(door: Engine) -> int:
    """Somebody of c01 who is signed in."""
    with write_session(door) as session:
        row = add_user(session, "community_staff", "c01", username="li.si", name="李四")
        accounts.sign_in(session, row.id, "10.0.0.9", datetime.now(UTC))
        return row.id


def user_row(door: Engine, person: int) -> User:
    with read_session(door) as session:
        return session.get_one(User, person)


def open_sessions(door: Engine, person: int) -> int:
    with read_session(door) as session:
        mine = select(UserSession).where(
            UserSession.user_id == person, UserSession.ended_at.is_(None)
        )
        return len(session.scalars(mine).all())


def page(door: Engine, person: int | None = None) -> AppTest:
    app = signed_in(door, "administrator")
    return opened(app, PAGE, **({"person": str(person)} if person else {}))


def test_the_list_says_who_is_what_and_where(door: Engine, person: int) -> None:
    row = next(row for row in shown_rows(page(door)) if row[1] == "li.si")
    assert row[:5] == ["李四", "li.si", "社区工作人员", "甲社区", "未设置密码"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", str(row[5]))
    assert user_row(door, person).active


def test_somebody_is_added_by_a_link_shown_once(door: Engine) -> None:
    at = fill(page(door), "invite", username="Zhao.Liu", name="赵六", community="c02")
    press(at, "添加并生成链接")
    assert "zhao.liu" in said(at.success)
    link = re.search(r"/account/invite\?token=([\w-]{43})$", at.code[0].value)
    assert link is not None
    with read_session(door) as session:
        row = session.scalars(select(User).where(User.username == "zhao.liu")).one()
        assert (row.name, row.role, row.community_code) == ("赵六", "community_staff", "c02")
    assert ["赵六", "zhao.liu"] in [row[:2] for row in shown_rows(at)]
    at.run()
    assert not at.code
    assert at.text_input(key=key(at, "invite", "username")).value == ""


def beside(at: AppTest) -> str:
    """The label of the field that the first refusal stands under."""
    nodes = [node for node in at.main if node.type in ("text_input", "selectbox", "error")]
    return nodes[[node.type for node in nodes].index("error") - 1].label


def test_a_refused_addition_keeps_what_was_typed(door: Engine) -> None:
    at = fill(page(door), "invite", username="x", name="赵六", role="official")
    press(at, "添加并生成链接")
    assert "用户名应为2到60个字符" in said(at.error)
    assert beside(at) == "用户名"
    assert at.text_input(key=key(at, "invite", "name")).value == "赵六"
    assert at.selectbox(key=key(at, "invite", "role")).value == "official"
    with read_session(door) as session:
        assert not session.scalars(select(User).where(User.name == "赵六")).all()


def test_name_role_and_community_are_changed(door: Engine, person: int) -> None:
    form = f"person-{person}"
    at = fill(page(door, person), form, name="李思", role="official", community="")
    press(at, "保存")
    assert "已保存" in said(at.success)
    row = user_row(door, person)
    assert (row.name, row.role, row.community_code) == ("李思", "official", None)


def test_a_role_without_its_community_is_refused_and_keeps_what_was_typed(
    door: Engine, person: int
) -> None:
    form = f"person-{person}"
    at = press(fill(page(door, person), form, name="李思", community=""), "保存")
    assert "需要选择所属社区" in said(at.error)
    assert beside(at) == "所属社区（仅社区工作人员）"
    assert at.text_input(key=key(at, form, "name")).value == "李思"
    assert user_row(door, person).name == "李四"


def test_of_two_who_change_one_person_the_later_decides(door: Engine, person: int) -> None:
    form = f"person-{person}"
    at = fill(page(door, person), form, name="李思")
    with write_session(door) as session:
        session.get_one(User, person).name = "李丝"
    press(at, "保存")
    assert "被别人改过" in said(at.error)
    assert user_row(door, person).name == "李丝"
    assert "姓名\n  现在的内容：李丝\n  您填写的：李思" in [text.value for text in at.text]
    press(at, "保留我填写的，再保存一次")
    press(at, "保存")
    assert user_row(door, person).name == "李思"


def test_the_later_may_also_give_way(door: Engine, person: int) -> None:
    form = f"person-{person}"
    at = fill(page(door, person), form, name="李思")
    with write_session(door) as session:
        session.get_one(User, person).name = "李丝"
    press(press(at, "保存"), "放弃我填写的，按现在的内容重填")
    assert at.text_input(key=key(at, form, "name")).value == "李丝"


def test_signing_out_everywhere_ends_the_sessions(door: Engine, person: int) -> None:
    at = press(page(door, person), "退出此人的全部登录")
    assert "已在所有设备上退出" in said(at.success)
    assert open_sessions(door, person) == 0


def test_an_account_is_closed_and_reopened(door: Engine, person: int) -> None:
    at = press(page(door, person), "停用账号")
    assert "已停用“李四”" in said(at.success)
    assert not user_row(door, person).active
    assert open_sessions(door, person) == 0
    assert not {"停用账号", "生成重置密码的链接"} & set(labels(at.button))
    press(at, "恢复账号")
    assert user_row(door, person).active


def test_a_reset_link_is_shown_once(door: Engine, person: int) -> None:
    at = press(page(door, person), "生成重置密码的链接")
    assert "/account/invite?token=" in at.code[0].value
    assert "链接有效至" in str(next(row[4] for row in shown_rows(at) if row[1] == "li.si"))
    assert not at.run().code


def test_nobody_closes_their_own_account(door: Engine) -> None:
    app = signed_in(door, "administrator")
    with read_session(door) as session:
        own = session.scalars(select(User.id).where(User.role == "administrator")).one()
    at = press(opened(app, PAGE, person=str(own)), "停用账号")
    assert "不能停用自己的账号" in said(at.error)
    assert user_row(door, own).active

"""Comments in the meeting's pack: written, settled, opened again; officials read and comment."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import MeetingSlide, SlideComment, User
from services import meetings
from services.permissions import CurrentUser
from tests.builders import add_user
from tests.meeting_cases import NOW, RULES, TODAY, TYPED
from tests.pages.admin_steps import key
from tests.pages.entry_steps import labels, open_page, press, said

PAGE = "pages/meeting/pack.py"


@pytest.fixture
def slide(door: Engine) -> int:
    """The first slide of a meeting that somebody prepares."""
    with write_session(door) as session:
        row = add_user(session, "administrator", username="preparing")
        user = CurrentUser(row.id, row.username, row.name, row.role, None, "zh")
        meetings.make(session, TYPED, "meeting", user, NOW, TODAY, RULES)
        return session.scalars(select(MeetingSlide.id).order_by(MeetingSlide.id)).first()


def stored(door: Engine) -> list[SlideComment]:
    with read_session(door) as session:
        return list(session.scalars(select(SlideComment).order_by(SlideComment.id)))


def pack(door: Engine, role: str) -> AppTest:
    return open_page(door, role, page=PAGE, meeting="M000001")


def write(at: AppTest, slide: int, text: str, asks: tuple[int, ...] = ()) -> AppTest:
    form = f"comment-{slide}"
    at.text_area(key=key(at, form, "text")).set_value(text)
    at.multiselect(key=key(at, form, "asks")).set_value(list(asks))
    return press(at, "提交意见")


def test_a_comment_asks_a_person_and_is_settled_and_opened_again(door: Engine, slide: int) -> None:
    with write_session(door) as session:
        asked = add_user(session, "official", username="asked").id
    at = write(pack(door, "office_staff"), slide, "请补充原因", (asked,))
    assert "待办" in said(at.success)
    (row,) = stored(door)
    assert (row.slide_id, row.text, row.mentioned) == (slide, "请补充原因", [asked])
    press(at, "已处理")
    assert stored(door)[0].done_at is not None
    press(at, "重新打开")
    assert stored(door)[0].done_at is None


def test_a_refused_comment_keeps_whom_it_asked(door: Engine, slide: int) -> None:
    with write_session(door) as session:
        asked = session.scalars(select(User.id).where(User.username == "preparing")).one()
    at = write(pack(door, "office_staff"), slide, " ", (asked,))
    assert "请填写“意见”" in said(at.error)
    assert at.multiselect(key=key(at, f"comment-{slide}", "asks")).value == [asked]
    assert stored(door) == []


def test_officials_read_a_pack_and_comment_and_change_nothing(door: Engine, slide: int) -> None:
    at = write(pack(door, "official"), slide, "这一页请再核对")
    assert len(stored(door)) == 1
    offered = set(labels(at.button))
    assert not offered & {"保存", "上移", "下移", "撤下", "增加", "确认冻结", "作废这次会议"}
    assert not [one for one in at.text_area if "讲稿" in one.label]


def test_community_staff_are_told_that_the_pack_is_not_theirs(door: Engine) -> None:
    at = open_page(door, "community_staff", "c01", page=PAGE)
    assert at.header[0].value == "没有权限"

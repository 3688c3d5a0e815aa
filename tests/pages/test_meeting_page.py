"""The meeting pack: made from the data, slides edited and ordered, frozen, taken along."""

from __future__ import annotations

from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import read_session
from db.models import Meeting, MeetingSlide
from tests.pages.app import heading, opened, signed_in
from tests.pages.entry_steps import press, said

PAGE = "meeting/pack"


def page(door: Engine) -> AppTest:
    at = opened(signed_in(door, "office_staff"), PAGE)
    assert not at.exception
    return at


def prepared(door: Engine) -> AppTest:
    at = page(door)
    next(one for one in at.text_input if one.label == "会议名称").set_value("十月调度会")
    press(at, "按数据生成议程")
    assert not at.error
    return at


def slides(door: Engine) -> list[tuple[str, bool, str]]:
    with read_session(door) as session:
        rows = session.scalars(select(MeetingSlide).order_by(MeetingSlide.position))
        return [(row.kind, row.shown, row.headline) for row in rows]


def test_who_does_not_hold_meetings_is_told_so(door: Engine) -> None:
    assert heading(opened(signed_in(door, "community_staff"), PAGE)) == "没有权限"


def test_a_meeting_without_a_name_is_refused_and_nothing_is_kept(door: Engine) -> None:
    at = press(page(door), "按数据生成议程")
    assert said(at.error) == "请填写“会议名称”。"
    with read_session(door) as session:
        assert session.scalars(select(Meeting)).all() == []


def test_a_meeting_is_prepared_and_its_slides_are_there(door: Engine) -> None:
    at = prepared(door)
    assert heading(at) == "十月调度会"
    assert "下载幻灯片（PPTX）" in [one.label for one in at.get("download_button")]
    assert [kind for kind, _shown, _headline in slides(door)] == [
        "cover", "promises", "overdue", "ahead",
    ]  # fmt: skip


def test_slides_are_moved_taken_out_and_put_back(door: Engine) -> None:
    at = prepared(door)
    [down for down in at.button if down.label == "下移"][0].click().run()
    assert [kind for kind, *_rest in slides(door)][:2] == ["promises", "cover"]
    [out for out in at.button if out.label == "撤下"][0].click().run()
    assert slides(door)[0][1] is False
    press(at, "放回")
    assert slides(door)[0][1] is True


def test_a_slide_is_added_while_the_meeting_is_not_frozen(door: Engine) -> None:
    at = prepared(door)
    press(at, "增加")
    assert slides(door)[-1][0] == "own"
    press(at, "确认冻结")
    assert "增加" not in [one.label for one in at.button]
    with read_session(door) as session:
        assert session.scalars(select(Meeting)).one().frozen_at is not None


def test_the_list_names_what_was_prepared(door: Engine) -> None:
    prepared(door)
    at = opened(signed_in(door, "administrator"), PAGE)
    assert "十月调度会" in [link.proto.label for link in at.get("page_link")]

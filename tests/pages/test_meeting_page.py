"""The meeting pack: made from the data, slides edited and ordered, frozen, taken along."""

from __future__ import annotations

from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Toggle

from db.engine import read_session, write_session
from db.models import Meeting, MeetingSlide, Office
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


def meeting(door: Engine) -> Meeting:
    with read_session(door) as session:
        return session.scalars(select(Meeting)).one()


def write(at: AppTest, label: str, text: str) -> None:
    fields = [*at.text_input, *at.text_area]
    next(one for one in fields if one.label == label).set_value(text)


def approved(at: AppTest) -> Toggle:
    (found,) = [one for one in at.toggle if one.label == "只看已审核"]
    return found


def agenda(at: AppTest) -> tuple[list[str], str]:
    """The titles in their order, and the one that is chosen."""
    (listed,) = [one for one in at.radio if one.label == "议程"]
    titles = [option.replace("\\", "").split("\u2002")[1] for option in listed.options]
    return titles, titles[listed.index or 0]


def test_who_does_not_hold_meetings_is_told_so(door: Engine) -> None:
    assert heading(opened(signed_in(door, "community_staff"), PAGE)) == "没有权限"


def test_a_meeting_without_a_name_is_refused_and_nothing_is_kept(door: Engine) -> None:
    at = press(page(door), "按数据生成议程")
    assert said(at.error) == "请填写“会议名称”。"
    with read_session(door) as session:
        assert session.scalars(select(Meeting)).all() == []


def test_a_meeting_is_prepared_and_its_agenda_is_there(door: Engine) -> None:
    at = prepared(door)
    assert heading(at) == "十月调度会"
    assert agenda(at) == (["封面", "上次承诺", "超期的民声", "下月安排"], "封面")
    (shown,) = [one for one in at.get("link_button") if one.proto.label == "放映"]
    assert shown.proto.url == "/present/M000001"


def test_the_chosen_slide_moves_and_stays_chosen(door: Engine) -> None:
    at = press(prepared(door), "下移")
    assert agenda(at) == (["上次承诺", "封面", "超期的民声", "下月安排"], "封面")
    assert [kind for kind, *_rest in slides(door)][:2] == ["promises", "cover"]
    at = press(at, "上移")
    assert agenda(at)[0][0] == "封面"


def test_a_slide_is_taken_out_and_put_back(door: Engine) -> None:
    at = press(prepared(door), "撤下")
    assert slides(door)[0][1] is False
    press(at, "放回")
    assert slides(door)[0][1] is True


def test_a_slide_is_added_behind_the_chosen_one_while_nothing_is_frozen(door: Engine) -> None:
    at = press(prepared(door), "增加")
    assert slides(door)[1][0] == "own"
    assert agenda(at)[1] == "自拟"
    press(at, "确认冻结")
    assert "增加" not in [one.label for one in at.button]
    assert meeting(door).frozen_at is not None


def test_words_are_saved_and_the_form_shows_them(door: Engine) -> None:
    at = prepared(door)
    write(at, "标题句", "全体社区参加")
    write(at, "讲稿（只有主讲人看到）", "先点名")
    press(at, "保存")
    assert slides(door)[0][2] == "全体社区参加"
    assert next(one for one in at.text_input if one.label == "标题句").value == "全体社区参加"


def test_words_typed_over_those_of_somebody_else_are_refused_and_stay(door: Engine) -> None:
    mine = prepared(door)
    theirs = opened(signed_in(door, "administrator"), PAGE, meeting="M000001")
    write(theirs, "标题句", "他们的")
    press(theirs, "保存")
    write(mine, "标题句", "我的")
    press(mine, "保存")
    assert "被别人改过" in said(mine.error)
    assert next(one for one in mine.text_input if one.label == "标题句").value == "我的"
    assert slides(door)[0][2] == "他们的"


def test_the_deck_is_made_and_offered(door: Engine) -> None:
    at = press(prepared(door), "生成幻灯片（PPTX）")
    offered = at.get("download_button")[-1]
    assert offered.label == "下载幻灯片（PPTX）"


def test_a_meeting_is_renamed_voided_and_restored(door: Engine) -> None:
    at = prepared(door)
    write(at, "会议名称", "十月考核会")
    at = press(at, "保存名称和范围")
    assert meeting(door).title == "十月考核会"
    write(at, "作废原因", "改期")
    at = press(at, "作废这次会议")
    assert meeting(door).void_reason == "改期"
    press(at, "恢复")
    assert meeting(door).void_reason == ""


def test_a_meeting_is_made_of_approved_records_only_and_of_all_again(door: Engine) -> None:
    with write_session(door) as session:
        session.get_one(Office, 1).approval = True
    at = page(door)
    write(at, "会议名称", "十月调度会")
    approved(at).set_value(True)
    at = press(at, "按数据生成议程")
    assert (meeting(door).approved_only, "只含已审核记录" in said(at.caption)) == (True, True)
    approved(at).set_value(False)
    at = press(at, "保存名称和范围")
    assert (meeting(door).approved_only, "含待审核记录" in said(at.caption)) == (False, True)


def test_without_approval_there_is_nothing_to_choose(door: Engine) -> None:
    at = prepared(door)
    assert not at.toggle
    assert meeting(door).approved_only is None


def test_what_changed_since_is_told_beside_a_frozen_meeting(demonstration: Engine) -> None:
    at = opened(signed_in(demonstration, "office_staff"), PAGE, meeting="M000001")
    assert heading(at) == "十月考核通报会"
    assert "冻结以来的变化" in [one.label for one in at.expander]


def test_the_list_names_what_was_prepared(door: Engine) -> None:
    prepared(door)
    at = opened(signed_in(door, "administrator"), PAGE)
    assert "十月调度会" in [link.proto.label for link in at.get("page_link")]


def test_officials_find_frozen_meetings_to_present_and_no_others(demonstration: Engine) -> None:
    at = opened(signed_in(demonstration, "office_staff"), PAGE)
    next(one for one in at.text_input if one.label == "会议名称").set_value("未冻结")
    press(at, "按数据生成议程")
    for role, found in (("official", 1), ("community_staff", 1), ("administrator", 2)):
        at = opened(signed_in(demonstration, role), "meeting/present")
        links = [one.proto.url for one in at.get("link_button")]
        assert len(links) == 2 * found
        assert "/present/M000001?auto=20" in links


def test_an_empty_office_is_told_where_meetings_come_from(door: Engine) -> None:
    at = opened(signed_in(door, "official"), "meeting/present")
    assert "冻结后会出现在这里" in said(at.info)
    at = opened(signed_in(door, "office_staff"), "meeting/present")
    assert [link.proto.label for link in at.get("page_link")] == ["准备一次会议"]

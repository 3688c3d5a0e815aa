"""民声: every form and button of the page, seen to have changed what is on record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import Session, read_session
from db.models import Change, Feedback
from tests.feedback_cases import PHONE, Desk
from tests.pages.admin_steps import fill, key
from tests.pages.app import office_day
from tests.pages.entry_steps import labels, open_page, press, said

PAGE = "pages/followup/feedback.py"
HOSTILE = "<b onclick=alert(1)>粗</b> ![图](//x) **重** # 标题"


@pytest.fixture
def desk(door: Engine) -> Desk:
    """Voices of 2023, put on record by an office staff and a staff of c01."""
    session = Session(door.execution_options(minyi_write=True), expire_on_commit=False)
    return Desk(session)


def office_page(door: Engine, **query: str) -> AppTest:
    return open_page(door, "office_staff", page=PAGE, **query)


def stored(door: Engine) -> list[Feedback]:
    with read_session(door) as session:
        return list(session.scalars(select(Feedback).order_by(Feedback.id)))


def written(at: AppTest) -> str:
    """All plain text of the page."""
    return "\n".join(text.value for text in at.text)


def heading(at: AppTest) -> str:
    return at.header[0].value.replace("\\", "")


def test_a_voice_is_registered(door: Engine) -> None:
    at = office_page(door, part="new")
    fill(at, "feedback", channel="parents_day", topic="bullying", community="c02",
         school="乙小学", text=f"{HOSTILE} {PHONE}")  # fmt: skip
    press(at, "保存")
    assert "已登记，编号 F000001" in said(at.success)
    row = stored(door)[0]
    assert (row.channel_code, row.topic_code, row.community_code, row.school, row.state) == (
        "parents_day", "bullying", "c02", "乙小学", "received",
    )  # fmt: skip
    assert row.text == f"{HOSTILE} {PHONE}"
    assert abs(row.received_on - office_day()) <= timedelta(days=1)
    assert at.text_area(key=key(at, "feedback", "text")).value == ""
    press(at, "保存")
    assert len(stored(door)) == 1


def test_community_staff_register_for_their_own_community(door: Engine) -> None:
    at = open_page(door, "community_staff", "c01", page=PAGE, part="new")
    fill(at, "feedback", channel="doorstep", topic="noise", text="晚上施工")
    press(at, "保存")
    assert stored(door)[0].community_code == "c01"


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("channel", "请选择来源渠道"),
        ("topic", "请选择反映的问题"),
        ("community", "请选择所属社区"),
        ("text", "请写明反映的内容"),
    ],
)
def test_a_refused_voice_keeps_what_was_typed(door: Engine, left_out: str, sentence: str) -> None:
    values = {"channel": "hot_line", "topic": "noise", "community": "c01", "text": "晚上施工"}
    values.pop(left_out)
    at = press(fill(office_page(door, part="new"), "feedback", **values), "保存")
    assert sentence in said(at.error)
    assert stored(door) == []
    for name, value in values.items():
        found = at.text_area if name == "text" else at.selectbox
        assert found(key=key(at, "feedback", name)).value == value


def test_a_day_that_is_still_to_come_is_refused(door: Engine) -> None:
    at = office_page(door, part="new")
    fill(at, "feedback", channel="hot_line", topic="noise", community="c01", text="晚上施工")
    later = office_day() + timedelta(days=9)
    at.date_input(key=key(at, "feedback", "received_on")).set_value(later)
    press(at, "保存")
    assert "收到的日期不能晚于今天" in said(at.error)
    assert stored(door) == []


def test_a_voice_is_assigned_resolved_called_back_and_reopened(door: Engine, desk: Desk) -> None:
    number = desk.submit()
    at = office_page(door, voice=number)
    assert heading(at) == f"{number} · 待交办"
    press(at, "保存")
    assert "请选择责任人" in said(at.error)
    press(fill(at, number, owner=desk.staff.id), "保存")
    assert heading(at) == f"{number} · 办理中"
    assert "已保存：交办" in said(at.success)
    assert stored(door)[0].owner_id == desk.staff.id
    press(fill(at, number, note="已增派护学岗"), "保存")
    assert heading(at) == f"{number} · 待回访"
    at.radio(key=key(at, number, "verdict")).set_value("not_resolved").run()
    press(fill(at, number, note="还是堵"), "保存")
    assert heading(at) == f"{number} · 办理中"
    assert "第 2 轮" in written(at)
    press(fill(at, number, note="错峰放学"), "保存")
    at.radio(key=key(at, number, "verdict")).set_value("satisfied").run()
    press(at, "保存")
    assert heading(at) == f"{number} · 已办结"
    assert (stored(door)[0].verdict, stored(door)[0].rounds) == ("satisfied", 2)
    press(at, "重新办理")
    press(fill(at, number, note="又堵了"), "保存")
    assert (stored(door)[0].state, stored(door)[0].rounds) == ("assigned", 3)


def test_an_assigned_voice_goes_to_somebody_else(door: Engine, desk: Desk) -> None:
    number = desk.brought_to("assigned")
    at = press(office_page(door, voice=number), "改派或延期")
    assert at.selectbox(key=key(at, number, "owner")).value == desk.staff.id
    fill(at, number, owner=desk.office.id)
    due = office_day() + timedelta(days=30)
    at.date_input(key=key(at, number, "due")).set_value(due)
    press(at, "保存")
    assert stored(door)[0].owner_id == desk.office.id
    assert stored(door)[0].due_on == due


def test_a_voice_is_made_void_and_restored(door: Engine, desk: Desk) -> None:
    number = desk.submit()
    at = press(office_page(door, voice=number), "作废")
    press(at, "保存")
    assert "请写明“作废”的情况或原因" in said(at.error)
    press(fill(at, number, note="重复登记"), "保存")
    assert heading(at) == f"{number} · 已作废"
    assert stored(door)[0].void_reason == "重复登记"
    press(press(at, "恢复"), "保存")
    assert (stored(door)[0].void_reason, stored(door)[0].state) == ("", "received")


def test_of_two_who_handle_one_voice_the_later_keeps_what_was_typed(
    door: Engine, desk: Desk
) -> None:
    number = desk.brought_to("assigned")
    at = fill(office_page(door, voice=number), number, note="已修好")
    desk.take(number, desk.step("assign", owner=desk.office.id))
    press(at, "保存")
    assert "已有新的进展" in said(at.error)
    assert at.text_area(key=key(at, number, "note")).value == "已修好"
    press(press(at, "已看过最新情况，继续填写"), "保存")
    assert stored(door)[0].state == "resolved"


def test_what_was_typed_outlives_that_somebody_else_takes_the_step(
    door: Engine, desk: Desk
) -> None:
    number = desk.brought_to("assigned")
    at = fill(office_page(door, voice=number), number, note="已修好")
    desk.take(number, desk.step("resolve"))
    press(at, "保存")
    assert "已有新的进展" in said(at.error)
    assert any("别人刚刚办理过" in one.value for one in at.warning)
    assert at.text_area(key=key(at, number, "note")).value == "已修好"
    press(at, "放弃填写")
    assert "回访结果" in labels(at.radio)
    assert at.text_area(key=key(at, number, "note")).value == ""


def test_hidden_numbers_are_shown_on_demand_and_that_is_logged(door: Engine, desk: Desk) -> None:
    number = desk.submit(text=f"请打 {PHONE}")
    at = office_page(door, voice=number)
    assert "请打 138****5678" in written(at)
    assert PHONE not in written(at)
    press(at, "显示完整号码")
    assert f"请打 {PHONE}" in written(at)
    with read_session(door) as session:
        assert session.scalars(select(Change.action).order_by(Change.id)).all()[-1] == "reveal"


def test_hostile_text_is_shown_as_text_only(door: Engine, desk: Desk) -> None:
    number = desk.brought_to("assigned", text=HOSTILE, school="<i>校</i>")
    desk.take(number, desk.step("resolve", note=HOSTILE))
    for at in (office_page(door, voice=number), office_page(door, period="2023")):
        assert HOSTILE[:40] in written(at)
        marked = [element.value for element in (*at.markdown, *at.caption)]
        assert not any("<b onclick" in text or "**重**" in text for text in marked)


def test_an_official_reads_and_changes_nothing(door: Engine, desk: Desk) -> None:
    number = desk.brought_to("assigned")
    at = open_page(door, "official", page=PAGE, voice=number)
    assert heading(at) == f"{number} · 办理中"
    assert labels(at.button) == ["返回清单"]
    at = open_page(door, "official", page=PAGE, part="new", period="2023")
    assert "登记" not in heading(at)


def test_staff_of_another_community_read_no_voice(door: Engine, desk: Desk) -> None:
    number = desk.submit()
    at = open_page(door, "community_staff", "c02", page=PAGE, voice=number)
    assert "本社区" in said(at.error)
    assert not at.text_area
    at = open_page(door, "community_staff", "c02", page=PAGE, period="2023", communities="c01")
    assert "民声 0 件" in heading(at)


def test_the_filters_narrow_the_list_and_stay_in_the_address(door: Engine, desk: Desk) -> None:
    first = desk.brought_to("assigned")
    desk.submit(topic="noise", channel="hot_line", community="c02", school="")
    desk.brought_to("void")
    at = office_page(door, period="2023")
    assert "民声 2 件" in heading(at)
    for name, value, count in (
        ("state", "overdue", 1), ("state", "void", 1), ("topic", "noise", 1),
        ("channel", "parents_day", 1), ("school", "甲小学", 1),
    ):  # fmt: skip
        at = office_page(door, period="2023")
        at.selectbox(key=f"filter-{name}").set_value(value).run()
        assert at.query_params[name] == value
        assert f"民声 {count} 件" in heading(at)
    at = office_page(door, period="2023", state="overdue")
    assert any("期限：2023年" in caption.value for caption in at.caption)
    press(at, f"{first} 上下学交通拥堵")
    assert heading(at).startswith(first)
    press(at, "返回清单")
    assert at.query_params["state"] == "overdue"
    assert "民声 1 件" in heading(at)


def test_what_waits_for_a_person_stands_first_and_in_the_menu(door: Engine, desk: Desk) -> None:
    desk.brought_to("assigned")
    at = open_page(door, "community_staff", "c01", page=PAGE, period="2022")
    assert at.expander[0].label == "待我办理（1 件）"
    press(at, "F000001 上下学交通拥堵")
    assert heading(at).startswith("F000001")


def test_the_figures_are_drawn_for_the_chosen_part(door: Engine, desk: Desk) -> None:
    desk.brought_to("closed")
    at = office_page(door, period="2023")
    at.button_group(key="filter-part").set_value("figures").run()
    assert not at.exception
    assert heading(at) == "2023年，全街道：收到民声 1 件，未办结 0 件，超期 0 件"
    assert at.query_params["part"] == "figures"


def test_days_are_those_of_the_office(door: Engine, desk: Desk) -> None:
    number = desk.submit()
    at = office_page(door, voice=number)
    fill(at, number, owner=desk.staff.id)
    at.date_input(key=key(at, number, "day")).set_value(date(2023, 10, 1))
    press(at, "保存")
    assert "日期不能早于上一步" in said(at.error)
    assert stored(door)[0].state == "received"


def test_a_voice_is_corrected_and_the_look_at_its_numbers_is_logged(
    door: Engine, desk: Desk
) -> None:
    number = desk.submit(text=f"请回电 {PHONE}")
    at = office_page(door, voice=number)
    press(at, "更正内容")
    assert at.text_area(key=key(at, number, "text")).value == f"请回电 {PHONE}"
    fill(at, number, topic="homework", text="")
    press(at, "保存更正")
    assert "请写明反映的内容" in said(at.error)
    assert at.selectbox(key=key(at, number, "topic")).value == "homework"
    fill(at, number, text="作业太多")
    press(at, "保存更正")
    assert f"已更正 {number}" in said(at.success)
    assert (stored(door)[0].topic_code, stored(door)[0].text) == ("homework", "作业太多")
    assert "反映的问题：上下学交通拥堵 → 作业负担过重" in written(at)
    with read_session(door) as session:
        actions = session.scalars(select(Change.action).order_by(Change.id)).all()
    assert actions[-2:] == ["reveal", "correct"]


def test_a_correction_is_given_up(door: Engine, desk: Desk) -> None:
    number = desk.submit()
    at = office_page(door, voice=number)
    press(at, "更正内容")
    fill(at, number, text="改")
    press(at, "取消")
    assert "保存更正" not in labels(at.button)
    assert "更正内容" in labels(at.button)
    assert stored(door)[0].text == "放学时校门口堵车"

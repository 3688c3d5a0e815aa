"""Forms that outlive their page: what was left is put back, once, and only where it belongs."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import Feedback, FormDraft, User
from services import accounts, form_drafts
from services.permissions import CurrentUser
from services.settings import ROOT
from tests.activity_cases import PHONE
from tests.pages.admin_steps import fill, key
from tests.pages.app import LONGEST
from tests.pages.entry_steps import (
    ENTRY_PAGE,
    choose,
    field,
    labels,
    open_page,
    press,
    said,
    stored,
    token,
    type_in,
)

VOICES = "pages/followup/feedback.py"
INSPECTIONS = "pages/followup/inspections.py"
PROMISES = "pages/followup/commitments.py"
DAY = date(2023, 10, 25)
HIDDEN = ("asked", "tried", "own")  # what the page keeps in the browser for itself


def handed_over(at: AppTest) -> dict[str, Any]:
    """What the page tells the browser that keeps the form; here there are no cookies to tell."""
    return json.loads(keeper(at).mixed.json)


def keeper(at: AppTest) -> Any:
    shown = (one.proto for one in at.get("bidi_component"))
    return next(proto for proto in shown if proto.component_name.endswith("keep"))


def in_form(at: AppTest) -> dict[str, Any]:
    """All that the browser has of the form: what is chosen, and the texts in its fields."""
    data = handed_over(at)
    own = f"{data['token']}-"
    texts = {
        str(one.key).removeprefix(own): one.value
        for one in (*at.text_input, *at.text_area)
        if str(one.key).startswith(own) and str(one.key).removeprefix(own) not in HIDDEN
    }
    return data["fields"] | texts


def browser_saves(at: AppTest, door: Engine, **more: Any) -> form_drafts.Kept:
    data = handed_over(at)
    with write_session(door) as session:
        row = session.get(User, data["person"])
        user = CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")
        known = session.get(FormDraft, data["token"])
        seen = known.version if known else 0
        what = (data["form"], data["token"], seen, in_form(at) | more)
        return form_drafts.save(session, *what, user, datetime.now(UTC) - timedelta(minutes=3))


def staff_page(door: Engine, page: str = ENTRY_PAGE, **query: str) -> AppTest:
    return open_page(door, "community_staff", "c01", page=page, **query)


def half_filled(door: Engine) -> AppTest:
    at = choose(staff_page(door))
    at.checkbox(key=field(at, "several")).check().run()
    at.date_input(key=field(at, "first_day")).set_value(DAY)
    at.date_input(key=field(at, "last_day")).set_value(DAY + timedelta(days=1))
    at.selectbox(key=field(at, "grid-c01")).set_value("c01-g02")
    at.multiselect(key=field(at, "communities-c01")).set_value(["c03"])
    at.button_group(key=field(at, "partners")).set_value(["volunteer"]).run()
    type_in(at, place="文化广场", participants="四十", headcount__volunteer="12")
    at.text_area(key=field(at, "note")).set_value("雨后\n清理")
    assert browser_saves(at, door).state == "open"
    return at


def captions(at: AppTest) -> str:
    return "\n".join(one.value for one in at.caption).replace("\\", "")


def test_what_was_left_is_there_when_the_page_is_opened_elsewhere(door: Engine) -> None:
    at = half_filled(door)
    other = staff_page(door)
    assert token(other) == token(at)
    assert in_form(other) == in_form(at)
    assert other.date_input(key=field(other, "first_day")).value == DAY
    assert other.text_input(key=field(other, "participants")).value == "四十"
    assert "已接着上次没有提交的填写（3 分钟前）。" in captions(other)
    other.run()
    assert "已接着上次没有提交的填写" in captions(other)


def test_a_restored_form_is_entered_once(door: Engine) -> None:
    at = half_filled(door)
    other = staff_page(door)
    for page in (at, other):
        type_in(page, participants="40")
    press(other, "保存")
    assert "已保存，编号 A000001" in said(other.success)
    assert "已接着上次" not in captions(other)
    press(at, "保存")
    assert "没有重复计入" in said(at.success)
    assert len(stored(door)) == 1
    assert staff_page(door).button_group[0].value is None


def test_it_is_emptied_by_a_button_and_brought_back_by_another(door: Engine) -> None:
    first = token(half_filled(door))
    at = press(staff_page(door), "重新填写")
    assert token(at) != first
    assert at.button_group(key=field(at, "domain")).value is None
    assert "已清空" in captions(at)
    assert staff_page(door).button_group[0].value is None
    press(at, "找回刚才填写的")
    assert token(at) == first
    assert at.text_input(key=field(at, "place")).value == "文化广场"
    assert at.text_area(key=field(at, "note")).value == "雨后\n清理"
    assert token(staff_page(door)) == first


def test_who_comes_back_from_another_page_finds_it(door: Engine) -> None:
    at = half_filled(door)
    at.switch_page("pages/entry/mine.py").run()
    at.switch_page(ENTRY_PAGE).run()
    assert at.text_input(key=field(at, "place")).value == "文化广场"


def test_who_comes_back_to_what_was_submitted_elsewhere_begins_anew(door: Engine) -> None:
    at = half_filled(door)
    at.switch_page("pages/entry/mine.py").run()
    other = staff_page(door)
    type_in(other, participants="40")
    first = token(other)
    press(other, "保存")
    at.switch_page(ENTRY_PAGE).run()
    assert token(at) != first
    assert at.button_group[0].value is None
    assert "已接着上次" not in captions(at)
    choose(at)
    type_in(at, participants="40")
    press(at, "保存")
    assert len(stored(door)) == 2


def test_a_browser_that_comes_back_to_a_new_server_keeps_what_it_has(door: Engine) -> None:
    at = half_filled(door)
    type_in(at, place="刚刚改的")
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONGEST)
    again.user = at.user
    again.run().switch_page(ENTRY_PAGE)
    again._run(at._tree.get_widget_states())
    assert token(again) == token(at)
    assert again.text_input(key=field(again, "place")).value == "刚刚改的"
    assert "已接着上次" not in captions(again)


def test_a_link_that_asks_for_a_form_of_its_own_gets_it(door: Engine) -> None:
    first = token(half_filled(door))
    asked = {"type": "free_clinic", "day": "2023-10-20"}
    at = staff_page(door, **asked)
    assert (token(at) != first, at.button_group(key=field(at, "domain")).value) == (True, "health")
    assert token(staff_page(door, draft=first, **asked)) == first


def test_nobody_else_finds_it(door: Engine) -> None:
    first = token(half_filled(door))
    other = open_page(door, "office_staff", draft=first)
    assert token(other) != first
    assert other.button_group[0].value is None


def test_what_no_field_can_hold_any_more_is_left_out(door: Engine) -> None:
    at = half_filled(door)
    gone = {"type-environment": "gone", "first_day": "x", "partners": ["gone", "police"],
            "several": "yes", "grid-c01": "c09-g01", "save": True, "what": "?"}  # fmt: skip
    browser_saves(at, door, **gone)
    other = staff_page(door)
    assert other.button_group(key=field(other, "domain")).value == "environment"
    assert other.button_group(key=field(other, "type-environment")).value is None
    choose(other)
    assert other.button_group(key=field(other, "partners")).value == ["police"]
    assert other.text_input(key=field(other, "participants")).value == "四十"
    assert other.selectbox(key=field(other, "grid-c01")).value is None
    browser_saves(at, door, domain="gone")
    assert staff_page(door).button_group[0].value is None


def test_what_another_page_submitted_goes_on_as_a_form_of_its_own(door: Engine) -> None:
    at = half_filled(door)
    other = staff_page(door)
    type_in(other, participants="40")
    first = token(other)
    press(other, "保存")
    assert browser_saves(at, door).state == "sent"
    states = at._tree.get_widget_states()
    sent = [{"event": "apart", "value": in_form(at) | {"place": "另一处", "participants": "70"}}]
    states.widgets.append(
        WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{keeper(at).id}__events",
            json_trigger_value=json.dumps(sent),
        )
    )
    at._run(states)
    assert not at.exception
    assert token(at) != first
    assert at.text_input(key=field(at, "place")).value == "另一处"
    press(at, "保存")
    assert [row.place for row in stored(door)] == ["文化广场", "另一处"]


def test_a_voice_is_put_back_and_ends_with_its_submission(door: Engine) -> None:
    at = staff_page(door, VOICES, part="new")
    fill(at, "feedback", channel="doorstep", topic="noise", school="乙小学")
    at.date_input(key=key(at, "feedback", "received_on")).set_value(DAY).run()
    browser_saves(at, door, text=f"晚上施工 {PHONE}")
    other = staff_page(door, VOICES, part="new")
    assert other.text_area(key=key(other, "feedback", "text")).value == f"晚上施工 {PHONE}"
    press(other, "保存")
    with read_session(door) as session:
        assert session.scalars(select(Feedback.received_on)).all() == [DAY]
        assert session.scalars(select(FormDraft.fields)).all() == [{}]


def test_an_inspection_is_put_back_with_its_deadline(door: Engine) -> None:
    at = open_page(door, "office_staff", page=INSPECTIONS, part="new")
    at.radio(key=key(at, "inspection", "verdict")).set_value("rectify").run()
    at.date_input(key=key(at, "inspection", "due_on")).set_value(DAY)
    fill(at, "inspection", community="c02", domain="safety").run()
    browser_saves(at, door, findings="楼道堆物")
    other = open_page(door, "office_staff", page=INSPECTIONS, part="new")
    assert in_form(other) == in_form(at) | {"findings": "楼道堆物"}
    assert other.date_input(key=key(other, "inspection", "due_on")).value == DAY


def test_after_one_inspection_the_next_is_put_back_as_well(door: Engine) -> None:
    at = open_page(door, "office_staff", page=INSPECTIONS, part="new")
    at.radio(key=key(at, "inspection", "verdict")).set_value("qualified").run()
    fill(at, "inspection", community="c02", inspector="周主任", findings="整洁")
    press(at, "保存")
    other = open_page(door, "office_staff", page=INSPECTIONS, part="new")
    fill(other, "inspection", community="c03").run()
    browser_saves(other, door, findings="楼道堆物")
    at.query_params.clear()
    at.query_params["part"] = "new"
    at.run()
    assert token(at, "inspection") == token(other, "inspection")
    assert at.text_area(key=key(at, "inspection", "findings")).value == "楼道堆物"


def test_a_commitment_is_put_back_and_its_form_stands_open(door: Engine) -> None:
    at = open_page(door, "office_staff", page=PROMISES)
    assert not at.expander[0].proto.expanded
    fill(at, "commitment", community="c02").run()
    browser_saves(at, door, text="修路", owner="李主任")
    other = open_page(door, "office_staff", page=PROMISES)
    assert other.expander[0].proto.expanded
    assert in_form(other) == in_form(at) | {"text": "修路", "owner": "李主任"}


def test_a_session_that_ended_leads_back_to_the_draft(door: Engine) -> None:
    at = half_filled(door)
    browser_saves(at, door)
    handed = token(at)  # only the browser's address has it
    with write_session(door) as session:
        accounts.sign_out(session, at.user["session"], datetime.now(UTC))
    at.run()
    assert "存有草稿" in at.markdown[-1].value
    assert f"draft%3D{handed}" in "".join(one.value for one in at.html)


def test_the_line_offers_nothing_while_nothing_was_left(door: Engine) -> None:
    assert not {"重新填写", "找回刚才填写的"} & set(labels(staff_page(door).button))

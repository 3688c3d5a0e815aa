"""工作节律: every widget of the page, seen to have changed what is shown or on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import Session, read_session, write_session
from db.models import ActivityPlan, Office, PlanException
from services import schedule
from services.schedule import Rule
from tests.activity_cases import person
from tests.builders import add_activity
from tests.pages.admin_steps import fill, key
from tests.pages.app import office_day
from tests.pages.entry_steps import ENTRY_PAGE, field, labels, open_page, press, said
from tests.schedule_cases import planned

PAGE = "pages/followup/rhythm.py"
HOSTILE = "<b onclick=alert(1)>粗</b> **重**"


@pytest.fixture
def session(door: Engine) -> Iterator[Session]:
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        yield session


def monday() -> date:
    return office_day() - timedelta(days=office_day().weekday() + 7)  # of the week before


@pytest.fixture
def code(session: Session) -> str:
    """An occasion of c01 on the Monday of the week before."""
    number = planned(session, person(session, "office_staff"), rule=Rule("weekly", (1,)),
                     first_day=monday() - timedelta(days=14), label=HOSTILE)  # fmt: skip
    return f"{number}.{monday()}"


def page(door: Engine, role: str = "office_staff", **query: str) -> AppTest:
    return open_page(door, role, "c01" if role == "community_staff" else None, page=PAGE, **query)


def heading(at: AppTest) -> str:
    return at.header[0].value.replace("\\", "")


def plans(door: Engine) -> list[ActivityPlan]:
    with read_session(door) as session:
        return list(session.scalars(select(ActivityPlan).order_by(ActivityPlan.id)))


def shown(at: AppTest) -> list[str]:
    return [text.value for text in at.text]


def test_without_plans_the_page_leads_to_the_first_one(door: Engine) -> None:
    at = page(door)
    assert "没有计划" in said(at.info)
    assert heading(press(at, "登记计划")) == "登记计划"
    assert labels(page(door, "official").button) == ["", ""]  # the months before and after


def test_a_plan_is_made_for_several_communities_at_once(door: Engine) -> None:
    at = fill(page(door, plan="new"), "plan", type="weekend_duty", label="值日", grace=1)
    press(at, "选择全部社区")
    at.button_group(key=key(at, "plan", "weekdays")).set_value([6]).run()
    at.button_group(key=key(at, "plan", "day_off")).set_value("skip").run()
    assert sum("（周六）" in one.value for one in at.markdown) >= 6
    press(at, "保存")
    assert "已登记：P000001、P000002、P000003" in said(at.success)
    rows = plans(door)
    assert {(row.rule, row.on_day_off, row.grace_days, row.label) for row in rows} == {
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=SA", "skip", 1, "值日")
    }
    assert [row.community_code for row in rows] == ["c01", "c02", "c03"]


RULES = (
    ("weekly", "every", 2, "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
    ("month_day", "day", 25, "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("month_workday", "workday", 1, "X-WORKDAY=1"),
    ("month_weekday", "nth", -1, "FREQ=MONTHLY;BYDAY=-1WE"),
    ("month_weekday", "weekday", 5, "FREQ=MONTHLY;BYDAY=1FR"),
    ("festival", "festivals", ["double_ninth", "lantern"],
     "X-FESTIVAL=double_ninth,lantern;X-BEFORE=0"),
    ("round", "", None, "X-ROUND=1"),
    ("once", "", None, ""),
)  # fmt: skip


def test_every_kind_of_rule_is_chosen_in_words(door: Engine) -> None:
    at = page(door, plan="new")
    for kind, name, value, rule in RULES:
        at.query_params["plan"] = "new"
        fill(at.run(), "plan", type="weekly_film", communities=["c02"])
        at.selectbox(key=key(at, "plan", "kind")).set_value(kind).run()
        widget = at.selectbox if name == "day" else at.button_group
        if name:
            widget(key=key(at, "plan", name)).set_value(value).run()
        press(at, "保存")
        assert plans(door)[-1].rule == rule
        assert not any("FREQ" in text or "X-" in text for text in shown(at))


def test_days_ahead_of_a_festival_are_kept(door: Engine) -> None:
    at = fill(page(door, plan="new"), "plan", type="weekly_film", communities=["c02"])
    at.selectbox(key=key(at, "plan", "kind")).set_value("festival").run()
    at.button_group(key=key(at, "plan", "festivals")).set_value(["national"]).run()
    press(fill(at, "plan", before=3), "保存")
    assert plans(door)[0].rule == "X-FESTIVAL=national;X-BEFORE=3"


def test_a_refused_plan_keeps_what_was_typed(door: Engine) -> None:
    at = press(fill(page(door, plan="new"), "plan", label="值日"), "保存")
    assert "请选择活动类型" in said(at.error)
    assert at.text_input(key=key(at, "plan", "label")).value == "值日"
    assert plans(door) == []


def test_community_staff_plan_for_their_own_community(door: Engine) -> None:
    at = page(door, "community_staff", plan="new")
    assert "社区：甲社区" in shown(at)
    press(fill(at, "plan", type="weekly_film"), "保存")
    assert [row.community_code for row in plans(door)] == ["c01"]


@pytest.mark.usefixtures("code")
def test_a_plan_is_changed_from_a_day_on(door: Engine) -> None:
    today = office_day()
    at = press(page(door, plan="P000001"), "修改")
    at.date_input(key=key(at, "P000001", "first_day")).set_value(today).run()
    at.date_input(key=key(at, "P000001", "last_day")).set_value(today + timedelta(days=60)).run()
    at.button_group(key=key(at, "P000001", "weekdays")).set_value([2, 4]).run()
    press(at, "保存")
    old, new = plans(door)
    assert old.last_day == today - timedelta(days=1)
    assert (new.rule, new.first_day) == ("FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,TH", today)
    assert new.last_day == today + timedelta(days=60)
    assert at.query_params["plan"] == "P000002"
    assert "已保存：修改" in said(at.success)


@pytest.mark.usefixtures("code")
def test_a_plan_is_made_void_and_restored(door: Engine) -> None:
    at = press(page(door, plan="P000001"), "作废")
    press(at, "确认作废")
    assert "请写明原因" in said(at.error)
    press(fill(at, "P000001", reason="重复登记"), "确认作废")
    assert "已作废：重复登记" in said(at.warning)
    assert plans(door)[0].void_reason == "重复登记"
    press(at, "恢复")
    assert plans(door)[0].void_reason == ""
    assert labels(page(door, "official", plan="P000001").button) == ["返回"]


@pytest.mark.usefixtures("code")
def test_of_two_who_change_a_plan_the_later_keeps_what_was_typed(door: Engine) -> None:
    at = press(page(door, plan="P000001"), "修改")
    fill(at, "P000001", label="我的")
    with write_session(door) as session:
        session.get_one(ActivityPlan, 1).version = 2
    press(at, "保存")
    assert "已被别人改过" in said(at.error)
    assert at.text_input(key=key(at, "P000001", "label")).value == "我的"
    press(press(at, "已看过最新情况，继续填写"), "保存")
    assert plans(door)[0].label == "我的"


def test_an_occasion_is_moved_cancelled_and_taken_back(door: Engine, code: str) -> None:
    at = press(page(door, occasion=code), "改到另一天")
    at.date_input(key=key(at, code, "to")).set_value(monday() + timedelta(days=1))
    press(at, "保存")
    assert "请写明原因" in said(at.error)
    press(fill(at, code, reason="会议"), "保存")
    assert any("改期" in text for text in shown(at))
    press(at, "撤销变动，恢复原计划")
    assert "已恢复原计划" in said(at.success)
    press(press(at, "取消这一次"), "保存")
    press(fill(at, code, reason="暴雨"), "保存")
    assert "已取消" in shown(at)
    with read_session(door) as session:
        row = session.scalars(select(PlanException)).one()
        assert (row.active, row.moved_to, row.reason, row.version) == (True, None, "暴雨", 3)
    assert "取消这一次" not in labels(at.button)


def test_what_was_typed_outlives_that_the_occasion_is_cancelled(
    door: Engine, session: Session, code: str
) -> None:
    at = fill(press(page(door, occasion=code), "取消这一次"), code, reason="停电两天")
    user, now = person(session, "administrator"), datetime.now(UTC)
    schedule.cancel(session, code, "暴雨", 0, user, now, office_day())
    session.commit()
    press(at, "保存")
    assert any("别人刚刚办理过" in one.value for one in at.warning)
    assert at.text_area(key=key(at, code, "reason")).value == "停电两天"
    press(at, "放弃填写")
    assert "取消这一次" not in labels(at.button)


def test_an_occasion_leads_to_its_record_or_to_the_form(
    door: Engine, session: Session, code: str
) -> None:
    at = press(page(door, "community_staff", occasion=code), "填报这次活动")
    assert heading(at) == "填报活动"
    assert at.date_input(key=field(at, "first_day")).value == monday()
    assert at.button_group(key=field(at, "type-environment")).value == "wednesday_cleanup"
    add_activity(session, "wednesday_cleanup", monday(), "c01")
    session.commit()
    at = page(door, "community_staff", occasion=code)
    assert "由 A000001 完成" in [one.value.replace("\\", "") for one in at.subheader]
    assert labels(at.button) == ["返回", "查看计划 P000001"]
    assert heading(press(at, "查看计划 P000001")).startswith("甲社区")


def test_only_who_plans_sees_the_steps_of_an_occasion(door: Engine, code: str) -> None:
    assert labels(page(door, "official", occasion=code).button) == ["返回", "查看计划 P000001"]


def test_the_form_begins_with_what_the_link_says(door: Engine) -> None:
    at = open_page(door, "office_staff", page=ENTRY_PAGE, type="weekly_film", day="2023-10-26",
                   host="c02")  # fmt: skip
    assert at.date_input(key=field(at, "first_day")).value == date(2023, 10, 26)
    assert at.selectbox(key=field(at, "host")).value == "c02"
    assert at.button_group(key=field(at, "type-culture")).value == "weekly_film"
    at.text_input(key=field(at, "participants")).set_value("30")
    press(at, "保存")
    assert at.button_group(key=field(at, "domain")).value is None
    at = open_page(door, "office_staff", page=ENTRY_PAGE, type="nothing", day="soon", host="x")
    assert at.button_group(key=field(at, "domain")).value is None


@pytest.mark.usefixtures("code")
def test_months_types_and_parts_are_chosen_in_the_address(door: Engine) -> None:
    at = page(door)
    at.button(key="month--1").click().run()
    assert at.query_params["month"] != f"{office_day():%Y-%m}"
    at.button(key="month-1").click().run()
    assert "month" not in at.query_params
    at.selectbox(key="filter-type").set_value("weekly_film").run()
    assert at.query_params["type"] == "weekly_film"
    assert "没有计划" in said(at.info)
    at.selectbox(key="filter-type").set_value("").run()
    at.button_group(key="filter-part").set_value("plans").run()
    press(at, "甲社区")
    assert at.query_params["plan"] == "P000001"
    assert heading(press(at, "返回")) == "计划安排"
    at.button_group(key="filter-part").set_value("figures").run()
    assert not at.exception
    assert "到期" in heading(at)
    assert at.get("download_button")[0].proto.label == "下载全部计划和完成情况（CSV）"


def test_hostile_names_are_shown_as_text_only(door: Engine, code: str) -> None:
    for query in ({"occasion": code}, {"plan": "P000001"}, {"part": "plans"}):
        at = page(door, **query)
        marked = [element.value for element in (*at.markdown, *at.caption, *at.header)]
        assert not any(re.search(r"(?<!\\)<b|[^\\*]\*\*重", text) for text in marked)


@pytest.mark.usefixtures("code")
def test_a_reminder_leads_to_the_occasion(door: Engine) -> None:
    with write_session(door) as session:
        session.get_one(Office, 1).approval = False
    at = open_page(door, "community_staff", "c01", page="pages/entry/due.py")
    links = [link.proto for link in at.get("page_link")]
    assert any("按计划开展" in link.label for link in links)
    assert any(link.query_string.startswith("occasion=P000001.") for link in links)
    at = open_page(door, "community_staff", "c02", page="pages/entry/due.py")
    assert heading(at) == "待办：0 项"

"""督查 and 工作节律: what their pages take back as workbooks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select

from db.engine import Session, read_session
from db.models import ActivityPlan, Inspection, PlanException
from services.schedule import Rule
from tests.activity_cases import person
from tests.inspection_cases import recorded
from tests.pages.app import office_day
from tests.pages.entry_steps import open_page, press, said
from tests.schedule_cases import planned
from tests.workbook_cases import sheet

INSPECTIONS, RHYTHM = "pages/followup/inspections.py", "pages/followup/rhythm.py"
FILE = "application/xlsx"


@pytest.fixture
def monday() -> date:
    """Of the week before."""
    return office_day() - timedelta(days=office_day().weekday() + 7)


@pytest.fixture
def plan(door: Engine, monday: date) -> str:
    """Every Monday in c01, since some weeks."""
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        user, since = person(session, "office_staff"), monday - timedelta(days=14)
        return planned(session, user, rule=Rule("weekly", (1,)), first_day=since)


def test_inspections_are_added_with_a_workbook(door: Engine) -> None:
    with Session(door.execution_options(minyi_write=True), expire_on_commit=False) as session:
        recorded(session, person(session, "office_staff"))
    at = open_page(door, "office_staff", page=INSPECTIONS, period="2023-10")
    assert "不能用表格改" in " ".join(one.value for one in at.caption)
    row = {"督查日期": "2023-10-09", "社区": "乙社区", "结论": "合格", "督查人": "李主任"}
    at.file_uploader[0].set_value(("督查.xlsx", sheet(row), FILE)).run()
    press(at, "导入 1 行")
    assert "已新增 1 行" in said(at.success)
    assert at.header[0].value.replace("\\", "").startswith("2023年10月：督查 2 次")
    with read_session(door) as session:
        inspectors = session.scalars(select(Inspection.inspector).order_by(Inspection.id)).all()
    assert inspectors == ["周主任", "李主任"]


@pytest.mark.usefixtures("plan")
def test_plans_are_made_with_a_workbook(door: Engine) -> None:
    at = open_page(door, "community_staff", "c01", page=RHYTHM, part="plans")
    assert at.get("download_button")[0].label == "下载计划安排（.xlsx）"
    row = {"活动类型": "每周免费放映电影", "多久一次": "每月首个或末个工作日",
           "哪一天": "最后一个工作日", "从哪一天起": f"{office_day():%Y-%m-%d}"}  # fmt: skip
    at.file_uploader[0].set_value(("计划.xlsx", sheet(row), FILE)).run()
    press(at, "导入 1 行")
    assert "已新增 1 行" in said(at.success)
    with read_session(door) as session:
        made = session.scalars(select(ActivityPlan).order_by(ActivityPlan.id.desc())).first()
    assert (made.community_code, made.rule) == ("c01", "X-WORKDAY=-1")
    assert not open_page(door, "official", page=RHYTHM, part="plans").file_uploader


def test_an_occasion_is_cancelled_with_a_workbook(door: Engine, plan: str, monday: date) -> None:
    at = open_page(door, "community_staff", "c01", page=RHYTHM, part="plans")
    row = {"计划编号": plan, "原定日期": f"{monday}", "怎么改": "取消", "原因": "大雨"}
    at.file_uploader[1].set_value(("取消.xlsx", sheet(row), FILE)).run()
    press(at, "导入 1 行")
    with read_session(door) as session:
        assert session.scalars(select(PlanException.reason)).all() == ["大雨"]

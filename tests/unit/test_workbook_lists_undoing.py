"""A file of any list is taken back and put back, except for what was built on it since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from db.engine import Session
from db.models import (
    ActivityPlan,
    ActivityRound,
    ActivityType,
    Change,
    Feedback,
    FeedbackTopic,
    Inspection,
)
from services import chart_notes, feedback, rounds, schedule, workbook
from services.errors import InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from services.rounds import Typed as Round
from services.targets import set_targets
from services.workbook import Stay, Undone
from tests.activity_cases import ENTRY, LATER, NOW, TODAY, entered, person
from tests.inspection_cases import RECTIFY, again, recorded
from tests.list_workbook_cases import VOICE, logged, numbered, out, stated
from tests.schedule_cases import planned
from tests.workbook_cases import edited, sheet, take
from tests.workbooks import Cell

TOOK, BACK, FORTH = (NOW + timedelta(hours=hours) for hours in (1, 2, 3))
CHECK_UP = "elderly_check_up"
NEW: dict[str, dict[str, Cell]] = {
    "types": {"服务领域": "社会治安", "名称": "夜间巡逻", "开展频率": "每月"},
    "measures": {"服务领域": "社会治安", "名称": "夜间巡逻", "单位": "处", "定义": "巡逻一处"},
    "groups": {"名称": "新就业群体"},
    "topics": {"服务领域": "社会治安", "名称": "夜间扰民"},
    "channels": {"名称": "线下接待"},
    "targets": {"年度": 2023, "范围": "乙社区", "总体满意度（分）": 85},
    "commitments": {"会议日期": "2023-10-09", "会议名称": "例会", "承诺内容": "修路灯",
                    "责任人": "李主任", "完成期限": "2023-11-09"},
    "voices": VOICE | {"反映内容": "凌晨施工"},
    "inspections": {"督查日期": "2023-10-09", "社区": "乙社区", "督查人": "李主任", "结论": "合格"},
    "plans": {"活动类型": "美好社区建设暨周三清洁家园我先行活动", "社区": "乙社区",
              "多久一次": "每周", "周几": "周三", "从哪一天起": "2023-10-02"},
    "rounds": {"活动类型": "老年人免费健康查体活动", "第几轮": 2, "名称": "第二轮",
               "开始日期": "2023-10-09"},
    "occasions": {"计划编号": "P000001", "原定日期": "2023-10-18", "怎么改": "取消",
                  "原因": "大雨"},
    "notes": {"日期": "2023-10-09", "注在哪项数字上": "总体满意度", "发生了什么": "公布时限"},
}  # fmt: skip
ENTRIES = ("types", "measures", "groups", "topics", "channels")
# The list, a text of its export and what stands there instead.
EDITS = (
    ("types", ">防诈骗科普活动<", ">反诈科普活动<"),
    ("measures", ">清运生活垃圾<", ">清运垃圾<"),
    ("partners", ">志愿者<", ">义工<"),
    ("groups", ">残疾人<", ">残障人士<"),
    ("topics", ">噪声扰民<", ">噪声<"),
    ("channels", ">热线<", ">12345 热线<"),
    ("targets", "<v>320</v>", "<v>330</v>"),
    ("voices", ">晚上施工<", ">夜里施工<"),
    ("inspections", ">周主任<", ">周书记<"),
    ("plans", ">周三<", ">周四<"),
    ("rounds", ">第一轮<", ">春季轮<"),
    ("grids", ">第二网格<", ">湖畔网格<"),
    ("occasions", ">停电<", ">停水<"),
)


@pytest.fixture
def keeper(session: Session) -> CurrentUser:
    """An administrator, and something on record of every list that begins empty."""
    user = person(session, "administrator")
    set_targets(session, "c01", 2023, {"household_waste": Decimal(320)}, user, NOW)
    voice = feedback.Typed(date(2023, 10, 18), "parents_day", "noise", "c02", "", "晚上施工")
    feedback.submit(session, voice, "voice", user, NOW, TODAY)
    recorded(session, user, RECTIFY, "one")
    planned(session, user)
    schedule.cancel(session, "P000001.2023-10-11", "停电", 0, user, NOW, TODAY)
    rounds.add(session, user, CHECK_UP,
               Round(1, "第一轮", "Round 1", date(2023, 3, 1), date(2023, 8, 1)), NOW)  # fmt: skip
    session.commit()
    return user


def undone(session: Session, code: str, user: CurrentUser, number: int = 1) -> Undone:
    done = workbook.KINDS[code].undoing.undo(session, number, user, BACK, TODAY)
    session.commit()
    return done


def redone(session: Session, code: str, user: CurrentUser, number: int = 1) -> Undone:
    done = workbook.KINDS[code].undoing.redo(session, number, user, FORTH, TODAY)
    session.commit()
    return done


def imported(session: Session, code: str, data: bytes, user: CurrentUser) -> None:
    take(session, data, user, TOOK, kind=workbook.KINDS[code])


def said(session: Session, code: str, user: CurrentUser) -> list[dict[str, str]]:
    """What an export says, whatever the order."""
    try:
        return sorted(stated(session, code, out(session, code, user)), key=str)
    except InvalidEntry:  # it has no rows
        return []


@pytest.mark.parametrize(("code", "old", "new"), EDITS)
def test_what_a_file_changed_is_as_it_was_and_forth_again(
    session: Session, keeper: CurrentUser, code: str, old: str, new: str
) -> None:
    before = said(session, code, keeper)
    imported(session, code, edited(out(session, code, keeper), old, new), keeper)
    after = said(session, code, keeper)
    assert after != before
    assert [one.undoable for one in workbook.last_taken(session, code, keeper)] == [1]
    lines = logged(session)
    assert undone(session, code, keeper) == Undone(0, 1)
    assert logged(session) == lines + 2  # the row, and that the file was taken back
    assert said(session, code, keeper) == before
    assert [one.undone for one in workbook.last_taken(session, code, keeper)] == [1]
    with pytest.raises(InvalidEntry, match="没有可以撤销"):
        undone(session, code, keeper)
    assert redone(session, code, keeper) == Undone(0, 1)
    assert said(session, code, keeper) == after
    assert undone(session, code, keeper) == Undone(0, 1)
    assert said(session, code, keeper) == before


@pytest.mark.parametrize("code", NEW)
def test_what_a_file_added_is_gone_and_there_again(
    session: Session, keeper: CurrentUser, code: str
) -> None:
    before = said(session, code, keeper)
    imported(session, code, sheet(NEW[code]), keeper)
    after = said(session, code, keeper)
    done = undone(session, code, keeper)
    assert (done.added, done.changed, done.kept) == (1, 0, 0)
    gone = said(session, code, keeper)
    if code in ENTRIES:  # out of use
        (row,) = [row for row in gone if row not in before]
        assert (row["active"], row | {"active": "在用"} in after) == ("已停用", True)
    else:
        assert gone == before
    assert redone(session, code, keeper).kept == 0
    assert said(session, code, keeper) == after


@pytest.mark.parametrize("code", ["voices", "plans", "types"])
def test_the_same_file_again_is_no_news_after_it_was_taken_back(
    session: Session, keeper: CurrentUser, code: str
) -> None:
    imported(session, code, sheet(NEW[code]), keeper)
    undone(session, code, keeper)
    lines = logged(session)
    take(session, sheet(NEW[code]), keeper, FORTH, kind=workbook.KINDS[code])
    assert logged(session) == lines


def test_who_changed_a_row_since_keeps_it_and_it_is_named(
    session: Session, keeper: CurrentUser
) -> None:
    imported(session, "voices", sheet(VOICE | {"社区": "甲社区"}, VOICE | {"反映内容": "挖沟"}),
             keeper)  # fmt: skip
    step = feedback.Step("assign", TODAY, "", owner=keeper.id, due=TODAY)
    feedback.take(session, "F000002", step, 1, "step", keeper, LATER + timedelta(hours=2), TODAY)
    feedback.reveal(session, "F000003", keeper, LATER + timedelta(hours=2))  # a look is no change
    assert workbook.last_taken(session, "voices", keeper)[0].undoable == 1
    assert undone(session, "voices", keeper) == Undone(1, 0, 1, (Stay("F000002", "后来有人改动"),))
    reasons = session.scalars(select(Feedback.void_reason).order_by(Feedback.id)).all()
    assert reasons == ["", "", "撤销导入“表.xlsx”"]
    assert redone(session, "voices", keeper) == Undone(0, 1)
    assert session.get_one(Feedback, 3).void_reason == ""


@pytest.mark.parametrize("code", ["types", "topics"])
def test_an_entry_that_something_stands_on_stays_in_use(
    session: Session, keeper: CurrentUser, code: str
) -> None:
    imported(session, code, sheet(NEW[code], NEW[code] | {"名称": "另一项"}), keeper)
    table = ActivityType if code == "types" else FeedbackTopic
    used = session.scalars(select(table.code).where(table.label == NEW[code]["名称"])).one()
    if code == "types":
        entry = replace(ENTRY, type_code=used, measures=())
        entered(session, keeper, entry=entry)
    else:
        voice = feedback.Typed(TODAY, "parents_day", used, "c02", "", "夜里")
        feedback.submit(session, voice, "other", keeper, NOW, TODAY)
    done = undone(session, code, keeper)
    assert (done.added, done.stays) == (1, (Stay(NEW[code]["名称"], "已有别的内容用到它"),))
    assert session.get_one(table, used).active


def test_a_plan_with_moved_occasions_stays_and_an_inspection_that_was_looked_at_again(
    session: Session, keeper: CurrentUser
) -> None:
    imported(session, "plans", sheet(NEW["plans"]), keeper)
    schedule.cancel(session, "P000002.2023-10-04", "雨", 0, keeper, BACK, TODAY)
    with pytest.raises(InvalidEntry, match="P000002：已有别的内容用到它"):
        undone(session, "plans", keeper)
    session.rollback()
    row = NEW["inspections"] | {"结论": "限期整改", "督查情况": "堆物", "整改期限": "2023-10-20"}
    imported(session, "inspections", sheet(row), keeper)
    number = workbook.last_taken(session, "inspections", keeper)[0].number
    again(session, keeper, "D000002", community="c02")
    with pytest.raises(InvalidEntry, match="已有复查 D000003"):
        undone(session, "inspections", keeper, number)
    assert session.get_one(Inspection, 2).void_reason == ""


def test_a_plan_that_a_file_parted_is_one_again(session: Session, keeper: CurrentUser) -> None:
    data = numbered(session, keeper, "plans", "P000001", 从哪一天起="2023-10-20")
    imported(session, "plans", data, keeper)
    assert undone(session, "plans", keeper) == Undone(1, 1)
    whole, other = session.get_one(ActivityPlan, 1), session.get_one(ActivityPlan, 2)
    assert (whole.last_day, bool(other.void_reason)) == (None, True)
    assert redone(session, "plans", keeper) == Undone(0, 2)
    assert (whole.last_day, other.void_reason) == (date(2023, 10, 19), "")


def test_an_earlier_first_day_is_taken_back_without_parting_the_plan(
    session: Session, keeper: CurrentUser
) -> None:
    data = numbered(session, keeper, "plans", "P000001", 从哪一天起="2023-09-20")
    imported(session, "plans", data, keeper)
    assert undone(session, "plans", keeper) == Undone(0, 1)
    plans = session.scalars(select(ActivityPlan)).all()
    assert [row.first_day for row in plans] == [date(2023, 10, 1)]


def test_a_file_that_ended_a_round_and_began_the_next_goes_in_one(
    session: Session, keeper: CurrentUser
) -> None:
    first = {"活动类型": "老年人免费健康查体活动", "第几轮": 1, "名称": "第一轮",
             "英文名称": "Round 1", "开始日期": "2023-03-01", "结束日期": "2023-10-08"}  # fmt: skip
    imported(session, "rounds", sheet(first, NEW["rounds"] | {"结束日期": ""}), keeper)
    assert undone(session, "rounds", keeper) == Undone(1, 1)
    assert [(row.number, row.last_day) for row in session.scalars(select(ActivityRound))] == [
        (1, date(2023, 8, 1))
    ]


def test_a_name_that_was_given_away_since_is_not_taken_back(
    session: Session, keeper: CurrentUser
) -> None:
    imported(session, "topics", edited(out(session, "topics", keeper), ">噪声扰民<", ">噪声<"),
             keeper)  # fmt: skip
    noise = session.get_one(FeedbackTopic, "noise")
    row = {"服务领域": "社会治安", "名称": "噪声扰民"}
    domain = next(one["domain"] for one in said(session, "topics", keeper)
                  if one["label"] == noise.label)  # fmt: skip
    take(session, sheet(row | {"服务领域": domain}), keeper, LATER, kind=workbook.KINDS["topics"])
    with pytest.raises(InvalidEntry, match="已经有“噪声扰民”"):
        undone(session, "topics", keeper)


def test_what_cannot_be_put_out_of_use_stays_and_the_list_says_so(
    session: Session, keeper: CurrentUser
) -> None:
    for code, row in (("partners", {"名称": "义诊队"}),
                      ("grids", {"社区": "乙社区", "网格名称": "第九网格"})):  # fmt: skip
        imported(session, code, sheet(row), keeper)
        number = workbook.last_taken(session, code, keeper)[0].number
        with pytest.raises(InvalidEntry, match="新增的不能停用"):
            undone(session, code, keeper, number)
        assert "保持不变" in workbook.KINDS[code].lasting()
    waves = workbook.KINDS["waves"]
    assert (waves.undoing, workbook.last_taken(session, "waves", keeper)) == (None, ())
    assert "不能撤销" in waves.lasting()


def test_who_may_not_import_takes_nothing_back_and_staff_only_their_own(
    session: Session, keeper: CurrentUser
) -> None:
    imported(session, "notes", sheet(NEW["notes"]), keeper)
    staff = person(session, "community_staff", "c01")
    assert workbook.last_taken(session, "notes", staff) == ()
    with pytest.raises(NotPermitted, match="自己的导入"):
        undone(session, "notes", staff)
    official = person(session, "official")
    for step in (undone, redone):
        with pytest.raises(NotPermitted):
            step(session, "notes", official)
    with pytest.raises(NotPermitted):
        workbook.last_taken(session, "notes", official)
    with pytest.raises(NotFound):
        undone(session, "plans", keeper)  # a file of another list
    assert chart_notes.notes_of(session, ["score:overall"])[0].void_reason == ""


def test_the_log_says_that_a_file_was_taken_back(session: Session, keeper: CurrentUser) -> None:
    imported(session, "notes", sheet(NEW["notes"]), keeper)
    undone(session, "notes", keeper)
    redone(session, "notes", keeper)
    lines = session.execute(
        select(Change.action, Change.after)
        .where(Change.entity == "workbook_import")
        .order_by(Change.id)
    ).all()
    assert [line.action for line in lines] == ["import", "undo", "restore"]
    assert lines[1].after == {"added": 1, "changed": 0, "kept": 0}
    assert session.scalar(select(func.count()).select_from(Change).where(
        Change.entity == "chart_note")) == 3  # fmt: skip

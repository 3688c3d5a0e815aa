"""What was built on a file's rows since stays when the file is taken back, and is named."""

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
    Grid,
    Inspection,
    PartnerKind,
    SurveyWave,
)
from db.reads.changes import about
from services import chart_notes, feedback, schedule, surveys, workbook
from services.admin import lists, places
from services.errors import InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from services.workbook import Stay, Undone
from tests.activity_cases import ENTRY, LATER, NOW, TODAY, entered, person
from tests.inspection_cases import again
from tests.list_workbook_cases import VOICE, numbered, out
from tests.undoing_cases import BACK, NEW, imported, kept_by, redone, said, undone
from tests.workbook_cases import edited, sheet, take


@pytest.fixture
def keeper(session: Session) -> CurrentUser:
    return kept_by(session)


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


def test_of_many_voices_the_one_that_cannot_say_its_words_again_stays_alone(
    session: Session, keeper: CurrentUser
) -> None:
    topics = sheet({"服务领域": "社会治安", "名称": "临时问题"})
    take(session, topics, keeper, kind=workbook.KINDS["topics"])
    row = VOICE | {"反映的问题": "临时问题"}
    take(session, sheet(row | {"反映内容": "一"}, row | {"反映内容": "二"}), keeper,
         kind=workbook.KINDS["voices"])  # fmt: skip
    data = edited(out(session, "voices", keeper), ">临时问题<", ">噪声扰民<")
    imported(session, "voices", edited(data, ">晚上施工<", ">夜里施工<"), keeper)
    number = workbook.last_taken(session, "voices", keeper)[0].number
    first = session.scalars(select(FeedbackTopic).where(FeedbackTopic.label == "临时问题")).one()
    first.active = False
    session.commit()
    done = undone(session, "voices", keeper, number)
    assert (done.changed, [one.what for one in done.stays]) == (1, ["F000003", "F000002"])
    texts = session.scalars(select(Feedback.text).order_by(Feedback.id)).all()
    assert texts == ["晚上施工", "一", "二"]


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


@pytest.mark.parametrize("code", ["partners", "grids", "waves"])
def test_what_has_no_state_out_of_use_is_taken_out_unless_something_stands_on_it(
    session: Session, keeper: CurrentUser, code: str
) -> None:
    label = next(name for name in NEW[code] if "名称" in name)
    imported(session, code, sheet(NEW[code], NEW[code] | {label: "另一个"}), keeper)
    used, other = session.scalars(
        select(Change.entity_key)
        .where(Change.action == "add", Change.entity == workbook_entity(code))
        .order_by(Change.id)
    ).all()
    if code == "partners":
        entered(session, keeper, entry=replace(ENTRY, partners=((used, 3),)))
    elif code == "grids":
        entered(session, keeper, entry=replace(ENTRY, host="c02", grid=used, communities=()))
    else:
        surveys.record_published(session, used, "c01", "overall", Decimal(88), 90, keeper, NOW)
    done = undone(session, code, keeper)
    assert (done.added, [one.why for one in done.stays]) == (1, ["已有别的内容用到它"])
    table = {"partners": PartnerKind, "grids": Grid, "waves": SurveyWave}[code]
    assert (session.get(table, used) is None, session.get(table, other) is None) == (False, True)


def workbook_entity(code: str) -> str:
    return {"partners": "partner_kind", "grids": "grid", "waves": "survey_wave"}[code]


def test_the_code_of_what_was_taken_out_is_given_to_nothing_else(
    session: Session, keeper: CurrentUser
) -> None:
    imported(session, "partners", sheet(NEW["partners"]), keeper)
    (first,) = session.scalars(select(PartnerKind.code).where(PartnerKind.label == "义诊队"))
    undone(session, "partners", keeper)
    second = lists.add_partner_kind(session, keeper, "合唱队", "", LATER)
    assert second != first
    assert redone(session, "partners", keeper) == Undone(0, 1)
    assert session.get_one(PartnerKind, first).label == "义诊队"
    log = [line.action for line in about(session, "partner_kind", [first])]
    assert log == ["add", "clear", "add"]


def test_only_who_keeps_the_lists_takes_anything_out_and_nothing_that_is_used(
    session: Session, keeper: CurrentUser
) -> None:
    staff = person(session, "community_staff", "c01")
    kind = session.scalars(select(PartnerKind.code)).first() or ""
    entered(session, keeper, entry=replace(ENTRY, partners=((kind, 3),)))
    for act in (
        lambda by: lists.remove_partner_kind(session, by, kind, "", NOW),
        lambda by: places.remove_grid(session, by, "c01", ENTRY.grid or "", "", NOW),
    ):
        with pytest.raises(NotPermitted):
            act(staff)
        with pytest.raises(InvalidEntry, match="用到它"):
            act(keeper)
    with pytest.raises(NotPermitted):
        surveys.remove_wave(session, "w1", "", staff, NOW)


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

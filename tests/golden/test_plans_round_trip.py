"""Plans go out as a workbook and come back: unchanged here, the same rules elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, select

from db.engine import Session
from db.models import ActivityPlan
from services import schedule, workbook
from services.errors import NotPermitted
from services.filters import Filters
from services.periods import Period
from services.permissions import CurrentUser
from services.schedule import LAST, Rule
from services.settings import Thresholds
from services.views import View
from services.workbook import Choice, Receipt
from tests.activity_cases import NOW, PHONE, TODAY, person
from tests.list_workbook_cases import (
    assert_comes_back_unchanged,
    logged,
    numbered,
    out,
    stated,
)
from tests.schedule_cases import TYPED, planned
from tests.workbook_cases import check, said, sheet, take, upload, zipped
from tests.workbooks import Cell

BOOK = workbook.KINDS["plans"]
RULES = (
    Rule("weekly", (3,)),
    Rule("weekly", (1, 6), every=3),
    Rule("month_day", nth=28),
    Rule("month_day", nth=LAST),
    Rule("month_workday", nth=1),
    Rule("month_workday", nth=LAST),
    Rule("month_weekday", (2,), nth=1),
    Rule("month_weekday", (7,), nth=LAST),
    Rule("festival", festivals=("double_ninth", "mid_autumn"), before=3),
    Rule("round"),
    Rule("once"),
)
KIND = "美好社区建设暨周三清洁家园我先行活动"
ROW: dict[str, Cell] = {"活动类型": KIND, "社区": "乙社区", "多久一次": "每周",
                        "周几": "周三、周六", "从哪一天起": "2023-10-02"}  # fmt: skip


@pytest.fixture
def office(session: Session) -> CurrentUser:
    """A plan of every kind of rule, c01's and c02's in turn; one names a number of a person."""
    user = person(session, "office_staff")
    for place, rule in enumerate(RULES):
        planned(
            session, user, f"key{place}", rule=rule, communities=(f"c0{1 + place % 2}",),
            label=f"找 {PHONE}" if place == 1 else "", grace=0 if rule.kind == "round" else place,
            on_day_off="keep" if rule.kind == "round" else "next_workday",
            last_day=None if rule.kind == "once" else date(2025, 12, 31),
        )  # fmt: skip
    return user


def kept(session: Session) -> set[tuple[object, ...]]:
    """What the plans state that are not void."""
    return {
        (row.type_code, row.community_code, row.label, row.rule, row.first_day, row.last_day,
         row.on_day_off, row.grace_days)
        for row in session.scalars(select(ActivityPlan).where(ActivityPlan.void_reason == ""))
    }  # fmt: skip


def test_every_kind_of_rule_comes_back_unchanged_in_either_language(
    session: Session, office: CurrentUser
) -> None:
    assert PHONE not in str(stated(session, "plans", out(session, "plans", office)))
    assert assert_comes_back_unchanged(session, office, "plans") == len(RULES)


def test_an_office_without_plans_takes_them_over_and_exports_the_same(
    session: Session, office: CurrentUser
) -> None:
    data, before = out(session, "plans", office), kept(session)
    rows = stated(session, "plans", data)
    session.execute(delete(ActivityPlan))
    session.commit()
    up = upload(session, data, Choice(foreign=True), kind=BOOK)
    assert BOOK.take(session, up, office, NOW, TODAY) == Receipt(len(RULES) - 1, 0, 0, 1)
    session.commit()
    assert kept(session) == {one for one in before if not one[2]}  # the hidden number is not typed
    assert BOOK.take(session, up, office, NOW, TODAY) == Receipt(0, 0, len(RULES) - 1, 1)
    assert stated(session, "plans", out(session, "plans", office)) == [
        row for row in rows if "label" not in row
    ]


def test_a_rule_is_changed_in_the_words_of_the_form(session: Session, office: CurrentUser) -> None:
    data = numbered(session, office, "plans", "P000001", 多久一次="每月第几个周几", 哪一天="第二个",
                    隔几周="", 周几="周五")  # fmt: skip
    (line,) = check(session, data, office, kind=BOOK).lines
    assert {(one.label, one.before, one.after) for one in line.differences} == {
        ("多久一次", "每周", "每月第几个周几"), ("隔几周", "每周", "—"), ("周几", "周三", "周五"),
        ("哪一天", "—", "第二个"),
    }  # fmt: skip
    before = logged(session)
    assert take(session, data, office, kind=BOOK) == Receipt(0, 1, 0, 0)
    assert logged(session) == before + 2  # the plan, and the file
    assert session.get_one(ActivityPlan, 1).rule == "FREQ=MONTHLY;BYDAY=2FR"
    assert take(session, data, office, kind=BOOK) == Receipt(0, 0, 1, 0)


def test_a_later_first_day_ends_the_plan_and_begins_another_once(
    session: Session, office: CurrentUser
) -> None:
    old = numbered(session, office, "plans", "P000001", 宽限天数="2")
    data = numbered(session, office, "plans", "P000001", 从哪一天起="2023-11-06")
    assert take(session, data, office, kind=BOOK) == Receipt(0, 1, 0, 0)
    ended, new = session.get_one(ActivityPlan, 1), session.get_one(ActivityPlan, len(RULES) + 1)
    assert (ended.first_day, ended.last_day) == (TYPED.first_day, date(2023, 11, 5))
    assert (new.first_day, new.last_day) == (date(2023, 11, 6), date(2025, 12, 31))
    assert take(session, data, office, kind=BOOK) == Receipt(0, 0, 1, 0)
    (line,) = check(session, old, office, kind=BOOK).lines
    assert "被别人改过" in said(line)["核对码"]  # what is history stays so
    assert assert_comes_back_unchanged(session, office, "plans") == len(RULES) + 1


def test_a_file_undoes_what_the_page_changed_of_its_own_row(
    session: Session, office: CurrentUser
) -> None:
    take(session, sheet(ROW), office, kind=BOOK)
    number = f"P{len(RULES) + 1:06d}"
    typed = schedule.line(session, number, TODAY).typed
    schedule.change(session, number, replace(typed, grace=3), 1, "page", office, NOW)
    session.commit()
    back = numbered(session, office, "plans", number, 宽限天数="")
    assert take(session, back, office, kind=BOOK) == Receipt(0, 1, 0, 0)
    assert session.get_one(ActivityPlan, len(RULES) + 1).grace_days == 0


def test_a_new_row_is_one_plan_whoever_sends_it_and_whatever_became_of_it(
    session: Session, office: CurrentUser
) -> None:
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(1, 0, 0, 0)
    number = f"P{len(RULES) + 1:06d}"
    row = session.get_one(ActivityPlan, len(RULES) + 1)
    assert (row.rule, row.on_day_off, row.grace_days, row.last_day) == (
        "FREQ=WEEKLY;INTERVAL=1;BYDAY=WE,SA", "keep", 0, None,
    )  # fmt: skip
    staff = person(session, "community_staff", "c02")
    own = sheet(ROW | {"社区": ""})  # their own, whether they say so or not
    assert take(session, own, staff, kind=BOOK) == Receipt(0, 0, 1, 0)
    typed = schedule.line(session, number, TODAY).typed
    schedule.change(session, number, replace(typed, grace=3), 1, "page", office, NOW)
    schedule.void(session, number, "错", 2, office, NOW)
    session.commit()
    assert take(session, sheet(ROW), office, kind=BOOK) == Receipt(0, 0, 1, 0)


def test_staff_of_a_community_have_and_change_only_its_own(
    session: Session, office: CurrentUser
) -> None:
    staff = person(session, "community_staff", "c02")
    own = out(session, "plans", staff)
    assert {row["community"] for row in stated(session, "plans", own)} == {"乙社区"}
    every = out(session, "plans", office)
    assert take(session, every, staff, kind=BOOK) == Receipt(0, 0, len(RULES), 0)
    theirs = numbered(session, office, "plans", "P000001", 宽限天数="5")
    for data in (theirs, sheet(ROW | {"社区": "甲社区"})):
        (line,) = check(session, data, staff, kind=BOOK).lines
        assert "本社区" in said(line)["社区"]
    view = View(Filters(Period(date(2023, 1, 1), "since", TODAY)), TODAY, Thresholds())
    data = workbook.plans_book(session, view, TYPED.type_code or "", staff)
    assert assert_comes_back_unchanged(session, staff, "plans", data) == 5
    official = person(session, "official")
    with pytest.raises(NotPermitted):
        out(session, "plans", official)
    with pytest.raises(NotPermitted):
        check(session, sheet(ROW), official, kind=BOOK)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"活动类型": "别的"}, "活动类型", "从列表中选择"),
        ({"社区": ""}, "社区", "请选择社区"),
        ({"多久一次": "有时"}, "多久一次", "从列表中选择"),
        ({"周几": ""}, "周几", "请选择哪一天"),
        ({"周几": "周三、周八"}, "周几", "从列表中选择"),
        ({"哪一天": "最后一天"}, "哪一天", "“每周”的计划不填这一格"),
        ({"多久一次": "每月某一天"}, "周几", "不填这一格"),
        ({"多久一次": "每月某一天", "周几": ""}, "哪一天", "请填“1 日”到“最后一天”"),
        ({"多久一次": "每月某一天", "周几": "", "哪一天": "第一个"}, "哪一天", "请填“1 日”"),
        ({"多久一次": "节日", "周几": ""}, "节日", "请选择哪一天"),
        ({"多久一次": "只有一次", "周几": "", "到哪一天止": "2023-12-01"}, "到哪一天止", "不填"),
        ({"从哪一天起": ""}, "从哪一天起", "请选择从哪一天起"),
        ({"到哪一天止": "2023-10-01"}, "到哪一天止", "不能早于"),
        ({"到哪一天止": "2023-10-03"}, "从哪一天起", "一次也不会开展"),
        ({"宽限天数": "61"}, "宽限天数", "要在 0 和 60 之间"),
        ({"宽限天数": "几天"}, "宽限天数", "只填数字"),
        ({"计划名称": "长" * 61}, "计划名称", "最多"),
    ],
)  # fmt: skip
def test_every_bad_cell_is_refused_with_what_to_do(
    session: Session, office: CurrentUser, changes: dict[str, Cell], column: str, says: str
) -> None:
    head = dict.fromkeys(("哪一天", "节日", "到哪一天止", "宽限天数", "计划名称"), "")
    (line,) = check(session, sheet(head | ROW | changes), office, kind=BOOK).lines
    assert says in said(line)[column]


def test_type_and_community_stay_and_void_plans_too(session: Session, office: CurrentUser) -> None:
    for cells, column in (({"社区": "丙社区"}, "社区"), ({"活动类型": "督查"}, "活动类型")):
        (line,) = check(session, numbered(session, office, "plans", "P000001", **cells), office,
                        kind=BOOK).lines  # fmt: skip
        assert "不能改" in said(line)[column]
    data = numbered(session, office, "plans", "P000001", 宽限天数="5")
    schedule.void(session, "P000001", "错", 1, office, NOW)
    (line,) = check(session, data, office, kind=BOOK).lines
    assert "已作废" in said(line)[""]
    assert len(stated(session, "plans", out(session, "plans", office))) == len(RULES) - 1


def test_the_workbook_greys_the_cells_of_other_rules_and_says_how_it_is_filled_in(
    session: Session, office: CurrentUser
) -> None:
    data = out(session, "plans", office)
    assert "conditionalFormatting" in zipped(data, "xl/worksheets/sheet1.xml")
    words = zipped(data, "xl/sharedStrings.xml")
    assert "每周|隔几周" in words
    assert "每周|节日" not in words
    assert "灰色的格子不用填" in words

"""The catalogue goes out as workbooks and comes back: unchanged here, the same elsewhere."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from db.engine import Session
from db.models import (
    ActivityType,
    ActivityTypeMeasure,
    FeedbackChannel,
    FeedbackTopic,
    Measure,
    PartnerKind,
    PopulationGroup,
)
from services import workbook
from services.errors import NotPermitted
from services.permissions import CurrentUser
from services.workbook import Choice, Receipt
from tests.activity_cases import NOW, TODAY, person
from tests.list_workbook_cases import (
    assert_comes_back_unchanged,
    assert_one_edit_is_one_change,
    out,
    stated,
)
from tests.workbook_cases import check, edited, said, sheet, take, upload
from tests.workbooks import Cell

LISTS = ("groups", "measures", "types", "partners", "topics", "channels")  # as they build on


@pytest.fixture
def keeper(session: Session) -> CurrentUser:
    return person(session, "administrator")


@pytest.mark.parametrize("code", LISTS)
def test_a_list_comes_back_unchanged_in_either_language(
    session: Session, keeper: CurrentUser, code: str
) -> None:
    assert assert_comes_back_unchanged(session, keeper, code) > 5


@pytest.mark.parametrize(
    ("code", "old", "new", "heading"),
    [
        ("types", ">防诈骗科普活动<", ">反诈科普活动<", "名称"),
        ("types", ">不定期<", ">每月<", "开展频率"),
        ("measures", ">清运生活垃圾<", ">清运垃圾<", "名称"),
        ("partners", ">志愿者<", ">义工<", "名称"),
        ("groups", ">残疾人<", ">残障人士<", "名称"),
        ("topics", ">噪声扰民<", ">噪声<", "名称"),
        ("channels", ">热线<", ">12345 热线<", "名称"),
    ],
)
def test_one_edit_is_one_change(
    session: Session, keeper: CurrentUser, code: str, old: str, new: str, heading: str
) -> None:
    data = out(session, code, keeper)
    if code == "types" and heading == "开展频率":
        first = next(row for row in stated(session, code, data) if row["rhythm"] == "不定期")
        data = sheet({"服务领域": first["domain"], "名称": first["label"], heading: "每月"})
    else:
        data = edited(data, old, new)
    change = (heading, old.strip("><"), new.strip("><"))
    assert_one_edit_is_one_change(session, keeper, code, data, *change)


def test_an_empty_catalogue_takes_over_another_and_exports_the_same(
    session: Session, keeper: CurrentUser
) -> None:
    given = {code: out(session, code, keeper) for code in LISTS}
    first = {code: stated(session, code, data) for code, data in given.items()}
    for table in (
        ActivityTypeMeasure, ActivityType, Measure, PartnerKind, FeedbackTopic, FeedbackChannel,
        PopulationGroup,
    ):  # fmt: skip
        session.execute(delete(table))
    session.commit()
    for code, data in given.items():
        kind = workbook.KINDS[code]
        assert kind.check(session, upload(session, data, kind=kind), keeper, TODAY).foreign
        up = upload(session, data, Choice(foreign=True), kind=kind)
        done = kind.take(session, up, keeper, NOW, TODAY)
        session.commit()
        assert done == Receipt(len(first[code]), 0, 0, 0)
        assert stated(session, code, out(session, code, keeper)) == (first[code])
        assert kind.take(session, up, keeper, NOW, TODAY) == Receipt(0, 0, done.added, 0)


def test_what_was_changed_meanwhile_is_not_overwritten(
    session: Session, keeper: CurrentUser
) -> None:
    kind, old = workbook.KINDS["partners"], out(session, "partners", keeper)
    mine, theirs = (edited(old, ">志愿者<", f">{name}<") for name in ("义工", "志愿服务队"))
    take(session, theirs, keeper, kind=kind)
    (line,) = check(session, mine, keeper, kind=kind).of(workbook.REFUSED)
    assert "被别人改过" in said(line)["核对码"]


TYPE: dict[str, Cell] = {"服务领域": "居住环境", "名称": "植树", "开展频率": "不定期"}
MEASURE: dict[str, Cell] = {"服务领域": "居住环境", "名称": "栽种树木", "单位": "次",
                            "定义": "栽种的树木。"}  # fmt: skip
TOPIC: dict[str, Cell] = {"服务领域": "社会治安", "名称": "占道停车"}


def test_what_a_file_leaves_out_stays_as_it_is(session: Session, keeper: CurrentUser) -> None:
    kind = workbook.KINDS["types"]
    row = stated(session, "types", out(session, "types", keeper))[0]
    data = sheet({"服务领域": row["domain"], "名称": row["label"]})
    assert take(session, data, keeper, kind=kind) == Receipt(0, 0, 1, 0)
    assert take(session, sheet(TYPE), keeper, kind=kind) == Receipt(1, 0, 0, 0)
    new = stated(session, "types", out(session, "types", keeper))
    added = next(row for row in new if row["label"] == "植树")
    assert (added["active"], added["weekday"]) == ("在用", "不固定")


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("code", "row", "column", "says"),
    [
        ("types", TYPE | {"服务领域": "别的"}, "服务领域", "从列表中选择"),
        ("types", TYPE | {"开展频率": None, "星期": ""}, "开展频率", "从列表中选择"),
        ("types", TYPE | {"填报的指标": "血压"}, "填报的指标", "从列表中选择"),
        ("types", TYPE | {"填报的指标": "健康知识讲座"}, "填报的指标", "本服务领域"),
        ("types", TYPE | {"名称": ""}, "名称", "请填写"),
        ("types", TYPE | {"编号": "type_999"}, "编号", "没有这个编号"),
        ("measures", MEASURE | {"定义": ""}, "定义", "请填写定义"),
        ("measures", MEASURE | {"单位": "斗"}, "单位", "从列表中选择"),
        ("measures", MEASURE | {"一次最少": "9", "一次最多": 3}, "一次最少", "不能大于"),
        ("measures", MEASURE | {"一次最多": "几十"}, "一次最多", "数字"),
        ("topics", {"服务领域": "", "名称": "新问题"}, "服务领域", "从列表中选择"),
        ("topics", TOPIC | {"状态": "有"}, "状态", "从列表中选择"),
        ("topics", TOPIC | {"服务领域": "基础教育", "编号": "noise"}, "服务领域", "不能改"),
        ("groups", {"名称": "年份"}, "名称", "已经有一列"),
        ("groups", {"名称": "常住人口", "状态": "已停用"}, "状态", "不能停用"),
        ("channels", {"名称": " ", "英文名称": "Mail"}, "名称", "请填写"),
    ],
)
def test_every_bad_cell_is_refused_with_what_to_do(
    session: Session,
    keeper: CurrentUser,
    code: str,
    row: dict[str, Cell],
    column: str,
    says: str,
) -> None:
    (line,) = check(session, sheet(row), keeper, kind=workbook.KINDS[code]).lines
    assert line.state == workbook.REFUSED
    assert says in said(line)[column]


def test_an_entry_stands_once_in_a_file(session: Session, keeper: CurrentUser) -> None:
    _first, second = check(session, sheet(TYPE, TYPE), keeper, kind=workbook.KINDS["types"]).lines
    assert "第 2 行" in said(second)[""]


def test_nobody_but_an_administrator_has_the_catalogue_as_a_file(session: Session) -> None:
    staff = person(session, "office_staff")
    with pytest.raises(NotPermitted):
        out(session, "types", staff)
    with pytest.raises(NotPermitted):
        check(session, sheet(TYPE), staff, kind=workbook.KINDS["types"])

"""Files of sums: counts of the options and published scores, row by row, each place once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import PublishedScore, SurveyWave
from services import surveys
from services.errors import InvalidEntry
from services.imports.guess import guess_plan
from services.imports.names import names_known
from services.imports.plan import COUNTS, PUBLISHED, RESPONDENTS, Plan
from services.imports.record import REPLACE, Choice, Receipt, Upload, check, record
from services.imports.sheet import Sheet, read_sheet
from services.imports.totals import CheckedTotals
from services.permissions import CurrentUser
from services.satisfaction import OVERALL, SUBDISTRICT
from tests.builders import add_wave
from tests.import_cases import GOOD, HEAD, NOW
from tests.workbooks import formula, workbook

COUNTED = workbook(
    [
        ["三季度满意度调查", None, None, None, None, None],
        ["社区", "服务领域", "满意", "基本满意", "不满意", "不了解"],
        ["甲社区", "居住环境", 40, 20, 5, 3],
        [None, "总体满意度", "４２", 21, 4, None],
        ["乙社区", "居住环境", 30, 30, 10, 0],
    ],
    merged=["A1:F1", "A3:A4"],
)
SCORED = "范围,指标,得分,有效答卷\n全街道,总体满意度,84.2,820\n甲社区,居住环境,81.5,60\n"


@pytest.fixture
def wave(session: Session) -> SurveyWave:
    return add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20))


def proposed(session: Session, kind: str, sheet: Sheet) -> Plan:
    names = names_known(session, "w1")
    return guess_plan(sheet, kind, surveys.wave_of(session, "w1"), names, (), None)


def checked(session: Session, kind: str, sheet: Sheet, office: CurrentUser) -> CheckedTotals:
    found = check(session, Upload(kind, "w1", sheet, proposed(session, kind, sheet)), office)
    assert isinstance(found, CheckedTotals)
    return found


def take(
    session: Session,
    kind: str,
    sheet: Sheet,
    office: CurrentUser,
    choice: Choice = Choice(),  # noqa: B008
) -> Receipt:
    plan = proposed(session, kind, sheet)
    return record(session, Upload(kind, "w1", sheet, plan), choice, office, NOW)


def reasons(found: CheckedTotals) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.reason) for one in found.refusals.listed()]


@pytest.mark.usefixtures("wave")
def test_counts_are_read_from_the_table_as_offices_draw_it(
    session: Session, office: CurrentUser
) -> None:
    receipt = take(session, COUNTS, read_sheet(COUNTED), office)
    assert receipt == Receipt(3, 0, 0)
    assert surveys.counted(session, "w1", "environment") == {
        "c01": {"satisfied": 40, "fairly_satisfied": 20, "dissatisfied": 5, "dont_know": 3},
        "c02": {"satisfied": 30, "fairly_satisfied": 30, "dissatisfied": 10, "dont_know": 0},
    }
    assert surveys.counted(session, "w1", OVERALL) == {
        "c01": {"satisfied": 42, "fairly_satisfied": 21, "dissatisfied": 4, "dont_know": 0},
    }
    assert session.get_one(SurveyWave, "w1").frozen
    assert take(session, COUNTS, read_sheet(COUNTED), office).changed is False


@pytest.mark.usefixtures("wave")
def test_every_refused_sum_says_why(session: Session, office: CurrentUser) -> None:
    sheet = read_sheet(
        workbook(
            [
                ["社区", "服务领域", "满意", "基本满意", "不满意", "不了解"],
                ["甲社区", "居住环境", 40, 20, 5, 3],
                ["甲社区", "居住环境", 41, 20, 5, 3],
                ["丁社区", "居住环境", 40, 20, 5, 3],
                ["乙社区", "天气", 40, 20.5, -5, 3],
                ["全街道", "社会治安", 40, 20, 5, 3],
                ["丙社区", "社会治安", formula("1+1"), 20, 5, 3],
                ["丙社区", "文体生活", 0, 0, 0, 0],
            ]
        )
    )
    found = checked(session, COUNTS, sheet, office)
    assert (found.accepted, found.refused) == (1, 6)
    assert reasons(found) == [
        (3, "", "与第 2 行是同一个社区的同一个领域。"),
        (4, "社区", "没有名为“丁社区”的社区。"),
        (5, "服务领域", "没有这个服务领域。"),
        (5, "基本满意", "份数应为 0 或更大的整数。"),
        (5, "不满意", "份数应为 0 或更大的整数。"),
        (6, "社区", "份数要按社区填写，合计由系统计算。"),
        (7, "满意", "公式没有保存结果，请在表格软件里打开并保存后再导入。"),
        (8, "", "各选项都没有份数。"),
    ]


@pytest.mark.usefixtures("wave")
def test_counts_added_later_put_right_their_own_place_and_leave_the_others(
    session: Session, office: CurrentUser
) -> None:
    take(session, COUNTS, read_sheet(COUNTED), office)
    later = "社区,服务领域,满意,不满意\n乙社区,居住环境,9,9\n丙社区,居住环境,8,8\n"
    take(session, COUNTS, read_sheet(later.encode()), office)
    counted = surveys.counted(session, "w1", "environment")
    assert counted["c01"]["satisfied"] == 40
    assert counted["c02"] == {"satisfied": 9, "dissatisfied": 9}
    assert set(counted) == {"c01", "c02", "c03"}
    take(session, COUNTS, read_sheet(later.encode()), office, Choice(REPLACE))
    assert set(surveys.counted(session, "w1", "environment")) == {"c02", "c03"}


@pytest.mark.usefixtures("wave")
def test_published_scores_are_of_a_community_or_of_the_whole(
    session: Session, office: CurrentUser
) -> None:
    take(session, PUBLISHED, read_sheet(SCORED.encode("gbk")), office)
    rows = session.scalars(select(PublishedScore).order_by(PublishedScore.n)).all()
    assert [(row.community_code, row.subject, row.score, row.n) for row in rows] == [
        ("c01", "environment", Decimal("81.5"), 60),
        (SUBDISTRICT, OVERALL, Decimal("84.2"), 820),
    ]


@pytest.mark.usefixtures("wave")
def test_a_score_off_the_scale_or_without_answers_is_refused(
    session: Session, office: CurrentUser
) -> None:
    rows = ("甲社区,总体满意度,54,60", "乙社区,总体满意度,９０,0", "丙社区,总体满意度,八十,9")
    sheet = read_sheet("\n".join(("社区,指标,得分,样本", *rows)).encode())
    found = checked(session, PUBLISHED, sheet, office)
    assert reasons(found) == [
        (2, "得分", "得分应在 55 与 100 之间，请核对评分标准。"),
        (3, "样本", "有效答卷至少为 1 份。"),
        (4, "得分", "得分应为数字，例如 82.4。"),
    ]


@pytest.mark.parametrize(
    ("kind", "roles", "says"),
    [
        (COUNTS, {"社区": "community", "满意": "option:satisfied"}, "请指出社区"),
        (COUNTS, {"社区": "community", "服务领域": "subject"}, "各选项份数"),
        (PUBLISHED, {"服务领域": "subject", "满意": "score"}, "有效答卷"),
        (COUNTS, {"服务领域": "subject", "满意": "option:satisfied"}, "请指出社区"),
        (COUNTS, {"社区": "community", "服务领域": "subject", "满意": "option:satisfied",
                  "不满意": "option:satisfied"}, "用途相同"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("wave")
def test_a_file_of_sums_needs_its_columns(
    session: Session, office: CurrentUser, kind: str, roles: dict[str, str], says: str
) -> None:
    with pytest.raises(InvalidEntry, match=says):
        check(session, Upload(kind, "w1", read_sheet(COUNTED), Plan(roles)), office)


@pytest.mark.usefixtures("wave")
def test_counts_are_not_added_to_answers(session: Session, office: CurrentUser) -> None:
    sheet = read_sheet("\n".join((HEAD, *GOOD)).encode())
    five = {"5": "satisfied", "4": "satisfied", "3": "dissatisfied", "9": "dont_know", "": ""}
    roles = {"社区": "community", "总体满意度": f"question:{OVERALL}", "访问结果": "outcome"}
    places = {"甲社区": "c01", "乙": "c02", "丙社区居委会": "c03", "c01": "c01"}
    plan = Plan(roles, {"总体满意度": five}, places)
    record(session, Upload(RESPONDENTS, "w1", sheet, plan), Choice(), office, NOW)
    with pytest.raises(InvalidEntry, match="逐份答卷") as refused:
        take(session, COUNTS, read_sheet(COUNTED), office)
    assert refused.value.field == "how"
    assert take(session, COUNTS, read_sheet(COUNTED), office, Choice(REPLACE)).accepted == 3
    assert surveys.counted(session, "w1", OVERALL)["c01"]["satisfied"] == 42

"""Every row that is refused says where and why, and what is personal stays out."""

from __future__ import annotations

import pytest

from db.engine import Session
from services import surveys
from services.catalogue import Catalogue
from services.errors import InvalidEntry, NotPermitted
from services.imports import summary
from services.imports.personal import personal_columns
from services.imports.plan import RESPONDENTS
from services.imports.record import Upload, check
from services.imports.sheet import read_sheet
from services.permissions import CurrentUser
from tests.activity_cases import person
from tests.import_cases import (
    GOOD,
    checked,
    proposed,
    reasons,
    table,
    take,
)


@pytest.mark.usefixtures("wave")
def test_every_refused_row_says_line_column_and_why(session: Session, office: CurrentUser) -> None:
    found = checked(
        session,
        table(
            "1,甲社区,2023-09-11,男,34,A1,成功,1,5,4,5",
            "2,丁社区,2023-09-11,男,34,A1,成功,1,5,4,5",
            "3,已社区,2023-10-11,男,34,A1,成功,-1,5,4,5",
            "4,,2026.10,男,34,A1,成功,nan,很好,4,٣",
            "4,甲社区,,男,34,A1,成功,1e3,5,4,5",
            ",甲社区,,男,34,A1,成功,1_000,5,4,5",
            "7,甲社区,,男,34,A1,成功,1",
        ),
        office,
    )
    assert (found.accepted, found.refused, found.left_out) == (1, 6, 0)
    assert reasons(found) == [
        (3, "社区", "没有名为“丁社区”的社区。"),
        (4, "社区", "没有名为“已社区”的社区。"),
        (4, "日期", "日期不在这次调查的起止日期（2023-09-01 至 2023-09-20）之内。"),
        (4, "权重", "权重应为大于 0 的数。"),
        (5, "社区", "没有写明社区。"),
        (5, "日期", "看不懂这个日期，请写成 2023-09-15 的样子。"),
        (5, "权重", "权重应为大于 0 的数。"),
        (5, "居住环境", "这个回答没有对应的选项。"),
        (5, "总体满意度", "这个回答没有对应的选项。"),
        (6, "编号", "编号与第 5 行相同。"),
        (6, "权重", "权重应为大于 0 的数。"),
        (7, "编号", "没有编号。"),
        (7, "权重", "权重应为大于 0 的数。"),
        (8, "", "这一行有 8 格，表头有 11 格。"),
    ]


@pytest.mark.usefixtures("wave")
def test_a_row_without_any_answer_is_refused_unless_an_outcome_explains_it(
    session: Session, office: CurrentUser
) -> None:
    head = "社区,总体满意度"
    found = checked(session, table("甲社区,5", "甲社区,", "乙社区,NA", head=head), office)
    assert [one[2] for one in reasons(found)] == ["一个问题也没有回答。"] * 2
    assert checked(session, table(GOOD[3]), office).accepted == 1


@pytest.mark.usefixtures("wave")
def test_the_preview_says_who_was_asked_but_did_not_answer(
    session: Session, office: CurrentUser, lists: Catalogue
) -> None:
    found = checked(session, table(*GOOD, "0005,甲社区,,,,,拒访,1,,,"), office)
    assert summary.outcomes(found) == ([("成功", 3), ("拒访", 2)], 2)
    assert [n for _name, n in summary.places(found, lists)] == [1, 1, 1]


@pytest.mark.usefixtures("wave")
def test_full_width_digits_and_worded_answers_are_understood(
    session: Session, office: CurrentUser
) -> None:
    rows = ["甲社区,５,1.非常满意", "甲社区, 4 ,比较满意", "甲社区,４．０,一般",
            "甲社区,１,不\u200b满意", "甲社区,9,说不清", "甲社区,3,拒答"]  # fmt: skip
    found = checked(session, table(*rows, head="社区,居住环境,总体满意度"), office)
    assert reasons(found) == []
    options = [option.code for option in surveys.wave_of(session, "w1").options] + [""]
    said = {name: [options[place] for place in own] for name, own in found.answers.items()}
    assert said["居住环境"] == [
        "very_satisfied", "satisfied", "satisfied", "dissatisfied", "dont_know", "fairly_satisfied",
    ]  # fmt: skip
    assert said["总体满意度"] == [
        "very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "dont_know", "",
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["联系方式", "受访者姓名", "Phone number", "手机号", "备注"])
@pytest.mark.usefixtures("wave")
def test_a_column_of_names_or_numbers_is_never_taken_over(
    session: Session, office: CurrentUser, head: str
) -> None:
    sheet = table("甲社区,5,13812345678", "乙社区,4,137 1234 5678", head=f"社区,总体满意度,{head}")
    assert list(personal_columns(sheet)) == [head]
    assert proposed(session, sheet).roles[head] == ""
    for role in ("number", "interviewer", "outcome", "question:"):
        roles = {**proposed(session, sheet).roles, head: role}
        with pytest.raises(InvalidEntry, match="不能导入") as refused:
            checked(
                session,
                sheet,
                office,
                roles=roles,
                answers={**proposed(session, sheet).answers, head: {}},
            )
        assert refused.value.field == "roles"


def test_identity_numbers_are_noticed_under_any_name() -> None:
    sheet = read_sheet("社区,代码\n甲社区,370481199001011234\n乙社区,37048119900101123X\n".encode())
    assert list(personal_columns(sheet)) == ["代码"]


@pytest.mark.usefixtures("wave")
def test_a_number_in_a_refused_cell_is_masked_in_the_list(
    session: Session, office: CurrentUser
) -> None:
    rows = ["甲社区,5"] * 40 + ["甲社区,13812345678"]
    found = checked(session, table(*rows, head="社区,总体满意度"), office)
    assert [one.value for one in found.refusals.listed()] == ["138****5678"]


@pytest.mark.usefixtures("wave")
def test_only_the_rows_of_one_wave_can_be_asked_for(session: Session, office: CurrentUser) -> None:
    sheet = table("甲社区,2015,5", "丁社区,2013,4", "乙社区,2015,3", head="社区,年份,总体满意度")
    found = checked(session, sheet, office, only=("年份", "2015"))
    assert (found.accepted, found.refused, found.left_out) == (2, 0, 1)


@pytest.mark.parametrize(
    ("roles", "says"),
    [
        ({"社区": "community", "总体满意度": ""}, "至少指出一列是问题"),
        ({"社区": "sex", "性别": "sex", "总体满意度": "question:overall"}, "用途相同"),
        ({"天气": "day", "总体满意度": "question:overall"}, "没有“天气”"),
    ],
)
@pytest.mark.usefixtures("wave")
def test_a_plan_that_cannot_be_is_refused_before_any_row(
    session: Session, office: CurrentUser, roles: dict[str, str], says: str
) -> None:
    with pytest.raises(InvalidEntry, match=says) as refused:
        checked(session, table(*GOOD), office, roles=roles)
    assert refused.value.field == "roles"


@pytest.mark.usefixtures("wave")
def test_who_may_not_record_surveys_can_neither_check_nor_record(session: Session) -> None:
    user = person(session, "community_staff", "c01")
    sheet = table(*GOOD)
    plan = proposed(session, sheet)
    with pytest.raises(NotPermitted):
        check(session, Upload(RESPONDENTS, "w1", sheet, plan), user)
    with pytest.raises(NotPermitted):
        take(session, sheet, user, plan)


@pytest.mark.usefixtures("wave")
def test_the_file_of_reasons_runs_nothing_when_it_is_opened(
    session: Session, office: CurrentUser
) -> None:
    row = '=HYPERLINK("http://evil.test"),5'.replace('"', '""').replace(",5", '",5')
    found = checked(session, table(f'"{row}', "甲社区,5", head="社区,总体满意度"), office)
    lines = summary.refusals_csv(found.refusals).decode("utf-8-sig").splitlines()
    assert lines[0] == "行,列,内容,原因"
    assert len(lines) == 2
    assert lines[1].startswith("2,社区,\"'=HYPERLINK(")

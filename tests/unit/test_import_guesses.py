"""What columns, words and numbers of a file probably mean is proposed."""

from __future__ import annotations

from datetime import date

import pytest

from db.engine import Session
from db.seed import load_places
from services import surveys
from services.imports import summary
from services.imports.plan import Plan, plan_of
from services.permissions import CurrentUser
from services.satisfaction import OVERALL
from tests.builders import add_wave
from tests.import_cases import (
    GOOD,
    proposed,
    table,
    take,
)


@pytest.mark.usefixtures("wave")
def test_columns_and_words_are_recognised_as_offices_write_them(session: Session) -> None:
    plan = proposed(session, table(*GOOD))
    assert plan.roles == {
        "编号": "number",
        "社区": "community",
        "日期": "day",
        "性别": "sex",
        "年龄": "age",
        "访问员": "interviewer",
        "访问结果": "outcome",
        "权重": "weight",
        "居住环境": "question:environment",
        "基本医疗": "question:health",
        "总体满意度": f"question:{OVERALL}",
    }
    assert plan.places == {"甲社区": "c01", "乙": "c02", "丙社区居委会": "c03", "c01": "c01"}
    five = {"5": "very_satisfied", "4": "satisfied", "3": "fairly_satisfied"}
    assert plan.answers["居住环境"] == {**five, "": ""}
    assert plan.answers["基本医疗"] == {"4": "satisfied", "9": "dont_know", "": ""}
    assert plan_of(plan.stored()) == plan


@pytest.mark.usefixtures("wave")
def test_one_wrong_figure_among_full_width_digits_changes_no_ladder(session: Session) -> None:
    answers = ["4", "５", "3", "４", "5", "３"] * 60 + ["9", "７"]
    sheet = table(*(f"甲社区,{answer}" for answer in answers), head="社区,总体满意度")
    assert proposed(session, sheet).answers["总体满意度"] == {
        "5": "very_satisfied", "4": "satisfied", "3": "fairly_satisfied", "9": "dont_know",
    }  # fmt: skip


@pytest.mark.usefixtures("wave")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("非常满意 满意 一般 不满意 非常不满意", (0, 1, 2, 3, 4)),
        ("5.非常满意 4.满意 3.一般 2.不满意 1.很不满意", (0, 1, 2, 3, 4)),
        ("非常满意 满意 基本满意 不太满意 不满意", (0, 1, 2, 3, 4)),
        ("Very satisfied|Satisfied|Neutral|Dissatisfied|Very dissatisfied", (0, 1, 2, 3, 4)),
        ("满意 基本满意 不满意", (1, 2, 4)),
    ],
)
def test_the_five_grades_are_told_by_the_words_that_stand_together(
    session: Session, given: str, expected: tuple[int, ...]
) -> None:
    words = given.split("|" if "|" in given else " ")
    options = [option.code for option in surveys.wave_of(session, "w1").options]
    plan = proposed(session, table(*(f"甲社区,{word}" for word in words), head="社区,总体满意度"))
    read = [plan.answers["总体满意度"][word.casefold()] for word in words]
    assert read == [options[place] for place in expected]


@pytest.mark.usefixtures("wave")
def test_a_bare_number_is_a_community_only_where_the_column_says_so(session: Session) -> None:
    load_places(session, "街道", "", [{"code": f"n{n}", "name": f"第{n}选区"} for n in range(1, 6)])
    rows = [f"{n},{n}" for n in range(1, 6)]
    plan = proposed(session, table(*rows, head="总体满意度,Ward"))
    assert plan.roles == {"总体满意度": f"question:{OVERALL}", "Ward": "community"}
    assert plan.places == {str(n): f"n{n}" for n in range(1, 6)}


@pytest.mark.usefixtures("wave")
def test_a_question_of_one_domain_may_have_overall_in_its_name(session: Session) -> None:
    head = "社区,The.overall.quality.of.public.schools,您对总体的居住环境,总体满意度"
    plan = proposed(session, table("甲社区,5,4,3", head=head))
    assert list(plan.questions.values()) == ["education", "environment", OVERALL]


@pytest.mark.usefixtures("wave")
def test_ladders_that_the_scale_has_no_options_for_are_named(session: Session) -> None:
    rows = [f"甲社区,{n},{(n + 1) // 2}" for n in range(1, 11)]
    sheet = table(*rows, head="社区,总体满意度,居住环境")
    wave, plan = surveys.wave_of(session, "w1"), proposed(session, sheet)
    assert summary.missing_steps(summary.answer_groups(sheet, plan, wave), plan) == (10, 5)
    only = Plan({"社区": "community", "居住环境": "question:environment"}, plan.answers)
    assert summary.missing_steps(summary.answer_groups(sheet, only, wave), only) == ()


@pytest.mark.usefixtures("wave")
def test_columns_that_a_kept_plan_does_not_know_are_still_guessed(
    session: Session, office: CurrentUser
) -> None:
    plan = proposed(session, table(*GOOD))
    roles = {name: role for name, role in plan.roles.items() if name != "基本医疗"}
    take(session, table(*GOOD), office, Plan(roles, plan.answers, plan.places))
    assert proposed(session, table(*GOOD)).roles == plan.roles


@pytest.mark.usefixtures("wave")
def test_a_mapping_is_offered_again_when_the_columns_match(
    session: Session, office: CurrentUser
) -> None:
    sheet = table("甲社区,5,3", "西街,1,1", head="地点,甲问,乙问")
    plan = proposed(session, sheet)
    assert plan.roles == {"地点": "", "甲问": "", "乙问": ""}
    answers = {"甲问": {"5": "very_satisfied", "1": "dissatisfied"}}
    plan = Plan(
        {"地点": "community", "甲问": "question:culture", "乙问": ""},
        answers,
        {"甲社区": "c01", "西街": "c02"},
    )
    take(session, sheet, office, plan)
    add_wave(session, "w2", date(2023, 9, 21), date(2023, 9, 30), scale="five_grade")
    later = table("5,4,西街", "2,1,乙社区", head="乙问,甲问,地点")
    found = proposed(session, later, "w2")
    assert found.roles == plan.roles
    assert found.places == {"甲社区": "c01", "西街": "c02", "乙社区": "c02"}
    assert found.answers["甲问"] == {
        "5": "very_satisfied",
        "4": "satisfied",
        "1": "dissatisfied",
    }

"""A file of respondents is taken over once, whole or not at all, and every refusal has a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from db.engine import Session
from db.models import Answer, Change, Respondent, SurveyImport, SurveyQuestion, SurveyWave
from db.reads import survey as reads
from db.reads.office import data_version
from services import surveys
from services.catalogue import catalogue
from services.errors import InvalidEntry, NotFound
from services.imports.plan import RESPONDENTS, Plan
from services.imports.record import REPLACE, Choice, Receipt, Upload, already_there, check, record
from services.permissions import CurrentUser
from services.satisfaction import OVERALL, line_up, scores
from services.settings import Thresholds
from tests.import_cases import (
    GOOD,
    NOW,
    proposed,
    table,
    take,
)


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.usefixtures("wave")
def test_what_was_said_is_stored_without_names_and_numbers(
    session: Session, office: CurrentUser
) -> None:
    receipt = take(session, table(*GOOD), office)
    assert (receipt.accepted, receipt.skipped, receipt.refused) == (4, 0, 0)
    people = session.scalars(select(Respondent).order_by(Respondent.number)).all()
    assert [
        (one.number, one.community_code, one.weight, one.day, one.sex, one.age_group, one.outcome)
        for one in people
    ] == [
        (1, "c01", 1.5, date(2023, 9, 11), "male", "age_18_34", "成功"),
        (2, "c02", 1.0, date(2023, 9, 12), "female", "age_35_59", "成功"),
        (3, "c03", 0.5, date(2023, 9, 13), "female", "age_60_plus", "成功"),
        (4, "c01", 1.0, date(2023, 9, 14), "", "age_18_34", "拒访"),
    ]
    codes = [one.interviewer for one in people]
    assert codes[0] == codes[1] == "A1"
    assert codes[3] == ""
    assert codes[2].startswith("p")
    stored = repr([one.__dict__ for one in people])
    assert "王小明" not in stored
    assert "0001" not in stored


@pytest.mark.usefixtures("wave")
def test_questions_are_stored_with_their_wording_and_answers_as_options(
    session: Session, office: CurrentUser
) -> None:
    take(session, table(*GOOD), office)
    questions = {one.id: one for one in session.scalars(select(SurveyQuestion))}
    assert [(one.code, one.label, one.subject) for one in questions.values()] == [
        ("q01", "居住环境", "environment"),
        ("q02", "基本医疗", "health"),
        ("q03", "总体满意度", OVERALL),
    ]
    given = {
        (questions[one.question_id].subject, one.respondent): one.option_code
        for one in session.scalars(select(Answer))
    }
    assert given == {
        ("environment", 1): "very_satisfied",
        ("environment", 2): "satisfied",
        ("environment", 3): "fairly_satisfied",
        ("health", 1): "satisfied",
        ("health", 2): "dont_know",
        (OVERALL, 1): "very_satisfied",
        (OVERALL, 2): "satisfied",
        (OVERALL, 3): "fairly_satisfied",
    }


@pytest.mark.usefixtures("wave")
def test_counts_and_scores_follow_in_the_same_transaction(
    session: Session, office: CurrentUser
) -> None:
    take(session, table(*[f"{n},甲社区,,,,,成功,1,5,4,{3 + n % 3}" for n in range(30)]), office)
    tallies = reads.tallies(session, ["w1"], (), [OVERALL])
    assert tallies[tallies["count"] > 0].set_index("option")["count"].to_dict() == {
        "very_satisfied": 10,
        "satisfied": 10,
        "fairly_satisfied": 10,
    }
    frame = scores(session, line_up(session, date.max), Thresholds()).set_index(
        ["community", "subject"]
    )
    assert frame.at[("c01", OVERALL), "score"] == pytest.approx(80)
    assert session.get_one(SurveyWave, "w1").frozen
    assert "文件中的权重" in take(session, table(GOOD[0]), office).weighting


@pytest.mark.usefixtures("wave")
def test_the_same_file_again_changes_nothing(session: Session, office: CurrentUser) -> None:
    take(session, table(*GOOD), office)
    version = data_version(session)
    again = take(session, table(*GOOD), office)
    assert again == Receipt(0, 4, 0, changed=False)
    assert take(session, table(*GOOD), office, choice=Choice(REPLACE)).changed is False
    assert data_version(session) == version
    assert (count(session, Respondent), count(session, SurveyImport)) == (4, 1)


@pytest.mark.usefixtures("wave")
def test_rows_that_are_there_are_skipped_by_their_number(
    session: Session, office: CurrentUser
) -> None:
    take(session, table(*GOOD[:3]), office)
    longer = table(*GOOD, "0005,甲社区,,,,,成功,1,1,1,1")
    plan = proposed(session, longer)
    found = check(session, Upload(RESPONDENTS, "w1", longer, plan), office)
    assert already_there(session, "w1", found) == 3
    receipt = take(session, longer, office)
    assert (receipt.accepted, receipt.skipped) == (2, 3)
    numbers = session.scalars(select(Respondent.number).order_by(Respondent.number)).all()
    assert numbers == [1, 2, 3, 4, 5]


@pytest.mark.usefixtures("wave")
def test_without_numbers_equal_rows_are_the_same_people_unless_a_person_says_not(
    session: Session, office: CurrentUser
) -> None:
    head = "社区,总体满意度"
    first = table("甲社区,5", "甲社区,5", "乙社区,4", head=head)
    assert take(session, first, office).accepted == 3
    second = table("甲社区,5", "甲社区,5", "甲社区,5", "丙社区,3", head=head)
    receipt = take(session, second, office)
    assert (receipt.accepted, receipt.skipped) == (2, 2)
    third = table("甲社区,5", "丙社区,2", head=head)
    receipt = take(session, third, office, choice=Choice(keep_same=True))
    assert (receipt.accepted, receipt.skipped) == (2, 0)
    assert count(session, Respondent) == 7


@pytest.mark.usefixtures("wave")
def test_a_second_file_is_added_or_put_in_place_of_the_first(
    session: Session, office: CurrentUser
) -> None:
    take(session, table(*GOOD[:2]), office)
    take(session, table(GOOD[2]), office)
    assert count(session, Respondent) == 3
    assert count(session, SurveyQuestion) == 3
    replaced = take(session, table(GOOD[0]), office, choice=Choice(REPLACE))
    assert replaced.accepted == 1
    assert (count(session, Respondent), count(session, Answer)) == (1, 3)
    assert [row.replaced for row in session.scalars(select(SurveyImport))] == [True, True, False]
    # What was replaced can come back: it is no longer there.
    assert take(session, table(*GOOD[:2]), office).accepted == 1


@pytest.mark.usefixtures("wave")
def test_the_same_file_read_in_another_way_has_to_replace(
    session: Session, office: CurrentUser
) -> None:
    sheet = table(*GOOD)
    take(session, sheet, office)
    other = proposed(session, sheet)
    other = replace(other, roles={**other.roles, "基本医疗": "question:safety"})
    with pytest.raises(InvalidEntry, match="已经导入过") as refused:
        take(session, sheet, office, other)
    assert refused.value.field == "how"
    assert take(session, sheet, office, other, Choice(REPLACE)).accepted == 4
    assert {row.subject for row in session.scalars(select(SurveyQuestion))} == {
        "environment", "safety", OVERALL,
    }  # fmt: skip


@pytest.mark.usefixtures("wave")
def test_without_a_column_of_communities_answers_count_to_the_whole_only(
    session: Session, office: CurrentUser
) -> None:
    rows = [f"{5 - n % 2}" for n in range(40)]
    take(session, table(*rows, head="总体满意度"), office)
    frame = scores(session, line_up(session, date.max), Thresholds()).set_index("community")
    assert set(frame.index) == {"", "unplaced"}
    assert frame.at["", "n"] == 40
    lists = catalogue(session)
    assert lists.community("unplaced").name == "未分社区"
    assert "unplaced" not in [place.code for place in lists.active_communities]


@pytest.mark.usefixtures("wave")
def test_a_file_of_which_nothing_can_be_taken_writes_nothing(
    session: Session, office: CurrentUser
) -> None:
    version = data_version(session)
    with pytest.raises(InvalidEntry, match="没有一行可以导入"):
        take(session, table("1,丁社区,,,,,成功,1,5,5,5"), office)
    assert data_version(session) == version
    assert not session.get_one(SurveyWave, "w1").frozen
    assert count(session, SurveyImport) == 0


def test_a_wave_that_is_not_there_is_said_so(session: Session, office: CurrentUser) -> None:
    with pytest.raises(NotFound):
        take(session, table(*GOOD), office, Plan({"总体满意度": "question:overall"}), wave="none")


@pytest.mark.usefixtures("wave")
def test_the_log_says_who_took_over_what(session: Session, office: CurrentUser) -> None:
    sheet = table(*GOOD)
    take(session, sheet, office)
    line = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert line is not None
    assert (line.action, line.entity, line.user_name) == ("import", "survey_import", office.name)
    assert line.after == {
        "kind": RESPONDENTS,
        "sha256": sheet.sha256,
        "rows": 4,
        "accepted": 4,
        "refused": 0,
        "wave": "w1",
        "how": "add",
    }


@pytest.mark.usefixtures("wave")
def test_progress_only_grows_and_ends_at_the_whole(session: Session, office: CurrentUser) -> None:
    seen: list[float] = []
    sheet = table(*GOOD)
    plan = proposed(session, sheet)
    record(session, Upload(RESPONDENTS, "w1", sheet, plan), Choice(), office, NOW, seen.append)
    assert seen == sorted(seen)
    assert (seen[0] > 0, seen[-1]) == (True, 1.0)


@pytest.mark.usefixtures("wave")
def test_counts_of_a_wave_with_answers_are_not_changed_by_hand(
    session: Session, office: CurrentUser
) -> None:
    take(session, table(*GOOD), office)
    with pytest.raises(InvalidEntry, match="逐份答卷"):
        surveys.record_counts(session, "w1", OVERALL, {"c01": {"satisfied": 1}}, office, NOW)


@pytest.mark.usefixtures("wave")
def test_answers_are_not_added_to_counts_without_people(
    session: Session, office: CurrentUser
) -> None:
    surveys.record_counts(session, "w1", OVERALL, {"c01": {"satisfied": 30}}, office, NOW)
    with pytest.raises(InvalidEntry, match="合计份数") as refused:
        take(session, table(*GOOD), office)
    assert refused.value.field == "how"
    assert take(session, table(*GOOD), office, choice=Choice(REPLACE)).accepted == 4

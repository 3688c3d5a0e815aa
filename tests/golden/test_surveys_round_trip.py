"""Surveys and their sums go out as workbooks and come back, here and where there were none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, select

from db.engine import Session
from db.models import PublishedScore, SurveyTally
from services import surveys, workbook
from services.errors import NotPermitted
from services.i18n import use_language
from services.imports.guess import guess_plan
from services.imports.names import names_known
from services.imports.plan import COUNTS, PUBLISHED
from services.imports.record import Choice, Receipt, Upload, record
from services.imports.sheet import read_sheet
from services.imports.sums_out import kinds_held, sums
from services.permissions import CurrentUser
from services.satisfaction import OVERALL, SUBDISTRICT
from tests.activity_cases import NOW, person
from tests.builders import add_wave
from tests.list_workbook_cases import assert_comes_back_unchanged
from tests.workbook_cases import check, said, sheet, take
from tests.workbooks import Cell

ANSWERS = {
    "c01": {"satisfied": 40, "fairly_satisfied": 20, "dissatisfied": 5, "dont_know": 3},
    "c02": {"satisfied": 30, "dissatisfied": 0},
}
SCORES = ((SUBDISTRICT, OVERALL, "84.25", 820), ("c01", "environment", "81.5", 60))


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    """Who records the answers and scores of a wave."""
    user = person(session, "office_staff")
    add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20))
    for subject in (OVERALL, "environment"):
        surveys.record_counts(session, "w1", subject, ANSWERS, user, NOW)
    for place, subject, score, n in SCORES:
        surveys.record_published(session, "w1", place, subject, Decimal(score), n, user, NOW)
    session.commit()
    return user


def held(session: Session) -> set[tuple[object, ...]]:
    """What the wave holds: counts but for zeros, which say no more than a blank; scores."""
    tallies = session.scalars(select(SurveyTally).where(SurveyTally.count > 0))
    scores = session.scalars(select(PublishedScore))
    return {(row.community_code, row.subject, row.option_code, row.count) for row in tallies} | {
        (row.community_code, row.subject, row.score, row.n) for row in scores
    }


def back(session: Session, data: bytes, kind: str, staff: CurrentUser) -> Receipt:
    """Import the file as the page proposes it."""
    file, wave = read_sheet(data), surveys.wave_of(session, "w1")
    plan = guess_plan(file, kind, wave, names_known(session, "w1"), (), None)
    done = record(session, Upload(kind, "w1", file, plan), Choice(), staff, NOW)
    session.commit()
    return done


@pytest.mark.parametrize(("spoken", "heard"), [("zh", "en"), ("en", "zh")])
def test_sums_come_back_unchanged_here_and_whole_where_there_were_none(
    session: Session, staff: CurrentUser, spoken: str, heard: str
) -> None:
    before = held(session)
    assert kinds_held(session, "w1") == (COUNTS, PUBLISHED)
    use_language(spoken)
    out = {kind: sums(session, "w1", kind, staff) for kind in (COUNTS, PUBLISHED)}
    use_language(heard)
    assert [back(session, data, kind, staff).accepted for kind, data in out.items()] == [4, 2]
    assert held(session) == before
    for table in (SurveyTally, PublishedScore):
        session.execute(delete(table))
    session.commit()
    assert kinds_held(session, "w1") == ()
    add_wave(session, "w2", date(2023, 10, 1), date(2023, 10, 20))
    for kind, data in out.items():
        file, wave = read_sheet(data), surveys.wave_of(session, "w2")
        plan = guess_plan(file, kind, wave, names_known(session, "w2"), (), None)
        record(session, Upload(kind, "w2", file, plan), Choice(), staff, NOW)
    session.commit()
    assert held(session) == before


def test_who_records_no_surveys_has_no_sums(session: Session, staff: CurrentUser) -> None:
    with pytest.raises(NotPermitted):
        sums(session, "w1", COUNTS, person(session, "community_staff", "c01"))
    assert staff.role == "office_staff"


WAVE: dict[str, Cell] = {
    "调查名称": "三季度调查",
    "调查方式": "入户调查",
    "评分标准": "three_grade",
    "开始日期": "2023-10-09",
    "结束日期": "2023-10-20",
}


def test_surveys_come_back_unchanged_and_a_new_row_is_one_more(
    session: Session, staff: CurrentUser
) -> None:
    kind = workbook.KINDS["waves"]
    assert assert_comes_back_unchanged(session, staff, "waves") == 1
    assert take(session, sheet(WAVE), staff, kind=kind) == workbook.Receipt(1, 0, 0, 0)
    wave = surveys.newest_first(session)[0]
    assert (wave.label, wave.mode, wave.wording, len(wave.options)) == (
        "三季度调查", "face_to_face", "1", 4,
    )  # fmt: skip
    assert take(session, sheet(WAVE), staff, kind=kind) == workbook.Receipt(0, 0, 1, 0)
    assert assert_comes_back_unchanged(session, staff, "waves") == 2


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"调查名称": ""}, "调查名称", "请填写调查名称"),
        ({"调查名称": "w1"}, "调查方式", "不能用表格改"),
        ({"调查方式": "信件"}, "调查方式", "从列表中选择"),
        ({"评分标准": "十分制"}, "评分标准", "从列表中选择"),
        ({"结束日期": "2023-11-20"}, "结束日期", "还没有结束"),
        ({"结束日期": ""}, "结束日期", "请选择"),
        ({"问卷版本": "长" * 41}, "问卷版本", "最多"),
    ],
)
def test_a_survey_that_cannot_be_is_refused_with_what_to_do(
    session: Session, staff: CurrentUser, changes: dict[str, Cell], column: str, says: str
) -> None:
    (line,) = check(session, sheet(WAVE | changes), staff, kind=workbook.KINDS["waves"]).lines
    assert says in said(line)[column]

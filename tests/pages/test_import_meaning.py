"""The import page: what a file means is set beside it, the survey and its scale too."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select

from db.engine import read_session, write_session
from db.models import Respondent, SurveyTally, WaveOption
from tests.builders import add_wave
from tests.import_cases import GOOD
from tests.pages.import_steps import box, metrics, page, press, said, upload


@pytest.fixture
def office(door: Engine) -> Engine:
    with write_session(door) as session:
        add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20), scale="five_grade")
    return door


def test_an_unknown_community_can_be_named(office: Engine) -> None:
    at = upload(page(office), GOOD[0], "9,老街,,,,,成功,1,5,5,5")
    assert "名册里没有这些社区" in at.warning[0].value
    box(at, "老街").set_value("c02").run()
    assert metrics(at)["可导入"] == "2"
    box(at, "老街").set_value("unplaced").run()
    press(at, "导入 2 行")
    with read_session(office) as session:
        places = session.scalars(select(Respondent.community_code)).all()
    assert sorted(places) == ["c01", "unplaced"]


def test_what_an_answer_means_can_be_changed(office: Engine) -> None:
    at = upload(page(office), "甲社区,5,很好", "甲社区,4,还行", head="社区,居住环境,总体满意度")
    assert metrics(at) == {"可导入": "0", "拒收": "2", "不在范围": "0"}
    box(at, "很好").set_value("very_satisfied").run()
    box(at, "还行").set_value("").run()
    assert metrics(at)["可导入"] == "2"
    next(one for one in at.checkbox if one.label == "数字越小越满意").check().run()
    press(at, "导入 2 行")
    with read_session(office) as session:
        tallies = {
            (row.subject, row.option_code): row.count
            for row in session.scalars(select(SurveyTally))
            if row.count
        }
    assert tallies == {
        ("environment", "dissatisfied"): 1,
        ("environment", "rather_dissatisfied"): 1,
        ("overall", "very_satisfied"): 1,
    }


def test_a_scale_for_answers_in_numbers_is_one_click_away(office: Engine) -> None:
    rows = [f"甲社区,{n}" for n in range(1, 11)]
    at = upload(page(office), *rows, head="社区,总体满意度")
    assert "用 1 至 10 的数字作答" in said(at.warning)[0]
    assert metrics(at)["可导入"] == "0"
    press(at, "改用等距评分（最高一级为 10）")
    assert not at.warning
    assert metrics(at)["可导入"] == "10"


def test_a_survey_can_be_added_where_its_file_is_imported(office: Engine) -> None:
    at = page(office)
    next(one for one in at.text_input if one.label == "调查名称").set_value("秋季调查")
    press(at, "新增这次调查")
    assert said(at.success) == ["已新增“秋季调查”，可以导入答卷文件，或录入各社区的份数。"]
    assert box(at, "调查").value == at.query_params["wave"]
    assert "秋季调查" in box(at, "调查").options


def test_columns_without_a_word_in_these_rows_are_not_asked_about(office: Engine) -> None:
    at = upload(page(office), "甲社区,NA,5", "甲社区,,4", head="社区,居住环境,总体满意度")
    assert "居住环境" not in [one.label for one in at.selectbox]
    assert "另有 1 列在这些行里没有内容，未列出。" in said(at.caption)


def test_the_scale_can_be_changed_until_there_are_answers(office: Engine) -> None:
    at = page(office)
    steps = next(one for one in at.text_input if one.label.startswith("或改为等距"))
    steps.set_value("３")
    press(at, "改为等距")
    with read_session(office) as session:
        options = session.scalars(select(WaveOption).order_by(WaveOption.position)).all()
    assert [(one.label, one.points) for one in options] == [
        ("3", 100), ("2", 50), ("1", 0), ("不了解", None),
    ]  # fmt: skip
    points = [one for one in at.text_input if one.label.startswith("分值")]
    points[1].set_value("60")
    press(at, "保存评分标准")
    assert said(at.success) == ["已保存评分标准。"]
    points = [one for one in at.text_input if one.label.startswith("分值")]
    points[1].set_value("160")
    press(at, "保存评分标准")
    assert said(at.error) == ["分值应在 0 与 100 之间。"]
    press(upload(at, "甲社区,3", "乙社区,2", head="社区,总体满意度"), "导入")
    assert not [one for one in at.text_input if one.label.startswith("分值")]
    assert "已有答卷，评分标准不能再改。" in said(at.caption)

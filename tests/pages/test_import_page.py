"""The import page: from a file to answers in four steps, and everything set stays on a refusal."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import write_session
from db.models import Answer, Respondent, SurveyImport, SurveyTally
from pages.shared.upload import TABLES
from services.i18n import use_language
from services.imports.sheet import MB, SURVEY
from services.inspections.photos import LIMITS as PHOTO_LIMITS
from services.workbook import LIMITS
from tests.builders import add_wave
from tests.import_cases import GOOD
from tests.pages.app import heading, opened, signed_in
from tests.pages.import_steps import PAGE, box, count, give, metrics, page, press, said, upload
from tests.workbooks import workbook

ROOT = Path(__file__).parents[2]


@pytest.fixture
def office(door: Engine) -> Engine:
    with write_session(door) as session:
        add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20), scale="five_grade")
    return door


def test_who_may_not_record_surveys_is_told_so(office: Engine) -> None:
    assert heading(opened(signed_in(office, "community_staff"), PAGE)) == "没有权限"


def test_without_a_survey_the_page_says_where_to_add_one(door: Engine) -> None:
    at = opened(signed_in(door, "office_staff"), PAGE)
    assert not at.exception
    assert "请先新增一次调查" in at.info[0].value
    assert not at.file_uploader


def test_a_file_of_respondents_goes_from_columns_to_answers(office: Engine) -> None:
    at = upload(page(office), *GOOD)
    assert [one.value for one in at.subheader] == [
        "一、文件", "二、对应列", "三、预览", "四、确认",
    ]  # fmt: skip
    assert [box(at, name).value for name in ("社区", "性别", "居住环境", "总体满意度")] == [
        "community", "sex", "question:environment", "question:overall",
    ]  # fmt: skip
    assert metrics(at) == {"可导入": "4", "拒收": "0", "不在范围": "0"}
    assert count(office, Respondent) == 0
    press(at, "导入 4 行")
    assert said(at.success)[0].startswith("已导入 4 行，跳过已有的 0 行，拒收 0 行。")
    assert (count(office, Respondent), count(office, Answer)) == (4, 8)
    assert not at.metric


def test_the_same_file_again_changes_nothing(office: Engine) -> None:
    at = press(upload(page(office), *GOOD), "导入")
    upload(at, *GOOD)
    assert said(at.info) == ["列名与以前的文件相同，已沿用当时的对应关系。"]
    at.radio[0].set_value("add").run()
    press(at, "导入")
    assert said(at.success) == ["这个文件已经导入过，没有任何改变。"]
    assert (count(office, Respondent), count(office, SurveyImport)) == (4, 1)


def test_a_second_file_asks_whether_to_add_or_to_replace(office: Engine) -> None:
    at = press(upload(page(office), *GOOD[:2]), "导入")
    upload(at, *GOOD)
    go = next(one for one in at.button if one.label.startswith("导入"))
    assert (at.radio[0].value, go.disabled) == (None, True)
    at.radio[0].set_value("add").run()
    assert "其中 2 行与已有的相同，将跳过。" in said(at.caption)
    press(at, "导入")
    assert "已导入 2 行，跳过已有的 2 行" in said(at.success)[0]
    upload(at, GOOD[2])
    at.radio[0].set_value("replace").run()
    press(at, "导入")
    assert count(office, Respondent) == 1


def test_equal_rows_can_be_taken_as_other_people(office: Engine) -> None:
    at = press(upload(page(office), "甲社区,5", "乙社区,4", head="社区,总体满意度"), "导入")
    upload(at, "甲社区,5", "乙社区,3", head="社区,总体满意度")
    at.radio[0].set_value("add").run()
    next(one for one in at.checkbox if one.label.startswith("没有编号列")).check().run()
    press(at, "导入")
    assert count(office, Respondent) == 4


def test_refused_rows_are_listed_with_their_reasons(office: Engine) -> None:
    at = upload(page(office), GOOD[0], "9,丁社区,,,,,成功,0,5,5,5")
    assert metrics(at) == {"可导入": "1", "拒收": "1", "不在范围": "0"}
    refusals = at.dataframe[-1].value
    assert refusals.to_dict("records") == [
        {"行": 3, "列": "社区", "内容": "丁社区", "原因": "没有名为“丁社区”的社区。"},
        {"行": 3, "列": "权重", "内容": "0", "原因": "权重应为大于 0 的数。"},
    ]
    assert "下载全部拒收原因（CSV）" in [one.label for one in at.get("download_button")]


def test_a_refused_choice_keeps_everything_that_was_set(office: Engine) -> None:
    at = upload(page(office), *GOOD)
    box(at, "居住环境").set_value("question:culture").run()
    box(at, "访问员").set_value("sex").run()
    assert said(at.error) == ["“性别”和“访问员”的用途相同，请只留一列。"]
    assert not at.metric
    box(at, "访问员").set_value("").run()
    assert said(at.error) == []
    assert box(at, "居住环境").value == "question:culture"
    assert metrics(at)["可导入"] == "4"


def test_only_the_rows_of_one_survey_are_taken(office: Engine) -> None:
    head = "社区,年份,总体满意度"
    at = upload(page(office), "甲社区,2013,9", "甲社区,2015,5", "乙社区,2015,4", head=head)
    box(at, "按哪一列区分").set_value("年份").run()
    box(at, "导入哪些行").set_value("2015").run()
    assert metrics(at) == {"可导入": "2", "拒收": "0", "不在范围": "1"}
    press(at, "导入 2 行")
    assert count(office, Respondent) == 2


def test_a_column_of_telephone_numbers_is_named_and_left_out(office: Engine) -> None:
    head = "社区,总体满意度,联系方式"
    at = upload(page(office), "甲社区,5,13812345678", "乙社区,4,13712345678", head=head)
    assert said(at.warning) == ["“联系方式”列像是电话或证件号码，不能导入。"]
    assert "联系方式" not in [one.label for one in at.selectbox]
    assert "13812345678" not in str([one.value for one in at.dataframe])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空的"),
        (workbook([["a"], [1]])[:200], "损坏"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "旧格式"),
    ],
)
def test_a_file_that_cannot_be_read_ends_in_a_sentence(
    office: Engine, data: bytes, says: str
) -> None:
    at = give(page(office), data)
    assert len(at.error) == 1
    assert says in at.error[0].value
    assert upload(at, *GOOD).metric


def test_another_sheet_of_a_workbook_can_be_chosen(office: Engine) -> None:
    more = {"九月": [["社区", "总体满意度"], ["甲社区", 5], ["乙社区", 4]]}
    at = give(page(office), workbook([["说明", "x"], ["y", "z"]], more=more))
    box(at, "工作表").set_value("九月").run()
    assert metrics(at)["可导入"] == "2"


def test_counts_and_scores_have_their_own_columns(office: Engine) -> None:
    at = page(office)
    box(at, "文件内容").set_value("counts").run()
    upload(at, "甲社区,居住环境,30,4", "甲社区,天气,1,1", head="社区,服务领域,满意,不满意")
    assert box(at, "满意").value == "option:satisfied"
    assert metrics(at) == {"可导入": "1", "拒收": "1", "不在范围": "0"}
    box(at, "天气").set_value("overall").run()
    press(at, "导入 2 行")
    assert count(office, SurveyTally) == 4
    box(at, "文件内容").set_value("published").run()
    upload(at, "全街道,总体满意度,84.2,820", head="社区,服务领域,得分,样本")
    at.radio[0].set_value("replace").run()
    press(at, "导入 1 行")
    assert count(office, SurveyTally) == 0


def test_the_page_and_its_refusals_speak_english(office: Engine) -> None:
    use_language("en")  # AppTest asks for the labels of options outside the app
    at = upload(page(office, "en"), GOOD[0], "9,丁社区,,,,,成功,0,5,5,5")
    assert heading(at).isascii()
    assert all(one.value.isascii() for one in at.subheader)
    reasons = at.dataframe[-1].value["Reason"].tolist()
    assert len(reasons) == 2
    said_in = "".join(reasons).replace("丁社区", "")
    assert re.search("[\u3000-\u9fff]", said_in) is None


def test_the_page_takes_files_as_large_as_the_reader_does(office: Engine) -> None:
    (uploader,) = page(office).file_uploader
    assert uploader.proto.max_upload_size_mb * MB == SURVEY.size
    assert uploader.allowed_type == [f".{kind}" for kind in TABLES]


def test_the_server_lets_through_what_every_field_takes() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    fields = (SURVEY.size, LIMITS.size, PHOTO_LIMITS["size"])
    assert config["server"]["maxUploadSize"] * MB > max(fields)  # a request holds more than a file


def test_nothing_in_a_file_is_read_as_markup(office: Engine) -> None:
    head = "社区,总体满意度,![x](http://evil.test/a.png)<b>"
    at = upload(page(office), "甲社区,5,[y](http://evil.test)", "<i>老街</i>,5,z", head=head)
    shown = [one.value for one in (*at.markdown, *at.warning, *at.caption)]
    assert any(r"\!\[x\]\(http" in text for text in shown)
    assert not any("](http" in text or "<i>" in text or "<b>" in text for text in shown)

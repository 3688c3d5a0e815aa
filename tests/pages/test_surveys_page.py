"""调查结果: surveys and their sums taken along, and a survey added with a workbook."""

from __future__ import annotations

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db.engine import read_session
from services import surveys
from tests.pages.app import opened, signed_in
from tests.pages.entry_steps import press
from tests.workbook_cases import sheet


def page(engine: Engine) -> AppTest:
    return opened(signed_in(engine, "administrator"), "admin/surveys")


def labels(engine: Engine) -> list[str]:
    with read_session(engine) as session:
        return [wave.label for wave in surveys.newest_first(session)]


def test_the_counts_of_a_survey_are_offered_and_a_survey_is_added(demonstration: Engine) -> None:
    at = page(demonstration)
    offered = [one.label for one in at.get("download_button")]
    assert offered == ["下载各选项份数（.xlsx）", "下载调查（.xlsx）"]
    before = labels(demonstration)
    row = {"调查名称": "补充调查", "调查方式": "网络调查", "评分标准": "three_grade",
           "开始日期": "2023-10-09", "结束日期": "2023-10-20"}  # fmt: skip
    at.file_uploader[0].set_value(("调查.xlsx", sheet(row), "application/xlsx")).run()
    press(at, "导入 1 行")
    assert "新增 1 行" in at.success[0].value
    assert labels(demonstration) == ["补充调查", *before]

"""The page of targets: what is typed is kept, what cannot be is refused beside its field."""

from __future__ import annotations

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from db.engine import read_session
from services.targets import targets_of
from tests.pages.app import opened, signed_in
from tests.workbook_cases import sheet


def field(app: AppTest, label: str) -> TextInput:
    return next(one for one in app.text_input if one.label.replace("\\", "").startswith(label))


def save(app: AppTest) -> AppTest:
    return next(one for one in app.button if one.label == "保存目标").click().run()


def kept(engine: Engine) -> dict[tuple[str, str], float]:
    with read_session(engine) as session:
        return dict(targets_of(session, 2023))


def test_the_page_shows_the_years_targets_and_keeps_changed_ones(demonstration: Engine) -> None:
    app = opened(signed_in(demonstration, "administrator"), "admin/targets")
    before = kept(demonstration)
    assert field(app, "总体满意度").value == "85"
    field(app, "总体满意度").set_value("")
    field(app, "居住环境满意度").set_value("８４．５")
    field(app, "清运生活垃圾").set_value("1,200")
    save(app)
    assert [said.value.replace("\\", "") for said in app.success] == ["已保存，改动了 3 个目标。"]
    del before["satisfaction_overall", ""]
    changed = {("satisfaction_environment", ""): 84.5, ("household_waste", ""): 1200.0}
    assert kept(demonstration) == before | changed
    history = "\n".join(text.value for text in app.main.text)
    assert "设定 清运生活垃圾 · 全街道 · 2023\n数值：960 → 1200" in history
    assert "清除 总体满意度 · 全街道 · 2023\n数值：85 → —" in history


def test_a_refused_target_stays_to_be_mended(demonstration: Engine) -> None:
    app = opened(signed_in(demonstration, "administrator"), "admin/targets")
    field(app, "总体满意度").set_value("850")
    save(app)
    assert [said.value.replace("\\", "") for said in app.error] == [
        "“总体满意度”的目标不能超过 100 分。"
    ]
    assert field(app, "总体满意度").value == "850"


def test_each_community_and_year_has_its_own_fields(demonstration: Engine) -> None:
    app = opened(signed_in(demonstration, "administrator"), "admin/targets")
    app.selectbox(key="target-place").set_value("c03").run()
    assert field(app, "总体满意度").value == ""
    app.selectbox(key="target-place").set_value("").run()
    app.selectbox(key="target-year").set_value(2022).run()
    assert field(app, "总体满意度").value == ""


def test_targets_are_changed_with_a_workbook(demonstration: Engine) -> None:
    app = opened(signed_in(demonstration, "administrator"), "admin/targets")
    assert app.get("download_button")[0].label == "下载目标（.xlsx）"
    before = kept(demonstration)
    data = sheet({"年度": 2023, "范围": "全街道", "总体满意度": 84.5})
    app.file_uploader[0].set_value(("目标.xlsx", data, "application/xlsx")).run()
    assert not app.exception
    next(one for one in app.button if one.label == "导入 1 行").click().run()
    assert not app.exception
    assert "更正 1 行" in app.success[0].value
    assert kept(demonstration) == before | {("satisfaction_overall", ""): 84.5}

"""覆盖: the measure and the round are chosen, stand in the address, and change the finding."""

from __future__ import annotations

from sqlalchemy import Engine, delete
from streamlit.testing.v1 import AppTest

from db.engine import write_session
from db.models import PopulationCount
from tests.pages.app import heading, opened, signed_in

PAGE = "review/coverage"


def page(door: Engine, role: str = "official", **query: str) -> AppTest:
    app = opened(signed_in(door, role), PAGE, **query)
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(block.value.replace("\\", "") for block in app.main.markdown)


def test_the_newest_round_of_check_ups_is_the_finding(demonstration: Engine) -> None:
    app = page(demonstration)
    assert "第二轮老年人免费查体已覆盖60岁及以上居民的 " in heading(app)
    assert "第一轮同一天为 " in said(app)


def test_an_earlier_round_is_chosen(demonstration: Engine) -> None:
    app = page(demonstration)
    app.selectbox(key="filter-round").set_value("1").run()
    assert "第一轮老年人免费查体已覆盖" in heading(app)
    assert app.query_params["round"] in ("1", ["1"])


def test_another_measure_is_chosen(demonstration: Engine) -> None:
    app = page(demonstration)
    app.selectbox(key="filter-measure").set_value("parents_received").run()
    assert "接待家长的人次相当于中小学生的 " in heading(app)
    assert "不等于覆盖的人数" in said(app)
    assert "filter-round" not in [box.key for box in app.selectbox]


def test_communities_and_a_link_narrow_it(demonstration: Engine) -> None:
    app = page(demonstration, communities="c03", round="1")
    assert heading(app).startswith("柳溪社区：第一轮")
    app.multiselect(key="filter-communities").set_value(["c03", "c07"]).run()
    assert heading(app).startswith("所选 2 个社区：第一轮")


def test_a_domain_without_such_a_measure_says_so(demonstration: Engine) -> None:
    app = page(demonstration, domain="environment")
    assert heading(app) == "没有对应人群的指标"


def test_without_population_it_says_what_to_do(demonstration: Engine) -> None:
    with write_session(demonstration) as session:
        session.execute(delete(PopulationCount))
    app = page(demonstration)
    assert "无法计算覆盖率" in heading(app)
    assert "管理 · 社区与人口" in said(app)

"""The pages of effect and methods, and the domain page with its control charts."""

from __future__ import annotations

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.app import heading, opened, signed_in


def said(app: AppTest) -> str:
    return "\n".join(block.value.replace("\\", "") for block in app.main.markdown)


def test_the_effect_of_one_activity_is_a_link(demonstration: Engine) -> None:
    app = opened(
        signed_in(demonstration, "official"), "review/effect", domain="culture", type="square_dance"
    )
    assert not app.exception
    assert heading(app).startswith("文体生活成效：")
    assert "开展“广场舞大赛”的 " in said(app)
    assert app.selectbox(key="filter-type").value == "square_dance"


def test_choosing_an_activity_puts_it_into_the_address(demonstration: Engine) -> None:
    app = opened(signed_in(demonstration, "official"), "review/effect", domain="culture")
    app.selectbox(key="filter-type").set_value("public_show").run()
    assert app.query_params["type"] in ("public_show", ["public_show"])
    assert "开展“惠民演出”的 " in said(app)


def test_an_activity_of_another_domain_is_let_go(demonstration: Engine) -> None:
    app = opened(
        signed_in(demonstration, "official"), "review/effect", domain="health", type="square_dance"
    )
    assert not app.exception
    assert app.selectbox(key="filter-type").value == ""


def test_the_methods_stand_each_with_its_example(demonstration: Engine) -> None:
    app = opened(signed_in(demonstration, "official"), "review/methods")
    assert heading(app) == "方法说明"
    assert len(app.subheader) == len(app.info) == 15
    assert all(box.value.replace("\\", "").startswith("例：") for box in app.info)


def test_the_domain_page_says_how_to_read_its_control_charts(demonstration: Engine) -> None:
    app = opened(signed_in(demonstration, "official"), "review/domain", domain="environment")
    notes = "\n".join(caption.value.replace("\\", "") for caption in app.main.caption)
    assert "灰带为正常波动范围" in notes

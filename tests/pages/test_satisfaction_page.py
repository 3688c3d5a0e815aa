"""The page of satisfaction: weighted figures, and unweighted ones a click away."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from db.engine import write_session
from db.models import PopulationCount
from db.writes.log import raise_version
from tests.builders import add_tally, add_wave
from tests.pages.app import opened, signed_in
from tests.survey_people import QUESTIONS, people
from tests.survey_rows import add_respondents


@pytest.fixture
def weighted(demonstration: Engine) -> Engine:
    """The demonstration with a newer wave, answer by answer, in which men are two of five."""
    with write_session(demonstration) as session:
        wave = add_wave(session, "w2023q4", date(2023, 10, 10), date(2023, 10, 20))
        for sex in ("male", "female"):
            session.merge(
                PopulationCount(community_code="c01", year=2023, population_group=sex, count=5000)
            )
        random = np.random.default_rng(11)
        add_respondents(session, wave, QUESTIONS, people("c01", 150, random))
        raise_version(session)
    return demonstration


def switch(app: AppTest) -> list[Selectbox]:
    return [box for box in app.sidebar.selectbox if box.label == "计算方式"]


def said(app: AppTest) -> str:
    return "".join(text.value for text in app.markdown)


def test_weighted_is_the_default_and_unweighted_is_a_click_away(weighted: Engine) -> None:
    app = opened(signed_in(weighted, "official"), "review/satisfaction")
    assert "设计效应" in said(app)
    (basis,) = switch(app)
    assert basis.options == ["加权", "不加权"]
    headline = app.header[0].value
    basis.select("unweighted").run()
    assert app.query_params["basis"] == "unweighted"
    assert "设计效应" not in said(app)
    assert "不加权" in said(app)
    assert app.header[0].value != headline


def test_where_nothing_can_be_weighted_there_is_no_switch(demonstration: Engine) -> None:
    with write_session(demonstration) as session:
        wave = add_wave(session, "w2023q4", date(2023, 10, 10), date(2023, 10, 20))
        add_tally(session, wave, "c01", "overall", {"satisfied": 60, "dissatisfied": 12})
    app = opened(signed_in(demonstration, "official"), "review/satisfaction")
    assert switch(app) == []
    assert "加权" not in said(app)

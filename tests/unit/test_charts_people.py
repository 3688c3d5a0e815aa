"""Charts of who answered, and of what goes together with overall satisfaction."""

from __future__ import annotations

import numpy as np
import pytest

from services import charts
from services.charts import theme
from tests.chart_frames import case, drivers, people, read, words


def test_each_domain_has_its_colour_its_name_and_error_bars_both_ways() -> None:
    environment, safety, culture = case("drivers")["data"]
    assert environment["marker"]["color"] == theme.DOMAIN_COLOURS["environment"]
    assert (environment["x"], environment["y"]) == ([34.0], [82.4])
    assert (environment["error_x"]["array"], environment["error_x"]["arrayminus"]) == ([11], [10])
    assert environment["error_y"]["array"] == pytest.approx([3.3])
    assert culture["marker"]["color"] == theme.SURFACE
    assert {"居住环境", "社会治安", "文体生活"} < set(words(case("drivers")))


def test_lines_stand_at_an_equal_share_and_at_the_overall_score() -> None:
    equal, overall = case("drivers")["layout"]["shapes"]
    assert (equal["x0"], equal["x1"]) == (25.0, 25.0)
    assert (overall["y0"], overall["y1"]) == (86.3, 86.3)
    figure = read(charts.importance_performance(drivers(), unit="分", equal=25.0))
    assert len(figure["layout"]["shapes"]) == 1


def test_a_domain_that_is_hidden_is_not_on_the_map_at_all() -> None:
    assert "基础教育" not in charts.importance_performance(drivers(), unit="分", equal=25.0)
    hidden = drivers().assign(state="hidden")
    assert charts.importance_performance(hidden, unit="分", equal=25.0) == ""


def test_a_published_score_has_no_upright_bar() -> None:
    frame = drivers().assign(low=np.nan, high=np.nan)
    figure = read(charts.importance_performance(frame, unit="分", equal=25.0))
    assert [trace["error_y"]["array"] for trace in figure["data"]] == [[0.0]] * 3


def test_shares_are_bars_and_the_register_is_a_tick() -> None:
    bars, ticks = case("people")["data"]
    assert bars["x"] == [40.0, 59.0, None, 1.0]
    assert (ticks["x"], ticks["y"]) == ([49.0, 51.0], [0, 1])
    assert words(case("people"))[2] == "—"
    assert words(case("people"))[0].startswith("<b>40%</b>")


def test_without_a_register_nothing_is_said_of_one() -> None:
    figure = read(charts.against_register(people().assign(reference=np.nan)))
    assert figure["data"][1]["x"] == []
    assert "竖线为登记人口" not in words(figure)


def test_names_of_points_close_together_stand_at_different_corners() -> None:
    frame = drivers().assign(share=30.0, share_low=20.0, share_high=40.0, value=80.0, state="ok")
    figure = read(charts.importance_performance(frame, unit="分", equal=25.0))
    names = [
        note for note in figure["layout"]["annotations"] if note["text"] in set(frame["label"])
    ]
    assert len({(note["xanchor"], note["yanchor"]) for note in names}) == 4


def test_a_name_at_the_edge_stands_inside_the_plot() -> None:
    frame = drivers().assign(state="ok", share_high=drivers()["share"], share_low=0.0)
    figure = read(charts.importance_performance(frame, unit="分", equal=5.0))
    names = {note["text"]: note for note in figure["layout"]["annotations"]}
    assert names["居住环境"]["xanchor"] == "right"


def test_a_name_keeps_clear_of_the_error_bars_of_its_neighbour() -> None:
    near = {"share": [20.0, 24.0], "share_low": [19.0, 23.0], "share_high": [21.0, 25.0]}
    ends = {"value": [84.0, 84.0], "low": [80.0, 80.0], "high": [88.0, 88.0]}
    frame = drivers().head(2).assign(state="ok", **near, **ends)
    figure = read(charts.importance_performance(frame, unit="分", equal=1.0))
    names = {note["text"]: note for note in figure["layout"]["annotations"]}
    assert names[frame["label"].iloc[0]]["xanchor"] == "right"

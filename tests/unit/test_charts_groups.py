"""Charts of communities against each other: groups, funnel."""

from __future__ import annotations

import pytest

from services import charts
from services.charts import theme
from tests.chart_frames import case, groups, intervals, limits, read, words


def test_the_name_of_a_group_stands_once_over_its_rows() -> None:
    figure = case("league")
    labels = figure["layout"]["yaxis"]["ticktext"]
    assert labels == [
        "", "乙社区", "己社区", "", "甲社区", "", "丙社区", "", "丁社区", "", "戊社区",
    ]  # fmt: skip
    said = words(figure)
    assert [said[row] for row in (0, 3, 5)] == ["A 组", "A 或 B 组", "B 组"]
    bands = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert [(band["y0"] + band["y1"]) / 2 for band in bands] == pytest.approx([0, 3, 5, 7, 9])


def test_every_row_of_a_league_keeps_its_interval_and_its_words() -> None:
    (below,) = (trace for trace in case("league")["data"] if trace["y"] == [6])
    assert below["marker"]["symbol"] == "triangle-down"
    assert below["error_x"]["arrayminus"] == [4.5]
    assert "建议了解原因" in below["hovertext"][0]


def test_a_reference_value_is_hollow_and_beside_its_own() -> None:
    drawn = case("league")["data"][-1]
    assert (drawn["x"], drawn["y"]) == ([82.5], [8])
    assert drawn["marker"]["symbol"] == "diamond-open"
    assert "参考值" in drawn["hovertext"][0]
    few = next(t for t in case("league")["data"] if t["y"] == [8] and t is not drawn)
    assert few["marker"]["color"] == theme.SURFACE


def test_a_league_without_few_answers_has_no_reference_value() -> None:
    figure = read(charts.league(groups().assign(drawn=float("nan")), unit="分"))
    assert not any("diamond" in trace["marker"]["symbol"] for trace in figure["data"])
    assert all(shape["type"] == "rect" for shape in figure["layout"]["shapes"])


def test_only_points_outside_the_limits_carry_their_name() -> None:
    named = [trace for trace in case("funnel")["data"] if "text" in trace]
    assert {label for trace in named for label in trace["text"]} == {"乙社区", "丙社区"}
    assert {trace["marker"]["symbol"] for trace in named} == {"triangle-up", "triangle-down"}


def test_a_point_stands_at_its_n_and_its_score() -> None:
    plain = next(t for t in case("funnel")["data"] if t.get("marker", {}).get("symbol") == "circle")
    assert list(zip(plain["x"], plain["y"], strict=True)) == [(143, 82.4), (400, 84.0)]


def test_limits_are_drawn_in_pairs_around_the_centre() -> None:
    lines = [trace for trace in case("funnel")["data"] if trace["mode"] == "lines"]
    *pairs, centre = lines
    assert [line["line"].get("dash", "") for line in pairs] == [
        "",
        "",
        "dash",
        "dash",
        "dot",
        "dot",
    ]
    assert centre["y"] == [82.0, 82.0]
    for low, high in zip(pairs[::2], pairs[1::2], strict=True):
        assert [82 - y for y in low["y"]] == pytest.approx([y - 82 for y in high["y"]], abs=1e-3)


def test_without_widened_limits_none_are_drawn() -> None:
    plain = limits().drop(columns=["widened_low", "widened_high"])
    figure = read(charts.funnel(intervals(), plain, unit="分", centre=82.0, centre_label="平均"))
    assert "dot" not in [trace.get("line", {}).get("dash") for trace in figure["data"]]
    assert "放宽的控制线" not in words(figure)


def test_a_funnel_of_hidden_rows_only_is_not_drawn() -> None:
    frame = intervals().assign(state="hidden")
    assert charts.funnel(frame, limits(), unit="分", centre=82.0, centre_label="平均") == ""

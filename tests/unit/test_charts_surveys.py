"""Charts of survey results: heat map, intervals, options, waves."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest

from services import charts
from services.charts import axes, theme
from tests.chart_frames import (
    case,
    heat,
    intervals,
    options,
    read,
    waves,
    words,
)


def test_cells_carry_their_number_and_hidden_ones_are_hatched() -> None:
    (cells,) = case("heat_map")["data"]
    assert cells["text"] == ["82.4", "90.1", "70.2", "—"]
    assert cells["marker"]["pattern"]["shape"] == ["", "", "", "/"]
    assert "斜线格" in words(case("heat_map"))[0]


def test_a_cell_with_few_answers_is_grey_and_out_of_the_scale() -> None:
    (cells,) = case("heat_map")["data"]
    least, most, few, hidden = cells["marker"]["color"]
    assert few == hidden == theme.WASH
    assert theme.luminance(least) > theme.luminance(most)
    assert cells["insidetextfont"]["color"] == [theme.INK, theme.INK, theme.MUTED, theme.MUTED]


def test_a_given_scale_holds_whatever_the_scores_are() -> None:
    narrow, wide = (
        read(charts.heat_map(heat(), unit="分", low=low, high=high))["data"][0]["marker"]["color"]
        for low, high in ((82.4, 90.1), (0, 82.4))
    )
    assert narrow[0] != wide[0]
    assert wide[0] == wide[1] == narrow[1]


def test_columns_keep_their_order_when_the_first_row_lacks_one() -> None:
    frame = heat().iloc[1:]
    figure = read(charts.heat_map(frame, unit="分"))
    assert figure["layout"]["xaxis"]["ticktext"] == ["居住<br>环境", "社会<br>治安"]
    assert figure["data"][0]["base"] == [0.5, -0.5, 0.5]


def test_a_heat_map_that_is_scrolled_names_its_rows_at_both_ends() -> None:
    figure = read(charts.heat_map(heat(), unit="分", scrolled=True))
    assert words(figure)[1:] == figure["layout"]["yaxis"]["ticktext"]
    assert len(words(case("heat_map"))) == 1


def test_a_heat_map_of_equal_scores_has_one_colour() -> None:
    frame = heat().assign(value=80.0, state="ok")
    assert len(set(read(charts.heat_map(frame, unit="分"))["data"][0]["marker"]["color"])) == 1


def test_rows_stand_in_their_order_from_top_to_bottom_with_value_and_n_beside_them() -> None:
    figure = case("dot_interval")
    axis = figure["layout"]["yaxis"]
    assert axis["ticktext"] == ["甲社区", "乙社区", "丙社区", "丁社区", "戊社区", "己社区"]
    assert axis["range"][0] > axis["range"][1]
    beside = words(figure)[:6]
    assert beside[0].startswith("<b>82.4</b>")
    assert "n=143" in beside[0]
    assert beside[4] == "—"
    assert words(figure)[6] == "平均 82.0"


def test_above_is_blue_below_orange_few_hollow_and_each_has_its_own_mark() -> None:
    marks = {trace["y"][0]: trace["marker"] for trace in case("dot_interval")["data"]}
    assert (marks[1]["symbol"], marks[1]["color"]) == ("triangle-up", theme.IMPROVED)
    assert (marks[2]["symbol"], marks[2]["color"]) == ("triangle-down", theme.CONCERN)
    assert (marks[3]["color"], marks[3]["line"]["color"]) == (theme.SURFACE, theme.SOFT)
    assert marks[0]["color"] == theme.PLAIN


def test_bars_reach_from_low_to_high_and_a_published_value_has_none() -> None:
    plain = next(trace for trace in case("dot_interval")["data"] if trace["y"] == [0, 5])
    assert plain["error_x"]["arrayminus"] == [3.3, 0.0]
    assert plain["error_x"]["array"] == [3.3, 0.0]


def test_a_change_carries_its_sign_and_its_axis_is_not_called_cut() -> None:
    frame = intervals().assign(value=[1.2, 6.3, -7.2, 0.0, 1.0, 2.0], low=-9.0, high=9.0)
    figure = read(charts.dot_interval(frame, unit="分", reference=0.0, reference_label="无变化"))
    said = words(figure)
    assert [said[row].split("</b>")[0] for row in (0, 1, 2)] == ["<b>+1.2", "<b>+6.3", "<b>−7.2"]
    assert said[-1] == "无变化"
    assert figure["layout"]["xaxis"]["title"]["text"] == "分"


def test_a_cut_axis_says_so_and_a_given_range_is_kept() -> None:
    assert "不从 0 开始" in case("dot_interval")["layout"]["xaxis"]["title"]["text"]
    assert axes.unit_title("分", -9, -2) == axes.unit_title("分", 2, 9) != "分"
    whole = read(charts.dot_interval(intervals(), unit="分", range=(0, 100)))
    assert whole["layout"]["xaxis"]["range"] == [0, 100]
    assert whole["layout"]["xaxis"]["title"]["text"] == "分"


def test_an_unknown_reference_draws_no_line() -> None:
    figure = read(charts.dot_interval(intervals(), unit="分", reference=float("nan")))
    assert "shapes" not in figure["layout"]


def test_beside_shows_each_domain_in_its_colour_and_the_subdistrict_as_a_tick() -> None:
    whole, *own = case("beside")["data"]
    assert whole["marker"]["symbol"] == "line-ns"
    assert whole["x"] == [83.0] * 6
    colours = {trace["y"][0]: trace["marker"]["line"]["color"] for trace in own}
    assert colours[1] == theme.DOMAIN_COLOURS["environment"]
    assert colours[3] == theme.SOFT
    assert 4 not in colours


def test_dissatisfied_lies_left_satisfied_right_and_unknown_apart() -> None:
    traces = {trace["name"]: trace for trace in case("diverging_options")["data"]}
    assert traces["不满意"]["x"] == [-10.0, -10.0]
    assert traces["非常满意"]["x"] == [40.0, 40.0]
    assert traces["不了解"]["xaxis"] == "x2"
    assert traces["不了解"]["marker"]["color"] == theme.FAINT


def test_the_milder_answer_lies_nearer_the_middle_on_both_sides() -> None:
    names = [trace["name"] for trace in case("diverging_options")["data"]]
    assert names == ["满意", "非常满意", "不太满意", "不满意", "不了解"]


def test_the_legend_reads_as_the_bars_do_from_left_to_right() -> None:
    traces = sorted(case("diverging_options")["data"], key=lambda trace: trace["legendrank"])
    names = [trace["name"] for trace in traces]
    assert names == ["不满意", "不太满意", "满意", "非常满意", "不了解"]


def test_both_columns_have_the_same_length_a_percentage_point() -> None:
    layout = case("diverging_options")["layout"]
    scales = [
        (axis["range"][1] - axis["range"][0]) / (axis["domain"][1] - axis["domain"][0])
        for axis in (layout["xaxis"], layout["xaxis2"])
    ]
    assert scales[0] == pytest.approx(scales[1], rel=0.01)


def test_a_scale_without_an_option_apart_has_one_column() -> None:
    frame = options()
    figure = read(charts.diverging_options(frame[frame["side"] != "apart"]))
    assert "xaxis2" not in figure["layout"]
    go.Figure(figure)


def test_the_line_breaks_where_waves_are_not_joined() -> None:
    line, _figures = case("wave_line")["data"]
    assert line["x"] == [0, 1, None, 2, 3]
    assert line["y"] == [80.0, 82.0, None, 75.0, 76.5]
    assert line["connectgaps"] is False
    (dotted, target) = case("wave_line")["layout"]["shapes"]
    assert dotted["x0"] == 1.5
    assert target["y0"] == 85.0


def test_joined_waves_make_one_line_without_a_mark_of_a_break() -> None:
    figure = read(charts.wave_line(waves().assign(joined=[False, True, True, True]), unit="分"))
    assert figure["data"][0]["x"] == [0, 1, 2, 3]
    assert figure["layout"]["shapes"] == []


def test_each_wave_has_its_value_its_interval_and_n() -> None:
    line, figures = case("wave_line")["data"]
    assert figures["text"] == ["<b>80.0</b>", "<b>82.0</b>", "<b>75.0</b>", "<b>76.5</b>"]
    assert line["error_y"]["array"] == [2.0, 2.0, 0.0, 2.0, 0.0]
    names = case("wave_line")["layout"]["xaxis"]["ticktext"]
    assert names[0].startswith("2023年<br>第一季度<br><span")  # what all have in common is left out
    assert "n=800" in names[0]


def test_a_hidden_wave_keeps_its_place_and_shows_nothing() -> None:
    frame = waves()
    frame.loc[1, ["value", "low", "high", "n"]] = np.nan
    figure = read(charts.wave_line(frame, unit="分"))
    assert figure["data"][0]["y"][1] is None
    assert "—" in figure["layout"]["xaxis"]["ticktext"][1]

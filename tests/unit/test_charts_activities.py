"""Charts of activities: bars, dots, planned and done, panels."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from services import charts
from services.charts import theme
from tests.chart_frames import (
    bars,
    case,
    dots,
    months,
    moves,
    read,
    words,
)


def test_bars_take_the_domain_colour_or_none() -> None:
    assert case("bars")["data"][0]["marker"]["color"] == theme.DOMAIN_COLOURS["environment"]
    several = read(charts.bars(bars(), unit="次"))
    assert several["data"][0]["marker"]["color"] == theme.PLAIN


def test_big_numbers_on_an_axis_are_in_wan_and_counts_have_no_fractions() -> None:
    assert "1万" in case("bars")["layout"]["xaxis"]["ticktext"]
    single = read(charts.bars(bars().assign(value=1), unit="次"))
    assert single["layout"]["xaxis"]["ticktext"] == ["0", "1"]


def test_a_missing_rate_says_so_beside_its_row_and_has_no_dot() -> None:
    figure = case("dots")
    assert words(figure)[:4] == ["<b>2.5</b>", "<b>1.5</b>", "<b>—</b>", "<b>—</b>"]
    assert [row for trace in figure["data"] for row in trace["y"]] == [0, 1]


def test_an_axis_reaches_as_far_as_it_is_asked_to() -> None:
    nearer = read(charts.dots(dots(), unit="%"))["layout"]["xaxis"]["range"]
    further = read(charts.dots(dots(), unit="%", least=100.0))["layout"]["xaxis"]["range"]
    assert nearer[1] < 100 <= further[1]


def test_less_points_left_more_points_right_and_what_more_than_doubled_is_cut() -> None:
    figure = case("relative_changes")
    (drawn,) = figure["data"]
    assert drawn["x"] == [-31.6, 0.0, 100.0, None]
    assert drawn["marker"]["color"][0] == theme.DOMAIN_COLOURS["environment"]
    said = ["<b>−31.6%</b>", "<b>0.0%</b>", "<b>+794.7%</b>", "<b>—</b>"]
    assert words(figure)[:4] == said
    assert figure["layout"]["xaxis"]["range"] == [-100, 100]


def test_small_changes_are_not_blown_up_and_zero_stays_in_the_middle() -> None:
    small = read(charts.relative_changes(moves().assign(value=[1.0, -2.0, 0.0, 0.5])))
    assert small["layout"]["xaxis"]["range"] == [-10, 10]
    some = read(charts.relative_changes(moves().assign(value=[-40.0, 1.0, 2.0, 3.0])))
    assert some["layout"]["xaxis"]["ticktext"] == ["−50", "0", "50"]


def test_done_fills_the_outline_of_planned() -> None:
    planned, done, said = case("planned_done")["data"]
    assert (planned["x"], done["x"]) == ([52.0, 12.0], [45.0, 12.0])
    assert [text.strip() for text in said["text"]] == ["45/52", "12/12"]
    assert planned["width"] > done["width"]
    assert case("planned_done")["layout"]["barmode"] == "overlay"


def test_a_single_bar_is_no_thicker_than_one_of_four() -> None:
    axis = read(charts.bars(bars().iloc[:1], unit="次"))["layout"]["yaxis"]
    assert axis["range"][0] - axis["range"][1] == 4


def test_panels_share_one_scale_unless_independent() -> None:
    shared, own = case("small_multiples")["layout"], case("independent")["layout"]
    assert shared["yaxis"]["range"] == shared["yaxis2"]["range"]
    assert own["yaxis"]["range"] != own["yaxis2"]["range"]
    assert shared["yaxis2"]["showticklabels"] is False
    assert "showticklabels" not in own["yaxis2"]


def test_seven_panels_lie_three_in_a_row_and_never_on_each_other() -> None:
    frame = pd.concat([months().assign(series=f"指标{place}") for place in range(7)])
    layout = read(charts.small_multiples(frame, unit="人", independent=True))["layout"]
    areas = [
        (layout[f"xaxis{name}"]["domain"], layout[f"yaxis{name}"]["domain"])
        for name in ("", *range(2, 8))
    ]
    assert len({across[0] for across, _down in areas}) == 3
    assert [sum(down == other for _x, other in areas) for _x, down in areas] == [3] * 6 + [1]
    for one, other in combinations(areas, 2):
        assert any(a[1] < b[0] or b[1] < a[0] for a, b in zip(one, other, strict=True)), (
            "panels overlap"
        )


def test_each_panel_has_its_title_colour_and_greatest_value() -> None:
    figure = case("small_multiples")
    assert words(figure) == ["单位：次", "<b>居住环境</b>", "<b>社会治安</b>"]
    first, second = figure["data"]
    assert first["marker"]["color"] == theme.DOMAIN_COLOURS["environment"]
    assert [text for text in second["text"] if text] == ["480"]


def test_few_periods_are_all_written_and_many_named_by_first_middle_last() -> None:
    two = read(charts.small_multiples(months(2), unit="次"))
    assert two["data"][0]["text"] == ["3", "6"]
    assert two["layout"]["xaxis"]["ticktext"] == ["1月<br>2023年", "2月"]
    axis = case("small_multiples")["layout"]["xaxis"]
    assert axis["ticktext"] == ["1月<br>2023年", "6月", "12月"]


def test_months_without_any_activity_still_make_a_panel() -> None:
    figure = read(charts.small_multiples(months().assign(value=0), unit="次"))
    assert figure["layout"]["yaxis"]["range"][1] > 0
    assert set(figure["data"][0]["text"]) == {""}

"""The scatter: activity against change, told by whom it was held and how sure the change is."""

from __future__ import annotations

import pandas as pd
import pytest

from services import charts
from services.charts import theme
from tests.chart_frames import case, read, scatter


def drawn(frame: pd.DataFrame) -> dict:
    return read(charts.scatter(frame, x_unit="次/千人", unit="分"))


def test_who_held_it_is_filled_and_who_did_not_is_hollow() -> None:
    held, not_held = case("scatter")["data"]
    assert (held["x"], held["marker"]["color"]) == ([2.5, 2.51], theme.PLAIN)
    assert (not_held["x"], not_held["marker"]["color"]) == ([0.0], theme.SURFACE)


def test_every_change_has_its_interval() -> None:
    held = case("scatter")["data"][0]
    assert held["error_y"]["array"] == pytest.approx([3.9, 3.9])
    assert held["error_y"]["arrayminus"] == pytest.approx([3.9, 3.9])
    assert (
        held["hovertext"][0] == "<b>甲社区</b><br>2.50 次/千人<br>+3.1 分<br>可信范围 −0.8 至 +7.0"
    )


def test_no_name_stands_on_another_or_on_a_point() -> None:
    # Two points lie on each other: one name to the right of them, one to the left.
    held, not_held = case("scatter")["data"]
    assert held["text"] == ["甲社区", "乙社区"]
    assert sorted(held["textposition"]) == ["middle left", "middle right"]
    assert not_held["text"] == ["丙社区"]
    # For a third and a fourth there is no room.
    twice = pd.concat([scatter(), scatter()], ignore_index=True)
    assert sorted(map(bool, drawn(twice)["data"][0]["text"])) == [False, False, True, True]


def test_no_change_is_inside_the_plot_even_where_all_rose() -> None:
    low, high = drawn(scatter().assign(y=5.0, low=4.0, high=6.0))["layout"]["yaxis"]["range"]
    assert low < 0 < 6 < high


def test_an_axis_of_rates_that_is_cut_says_so() -> None:
    whole = drawn(scatter())["layout"]["xaxis"]
    assert whole["range"][0] <= 0
    assert whole["title"]["text"] == "次/千人"
    cut = drawn(scatter().assign(x=[9.0, 9.5, 10.0]))["layout"]["xaxis"]
    assert cut["range"][0] > 8
    assert cut["title"]["text"] == "次/千人（坐标轴不从 0 开始）"


def test_a_place_without_a_rate_is_left_out() -> None:
    frame = scatter().assign(x=[2.5, None, None])
    assert [trace["x"] for trace in drawn(frame)["data"]] == [[2.5]]
    assert charts.scatter(frame.assign(x=float("nan")), x_unit="次/千人", unit="分") == ""

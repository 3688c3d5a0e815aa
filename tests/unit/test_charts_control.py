"""Control charts: the band, the mean, the goal, and the points that are more than chance."""

from __future__ import annotations

import numpy as np

from services import charts
from services.charts import theme
from tests.chart_frames import case, control, read, words


def test_each_panel_has_its_band_mean_and_goal() -> None:
    shapes = case("control_chart")["layout"]["shapes"]
    assert [(one["yref"], one["type"], one["y0"], one["y1"]) for one in shapes] == [
        ("y", "rect", 78.3, 94.9),
        ("y", "line", 86.6, 86.6),
        ("y", "line", 84.0, 84.0),
        ("y2", "rect", 30.0, 64.2),
        ("y2", "line", 47.1, 47.1),
    ]


def test_points_beyond_chance_are_told_by_form_and_colour() -> None:
    waste, spots = (trace["marker"] for trace in case("control_chart")["data"])
    assert waste["color"] == [theme.PLAIN] * 5 + [theme.IMPROVED] * 7
    assert waste["symbol"] == ["circle"] * 5 + ["triangle-up"] * 7
    assert (spots["color"][-1], spots["symbol"][-1]) == (theme.CONCERN, "triangle-down")


def test_a_panels_title_says_what_its_last_point_says() -> None:
    said = words(case("control_chart"))
    assert said[0] == "单位：次（坐标轴不都从 0 开始）"
    assert "▲ 改善" in said[1]
    assert said[2] == "目标 84"
    assert "▼ 需关注" in said[3]


def test_a_change_that_is_neither_better_nor_worse_has_no_colour() -> None:
    frame = control().replace({"state": {"improved": "changed", "concern": "changed"}})
    figure = read(charts.control_chart(frame, unit="人次"))
    assert {colour for trace in figure["data"] for colour in trace["marker"]["color"]} == {
        theme.PLAIN
    }
    assert "▲ 上升" in words(figure)[1]
    assert "▼ 下降" in words(figure)[3]


def test_a_month_before_the_series_began_has_no_point_and_says_nothing() -> None:
    spots = case("control_chart")["data"][1]
    assert spots["y"][:3] == [None, None, 50.0]
    assert spots["hovertext"][:2] == ["", ""]
    assert spots["hovertext"][2] == "<b>清理乱堆乱放 · 2023年3月</b><br>50 次<br>正常波动 30–64.2"


def test_ticks_name_the_limits_and_the_mean_where_there_is_room() -> None:
    layout = case("control_chart")["layout"]
    assert layout["yaxis"]["ticktext"] == ["78.3", "86.6", "94.9"]
    assert layout["yaxis2"]["ticktext"] == ["0", "30", "47.1", "64.2"]
    narrow = control().assign(low=86.5, high=86.7, mean=86.6)
    assert read(charts.control_chart(narrow, unit="次"))["layout"]["yaxis"]["ticktext"] == ["86.6"]


def test_a_series_that_never_varied_is_drawn() -> None:
    flat = control().assign(value=5.0, mean=5.0, low=5.0, high=5.0, state="ok", goal=np.nan)
    axis = read(charts.control_chart(flat, unit="次"))["layout"]["yaxis"]
    assert axis["range"][0] < 5 < axis["range"][1]
    assert axis["ticktext"] == ["5"]


def test_the_goal_stands_where_no_point_of_the_series_is() -> None:
    """The last points lie on the upper side of the goal's line, and so the words do not."""
    rows = control()
    first = rows["series"] == rows["series"].iloc[0]
    above = rows.assign(value=rows["value"].mask(first, 85.5), goal=84.0)
    note = next(
        one
        for one in read(charts.control_chart(above, unit="次"))["layout"]["annotations"]
        if one["text"] == "目标 84"
    )
    assert note["yanchor"] == "top"

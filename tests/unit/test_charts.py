"""Charts: what every figure keeps, what none may give away, and its labels and ticks."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from services import charts
from services.charts import axes
from services.charts.text import em, without_common_end, wrap
from tests.chart_frames import (
    CASES,
    bars,
    case,
    read,
    words,
)

every_chart = pytest.mark.parametrize(("frame", "draw"), CASES.values(), ids=CASES)


@every_chart
def test_an_empty_frame_draws_nothing(frame: pd.DataFrame, draw: Callable[..., str]) -> None:
    assert draw(frame.iloc[:0]) == ""


@every_chart
def test_a_figure_is_valid_plotly(frame: pd.DataFrame, draw: Callable[..., str]) -> None:
    figure = read(draw(frame))
    assert set(figure) == {"data", "layout"}
    go.Figure(figure)  # raises on any name or value that plotly does not know


@every_chart
def test_the_same_frame_always_gives_the_same_text(
    frame: pd.DataFrame, draw: Callable[..., str]
) -> None:
    shuffled_index = frame.set_axis(range(100, 100 + len(frame)))
    assert draw(frame) == draw(frame.copy()) == draw(shuffled_index)


@every_chart
def test_drawing_leaves_the_frame_as_it_was(frame: pd.DataFrame, draw: Callable[..., str]) -> None:
    before = frame.copy()
    draw(frame)
    pd.testing.assert_frame_equal(frame, before)


@every_chart
def test_every_shown_point_leads_to_its_target(
    frame: pd.DataFrame, draw: Callable[..., str]
) -> None:
    shown = frame
    if "state" in frame and "column" not in frame:
        shown = frame[(frame["state"] != "hidden") & frame["value"].notna()]
    reached = set()
    for trace in read(draw(frame))["data"]:
        targets = trace.get("customdata", [])
        assert len(targets) in (0, len(trace["y"]))
        reached |= {target for target in targets if target}
    assert set(shown["target"]) <= reached <= set(frame["target"])


@every_chart
def test_a_figure_is_light_carries_no_template_and_no_second_y_axis(
    frame: pd.DataFrame, draw: Callable[..., str]
) -> None:
    figure = draw(frame)
    layout = read(figure)["layout"]
    assert len(figure.encode()) < 12_000
    assert "template" not in layout
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "#ffffff"
    assert not any(
        "overlaying" in axis or axis.get("side") == "right"
        for name, axis in layout.items()
        if name.startswith("yaxis")
    )


@every_chart
def test_a_figure_names_its_unit(frame: pd.DataFrame, draw: Callable[..., str]) -> None:
    figure = read(draw(frame))
    titles = [
        axis["title"]["text"]
        for name, axis in figure["layout"].items()
        if "axis" in name and "title" in axis
    ]
    assert any(unit in said for said in (*titles, *words(figure)) for unit in ("分", "次", "%"))


@pytest.mark.parametrize("name", ["bars", "dots", "people", "planned_done"])
def test_amounts_start_at_zero(name: str) -> None:
    assert case(name)["layout"]["xaxis"]["range"][0] == 0


@pytest.mark.parametrize("name", ["small_multiples", "independent"])
def test_panels_start_at_zero(name: str) -> None:
    layout = case(name)["layout"]
    assert layout["yaxis"]["range"][0] == layout["yaxis2"]["range"][0] == 0


HIDING = ["heat_map", "dot_interval", "league", "funnel", "drivers", "people", "beside", "dots"]


@pytest.mark.parametrize("name", HIDING)
def test_a_hidden_row_leaves_no_figure_anywhere_in_the_text(name: str) -> None:
    frame, draw = CASES[name]
    figure = draw(frame)
    assert not any(trace in figure for trace in ("61.", "51.37", "71.37", "n=7<", " 7 份"))
    changed = frame.assign(
        **{
            column: frame[column].mask(frame["state"] == "hidden", 12.34)
            for column in ("value", "low", "high", "n", "drawn", "drawn_low", "drawn_high")
            if column in frame
        }
    )
    assert draw(changed) == figure


@pytest.mark.parametrize("name", ["heat_map", "dot_interval", "league", "people", "beside", "dots"])
def test_a_frame_with_hidden_rows_only_is_still_drawn(name: str) -> None:
    frame, draw = CASES[name]
    figure = draw(frame.assign(state="hidden"))
    assert "—" in figure
    go.Figure(read(figure))


@pytest.mark.parametrize(
    "label",
    [
        "美好社区建设暨周三清洁家园我先行活动",
        "情牵桑榆·爱满重阳—重阳节主题活动",
        "高龄、低保、残疾人补贴的发放",
        "一二三四五六七八九十一二三四五六七八九十",
        "Free check-ups, haircuts and repairs",
    ],
)
def test_a_long_label_takes_two_lines_and_loses_nothing(label: str) -> None:
    lines = wrap(label).split("<br>")
    assert len(lines) == 2
    assert max(map(em, lines)) <= 11.5
    assert "".join(lines).replace(" ", "") == label.replace(" ", "")


def test_a_line_breaks_after_a_mark_and_never_inside_a_word() -> None:
    assert wrap("高龄、低保、残疾人补贴的发放") == "高龄、低保、<br>残疾人补贴的发放"
    assert wrap("Living environment", 3) == "Living<br>environment"
    assert wrap("督查") == "督查"


def test_a_name_is_never_read_as_markup() -> None:
    frame = bars().assign(label=["<b>甲</b>&乙", "<a href='x'>丙</a>"])
    figure = charts.bars(frame, unit="次")
    assert "&lt;b&gt;" in figure
    assert "<a href" not in figure


@pytest.mark.parametrize(
    ("low", "high", "whole", "expected"),
    [
        (0, 100, False, ["0", "50", "100"]),
        (0, 3, True, ["0", "1", "2", "3"]),
        (0, 0.4, False, ["0", "0.1", "0.2", "0.3", "0.4"]),
        (0, 250_000, True, ["0", "10万", "20万"]),
        (-12, 9, False, ["−10", "0"]),
    ],
)
def test_ticks_are_round_and_inside_the_range(
    low: float, high: float, whole: bool, expected: list[str]
) -> None:
    assert axes.tick_texts(axes.ticks(low, high, whole=whole)) == expected


@pytest.mark.parametrize(
    ("names", "shorter"),
    [
        (
            ["2022年第四季度满意度调查", "2023年第一季度满意度调查"],
            ["2022年第四季度", "2023年第一季度"],
        ),
        (["2022 Q4 satisfaction survey", "2023 Q1 satisfaction survey"], ["2022 Q4", "2023 Q1"]),
        (["甲乡第四季度", "乙乡第四季度"], ["甲乡第四季度", "乙乡第四季度"]),
        (["春季调查", "秋季满意度调查"], ["春季", "秋季满意度"]),
        (["满意度调查"], ["满意度调查"]),
        (["调查", "调查"], ["调查", "调查"]),
    ],
)
def test_names_in_a_row_leave_out_the_words_they_share(
    names: list[str], shorter: list[str]
) -> None:
    assert without_common_end(names) == shorter

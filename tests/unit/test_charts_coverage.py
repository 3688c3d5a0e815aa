"""Charts of coverage: nothing is cut at 100 %, nobody counted says —, rounds end in their name."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from services import charts

NAN = float("nan")


def places(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(label, value, "1 / 2", goal, f"records:measure={label}") for label, value, goal in rows],
        columns=["label", "value", "note", "goal", "target"],
    )


def reached(frame: pd.DataFrame, reference: float = NAN) -> dict[str, Any]:
    drawn = charts.reached(frame, colour="health", reference=reference, reference_label="全街道")
    return json.loads(drawn)


def test_no_rows_are_no_figure() -> None:
    assert charts.reached(places(), colour="health", reference=NAN, reference_label="") == ""
    empty = pd.DataFrame(columns=["series", "day", "value"])
    assert charts.rounds_by_day(empty, today=1) == ""


def test_a_share_beyond_everybody_is_drawn_whole_and_hatched() -> None:
    figure = reached(places(("甲", 60.0, NAN), ("乙", 130.5, NAN)))
    (bars,) = figure["data"]
    assert bars["x"] == [60.0, 130.5]
    assert figure["layout"]["xaxis"]["range"][1] > 130.5
    assert bars["marker"]["pattern"]["shape"] == ["", "/"]


def test_a_place_without_people_says_so_and_has_no_bar() -> None:
    figure = reached(places(("甲", 60.0, NAN), ("乙", NAN, NAN)), reference=60.0)
    assert figure["data"][0]["x"] == [60.0, None]
    said = [note["text"] for note in figure["layout"]["annotations"]]
    assert "<b>—</b>" in said
    assert "全街道 60.0%" in said


def test_a_target_is_a_tick_over_its_own_row_and_inside_the_axis() -> None:
    figure = reached(places(("甲", 60.0, 90.0), ("乙", 50.0, NAN)))
    (tick,) = figure["layout"]["shapes"]
    assert (tick["x0"], tick["y0"], tick["y1"]) == (90.0, -0.4, 0.4)
    assert figure["layout"]["xaxis"]["range"][1] > 90


def test_rounds_are_told_apart_without_colour_and_named_at_their_ends() -> None:
    rows = [("第二轮", day, day * 2.0) for day in (1, 2)]
    rows += [("第一轮", day, day * 1.5) for day in (1, 2, 3)]
    frame = pd.DataFrame(rows, columns=["series", "day", "value"])
    figure = json.loads(charts.rounds_by_day(frame, today=2))
    assert [trace["line"]["dash"] for trace in figure["data"]] == ["dash", "solid"]
    said = [note["text"] for note in figure["layout"]["annotations"]]
    assert {"<b>第二轮</b>", "第一轮", "第 2 天"} <= set(said)


def test_a_first_round_stands_alone() -> None:
    frame = pd.DataFrame([("第一轮", 1, 0.0)], columns=["series", "day", "value"])
    figure = json.loads(charts.rounds_by_day(frame, today=1))
    assert figure["layout"]["shapes"] == []
    assert len(figure["data"]) == 1

"""Stacked counts: parts in their order and colours, the whole at the end of each row."""

from __future__ import annotations

from services.charts import theme
from tests.chart_frames import case


def test_parts_follow_each_other_and_a_row_ends_with_its_whole_count() -> None:
    figure = case("stacked_counts")
    good, bad = figure["data"]
    assert figure["layout"]["barmode"] == "stack"
    assert (good["x"], bad["x"]) == ([3, 0], [1, 2])
    assert good["text"] == ["3", ""]
    assert (good["marker"]["color"], bad["marker"]["color"]) == (theme.IMPROVED, theme.CONCERN)
    ends = [note["text"] for note in figure["layout"]["annotations"]]
    assert ends == ["<b>4</b>", "<b>2</b>"]


def test_a_part_is_named_in_words_that_cannot_be_markup() -> None:
    good = case("stacked_counts")["data"][0]
    assert good["name"] == "好 &lt;b&gt;"
    assert good["hovertext"][0] == "<b>甲社区</b><br>好 &lt;b&gt;：3 次"

"""The three verdicts on a target."""

from __future__ import annotations

import pytest

from services.satisfaction.verdicts import verdict, verdict_sentence

UNKNOWN = float("nan")


@pytest.mark.parametrize(
    ("low", "value", "high", "found"),
    [
        (85.1, 86.0, 86.9, "met"),
        (82.0, 83.5, 84.9, "missed"),
        (84.0, 86.0, 88.0, "open"),  # above the target, yet chance could have put it there
        (85.0, 86.0, 87.0, "open"),
        (83.0, 84.0, 85.0, "open"),
        (UNKNOWN, 90.0, UNKNOWN, "open"),
        (UNKNOWN, UNKNOWN, UNKNOWN, "open"),
    ],
)
def test_a_target_of_85_is_judged_by_the_interval(
    low: float, value: float, high: float, found: str
) -> None:
    assert verdict(value, low, high, 85) == found


@pytest.mark.parametrize(
    ("low", "value", "high", "sentence"),
    [
        (85.1, 86.0, 86.9, "稳定达标（目标 85 分）。"),
        (82.0, 83.5, 84.9, "未达标（目标 85 分）。"),
        (84.0, 86.0, 88.0, "暂不能判定（目标 85 分在可信范围之内）。"),
        (UNKNOWN, 90.0, UNKNOWN, "暂不能判定（目标 85 分，没有可信范围）。"),
    ],
)
def test_the_verdict_names_the_target(low: float, value: float, high: float, sentence: str) -> None:
    assert verdict_sentence(value, low, high, 85, "分") == sentence

"""Whether a target is met: judged by the interval, not by the figure alone."""

from __future__ import annotations

from typing import Literal

from services.formats import number
from services.i18n import _

Verdict = Literal["met", "missed", "open"]


def verdict(value: float, low: float, high: float, target: float) -> Verdict:
    """met: the whole interval lies above the target; missed: below it; open: it holds it.

    All in the unit of the figure, of which more is better. A figure that is hidden (NaN) or was
    published without an interval cannot be judged: open.
    """
    if not low <= value <= high or low <= target <= high:
        return "open"
    return "met" if target < low else "missed"


def verdict_sentence(value: float, low: float, high: float, target: float, unit: str) -> str:
    """稳定达标 / 未达标 / 暂不能判定（目标 85 分在可信范围之内）。"""
    found = verdict(value, low, high, target)
    if found == "met":
        sentence = _("稳定达标（目标 {target} {unit}）。")
    elif found == "missed":
        sentence = _("未达标（目标 {target} {unit}）。")
    elif low == low:
        sentence = _("暂不能判定（目标 {target} {unit}在可信范围之内）。")
    else:
        sentence = _("暂不能判定（目标 {target} {unit}，没有可信范围）。")
    return sentence.format(target=number(target, 1), unit=unit)

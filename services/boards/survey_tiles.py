"""Tiles of the survey: a score, its change and its share, each with what must stand under it."""

from __future__ import annotations

from typing import Any

from services.charts.cards import Tile
from services.formats import fixed, number, percent, signed
from services.i18n import _
from services.satisfaction import sentences
from services.settings import Thresholds


def score_tile(row: Any, label: str, target: str = "") -> Tile:
    return Tile(
        "score",
        label,
        fixed(row.score),
        _("分"),
        interval_note(row, fixed(row.low), fixed(row.high)),
        tone=level_tone(row),
        target=target,
    )


def change_tile(change: Any, label: str, target: str = "") -> Tile:
    """The change since the last comparable wave, with its sign; None if there is none."""
    return Tile(
        "change",
        label,
        signed(change.diff if change else None),
        _("分"),
        sentences.short_change(change),
        tone=sentences.tone(change),
        target=target,
    )


def share_tile(row: Any, target: str = "") -> Tile:
    return Tile(
        "share",
        _("满意率"),
        percent(row.share),
        note=interval_note(row, percent(row.share_low), percent(row.share_high)),
        target=target,
    )


def answers_tile(row: Any, thresholds: Thresholds) -> Tile:
    """How many valid answers, and how many do not know."""
    note = _answers_note(row, thresholds)
    return Tile("answers", _("有效答卷"), number(row.n), _("份"), note)


def interval_note(row: Any, low: str, high: str) -> str:
    """What stands under a figure: its interval, or why there is none."""
    if row.state == "hidden":
        return _("样本不足，不予显示")
    if row.low != row.low:
        return _("公布结果，没有可信范围")
    return _("可信范围 {low}–{high}").format(low=low, high=high)


def _answers_note(row: Any, thresholds: Thresholds) -> str:
    if row.state == "few":
        return _("样本不足 {least} 份，只作参考").format(least=number(thresholds.compare_from))
    if row.dont_know_rate != row.dont_know_rate:
        return ""
    return _("另有 {share} 表示不了解").format(share=percent(row.dont_know_rate, 0))


def level_tone(row: Any) -> str:
    """Few answers are shown in grey."""
    return "muted" if row.state == "few" else "neutral"

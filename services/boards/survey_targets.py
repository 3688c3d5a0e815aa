"""Whether the year's targets of satisfaction are met, judged by the interval."""

from __future__ import annotations

from typing import Any

from services.boards.board import subject_label
from services.boards.survey_parts import Survey, subject_target
from services.boards.survey_tiles import interval_note
from services.catalogue import Catalogue
from services.charts.cards import Tile
from services.formats import fixed, number
from services.i18n import _
from services.satisfaction import OVERALL, SUBDISTRICT
from services.satisfaction.verdicts import verdict, verdict_sentence
from services.targets import Targets, score_indicator
from services.views import View

_TONES = {"met": "improved", "missed": "concern", "open": "neutral"}


def target_of(targets: Targets, view: View, subject: str) -> float | None:
    """The target of the place looked at; a choice of several communities has none."""
    places = view.filters.communities
    if len(places) > 1:
        return None
    return targets.get((score_indicator(subject), places[0] if places else SUBDISTRICT))


def target_sentences(targets: Targets, view: View, found: Survey, subject: str) -> tuple[str, ...]:
    """稳定达标 / 未达标 / 暂不能判定, or nothing where no target was set or n is too small."""
    row, target = found.row(subject), target_of(targets, view, subject)
    if row is None or row.state != "ok" or target is None:
        return ()
    return (verdict_sentence(row.score, row.low, row.high, target, _("分")),)


def target_tiles(targets: Targets, view: View, found: Survey, lists: Catalogue) -> tuple[Tile, ...]:
    """A tile for every subject with a target; none where only the overall one is set."""
    subjects = {
        subject: target
        for subject in (OVERALL, *(domain.code for domain in lists.domains))
        if (target := target_of(targets, view, subject)) is not None
        and found.row(subject) is not None
    }
    if set(subjects) <= {OVERALL}:
        return ()
    return tuple(
        _tile(found.row(subject), target, subject_label(lists, subject), subject)
        for subject, target in subjects.items()
    )


def _tile(row: Any, target: float, label: str, subject: str) -> Tile:
    judged = verdict(row.score, row.low, row.high, target) if row.state == "ok" else "open"
    return Tile(
        f"target-{subject}",
        _("{name}满意度").format(name=label),
        fixed(row.score),
        _("分"),
        _("{verdict} · 目标 {target} 分 · {interval}").format(
            verdict=_word(judged),
            target=number(target, 1),
            interval=interval_note(row, fixed(row.low), fixed(row.high)),
        ),
        tone=_TONES[judged],
        target=subject_target(subject),
        domain="" if subject == OVERALL else subject,
    )


def _word(judged: str) -> str:
    return {
        "met": _("✓ 稳定达标"),
        "missed": _("✗ 未达标"),
        "open": _("暂不能判定"),
    }[judged]

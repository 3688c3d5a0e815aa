"""The scale of a wave: which options there are and what they score, until the first answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from db.engine import Session
from db.reads import survey as reads
from db.writes import survey as writes
from db.writes.log import log_change
from services.entries import words
from services.errors import Conflict, InvalidEntry
from services.formats import exact
from services.i18n import _
from services.imports.values import alike
from services.permissions import CurrentUser, require
from services.surveys import wave_of
from services.writing import author_of

_CODE = re.compile(r"[a-z0-9_]{1,40}")
MOST_OPTIONS = 30
_LONGEST = 120


@dataclass(frozen=True)
class ScaleOption:
    """`points` is None for an option that is not scored; `satisfied` counts towards 满意率."""

    code: str
    label: str
    points: Decimal | None
    satisfied: bool
    label_en: str = ""


def scale_of(session: Session, wave: str) -> tuple[ScaleOption, ...]:
    """The options a wave has, in order."""
    return tuple(
        ScaleOption(row.option_code, row.label, row.points, row.satisfied, row.label_en)
        for row in reads.options(session)
        if row.wave_code == wave
    )


def even_scale(*steps: int) -> tuple[ScaleOption, ...]:
    """Options 1 to k that score from 0 to 100 in even steps, and 不了解.

    Several k make one scale for questions of different length: then 4 of 5 is labelled 4/5. The
    upper half counts as satisfied.
    """
    options = [
        ScaleOption(
            f"s{step}of{most}",
            str(step) if len(steps) == 1 else f"{step}/{most}",
            round(Decimal(100 * (step - 1)) / (most - 1), 3),
            2 * step > most,
        )
        for most in steps
        for step in range(most, 0, -1)
    ]
    return (*options, ScaleOption("dont_know", "不了解", None, False, "Don't know"))


def is_frozen(session: Session, wave: str) -> bool:
    """Whether a wave has answers, so that its scale stays."""
    return next(row.frozen for row in reads.waves(session) if row.code == wave)


def edit_scale(
    session: Session,
    wave: str,
    options: Sequence[ScaleOption],
    scales: Mapping[str, Any],
    user: CurrentUser,
    now: datetime,
) -> None:
    """Give a wave without answers other options or points.

    Conflict once it has answers; InvalidEntry for a scale that cannot be. The scale keeps the name
    of the one in config.toml (`scales`) that it equals; any other gets a name made of what it
    scores, so that waves of the same scale can be compared and no others.
    """
    require(user, "record_survey")
    wave_of(session, wave)
    if is_frozen(session, wave):
        raise Conflict(_("这次调查已经有答卷，评分标准不能再改。"))
    options = [
        replace(option, label=words(option.label, _("选项"), _LONGEST, "label"))
        for option in options
    ]
    _check(options)
    before = _shown(scale_of(session, wave))
    writes.replace_options(session, wave, [asdict(option) for option in options])
    writes.name_scale(session, wave, _name(options, scales))
    log_change(
        session,
        author_of(user, now),
        "change",
        "survey_wave",
        wave,
        before=before,
        after=_shown(options),
    )


def _check(options: Sequence[ScaleOption]) -> None:
    labels = [alike(option.label) for option in options]
    if not all(labels) or len(set(labels)) < len(labels):
        raise InvalidEntry(_("每个选项都要有名称，而且互不相同。"), "label")
    if len(options) > MOST_OPTIONS:
        raise InvalidEntry(_("选项太多，最多 {most} 个。").format(most=MOST_OPTIONS), "label")
    codes = [option.code for option in options]
    if len(set(codes)) < len(codes) or not all(map(_CODE.fullmatch, codes)):
        raise InvalidEntry(_("每个选项都要有名称，而且互不相同。"), "label")
    points = [option.points for option in options if option.points is not None]
    if any(not 0 <= value <= 100 for value in points):
        raise InvalidEntry(_("分值应在 0 与 100 之间。"), "points")
    if len(set(points)) < 2:
        raise InvalidEntry(_("至少要有两个分值不同的选项。"), "points")
    if any(option.satisfied and option.points is None for option in options):
        raise InvalidEntry(_("不计分的选项不能算作满意。"), "satisfied")


def _shown(options: Sequence[ScaleOption]) -> dict[str, Any]:
    return {
        option.label: None if option.points is None else exact(option.points) for option in options
    }


def _scores(options: Sequence[Mapping[str, Any]]) -> list[tuple[str, float | None, bool]]:
    """What makes two scales the same: options, points and which count as satisfied."""
    return [
        (
            option["code"],
            None if option.get("points") is None else float(option["points"]),
            bool(option.get("satisfied")),
        )
        for option in options
    ]


def _name(options: Sequence[ScaleOption], scales: Mapping[str, Any]) -> str:
    own = _scores([asdict(option) for option in options])
    for name, scale in scales.items():
        if _scores(scale["options"]) == own:
            return name
    return "own-" + blake2b(repr(sorted(own, key=str)).encode(), digest_size=8).hexdigest()

"""Survey waves in order, each with its own scale, and which of them may be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.engine import Session
from db.reads import survey as reads
from services.i18n import _, named

OVERALL = "overall"
SUBDISTRICT = ""
_LISTED = 7  # options that are listed one by one


@dataclass(frozen=True)
class Option:
    """`points` is None for an option that is not scored (不了解)."""

    code: str
    label: str
    points: float | None
    satisfied: bool


def mode_label(mode: str) -> str:
    """How people were asked."""
    return {
        "telephone": _("电话调查"),
        "face_to_face": _("入户调查"),
        "online": _("网络调查"),
    }.get(mode, mode)


@dataclass(frozen=True)
class Wave:
    code: str
    label: str
    mode: str
    scale: str
    wording: str
    first_day: date
    last_day: date
    options: tuple[Option, ...]

    @property
    def kind(self) -> tuple[str, str, str]:
        """Waves of another scale, mode or wording are never differenced."""
        return (self.scale, self.mode, self.wording)

    @property
    def ends(self) -> tuple[float, float]:
        """The fewest and the most points an answer can have."""
        points = [option.points for option in self.options if option.points is not None]
        return min(points, default=0.0), max(points, default=100.0)

    def _ladders(self) -> list[tuple[int, int]]:
        """First and last of the options with points, from one rise of the points to the next."""
        points = [option.points for option in self.options if option.points is not None]
        rises = [place for place in range(1, len(points)) if points[place] > points[place - 1]]
        return list(zip([0, *rises], [place - 1 for place in (*rises, len(points))], strict=True))

    @property
    def mode_label(self) -> str:
        return mode_label(self.mode)

    @property
    def scale_label(self) -> str:
        """The points as printed under a chart: 满意 100、基本满意 75、不满意 55、不了解不计分."""
        options = [option for option in self.options if option.points is not None]
        scored = [f"{o.label} {o.points:g}" for o in options]
        if len(scored) > _LISTED:
            ends = [f"{o.label}={o.points:g}" for o in options]
            scored = [
                _("{first} 至 {last}").format(first=ends[first], last=ends[last])
                for first, last in self._ladders()
            ]
        blank = [
            _("{option}不计分").format(option=o.label) for o in self.options if o.points is None
        ]
        return _("、").join(scored + blank)


def line_up(session: Session, until: date, *, answered: bool = False) -> tuple[Wave, ...]:
    """The waves that had begun by a day, oldest first.

    answered: without those that hold no results yet. A survey that was only just added must not
    take the place of the last one on the boards.
    """
    options: dict[str, list[Option]] = defaultdict(list)
    for row in reads.options(session):
        options[row.wave_code].append(
            Option(
                row.option_code,
                named(row.label, row.label_en),
                None if row.points is None else float(row.points),
                row.satisfied,
            )
        )
    return tuple(
        Wave(
            row.code,
            named(row.label, row.label_en),
            row.mode,
            row.scale,
            row.wording,
            row.first_day,
            row.last_day,
            tuple(options[row.code]),
        )
        for row in reads.waves(session, until, answered=answered)
    )


def comparable_before(waves: Sequence[Wave], wave: Wave) -> Wave | None:
    """The last earlier wave with the same scale, mode and wording."""
    earlier = [other for other in waves if other.last_day < wave.last_day]
    return next((other for other in reversed(earlier) if other.kind == wave.kind), None)

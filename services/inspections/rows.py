"""An inspection and its photos in words, as lists and pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.reads import inspections as reads
from db.writes.activities import number_of as activity_number
from db.writes.inspections import number_of
from services.catalogue import Catalogue
from services.i18n import _
from services.inspections.course import (
    OVERDUE,
    moment_label,
    state_label,
    state_of,
    verdict_label,
)
from services.periods import day_label
from services.privacy import mask


@dataclass(frozen=True)
class Photo:
    """A photo without what is in it; `alt` says what it shows to who cannot see it."""

    id: int
    moment: str
    alt: str
    width: int
    height: int
    shown: bool
    user_id: int | None


@dataclass(frozen=True)
class Row:
    """An inspection in a list. `state` in words; `photos`: those that are shown."""

    number: str
    day: str
    community: str
    domain: str
    activity: str
    inspector: str
    verdict: str
    verdict_label: str
    state: str
    late: bool
    due: str
    due_on: date | None
    findings: str
    follows: str
    later: str
    photos: tuple[Photo, ...]


def row_of(
    row: reads.Inspection,
    later: reads.Inspection | None,
    lists: Catalogue,
    today: date,
    photos: Iterable[Photo],
) -> Row:
    state = state_of(row, later, today)
    return Row(
        number=number_of(row.id),
        day=day_label(row.day),
        community=lists.community(row.community_code).name,
        domain=lists.domain(row.domain_code).label if row.domain_code else _("综合"),
        activity=activity_number(row.activity_id) if row.activity_id else "",
        inspector=" ".join(filter(None, (mask(row.inspector), mask(row.rank)))),
        verdict=row.verdict,
        verdict_label=verdict_label(row.verdict),
        state=state_label(state, later.verdict if later else ""),
        late=state == OVERDUE,
        due=day_label(row.due_on) if row.due_on else "",
        due_on=row.due_on,
        findings=mask(row.findings),
        follows=number_of(row.follows_id) if row.follows_id else "",
        later=number_of(later.id) if later else "",
        photos=tuple(one for one in photos if one.shown),
    )


def photos_of(
    found: Sequence[reads.InspectionPhoto], rows: Iterable[reads.Inspection], lists: Catalogue
) -> Mapping[int, tuple[Photo, ...]]:
    """Inspection → its photos, those of before first."""
    about = {row.id: row for row in rows}
    counted: dict[tuple[int, str], int] = defaultdict(int)
    kept: dict[int, list[Photo]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.moment != "before"):
        row = about[one.inspection_id]
        counted[row.id, one.moment] += 1
        alt = _("{moment}照片 {place}：{community}，{day}督查").format(
            moment=moment_label(one.moment),
            place=counted[row.id, one.moment],
            community=lists.community(row.community_code).name,
            day=day_label(row.day),
        )
        kept[row.id].append(
            Photo(one.id, one.moment, alt, one.width, one.height, one.shown, one.user_id)
        )
    return defaultdict(tuple, {key: tuple(photos) for key, photos in kept.items()})

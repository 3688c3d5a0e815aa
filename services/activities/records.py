"""The records behind the figures, as rows to read: everyone who may see figures may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.engine import Session
from db.reads import activities as reads
from db.writes.activities import number_of
from services.activities.approval import APPROVED, SUBMITTED, review_label
from services.activities.history import Labels, labels, quantity_text
from services.i18n import _
from services.periods import span_label
from services.views import View

PAGE = 50


@dataclass(frozen=True)
class RecordRow:
    """`communities` in official order; `measures` as (label, quantity with unit)."""

    number: str
    first_day: date
    days: str
    domain: str
    type_label: str
    communities: tuple[str, ...]
    joint: bool
    participants: int | None
    measures: tuple[tuple[str, str], ...]
    void: bool
    review: str
    version: int
    state: str


@dataclass(frozen=True)
class RecordPage:
    """Some of the chosen records, newest first, of `total` that there are."""

    rows: tuple[RecordRow, ...]
    total: int
    offset: int
    limit: int


def records(
    session: Session,
    view: View,
    type_code: str = "",
    measure: str = "",
    offset: int = 0,
    limit: int = PAGE,
    with_void: bool = False,
) -> RecordPage:
    """The records a view's figures count; with_void adds those that were voided or returned."""
    return chosen(session, choice_of(view, type_code, measure, with_void), limit, offset)


def choice_of(
    view: View, type_code: str = "", measure: str = "", with_void: bool = False
) -> reads.Choice:
    """Which records `records` lists."""
    filters = view.filters
    return reads.Choice(
        first=filters.period.first_day,
        last=filters.period.end,
        communities=filters.communities,
        domain=filters.domain,
        type_code=type_code or None,
        measure=measure or None,
        state=None if with_void else "recorded",
        reviews=_counted(filters.approved_only) if not with_void else (),
    )


def chosen(session: Session, choice: reads.Choice, limit: int, offset: int) -> RecordPage:
    known = labels(session)
    return RecordPage(
        tuple(_row(row, known) for row in reads.records(session, choice, limit, offset)),
        reads.count_records(session, choice),
        offset,
        limit,
    )


def state_label(void: bool, review: str = APPROVED) -> str:
    """One word for where a record stands."""
    if void:
        return _("已作废")
    return _("有效") if review == APPROVED else review_label(review)


def _counted(approved_only: bool) -> tuple[str, ...]:
    return (APPROVED,) if approved_only else (APPROVED, SUBMITTED)


def _row(activity: reads.Activity, known: Labels) -> RecordRow:
    kind = known.lists.type(activity.type_code)
    members = {row.community_code for row in activity.communities}
    quantities = {row.measure_code: row.quantity for row in activity.measures}
    return RecordRow(
        number=number_of(activity.id),
        first_day=activity.first_day,
        days=span_label(activity.first_day, activity.last_day),
        domain=known.lists.domain(kind.domain).label,
        type_label=kind.label,
        communities=tuple(place.name for place in known.lists.communities if place.code in members),
        joint=len(members) > 1,
        participants=activity.participants,
        measures=tuple(
            (known.measures[code][0], quantity_text(quantities[code], known, code))
            for code in known.measures
            if code in quantities
        ),
        void=activity.state == "void",
        review=activity.review,
        version=activity.version,
        state=state_label(activity.state == "void", activity.review),
    )

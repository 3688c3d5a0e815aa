"""Plans and their occasions as they stand, read for a span of days and a choice of communities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.engine import Session
from db.reads import plans as reads
from db.writes.plans import number_of
from services.errors import NotFound
from services.i18n import _
from services.schedule.matching import LATEST, Held, Standing, standings
from services.schedule.occasions import (
    MARGIN,
    OPEN_END,
    Change,
    Occasion,
    Plan,
    Round,
    Timing,
    occasions,
)
from services.schedule.rules import rule_of
from services.views import View


@dataclass(frozen=True)
class Chosen:
    """Which plans; what is empty does not narrow. approved_only: what counts as held."""

    communities: tuple[str, ...] = ()
    domain: str | None = None
    type_code: str = ""
    approved_only: bool = False


def chosen_of(view: View, type_code: str = "") -> Chosen:
    filters = view.filters
    return Chosen(filters.communities, filters.domain, type_code, filters.approved_only)


def plans(session: Session, chosen: Chosen, *, void: bool = False) -> tuple[Plan, ...]:
    """The plans, by community and type."""
    found = reads.plans(session, chosen.communities, chosen.domain, chosen.type_code, void=void)
    return tuple(plan_of(row) for row in found)


def plan(session: Session, number: str) -> Plan:
    """The plan with a number such as P000012, void or not; NotFound if there is none."""
    found = re.fullmatch(r"\s*[Pp]([0-9]{6,12})\s*", number)
    row = reads.plan(session, int(found[1])) if found else None
    if row is None:
        raise NotFound(
            _("没有编号为“{number}”的计划。编号形如 P000123，请核对。").format(number=number[:20])
        )
    return plan_of(row)


def within(
    session: Session, chosen: Chosen, first: date, last: date, today: date
) -> tuple[Standing, ...]:
    """Every occasion due in the span as it stands today, by day."""
    return of_plans(session, plans(session, chosen), chosen, first, last, today)


def of_plans(
    session: Session,
    kept: Sequence[Plan],
    chosen: Chosen,
    first: date,
    last: date,
    today: date,
) -> tuple[Standing, ...]:
    """The same of these plans, of all those that share a community and a type."""
    if not kept:
        return ()
    found = near(session, kept, first, last)
    activities = _held(session, chosen, found, (first, last), today)
    return tuple(
        sorted(
            (
                one
                for one in standings(found, activities, today)
                if first <= one.occasion.due <= last
            ),
            key=lambda one: one.occasion.due,
        )
    )


def near(session: Session, kept: Iterable[Plan], first: date, last: date) -> list[Occasion]:
    """The occasions of these plans around the span: as many as it takes to match activities."""
    kept = tuple(kept)
    changes = _changes(session, kept, first - MARGIN, last + MARGIN)
    rounds = _rounds(session, kept)
    return [
        occasion
        for one in kept
        for occasion in occasions(
            one,
            changes.get(one.id, {}),
            rounds.get(one.type_code, ()) if one.timing.rule.kind == "round" else (),
            first,
            last,
        )
    ]


def rounds_of(session: Session, type_code: str) -> tuple[Round, ...]:
    """First and last day of every round of a type."""
    return tuple(
        (row.first_day, row.last_day) for row in reads.rounds(session) if row.type_code == type_code
    )


def plan_of(row: reads.ActivityPlan) -> Plan:
    return Plan(
        row.id,
        row.type_code,
        row.community_code,
        row.label,
        Timing(rule_of(row.rule), row.first_day, row.last_day, row.on_day_off, row.grace_days),
        row.void_reason,
        row.version,
    )


def change_of(row: reads.PlanException) -> Change:
    return Change(row.moved_to, row.reason, row.user_name, row.at, row.version)


def occasion_code(one: Occasion) -> str:
    """An occasion in a link: P000012.2023-10-25."""
    return f"{number_of(one.plan.id)}.{one.day}"


def _changes(
    session: Session, kept: tuple[Plan, ...], first: date, last: date
) -> Mapping[int, dict[date, Change]]:
    places = {one.community for one in kept}
    found: dict[int, dict[date, Change]] = defaultdict(dict)
    for row in reads.exceptions(session, first, last, places):
        found[row.plan_id][row.day] = change_of(row)
    return found


def _rounds(session: Session, kept: tuple[Plan, ...]) -> dict[str, tuple[Round, ...]]:
    types = {one.type_code for one in kept if one.timing.rule.kind == "round"}
    return {code: rounds_of(session, code) for code in types}


def _held(
    session: Session,
    chosen: Chosen,
    found: list[Occasion],
    span: tuple[date, date],
    today: date,
) -> list[Held]:
    """What was held from the span's first day to the last day that may count for it."""
    first, last = span
    due = [one for one in found if first <= one.due <= last and not one.cancelled]
    latest = max((one.until for one in due), default=first)
    latest = today if latest == OPEN_END else min(today, latest + LATEST)
    if latest < first:
        return []
    rows = reads.held(
        session,
        {one.plan.type_code for one in due},
        chosen.communities,
        first,
        max(latest, last + timedelta(days=1)),
        approved_only=chosen.approved_only,
    )
    return [Held(*row) for row in rows]

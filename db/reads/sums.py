"""Sums of activities and quantities over days: whole months from rollups, the rest from rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from db.models import (
    COUNTS,
    Activity,
    ActivityMeasure,
    ActivityMonth,
    ActivityPartner,
    ActivityType,
    ActivityWeek,
    CommunityGroup,
    CommunityGroupMember,
    QuantityMonth,
)
from db.rollups import month_of

Span = tuple[tuple[date, date] | None, tuple[tuple[date, date], ...]]
Kept = type[ActivityMonth] | type[QuantityMonth]
_MEMBER = CommunityGroupMember
# How to count from the activities what a table keeps of them.
_ROWS: dict[Kept, dict[str, ColumnElement[Any]]] = {
    ActivityMonth: {"activities": func.count(), "participants": func.sum(Activity.participants)},
    QuantityMonth: {
        "activities": func.count(),
        # Whole thousandths, as they are kept: as a quantity they would be divided twice.
        "thousandths": func.sum(type_coerce(ActivityMeasure.__table__.c.quantity, BigInteger)),
    },
}
_LEADS_TO = {"domain_code": "type_code", "community_code": "group_id"}


@dataclass(frozen=True)
class Choice:
    """Which activities: those of these days; of no communities and no domain means of all."""

    first: date
    last: date
    communities: tuple[str, ...] = ()
    domain: str | None = None
    approved_only: bool = False


def activity_sums(session: Session, choice: Choice, by: Sequence[str] = ()) -> pd.DataFrame:
    """Columns: `by`…, activities, participants; by month, domain_code, type_code, community_code.

    A joint activity counts once; by community it counts in each.
    """
    facts = _facts(session, ActivityMonth, choice, by)
    statement = _grouped(facts, choice, by).add_columns(
        func.sum(facts.c.activities).label("activities"),
        func.sum(facts.c.participants).label("participants"),
    )
    return _frame(session, statement, by, ("activities", "participants"))


def quantity_sums(session: Session, choice: Choice, by: Sequence[str] = ()) -> pd.DataFrame:
    """Columns: measure_code, `by`…, quantity (exact to three decimals), activities reporting it.

    The measure is always part of the key: quantities of different units are never summed.
    """
    keys = ("measure_code", *(name for name in by if name != "measure_code"))
    facts = _facts(session, QuantityMonth, choice, keys)
    statement = _grouped(facts, choice, keys).add_columns(
        func.sum(facts.c.thousandths).label("quantity"),
        func.sum(facts.c.activities).label("activities"),
    )
    frame = _frame(session, statement, keys, ("quantity", "activities"))
    frame["quantity"] = frame["quantity"] / 1000
    return frame


def weeks_kept(session: Session, choice: Choice) -> pd.DataFrame:
    """Columns: type_code, community_code, weeks: in how many weeks a weekly type took place."""
    statement = (
        select(ActivityWeek.type_code, ActivityWeek.community_code, func.count().label("weeks"))
        .where(
            ActivityWeek.week.between(choice.first, choice.last),
            _kept(ActivityWeek, "activities", choice) > 0,
        )
        .group_by(ActivityWeek.type_code, ActivityWeek.community_code)
    )
    if choice.communities:
        statement = statement.where(ActivityWeek.community_code.in_(choice.communities))
    if choice.domain:
        statement = statement.where(ActivityWeek.type_code.in_(_types_of(choice.domain)))
    return _frame(session, statement, ("type_code", "community_code"), ("weeks",))


def months_kept(session: Session, choice: Choice) -> pd.DataFrame:
    """Columns: type_code, community_code, months: in how many months a monthly type took place.

    Months are named by their first days, and so is the span.
    """
    table = ActivityMonth
    months = func.count(table.month.distinct()).label("months")
    statement = (
        select(table.type_code, _MEMBER.community_code, months)
        .join(_MEMBER, _MEMBER.group_id == table.group_id)
        .join(ActivityType, ActivityType.code == table.type_code)
        .where(table.month.between(choice.first, choice.last))
        .where(_kept(table, "activities", choice) > 0, ActivityType.rhythm == "monthly")
        .where(*_of_choice(table, choice))
        .group_by(table.type_code, _MEMBER.community_code)
    )
    if choice.communities:
        statement = statement.where(_MEMBER.community_code.in_(choice.communities))
    return _frame(session, statement, ("type_code", "community_code"), ("months",))


def joint_activities(session: Session, choice: Choice) -> int:
    """How many activities several communities held together."""
    facts = _facts(session, ActivityMonth, choice, ("group_id",))
    joint = facts.c.group_id.in_(select(CommunityGroup.id).where(CommunityGroup.size > 1))
    return int(session.scalar(select(func.sum(facts.c.activities)).where(joint)) or 0)


def partner_counts(session: Session, choice: Choice) -> dict[str, int]:
    """Partner kind → activities that it joined."""
    statement = (
        select(ActivityPartner.kind_code, func.count())
        .join(Activity, Activity.id == ActivityPartner.activity_id)
        .where(*_counted_within([(choice.first, choice.last)], choice))
        .where(*_of_choice(Activity, choice))
        .group_by(ActivityPartner.kind_code)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _split(session: Session, first: date, last: date) -> Span:
    """(first and last whole month, the spans of days beside them).

    A last month that is cut off after the newest record is whole: nothing lies behind the cut.
    """
    newest = session.scalar(select(func.max(Activity.first_day)))
    if newest is not None and last >= newest:
        last = _month_end(last)
    opening = first if first.day == 1 else _month_end(first) + timedelta(days=1)
    closing = last if last == _month_end(last) else last.replace(day=1) - timedelta(days=1)
    if opening > closing:
        return None, ((first, last),)
    rest = [(first, opening - timedelta(days=1)), (closing + timedelta(days=1), last)]
    return (opening, closing), tuple((start, end) for start, end in rest if start <= end)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _facts(session: Session, kept: Kept, choice: Choice, by: Sequence[str]) -> Subquery:
    """The kept amounts by the columns that lead to `by`: so few rows that joining costs little."""
    months, rest = _split(session, choice.first, choice.last)
    keys = tuple(dict.fromkeys(_LEADS_TO.get(name, name) for name in by))
    parts: list[Select[Any]] = []
    if months:
        # By month first, as the rows lie, needs no sorting; by group it would sum nothing up.
        lines = keys if "group_id" in keys else dict.fromkeys(("month", *keys))
        columns = [getattr(kept, key) for key in keys]
        parts.append(
            select(
                *columns,
                *(func.sum(_kept(kept, name, choice)).label(name) for name in _ROWS[kept]),
            )
            .where(kept.month.between(*months), *_of_choice(kept, choice))
            .group_by(*(getattr(kept, key) for key in lines))
        )
    if rest:
        parts.append(
            _from_rows(session, kept, keys).where(
                *_counted_within(rest, choice), *_of_choice(Activity, choice)
            )
        )
    return union_all(*parts).subquery("facts")


def _from_rows(session: Session, kept: Kept, keys: Sequence[str]) -> Select[Any]:
    """What the kept table holds, made from the activities themselves."""
    columns = {
        "month": month_of(session, Activity.first_day),
        "type_code": Activity.type_code,
        "group_id": Activity.group_id,
        "measure_code": ActivityMeasure.measure_code,
    }
    statement = select(
        *(columns[key].label(key) for key in keys),
        *(amount.label(name) for name, amount in _ROWS[kept].items()),
    ).select_from(Activity)
    if kept is QuantityMonth:
        statement = statement.join(ActivityMeasure, ActivityMeasure.activity_id == Activity.id)
    return statement.group_by(*keys)


def _kept(table: Any, name: str, choice: Choice) -> Any:
    """The column of a kept amount: of all that counts, or of what is approved."""
    return getattr(table, f"approved_{name}" if choice.approved_only else name)


def _counted_within(
    spans: Sequence[tuple[date, date]], choice: Choice
) -> Iterator[ColumnElement[bool]]:
    yield COUNTS
    yield or_(*(Activity.first_day.between(*span) for span in spans))
    if choice.approved_only:
        yield Activity.review == "approved"


def _of_choice(
    table: type[Activity | ActivityMonth | QuantityMonth], choice: Choice
) -> Iterator[ColumnElement[bool]]:
    """Only groups that meet the communities, each group once; only types of the domain."""
    if choice.communities:
        meeting = select(_MEMBER.group_id).where(_MEMBER.community_code.in_(choice.communities))
        yield table.group_id.in_(meeting)
    if choice.domain:
        yield table.type_code.in_(_types_of(choice.domain))


def _types_of(domain: str) -> Select[Any]:
    return select(ActivityType.code).where(ActivityType.domain_code == domain)


def _grouped(facts: Subquery, choice: Choice, by: Sequence[str]) -> Select[Any]:
    """The facts grouped, before the sums are added."""
    elsewhere = {"domain_code": ActivityType.domain_code, "community_code": _MEMBER.community_code}
    columns = [elsewhere[name] if name in elsewhere else facts.c[name] for name in by]
    statement = select(*columns).select_from(facts).group_by(*columns)
    if "domain_code" in by:
        statement = statement.join(ActivityType, ActivityType.code == facts.c.type_code)
    if "community_code" in by:
        statement = statement.join(_MEMBER, _MEMBER.group_id == facts.c.group_id)
        if choice.communities:
            statement = statement.where(_MEMBER.community_code.in_(choice.communities))
    return statement


def _frame(
    session: Session, statement: Select[Any], keys: Sequence[str], amounts: Sequence[str]
) -> pd.DataFrame:
    """The rows with fixed columns and types, also when there are none."""
    rows = session.execute(statement).all()
    frame = pd.DataFrame.from_records([tuple(row) for row in rows], columns=[*keys, *amounts])
    if "month" in keys:
        frame["month"] = pd.to_datetime(frame["month"])
    for name in amounts:
        frame[name] = frame[name].fillna(0).astype("int64")
    return frame

"""Sums of activities and quantities over days: whole months from rollups, the rest from rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def activity_sums(
    session: Session,
    first: date,
    last: date,
    communities: Sequence[str] = (),
    domain: str | None = None,
    by: Sequence[str] = (),
    approved_only: bool = False,
) -> pd.DataFrame:
    """Columns: `by`…, activities, participants; by month, domain_code, type_code, community_code.

    A joint activity counts once; by community it counts in each.
    """
    facts = _facts(session, ActivityMonth, first, last, communities, domain, by, approved_only)
    statement = _grouped(facts, communities, by).add_columns(
        func.sum(facts.c.activities).label("activities"),
        func.sum(facts.c.participants).label("participants"),
    )
    return _frame(session, statement, by, ("activities", "participants"))


def quantity_sums(
    session: Session,
    first: date,
    last: date,
    communities: Sequence[str] = (),
    domain: str | None = None,
    by: Sequence[str] = (),
    approved_only: bool = False,
) -> pd.DataFrame:
    """Columns: measure_code, `by`…, quantity (exact to three decimals), activities reporting it.

    The measure is always part of the key: quantities of different units are never summed.
    """
    keys = ("measure_code", *(name for name in by if name != "measure_code"))
    facts = _facts(session, QuantityMonth, first, last, communities, domain, keys, approved_only)
    statement = _grouped(facts, communities, keys).add_columns(
        func.sum(facts.c.thousandths).label("quantity"),
        func.sum(facts.c.activities).label("activities"),
    )
    frame = _frame(session, statement, keys, ("quantity", "activities"))
    frame["quantity"] = frame["quantity"] / 1000
    return frame


def weeks_kept(
    session: Session,
    first: date,
    last: date,
    communities: Sequence[str] = (),
    domain: str | None = None,
    approved_only: bool = False,
) -> pd.DataFrame:
    """Columns: type_code, community_code, weeks: in how many weeks a weekly type took place."""
    statement = (
        select(ActivityWeek.type_code, ActivityWeek.community_code, func.count().label("weeks"))
        .where(
            ActivityWeek.week.between(first, last),
            _kept(ActivityWeek, "activities", approved_only) > 0,
        )
        .group_by(ActivityWeek.type_code, ActivityWeek.community_code)
    )
    if communities:
        statement = statement.where(ActivityWeek.community_code.in_(communities))
    if domain:
        statement = statement.join(ActivityType, ActivityType.code == ActivityWeek.type_code).where(
            ActivityType.domain_code == domain
        )
    return _frame(session, statement, ("type_code", "community_code"), ("weeks",))


def months_kept(
    session: Session,
    first: date,
    last: date,
    communities: Sequence[str] = (),
    domain: str | None = None,
    approved_only: bool = False,
) -> pd.DataFrame:
    """Columns: type_code, community_code, months: in how many months a monthly type took place.

    Months are named by their first days, and so is the span.
    """
    table = ActivityMonth
    months = func.count(table.month.distinct()).label("months")
    statement = (
        select(table.type_code, _MEMBER.community_code, months)
        .join(_MEMBER, _MEMBER.group_id == table.group_id)
        .join(ActivityType, ActivityType.code == table.type_code)
        .where(table.month.between(first, last), _kept(table, "activities", approved_only) > 0)
        .where(ActivityType.rhythm == "monthly", *_of_choice(table, communities, domain))
        .group_by(table.type_code, _MEMBER.community_code)
    )
    if communities:
        statement = statement.where(_MEMBER.community_code.in_(communities))
    return _frame(session, statement, ("type_code", "community_code"), ("months",))


def joint_activities(
    session: Session,
    first: date,
    last: date,
    communities: Sequence[str] = (),
    domain: str | None = None,
    approved_only: bool = False,
) -> int:
    """How many activities several communities held together."""
    facts = _facts(
        session, ActivityMonth, first, last, communities, domain, ("group_id",), approved_only
    )
    joint = facts.c.group_id.in_(select(CommunityGroup.id).where(CommunityGroup.size > 1))
    return int(session.scalar(select(func.sum(facts.c.activities)).where(joint)) or 0)


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


def _facts(
    session: Session,
    kept: Kept,
    first: date,
    last: date,
    communities: Sequence[str],
    domain: str | None,
    by: Sequence[str],
    approved_only: bool,
) -> Subquery:
    """The kept amounts by the columns that lead to `by`: so few rows that joining costs little."""
    months, rest = _split(session, first, last)
    keys = tuple(dict.fromkeys(_LEADS_TO.get(name, name) for name in by))
    parts: list[Select[Any]] = []
    if months:
        # By month first, as the rows lie, needs no sorting; by group it would sum nothing up.
        lines = keys if "group_id" in keys else dict.fromkeys(("month", *keys))
        columns = [getattr(kept, key) for key in keys]
        parts.append(
            select(
                *columns,
                *(func.sum(_kept(kept, name, approved_only)).label(name) for name in _ROWS[kept]),
            )
            .where(kept.month.between(*months), *_of_choice(kept, communities, domain))
            .group_by(*(getattr(kept, key) for key in lines))
        )
    if rest:
        parts.append(
            _from_rows(session, kept, keys).where(
                *_counted_within(rest, approved_only), *_of_choice(Activity, communities, domain)
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


def _kept(table: Any, name: str, approved_only: bool) -> Any:
    """The column of a kept amount: of all that counts, or of what is approved."""
    return getattr(table, f"approved_{name}" if approved_only else name)


def _counted_within(
    spans: Sequence[tuple[date, date]], approved_only: bool
) -> Iterator[ColumnElement[bool]]:
    yield COUNTS
    yield or_(*(Activity.first_day.between(*span) for span in spans))
    if approved_only:
        yield Activity.review == "approved"


def _of_choice(
    table: type[Activity | ActivityMonth | QuantityMonth],
    communities: Sequence[str],
    domain: str | None,
) -> Iterator[ColumnElement[bool]]:
    """Only groups that meet the communities, each group once; only types of the domain."""
    if communities:
        meeting = select(_MEMBER.group_id).where(_MEMBER.community_code.in_(communities))
        yield table.group_id.in_(meeting)
    if domain:
        yield table.type_code.in_(
            select(ActivityType.code).where(ActivityType.domain_code == domain)
        )


def _grouped(facts: Subquery, communities: Sequence[str], by: Sequence[str]) -> Select[Any]:
    """The facts grouped, before the sums are added."""
    elsewhere = {"domain_code": ActivityType.domain_code, "community_code": _MEMBER.community_code}
    columns = [elsewhere[name] if name in elsewhere else facts.c[name] for name in by]
    statement = select(*columns).select_from(facts).group_by(*columns)
    if "domain_code" in by:
        statement = statement.join(ActivityType, ActivityType.code == facts.c.type_code)
    if "community_code" in by:
        statement = statement.join(_MEMBER, _MEMBER.group_id == facts.c.group_id)
        if communities:
            statement = statement.where(_MEMBER.community_code.in_(communities))
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

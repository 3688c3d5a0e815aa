"""Keep the monthly and weekly sums: by one activity at a time, or all anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Select, case, cast, delete, func, insert, literal, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from db.models import (
    COUNTS,
    Activity,
    ActivityCommunity,
    ActivityMeasure,
    ActivityMonth,
    ActivityType,
    ActivityWeek,
    Base,
    QuantityMonth,
)

_APPROVED = Activity.review == "approved"


Part = tuple[type[Base], dict[str, Any], dict[str, int]]  # table, whose row, what it grows by


def add(session: Session, activity: Activity, sign: int = 1) -> None:
    """Count an activity (sign 1) or take it out again (sign -1); void or returned, it has none."""
    add_all(session, [activity], sign)


def add_all(session: Session, activities: Iterable[Activity], sign: int = 1) -> None:
    """The same for many at once: each row of the sums is touched once."""
    weekly = set(session.scalars(select(ActivityType.code).where(ActivityType.rhythm == "weekly")))
    sums: dict[type[Base], dict[Any, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for activity in activities:
        for table, place, amounts in _parts(activity, activity.type_code in weekly, sign):
            sums[table][tuple(place.items())].update(amounts)
    for table, rows in sums.items():
        _count(session, table, [(dict(place), dict(amounts)) for place, amounts in rows.items()])


def _parts(activity: Activity, weekly: bool, sign: int) -> Iterator[Part]:
    """What an activity adds to the sums."""
    if not activity.counts:
        return
    approved = activity.review == "approved"
    month = activity.first_day.replace(day=1)
    place = {"month": month, "type_code": activity.type_code, "group_id": activity.group_id}
    people = sign * (activity.participants or 0)
    yield ActivityMonth, place, _both({"activities": sign, "participants": people}, approved)
    for row in activity.measures:
        amounts = {"activities": sign, "thousandths": sign * int(row.quantity * 1000)}
        yield QuantityMonth, place | {"measure_code": row.measure_code}, _both(amounts, approved)
    if weekly:
        week = {"week": monday(activity.first_day), "type_code": activity.type_code}
        for row in activity.communities:
            whose = week | {"community_code": row.community_code}
            yield ActivityWeek, whose, _both({"activities": sign}, approved)


def _both(amounts: dict[str, int], approved: bool) -> dict[str, int]:
    """The amounts, and once more as those of what is approved."""
    return amounts | {f"approved_{name}": amount * approved for name, amount in amounts.items()}


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def rebuild(session: Session) -> None:
    """Make all sums anew from the records (after a bulk load, or to prove that they agree)."""
    for table, rows in (
        (ActivityMonth, _activities_by_month(session)),
        (QuantityMonth, _quantities_by_month(session)),
        (ActivityWeek, _weekly_activities(session)),
    ):
        session.execute(delete(table))
        columns = [column.key for column in rows.selected_columns]
        session.execute(insert(table).from_select(columns, rows))


def rebuild_weeks(session: Session, type_code: str) -> None:
    """Count a type's weeks anew: since its rhythm changed they are kept, or kept no longer."""
    rows = _weekly_activities(session).where(Activity.type_code == type_code)
    session.execute(delete(ActivityWeek).where(ActivityWeek.type_code == type_code))
    columns = [column.key for column in rows.selected_columns]
    session.execute(insert(ActivityWeek).from_select(columns, rows))


def _activities_by_month(session: Session) -> Select[Any]:
    return (
        select(
            month_of(session, Activity.first_day).label("month"),
            Activity.type_code,
            Activity.group_id,
            *_summed(activities=literal(1), participants=Activity.participants),
        )
        .where(COUNTS)
        .group_by(text("1"), Activity.type_code, Activity.group_id)
    )


def _quantities_by_month(session: Session) -> Select[Any]:
    return (
        select(
            month_of(session, Activity.first_day).label("month"),
            ActivityMeasure.measure_code,
            Activity.type_code,
            Activity.group_id,
            *_summed(activities=literal(1), thousandths=ActivityMeasure.__table__.c.quantity),
        )
        .join(ActivityMeasure, ActivityMeasure.activity_id == Activity.id)
        .where(COUNTS)
        .group_by(text("1"), ActivityMeasure.measure_code, Activity.type_code, Activity.group_id)
    )


def _weekly_activities(session: Session) -> Select[Any]:
    return (
        select(
            _week_of(session, Activity.first_day).label("week"),
            Activity.type_code,
            ActivityCommunity.community_code,
            *_summed(activities=literal(1)),
        )
        .join(ActivityCommunity, ActivityCommunity.activity_id == Activity.id)
        .join(ActivityType, ActivityType.code == Activity.type_code)
        .where(COUNTS, ActivityType.rhythm == "weekly")
        .group_by(text("1"), Activity.type_code, ActivityCommunity.community_code)
    )


def _summed(**amounts: Any) -> Iterator[ColumnElement[Any]]:
    """The sum of each amount, and that over what is approved."""
    for name, amount in amounts.items():
        yield func.coalesce(func.sum(amount), 0).label(name)
        approved = case((_APPROVED, amount), else_=0)
        yield func.coalesce(func.sum(approved), 0).label(f"approved_{name}")


def month_of(session: Session, day: Any) -> ColumnElement[date]:
    """SQL for the first day of a date's month, in the session's dialect."""
    if session.get_bind().dialect.name == "sqlite":
        return func.strftime(literal("%Y-%m-01"), day)
    return cast(func.date_trunc("month", day), Date)


def _week_of(session: Session, day: Any) -> ColumnElement[date]:
    if session.get_bind().dialect.name == "sqlite":
        return func.date(day, "-6 days", "weekday 1")
    return cast(func.date_trunc("week", day), Date)


def _count(
    session: Session, table: type[Base], rows: Sequence[tuple[dict[str, Any], dict[str, int]]]
) -> None:
    """Add amounts to rows of sums, each by its place, making those that are not there."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    place, amounts = rows[0]
    sums = table.__table__
    statement = dialect.insert(sums)
    grown = {name: sums.c[name] + statement.excluded[name] for name in amounts}
    session.execute(
        statement.on_conflict_do_update(index_elements=list(place), set_=grown),
        [place | amounts for place, amounts in rows],
    )

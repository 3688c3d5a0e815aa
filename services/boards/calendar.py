"""The month as a calendar board: communities as rows, days as columns, a mark an occasion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.engine import Session
from services import schedule
from services.catalogue import Catalogue, catalogue
from services.formats import number, percent
from services.i18n import _
from services.periods import Period, month_label
from services.schedule import Standing, Tally, workdays
from services.schedule.one import moved_note
from services.views import View


@dataclass(frozen=True)
class Day:
    """`off`: nobody works. note: 放假 or 调休上班."""

    day: date
    label: str
    weekday: str
    note: str
    off: bool
    today: bool


@dataclass(frozen=True)
class Mark:
    """One occasion: its place in a link, its state, and all of it in a sentence."""

    code: str
    state: str
    day: date
    title: str
    said: str


@dataclass(frozen=True)
class Row:
    """A community's month; `own` is that of the person who looks."""

    name: str
    own: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Month:
    headline: str
    note: str
    days: tuple[Day, ...]
    rows: tuple[Row, ...]
    tally: Tally


def calendar(session: Session, view: View, month: date, type_code: str, own: str | None) -> Month:
    """The month that begins on this day, of the view's communities and domain."""
    period = Period(month, "month")
    chosen = schedule.chosen_of(view, type_code)
    found = schedule.within(session, chosen, month, period.end, view.today)
    lists = catalogue(session)
    whole = schedule.tally(found)
    return Month(
        _headline(month, whole),
        "" if workdays.is_published(month.year) else _("这一年的调休以公布安排为准。"),
        _days(period, view.today),
        _rows(found, lists, own),
        whole,
    )


def months(session: Session, view: View, ahead: int) -> tuple[Period, ...]:
    """The months to choose from, newest first: from the first plan's to so many after today's."""
    plans = schedule.book(session, schedule.Chosen(), view.today)
    firsts = [one.typed.first_day for one in plans if one.typed.first_day]
    oldest = min([*firsts, view.today]).replace(day=1)
    newest = (view.today.replace(day=1) + timedelta(days=31 * ahead + 3)).replace(day=1)
    found = [Period(newest, "month")]
    while found[-1].first_day > oldest and len(found) < 60:
        found.append(found[-1].previous)
    return tuple(found)


def state_marks() -> dict[str, str]:
    """What stands in a mark, beside its form and colour."""
    return {
        schedule.DONE: "✓",
        schedule.LATE: _("迟"),
        schedule.MISSING: _("缺"),
        schedule.CANCELLED: _("消"),
        schedule.PLANNED: _("待"),
    }


def _headline(month: date, whole: Tally) -> str:
    if not whole.due:
        return _("{month}还没有到期的计划").format(month=month_label(month))
    return _("{month}到期 {due} 次：按时 {share}，未开展 {missing} 次").format(
        month=month_label(month),
        due=number(whole.due),
        share=percent(whole.timeliness, 0),
        missing=number(whole.missing),
    )


def _days(period: Period, today: date) -> tuple[Day, ...]:
    weekday = schedule.weekday_labels()
    span = (period.end - period.first_day).days + 1
    days = (period.first_day + timedelta(days=step) for step in range(span))
    return tuple(
        Day(
            day,
            str(day.day),
            weekday[day.isoweekday()],
            schedule.day_note(day),
            not workdays.is_workday(day),
            day == today,
        )
        for day in days
    )


def _rows(found: Sequence[Standing], lists: Catalogue, own: str | None) -> tuple[Row, ...]:
    """Official order, one's own community first."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    order = {kind.code: place for place, kind in enumerate(lists.types)}
    for one in sorted(found, key=lambda one: order[one.occasion.plan.type_code]):
        marks[one.occasion.plan.community].append(_mark(one, lists))
    places = sorted(
        (place for place in lists.communities if place.code in marks),
        key=lambda place: place.code != own,
    )
    return tuple(Row(place.name, place.code == own, tuple(marks[place.code])) for place in places)


def _mark(one: Standing, lists: Catalogue) -> Mark:
    plan, due = one.occasion.plan, one.occasion.due
    title = schedule.title_of(plan, lists)
    said = _("{place}，{month}月{day}日，{title}：{state}").format(
        place=lists.community(plan.community).name,
        month=due.month,
        day=due.day,
        title=title,
        state=schedule.state_labels()[one.state],
    )
    moved = moved_note(one.occasion)
    return Mark(
        schedule.occasion_code(one.occasion),
        one.state,
        due,
        title,
        _("{said}（{note}）").format(said=said, note=moved) if moved else said,
    )

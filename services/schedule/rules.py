"""A plan's rule: which days it names, how it is kept as text, and how it is said to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from services.i18n import _
from services.periods import add_months, day_label, months_of
from services.schedule import workdays

KINDS = ("weekly", "month_day", "month_weekday", "month_workday", "festival", "round", "once")
LAST = -1  # as `nth`: the last one of the month
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Rule:
    """weekdays: 1 Monday … 7 Sunday. every: so many weeks. before: days ahead of the festival.

    nth: of a month its day (1 to 28), its weekday (1 to 4) or its working day (1), or LAST.
    """

    kind: str
    weekdays: tuple[int, ...] = ()
    every: int = 1
    nth: int = 0
    festivals: tuple[str, ...] = ()
    before: int = 0

    @property
    def text(self) -> str:
        """As the database keeps it: RFC 5545 where that has words for it, else an X- of ours."""
        days = ",".join(_DAYS[day - 1] for day in self.weekdays)
        return {
            "weekly": f"FREQ=WEEKLY;INTERVAL={self.every};BYDAY={days}",
            "month_day": f"FREQ=MONTHLY;BYMONTHDAY={self.nth}",
            "month_weekday": f"FREQ=MONTHLY;BYDAY={self.nth}{days}",
            "month_workday": f"X-WORKDAY={self.nth}",
            "festival": f"X-FESTIVAL={','.join(self.festivals)};X-BEFORE={self.before}",
            "round": "X-ROUND=1",
            "once": "",
        }[self.kind]


def rule_of(text: str) -> Rule:
    """The rule that a text keeps; ValueError for one that is none of ours."""
    if not text:
        return Rule("once")
    parts = dict(part.split("=") for part in text.split(";"))
    if "X-ROUND" in parts:
        return Rule("round")
    if "X-WORKDAY" in parts:
        return Rule("month_workday", nth=int(parts["X-WORKDAY"]))
    if "X-FESTIVAL" in parts:
        named = tuple(parts["X-FESTIVAL"].split(","))
        return Rule("festival", festivals=named, before=int(parts.get("X-BEFORE", 0)))
    if "BYMONTHDAY" in parts:
        return Rule("month_day", nth=int(parts["BYMONTHDAY"]))
    days = parts["BYDAY"].split(",")
    weekdays = tuple(_DAYS.index(day[-2:]) + 1 for day in days)
    if parts["FREQ"] == "MONTHLY":
        return Rule("month_weekday", weekdays, nth=int(days[0][:-2]))
    return Rule("weekly", weekdays, int(parts.get("INTERVAL", 1)))


def days(rule: Rule, anchor: date, start: date, end: date) -> tuple[date, ...]:
    """The days from `start` to `end` that the rule names, days off among them.

    anchor: the plan's first day; every second week is counted from its week. A rule by rounds
    names no days: it has those of the rounds.
    """
    start = max(start, anchor)
    if rule.kind == "round" or start > end:
        return ()
    if rule.kind == "once":
        return (anchor,) if start <= anchor <= end else ()
    if rule.kind == "festival":
        ahead = timedelta(days=rule.before)
        found = {
            workdays.festival(code, year) - ahead
            for code in rule.festivals
            for year in range(start.year, (end + ahead).year + 1)
        }
        return tuple(sorted(day for day in found if start <= day <= end))
    if rule.kind == "month_workday":
        found = {_workday_of(month, rule.nth) for month in months_of(start, end)}
        return tuple(sorted(day for day in found if start <= day <= end))
    return _recurring(rule, anchor, start, end)


def words(rule: Rule, anchor: date) -> str:
    """The rule in plain words: 每周三, 每月最后一个工作日, 每年重阳节前 3 天."""
    named = _joined([weekday_labels()[day] for day in rule.weekdays])
    if rule.kind == "weekly":
        if rule.every == 1:
            return _("每{weekdays}").format(weekdays=named)
        return _("每 {count} 周的{weekdays}").format(count=rule.every, weekdays=named)
    if rule.kind == "festival":
        labels = workdays.festival_labels()
        festivals = _joined([labels[code] for code in labels if code in rule.festivals])
        if rule.before:
            return _("每年{festivals}前 {days} 天").format(festivals=festivals, days=rule.before)
        return _("每年{festivals}").format(festivals=festivals)
    last = rule.nth == LAST
    sentence = {
        "month_day": _("每月最后一天") if last else _("每月 {nth} 日"),
        "month_weekday": _("每月最后一个{weekdays}") if last else _("每月第 {nth} 个{weekdays}"),
        "month_workday": _("每月最后一个工作日") if last else _("每月第一个工作日"),
        "round": _("每轮一次"),
        "once": _("只在{day}"),
    }[rule.kind]
    return sentence.format(nth=rule.nth, weekdays=named, day=day_label(anchor))


def weekday_labels() -> dict[int, str]:
    return {
        1: _("周一"),
        2: _("周二"),
        3: _("周三"),
        4: _("周四"),
        5: _("周五"),
        6: _("周六"),
        7: _("周日"),
    }


def _recurring(rule: Rule, anchor: date, start: date, end: date) -> tuple[date, ...]:
    """By dateutil, from the last turn before `start`: a plan of years begins no count at its
    first day."""
    begin = start.replace(day=1)
    if rule.kind == "weekly":
        monday = anchor - timedelta(days=anchor.weekday())
        turn = timedelta(weeks=rule.every)
        begin = monday + (start - monday) // turn * turn
    first = datetime.combine(begin, time())
    found = rrulestr(rule.text, dtstart=first).between(
        datetime.combine(start, time()), datetime.combine(end, time()), inc=True
    )
    return tuple(one.date() for one in found)


def _workday_of(month: date, nth: int) -> date:
    """The first or the last working day of the month that begins on this day."""
    if nth != LAST:
        return workdays.next_workday(month - timedelta(days=1))
    day = add_months(month, 1) - timedelta(days=1)
    while not workdays.is_workday(day):
        day -= timedelta(days=1)
    return day


def _joined(labels: list[str]) -> str:
    """周六和周日; 周一、周三和周五."""
    if len(labels) < 2:
        return "".join(labels)
    return _("{some}和{last}").format(some=_("、").join(labels[:-1]), last=labels[-1])

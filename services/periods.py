"""Periods of time: month, quarter, year, and "since a date" (截至目前)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta, timezone

from services.errors import InvalidEntry
from services.i18n import _, language

# The day and the time of day in the office, wherever the server stands.
OFFICE_CLOCK = timezone(timedelta(hours=8))

KINDS = ("since", "month", "quarter", "year")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_YEAR = r"(?:19|20)\d\d"  # others may have no year before or after them
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def add_months(day: date, months: int) -> date:
    """The first day of the month that lies so many months after the day's month."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def one_year_before(day: date) -> date:
    """The same day a year earlier; 29 February becomes 28 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


@dataclass(frozen=True)
class Period:
    """A span of whole days. `until` belongs to kind "since" only: its last day, inclusive."""

    first_day: date
    kind: str
    until: date | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of period: {self.kind}")
        if (self.kind == "since") != (self.until is not None):
            raise ValueError("a period since a date needs its last day, the others have their own")
        if self.until is not None and self.until < self.first_day:
            raise InvalidEntry(_("起始日期不能晚于今天，请改选较早的日期。"), "since")

    @property
    def end(self) -> date:
        """The last day, inclusive."""
        if self.until is not None:
            return self.until
        return add_months(self.first_day, _MONTHS[self.kind]) - timedelta(days=1)

    @property
    def previous(self) -> Period:
        """The span just before, of the same kind or, since a date, the same length (环比)."""
        if self.until is not None:
            last = self.first_day - timedelta(days=1)
            return Period(last - (self.until - self.first_day), "since", last)
        return Period(add_months(self.first_day, -_MONTHS[self.kind]), self.kind)

    @property
    def year_before(self) -> Period:
        """The same span a year earlier (同比)."""
        until = one_year_before(self.until) if self.until else None
        return Period(one_year_before(self.first_day), self.kind, until)

    @property
    def code(self) -> str:
        """The period in a link: 2023-10 · 2023Q4 · 2023 · 2023-09-01~2023-10-28."""
        if self.until is not None:
            return f"{self.first_day}~{self.until}"
        if self.kind == "month":
            return f"{self.first_day:%Y-%m}"
        quarter = f"Q{(self.first_day.month + 2) // 3}" if self.kind == "quarter" else ""
        return f"{self.first_day.year}{quarter}"

    @property
    def label(self) -> str:
        if self.until == self.first_day:
            return day_label(self.first_day)
        if self.until is not None:
            return _("{first}至{last}").format(
                first=day_label(self.first_day), last=day_label(self.until)
            )
        year = self.first_day.year
        if self.kind == "month":
            return month_label(self.first_day)
        if self.kind == "quarter":
            return _("{year}年第{quarter}季度").format(
                year=year, quarter=(self.first_day.month + 2) // 3
            )
        return _("{year}年").format(year=year)


def spans_before(period: Period, last_day: date) -> tuple[Period, Period]:
    """The span before a period (环比) and the same span a year earlier (同比).

    Of a period that still runs on its last day, only as many days as have gone by.
    """
    previous, year_before = period.previous, period.year_before
    if last_day >= period.end:
        return previous, year_before
    gone = last_day - period.first_day
    return (
        Period(previous.first_day, "since", min(previous.first_day + gone, previous.end)),
        Period(year_before.first_day, "since", one_year_before(last_day)),
    )


def period_from_code(code: str) -> Period:
    """The period a link names; InvalidEntry if it names none."""
    patterns = {
        "since": rf"({_YEAR}-\d\d-\d\d)~({_YEAR}-\d\d-\d\d)",
        "month": rf"({_YEAR})-(\d\d)",
        "quarter": rf"({_YEAR})Q([1-4])",
        "year": rf"({_YEAR})",
    }
    try:
        for kind, pattern in patterns.items():
            found = re.fullmatch(pattern, code)
            if found and kind == "since":
                first, last = (date.fromisoformat(part) for part in found.groups())
                return Period(first, kind, last)
            if found:
                year, *rest = (int(part) for part in found.groups())
                month = {"month": lambda n: n, "quarter": lambda n: n * 3 - 2}.get(kind)
                return Period(date(year, month(*rest) if month else 1, 1), kind)
    except ValueError:
        pass
    raise InvalidEntry(_("链接中的时间范围无法识别，请在左侧重新选择。"), "period")


def containing(day: date, kind: str) -> Period:
    """The month, quarter or year in which a day lies."""
    first = {
        "month": day.month,
        "quarter": (day.month - 1) // 3 * 3 + 1,
        "year": 1,
    }[kind]
    return Period(date(day.year, first, 1), kind)


def periods_between(kind: str, oldest: date, newest: date) -> tuple[Period, ...]:
    """The months, quarters or years from the one of `newest` back to that of `oldest`."""
    first = containing(oldest, kind).first_day
    found = [containing(newest, kind)]
    while found[-1].first_day > first:
        found.append(found[-1].previous)
    return tuple(found)


def months_of(first_day: date, last_day: date) -> tuple[date, ...]:
    """The first days of all months that the span touches."""
    count = (last_day.year - first_day.year) * 12 + last_day.month - first_day.month + 1
    return tuple(add_months(first_day, step) for step in range(count))


def month_label(day: date) -> str:
    if language() == "en":
        return f"{_EN_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月"


def day_label(day: date) -> str:
    if language() == "en":
        return f"{day.day} {_EN_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def day_named(text: str) -> date | None:
    """The day that a text names as `day_label` or as 2023-10-28 does; None for any other text."""
    if found := re.fullmatch(r"(\d{4})(?:年|-)(\d{1,2})(?:月|-)(\d{1,2})日?", text):
        year, month, day = map(int, found.groups())
    elif (found := re.fullmatch(r"(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})", text)) and (
        found[2] in _EN_MONTHS
    ):
        year, month, day = int(found[3]), _EN_MONTHS.index(found[2]) + 1, int(found[1])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def span_label(first_day: date, last_day: date) -> str:
    """One date, or a range, as a list shows it."""
    if first_day == last_day:
        return day_label(first_day)
    return f"{day_label(first_day)} – {day_label(last_day)}"

"""China's days off, moved working days and festivals, by the calendar of the package holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from holidays import China
from holidays.calendars import _ChineseLunisolar

from services.errors import InvalidEntry
from services.i18n import _

_LUNAR = _ChineseLunisolar()
_FIXED = {
    "new_year": (1, 1),
    "women": (3, 8),
    "labour": (5, 1),
    "children": (6, 1),
    "party": (7, 1),
    "army": (8, 1),
    "teachers": (9, 10),
    "national": (10, 1),
}
FIRST_YEAR, LAST_YEAR = 1902, 2098  # what the lunar tables know, less a year on each side
_LANTERN = timedelta(days=14)  # the first full moon: day 15 of the first lunar month


def is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def is_public_holiday(day: date) -> bool:
    """A day off that is more than a weekend: the festival, a day in lieu or a moved day."""
    return day in _year(day.year)[0]


def is_moved_workday(day: date) -> bool:
    """A day of a weekend on which people work: 调休上班."""
    return day in _year(day.year)[1]


def is_workday(day: date) -> bool:
    if is_moved_workday(day):
        return True
    return not is_weekend(day) and not is_public_holiday(day)


def next_workday(day: date) -> date:
    """The first working day after a day."""
    while True:
        day += timedelta(days=1)
        if is_workday(day):
            return day


def is_published(year: int) -> bool:
    """Whether the year's moved days are known; else only the statutory days are."""
    return any(day.year == year for day in _year(year)[1])


def festival_labels() -> dict[str, str]:
    """The festivals a plan may name, as they follow in a year."""
    return {
        "new_year": _("元旦"),
        "spring": _("春节"),
        "lantern": _("元宵节"),
        "women": _("妇女节"),
        "qingming": _("清明节"),
        "labour": _("劳动节"),
        "children": _("儿童节"),
        "dragon_boat": _("端午节"),
        "party": _("建党节"),
        "army": _("建军节"),
        "teachers": _("教师节"),
        "mid_autumn": _("中秋节"),
        "national": _("国庆节"),
        "double_ninth": _("重阳节"),
    }


@cache
def festival(code: str, year: int) -> date:
    """The day of a festival in a year; InvalidEntry beyond what the tables know."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidEntry(_("日期要在 {first} 年和 {last} 年之间。").format(
            first=FIRST_YEAR, last=LAST_YEAR
        ))  # fmt: skip
    if code in _FIXED:
        return date(year, *_FIXED[code])
    if code == "qingming":
        return _LUNAR.qingming_date(year)[0]
    lunar = {
        "spring": _LUNAR.lunar_new_year_date,
        "lantern": _LUNAR.lunar_new_year_date,
        "dragon_boat": _LUNAR.dragon_boat_date,
        "mid_autumn": _LUNAR.mid_autumn_date,
        "double_ninth": _LUNAR.double_ninth_date,
    }
    day = lunar[code](year)[0]
    return day + _LANTERN if code == "lantern" else day


@cache
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """A year's days off beside the weekends, and its moved working days.

    The years beside it are asked too: the days around New Year are moved by either.
    """
    found = China(years=(year - 1, year, year + 1))
    return (
        frozenset(day for day in found if day.year == year),
        frozenset(day for day in found.weekend_workdays if day.year == year),
    )

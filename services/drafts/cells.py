"""The texts of a grid row, read as the entry form reads its fields, with a reason per cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from db.engine import Session
from services.activities import Entry, Typed, stated
from services.catalogue import Catalogue, catalogue
from services.drafts.names import APART, Names, names
from services.entries import half_width, name_key, visible
from services.errors import InvalidEntry
from services.i18n import _
from services.periods import Period

FIELDS = ("day", "type", "place", "communities", "partners", "participants", "note")
SURE = "sure"  # the tick: the mark of what was asked, and is right
FOLLOW = "follow"  # or what is to be followed up about it
_SPAN = re.compile(r"\s*(?:至|到|[~～–—])\s*")
_DASHED = re.compile(r"(.*(?:[./月]\d{1,2}|[日号]))\s*-\s*(.+)")  # the dash stands between two days
_BESIDE = re.compile(r"\s*(?:[(（\s]?(?:星期|周|礼拜)[一二三四五六日天][)）]?|[上下]午|晚上?)$")
_FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?: \d.*)?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_EITHER = re.compile(r"\d{1,2}\.[123]")  # a spreadsheet shows 10.10 as 10.1
_SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_DAY = re.compile(r"(\d{1,2})\s*[日号]?")
_DAYS = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})\s*[日号]?")
_COUNT = re.compile(r"(.*?)[\s:(]*([约近]?\s*-?\d[\d,.]*\s*[^\W\d]*)\s*\)?")


T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """What a row's texts come to. `entry` is None while something is missing or wrong;
    `problems`: field → sentence; `type_code` ("" if there is none) and `days`, the first and the
    last, are as they were read."""

    entry: Entry | None
    problems: Mapping[str, str]
    type_code: str
    days: tuple[date, date] | None


@dataclass(frozen=True)
class Place:
    """Where a row stands: whose it is, its month, and what its texts are read with.

    any_month: the rows may be of other months; the month is that of days written without one.
    """

    community: str
    month: Period
    today: date
    lists: Catalogue
    names: Names
    any_month: bool = False


def place_of(session: Session, community: str, month: Period, today: date) -> Place:
    return Place(community, month, today, catalogue(session), names(session))


def read_row(cells: Mapping[str, str], place: Place, before: Entry | None = None) -> Reading:
    """The row as an entry, or every reason why it is none yet. `before`: see `checked`."""
    problems: dict[str, str] = {}

    def part(name: str, reader: Callable[[str, Place], T], blank: T) -> T:
        try:
            return reader(cells.get(name, ""), place)
        except InvalidEntry as refused:
            problems[name] = refused.sentence
            return blank

    days = part("day", _days, None)
    first, last = days or (None, None)
    typed = Typed(
        type_code=part("type", _type, ""),
        first_day=first,
        last_day=last,
        host=place.community,
        grid=part("grid", _grid, None),
        place=cells.get("place", ""),
        communities=part("communities", _communities, ()),
        headcounts=part("partners", _partners, {}),
        participants=cells.get("participants", ""),
        quantities=_quantities(cells),
        note=cells.get("note", ""),
    )
    if typed.type_code:
        typed = _own_measures_only(typed, place.lists, before, problems)
    entry = _entry(typed, place, before, problems)
    return Reading(None if problems else entry, problems, typed.type_code, days)


def _entry(
    typed: Typed, place: Place, before: Entry | None, problems: dict[str, str]
) -> Entry | None:
    """The checked entry; every refused field is noted.

    While the day or the type is missing, the others are tried with a stand-in.
    """
    complete = typed.first_day is not None and bool(typed.type_code)
    stand_in = replace(
        typed,
        first_day=typed.first_day or place.month.first_day,
        last_day=typed.last_day or place.month.first_day,
        type_code=typed.type_code or place.lists.types[0].code,
        quantities=typed.quantities if typed.type_code else {},
    )
    try:
        entry = stated(stand_in, place.lists, place.today, before)
        return entry if complete else None
    except InvalidEntry as refused:
        for one in refused.every:
            problems.setdefault(column_of(one.field), one.sentence)
        return None


def column_of(name: str) -> str:
    """The grid's column of a field of the entry form."""
    if name.startswith("headcount-"):
        return "partners"
    return {"first_day": "day", "last_day": "day", "type_code": "type"}.get(name, name)


def _quantities(cells: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix("measure-"): text
        for name, text in cells.items()
        if name.startswith("measure-") and text.strip()
    }


def _own_measures_only(
    typed: Typed, lists: Catalogue, before: Entry | None, problems: dict[str, str]
) -> Typed:
    """A figure in a column of another type is never dropped in silence."""
    offered = {*lists.type(typed.type_code).measures}
    if before is not None and before.type_code == typed.type_code:
        offered |= {code for code, _value in before.measures}
    for code in typed.quantities:
        if code not in offered:
            problems[f"measure-{code}"] = _("这个活动类型没有这项指标，请清空，或改选类型。")
    own = {code: text for code, text in typed.quantities.items() if code in offered}
    return replace(typed, quantities=own)


def _days(text: str, place: Place) -> tuple[date, date] | None:
    """The first and the last day: 25, 10-25, 10月25日, 2023/10/25, 25 至 27; None for a blank."""
    plain = visible(text)
    if not plain:
        return None
    parts = _SPAN.split(plain)
    if _day(plain, place.month.first_day) is None:
        if dashed := _DASHED.fullmatch(plain):
            parts = list(dashed.groups())
        elif _DAYS.fullmatch(plain):
            parts = plain.split("-")  # 25-27: there is no month 25
    for part in parts:
        if _EITHER.fullmatch(part):
            raise InvalidEntry(
                _("“{text}”分不清是哪一天，请写成 2023-10-03 的样子。").format(text=part)
            )
    found = _found(parts, place.month.first_day)
    if len(found) != len(parts) or len(found) > 2:
        raise InvalidEntry(_("日期读不懂，请写 25、10-25 或 2023-10-25；多日写“25 至 27”。"))
    if not (place.any_month or place.month.first_day <= found[0] <= place.month.end):
        raise InvalidEntry(
            _("这一天不在{month}，请改日期，或到那个月去填。").format(month=place.month.label)
        )
    return found[0], found[-1]


def _found(parts: list[str], month: date) -> list[date]:
    """The days that the parts mean; the second one may leave out what the first one states."""
    found: list[date] = []
    for part in parts:
        day = _day(_BESIDE.sub("", part.strip()), found[0] if found else month)
        if day is not None:
            found.append(day)
    return found


def _day(text: str, month: date) -> date | None:
    """The day a text means, in the month or year that it leaves out; None if it means none."""
    known = (month.year, month.month)
    for pattern, parts in ((_FULL, 3), (_COMPACT, 3), (_SHORT, 2), (_DAY, 1)):
        found = pattern.fullmatch(text)
        if found:
            try:
                return date(*known[: 3 - parts], *map(int, found.groups()))
            except ValueError:
                return None
    return None


def _type(text: str, place: Place) -> str:
    code = place.names.types.get(name_key(text))
    if name_key(text) and code is None:
        raise InvalidEntry(_("目录里没有这个活动类型，请从列表中选择。"), "type")
    return code or ""


def _grid(text: str, place: Place) -> str | None:
    """A grid of the row's community, by its name or code; None for a blank."""
    if not text.strip():
        return None
    for grid in place.lists.grids:
        own = grid.community == place.community
        if own and name_key(text) in (name_key(grid.name), name_key(grid.code)):
            return grid.code
    raise InvalidEntry(_("所选网格不属于主办社区，请重新选择。"), "grid")


def _communities(text: str, place: Place) -> tuple[str, ...]:
    codes = []
    for name in _parts(text):
        code = place.names.communities.get(name_key(name))
        if code is None:
            raise InvalidEntry(
                _("没有叫“{name}”的社区，请从列表中选择。").format(name=name[:20]), "communities"
            )
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _partners(text: str, place: Place) -> dict[str, str]:
    """Kind → its headcount as typed: “志愿者 12、物业”."""
    found: dict[str, str] = {}
    for part in _parts(text):
        counted = (
            None if name_key(part) in place.names.kinds else _COUNT.fullmatch(half_width(part))
        )
        name, count = (part, "") if counted is None else (counted[1], counted[2])
        code = place.names.kinds.get(name_key(name))
        if code is None:
            raise InvalidEntry(
                _("没有叫“{name}”的参与力量，请从列表中选择，人数写在后面。").format(
                    name=name.strip()[:20]
                ),
                "partners",
            )
        if code in found:
            raise InvalidEntry(_("同一种参与力量写了两次，请合成一项。"), "partners")
        found[code] = count
    return found


def _parts(text: str) -> list[str]:
    # A comma between digits belongs to the number: 1,200.
    guarded = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text)
    return [part.strip() for part in APART.split(guarded) if part.strip()]

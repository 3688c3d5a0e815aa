"""Targets as a sheet: a row per place and year, a column per indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from db.engine import Session
from db.reads import targets as reads
from db.reads.workbooks import Logged
from services import targets as service
from services.catalogue import catalogue
from services.entries import name_key
from services.errors import InvalidEntry
from services.i18n import LANGUAGES, _, in_each_language, language
from services.permissions import CurrentUser
from services.satisfaction import SUBDISTRICT
from services.targets import Indicator
from services.workbook.lists.cells import Field, decimal, one_of
from services.workbook.lists.listing import Keeper, Listing, Values, mark_of
from services.workbook.places import year_of
from services.workbook.sheet import with_unit

_YEAR, _PLACE = "year", "place"


class _Keeper(Keeper):
    """The targets as they are now. Every place has a row in every year: no row is new."""

    def __init__(self, session: Session, user: CurrentUser, today: date) -> None:
        self.session, self.user, self.today = session, user, today
        self.lists = catalogue(session)
        self.indicators = {one.code: one for one in service.indicators(self.lists)}
        active = {place.code: place.name for place in self.lists.active_communities}
        self.places = {SUBDISTRICT: _("全街道")} | active
        self._years: dict[int, dict[str, Values]] = {}

    def keys(self) -> Iterable[str]:
        return self.keys_of(self.today.year)

    def keys_of(self, year: int) -> Iterable[str]:
        return (f"{place}/{year}" for place in self.places)

    def now(self, key: str) -> Values | None:
        place, _slash, year = key.rpartition("/")
        if place not in self.places or not (year.isascii() and year.isdigit()):
            return None
        return self._year(int(year))[place]

    def _year(self, year: int) -> dict[str, Values]:
        if year not in self._years:
            kept = {(row.community_code, row.indicator_code): row.value
                    for row in reads.targets(self.session, year)}  # fmt: skip
            self._years[year] = {
                place: {_YEAR: year, _PLACE: place}
                | {code: kept.get((place, code)) for code in self.indicators}
                for place in self.places
            }
        return self._years[year]

    def find(self, values: Values) -> str:
        return self.name(values)

    def name(self, values: Values) -> str:
        return f"{values[_PLACE] or SUBDISTRICT}/{values[_YEAR] or 0}"

    def checked(self, key: str, values: Values) -> Values:
        if self.name(values) != key:
            raise InvalidEntry(_("编号是另一个范围或年度的，请清空编号。"), "key")
        for code, indicator in self.indicators.items():
            service.check_target(indicator, values[code])
        return values

    def write(self, _key: str, values: Values, now: datetime) -> None:
        place, year = values[_PLACE], values[_YEAR]
        stated = {code: values[code] for code in self.indicators}
        service.set_targets(self.session, place, year, stated, self.user, now)

    def mark(self, key: str) -> str:
        return mark_of(self.now(key) or {})

    def owns(self, key: str, _mark: str) -> bool:
        return self.now(key) is not None

    def key_of_line(self, line: Logged) -> str:
        return line.key.partition("/")[2]

    def called(self, key: str) -> str:
        values = self.now(key)
        return self.words(values) if values else key

    def take_back(self, line: Logged, _reason: str, now: datetime) -> None:
        """Every target has a line of its own; one that was not set is cleared again."""
        code, place, year = line.key.split("/")
        value = Decimal(line.before["value"]) if line.before else None
        service.set_targets(self.session, place, int(year), {code: value}, self.user, now)

    def words(self, values: Values) -> str:
        return f"{self.places[values[_PLACE]]} {values[_YEAR]}"


def _fields(session: Session) -> tuple[Field, ...]:
    labels = in_each_language(lambda: _labels(session))
    spoken = dict(zip(LANGUAGES, labels, strict=True))

    def heading(one: Indicator) -> Callable[[], str]:
        return lambda: with_unit(spoken[language()][one.code], one.unit)

    return (
        Field(_YEAR, lambda: _("年度"), "whole", 8, _needed_year, str, None),
        one_of(_PLACE, lambda: _("范围"), lambda: _places(session)),
        *(
            decimal(one.code, heading(one), (one.unit,),
                    kind="whole" if one.whole else "decimal",
                    called=tuple(each[one.code] for each in labels))
            for one in service.indicators(catalogue(session))
        ),
    )  # fmt: skip


def _places(session: Session) -> dict[str, str]:
    active = catalogue(session).active_communities
    return {SUBDISTRICT: _("全街道")} | {place.code: place.name for place in active}


def _labels(session: Session) -> dict[str, str]:
    """Indicator → its name; two of one name are told apart by their codes."""
    known = service.indicators(catalogue(session))
    called = Counter(name_key(one.label) for one in known)
    return {
        one.code: one.label if called[name_key(one.label)] == 1 else f"{one.label} {one.code}"
        for one in known
    }


def _needed_year(text: str) -> int:
    year = year_of(text)
    if year is None:
        raise InvalidEntry(_("请填写年份。"))
    return year


LISTING = Listing(
    "targets",
    "manage_catalogue",
    lambda: _("目标"),
    (_YEAR, _PLACE),
    _fields,
    _Keeper,
    logged=("target",),
)


def targets_book(session: Session, year: int, user: CurrentUser, today: date) -> bytes:
    """The targets of the subdistrict and of every community in a year, to be changed."""
    keys = _Keeper(session, user, today).keys_of(year)
    return LISTING.export(session, user, today, keys)

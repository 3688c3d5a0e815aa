"""Checks at entry that ask and do not refuse: against the rules, and the community's own year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil, expm1, floor, log1p

from db.engine import Session
from db.reads import catalogue as list_reads
from db.reads import past as reads
from services.activities.entry import Entry
from services.activities.finding import UNUSUAL, Finding
from services.activities.rules import broken_rules, field_label
from services.catalogue import Catalogue
from services.formats import exact, number
from services.i18n import _
from services.periods import one_year_before
from services.statistics.outliers import FAR, Spread, spread

ENOUGH = 6  # records; of fewer nobody can say what is usual
_LEAST_SCALE = 0.2  # of logarithms: nothing within half and twice what is usual is asked about
_RESIDENTS = "residents"


@dataclass(frozen=True)
class Background:
    """What an entry is looked at against. `history`: field → what the host's own records of the
    type stated in the twelve months up to its day; `people`: field → how many people of the group
    it counts live where it was held."""

    history: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)


def findings(entry: Entry, lists: Catalogue, background: Background) -> tuple[Finding, ...]:
    """All that is to be confirmed about a checked entry, the oddest first. Pure: no database."""
    found = [
        *_unusual(entry, lists, background.history),
        *broken_rules(entry, lists, background.people),
    ]
    return tuple(sorted(found, key=lambda one: -one.weight))


def findings_of(
    session: Session, entries: Sequence[tuple[Entry, int]], lists: Catalogue
) -> list[tuple[Finding, ...]]:
    """The findings of many entries (entry, its record's id or 0), asked for together."""
    backgrounds = _backgrounds(session, entries, lists)
    return [
        findings(entry, lists, background)
        for (entry, _id), background in zip(entries, backgrounds, strict=True)
    ]


def _backgrounds(
    session: Session, entries: Sequence[tuple[Entry, int]], lists: Catalogue
) -> Iterator[Background]:
    if not entries:
        return
    days = [entry.first_day for entry, _id in entries]
    stated: dict[tuple[str, str], list[reads.Stated]] = defaultdict(list)
    for row in reads.stated(
        session,
        {entry.host for entry, _id in entries},
        {entry.type_code for entry, _id in entries},
        one_year_before(min(days)),
        max(days),
    ):
        stated[row.host, row.type_code].append(row)
    groups = _Groups(session, lists)
    for entry, own in entries:
        since = one_year_before(entry.first_day)
        history: dict[str, list[Decimal]] = defaultdict(list)
        for row in stated[entry.host, entry.type_code]:
            if row.activity_id != own and since <= row.day <= entry.first_day:
                history[row.field].append(row.value)
        yield Background(history, groups.of(entry))


class _Groups:
    """How many people live where something was held, asked once per group and year."""

    def __init__(self, session: Session, lists: Catalogue) -> None:
        self._session = session
        self._known: dict[tuple[str, int], dict[str, int]] = {}
        self._group = {"participants": _RESIDENTS} | {
            f"measure-{one.code}": one.population_group
            for one in lists.measures
            if one.population_group
        }

    def of(self, entry: Entry) -> dict[str, int]:
        """Field → people, where they were counted in every community that took part."""
        stated = {"participants", *(f"measure-{code}" for code, _value in entry.measures)}
        found = {}
        for name in sorted(stated & self._group.keys()):
            counted = self._people(self._group[name], entry.first_day)
            places = (entry.host, *entry.communities)
            if all(place in counted for place in places):
                found[name] = sum(counted[place] for place in places)
        return found

    def _people(self, group: str, day: date) -> dict[str, int]:
        key = group, day.year
        if key not in self._known:
            self._known[key] = list_reads.population(self._session, *key)
        return self._known[key]


def _unusual(
    entry: Entry, lists: Catalogue, history: Mapping[str, Sequence[Decimal]]
) -> Iterator[Finding]:
    """Figures far from the community's own last twelve months, by median and MAD.

    Counts are skewed and grow by factors (40 typed as 400), so logarithms log(1 + x) are compared;
    see services.statistics.outliers for the method and its source.
    """
    stated = {f"measure-{code}": value for code, value in entry.measures}
    if entry.participants is not None:
        stated["participants"] = Decimal(entry.participants)
    for name, value in stated.items():
        before = history.get(name, ())
        if len(before) < ENOUGH:
            continue
        usual = spread([log1p(one) for one in before], _LEAST_SCALE)
        z = usual.z(log1p(value))
        if abs(z) > FAR:
            yield Finding(name, UNUSUAL, exact(value), _odd(name, value, usual, lists), abs(z))


def _odd(name: str, value: Decimal, usual: Spread, lists: Catalogue) -> str:
    low, high = _range(usual, name, lists)
    text = _("{label} {value}，本社区近 12 个月通常为 {low}–{high}（{count} 条记录）。")
    if low == high:
        text = _("{label} {value}，本社区近 12 个月通常为 {low}（{count} 条记录）。")
    return text.format(
        label=field_label(name, lists),
        value=number(value, 3),
        low=low,
        high=high,
        count=number(usual.n),
    )


def _range(usual: Spread, name: str, lists: Catalogue) -> tuple[str, str]:
    """Where eight in ten lay, and never so wide that the odd figure would seem usual."""
    furthest = FAR * usual.scale
    low = max(expm1(max(usual.low, usual.median - furthest)), 0.0)
    high = expm1(min(usual.high, usual.median + furthest))
    whole = name == "participants" or any(
        f"measure-{one.code}" == name and one.whole for one in lists.measures
    )
    if whole:
        return number(floor(low + 1e-9)), number(ceil(high - 1e-9))
    return number(low, 1), number(high, 1)

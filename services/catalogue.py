"""The reference lists as services and pages use them: frozen, in the person's language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from db.engine import Session
from db.reads import catalogue as reads
from services.errors import NotFound
from services.i18n import _, named


@dataclass(frozen=True)
class Domain:
    code: str
    label: str


@dataclass(frozen=True)
class Group:
    """A group of people that is counted in every community."""

    code: str
    label: str
    active: bool


@dataclass(frozen=True)
class Measure:
    code: str
    label: str
    unit: str
    unit_label: str
    whole: bool
    domain: str
    definition: str
    counter: str
    more_word: str
    population_group: str  # whom it reaches; "" where it is not about people of a group
    group_label: str
    better: str  # more · less · "" where neither is better
    least: Decimal | None = None  # what a single activity reports at least and at most
    most: Decimal | None = None
    unit_names: tuple[str, ...] = ()  # what the unit is called, in this language first


@dataclass(frozen=True)
class ActivityType:
    code: str
    label: str
    domain: str
    rhythm: str
    weekday: int | None
    measures: tuple[str, ...]
    active: bool


@dataclass(frozen=True)
class PartnerKind:
    code: str
    label: str


@dataclass(frozen=True)
class Community:
    code: str
    name: str
    position: int
    active: bool


@dataclass(frozen=True)
class Grid:
    code: str
    name: str
    community: str


T = TypeVar("T", Domain, ActivityType, Measure, Community)


@dataclass(frozen=True)
class Catalogue:
    """Everything in its official order."""

    subdistrict: str
    domains: tuple[Domain, ...]
    types: tuple[ActivityType, ...]
    measures: tuple[Measure, ...]
    groups: tuple[Group, ...]
    partner_kinds: tuple[PartnerKind, ...]
    communities: tuple[Community, ...]
    grids: tuple[Grid, ...]

    def domain(self, code: str) -> Domain:
        return _find(self.domains, code, _("没有这个服务领域，请重新选择。"))

    def type(self, code: str) -> ActivityType:
        return _find(self.types, code, _("没有这个活动类型，请重新选择。"))

    def measure(self, code: str) -> Measure:
        return _find(self.measures, code, _("没有这个指标，请重新选择。"))

    def community(self, code: str) -> Community:
        return _find(self.communities, code, _("没有这个社区，请重新选择。"))

    def types_of(self, domain: str) -> tuple[ActivityType, ...]:
        return tuple(kind for kind in self.types if kind.domain == domain and kind.active)

    def measures_of(self, domain: str) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if measure.domain == domain)

    @property
    def active_communities(self) -> tuple[Community, ...]:
        return tuple(community for community in self.communities if community.active)


def catalogue(session: Session) -> Catalogue:
    """The whole catalogue in the current language."""
    place, groups = reads.subdistrict(session), population_groups(session)
    return Catalogue(
        subdistrict=named(place.name, place.name_en) if place else "",
        domains=tuple(
            Domain(row.code, named(row.label, row.label_en)) for row in reads.domains(session)
        ),
        types=_types(session),
        measures=_measures(session, groups),
        groups=groups,
        partner_kinds=tuple(
            PartnerKind(row.code, named(row.label, row.label_en))
            for row in reads.partner_kinds(session)
        ),
        communities=tuple(
            Community(row.code, named(row.name, row.name_en), row.position, row.active)
            for row in reads.communities(session)
        ),
        grids=tuple(Grid(row.code, row.name, row.community_code) for row in reads.grids(session)),
    )


def population_groups(session: Session) -> tuple[Group, ...]:
    """The groups in order, what is out of use included."""
    return tuple(
        Group(row.code, named(row.label, row.label_en), row.active)
        for row in reads.population_groups(session)
    )


def _types(session: Session) -> tuple[ActivityType, ...]:
    offered: dict[str, list[str]] = defaultdict(list)
    for type_code, measure_code in reads.measures_of_types(session):
        offered[type_code].append(measure_code)
    return tuple(
        ActivityType(
            row.code,
            named(row.label, row.label_en),
            row.domain_code,
            row.rhythm,
            row.weekday,
            tuple(offered[row.code]),
            row.active,
        )
        for row in reads.activity_types(session)
    )


def _measures(session: Session, groups: tuple[Group, ...]) -> tuple[Measure, ...]:
    units = {unit.code: unit for unit in reads.units(session)}
    called = {group.code: group.label for group in groups}
    return tuple(
        Measure(
            row.code,
            named(row.label, row.label_en),
            row.unit_code,
            named(units[row.unit_code].label, units[row.unit_code].label_en),
            units[row.unit_code].whole,
            row.domain_code,
            named(row.definition, row.definition_en),
            row.counter,
            row.more_word,
            row.population_group,
            called.get(row.population_group, row.population_group),
            row.better,
            row.least,
            row.most,
            _unit_names(units[row.unit_code], row.counter),
        )
        for row in reads.measures(session)
        if row.active
    )


def _unit_names(unit: reads.Unit, counter: str) -> tuple[str, ...]:
    """Every word a quantity may be followed by: the unit in either language, its 量词."""
    said = (named(unit.label, unit.label_en), unit.label, unit.label_en, counter)
    return tuple(dict.fromkeys(filter(None, said)))


def _find(rows: tuple[T, ...], code: str, sentence: str) -> T:
    for row in rows:
        if row.code == code:
            return row
    raise NotFound(sentence)

"""The catalogue as an administrator keeps it: activity types, measures, partner kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from db.engine import Session
from db.reads import catalogue as reads
from db.reads import uses
from services.admin import edits
from services.admin.list_checks import check_measure, check_type, checked_label
from services.admin.list_facts import MeasureFacts, PartnerFacts, TypeFacts
from services.catalogue import Group, population_groups
from services.entries import gathered
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, require

T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """The lists, by code. `in_use`: measures of which a quantity was recorded."""

    types: Mapping[str, TypeFacts]
    measures: Mapping[str, MeasureFacts]
    partner_kinds: Mapping[str, PartnerFacts]
    domain_of: Mapping[str, str]  # of a type or a measure
    units: Mapping[str, str]  # code → label
    groups: tuple[Group, ...]  # whom measures are for
    in_use: frozenset[str]

    def types_of(self, domain: str) -> dict[str, TypeFacts]:
        return {code: one for code, one in self.types.items() if self.domain_of[code] == domain}

    def groups_for(self, measure: MeasureFacts) -> dict[str, str]:
        """The groups it can be for, code → label; one out of use keeps the group it had."""
        return {
            one.code: one.label
            for one in self.groups
            if one.active or (one.code == measure.population_group and not measure.active)
        }

    def measures_of(self, domain: str) -> dict[str, MeasureFacts]:
        return {code: one for code, one in self.measures.items() if self.domain_of[code] == domain}


def lists(session: Session, user: CurrentUser) -> Kept:
    """All three lists in order, what is out of use included. NotPermitted for all others."""
    require(user, "manage_catalogue")
    offered: dict[str, list[str]] = defaultdict(list)
    for type_code, measure in reads.measures_of_types(session):
        offered[type_code].append(measure)
    types, measures = reads.activity_types(session), reads.measures(session)
    rank = _ranks(types) | _ranks(measures)
    return Kept(
        types={
            row.code: TypeFacts(row.label, row.label_en, row.rhythm, row.weekday,
                                tuple(offered[row.code]), rank[row.code], row.active)
            for row in types
        },
        measures={
            row.code: MeasureFacts(row.label, row.label_en, row.unit_code, row.definition,
                                   row.definition_en, row.counter, row.more_word,
                                   row.population_group, row.better, rank[row.code], row.active,
                                   row.least, row.most)
            for row in measures
        },
        partner_kinds={
            row.code: PartnerFacts(row.label, row.label_en, place)
            for place, row in enumerate(reads.partner_kinds(session), start=1)
        },
        domain_of={row.code: row.domain_code for row in [*types, *measures]},
        units={row.code: row.label for row in reads.units(session)},
        groups=population_groups(session),
        in_use=frozenset(reads.measures_in_use(session)),
    )  # fmt: skip


def add_type(
    session: Session, user: CurrentUser, domain: str, facts: TypeFacts, now: datetime
) -> str:
    """Add an activity type at the end of its domain; its code."""
    edits.begin(session, user)
    kept = lists(session, user)
    _known_domain(session, domain)
    checked = checked_type(kept, domain, "", facts)
    code = edits.new_code("type_", kept.types)
    return edits.add(session, user, now, "activity_type", code, checked, domain_code=domain)


def change_type(
    session: Session, user: CurrentUser, code: str, facts: TypeFacts, seen: str, now: datetime
) -> None:
    """Change an activity type; what was recorded of it stays, out of use or not."""
    edits.begin(session, user)
    kept = lists(session, user)
    current = _known(kept.types, code)
    checked = checked_type(kept, kept.domain_of[code], code, facts)
    siblings = kept.types_of(kept.domain_of[code])
    edits.change(session, user, now, "activity_type", code, current, checked, seen, list(siblings))


def checked_type(kept: Kept, domain: str, code: str, facts: TypeFacts) -> TypeFacts:
    """The facts as they are kept; `code` "": of a new type. InvalidEntry names the fields."""
    # What it offered before it may go on offering.
    before = kept.types[code].offers if code else ()
    with gathered() as part:
        named = part(checked_label, facts, kept.types_of(domain), code) or facts
        return part(check_type, named, {*kept.measures_of(domain), *before})


def add_measure(
    session: Session, user: CurrentUser, domain: str, facts: MeasureFacts, now: datetime
) -> str:
    """Add a measure at the end of its domain; its code."""
    edits.begin(session, user)
    kept = lists(session, user)
    _known_domain(session, domain)
    checked = checked_measure(kept, domain, "", facts)
    code = edits.new_code("measure_", kept.measures)
    return edits.add(session, user, now, "measure", code, checked, domain_code=domain)


def change_measure(
    session: Session, user: CurrentUser, code: str, facts: MeasureFacts, seen: str, now: datetime
) -> None:
    """Change a measure. Its unit is fixed once a quantity was recorded: tonnes become no items."""
    edits.begin(session, user)
    kept = lists(session, user)
    current = _known(kept.measures, code)
    checked = checked_measure(kept, kept.domain_of[code], code, facts)
    siblings = kept.measures_of(kept.domain_of[code])
    edits.change(session, user, now, "measure", code, current, checked, seen, list(siblings))


def checked_measure(kept: Kept, domain: str, code: str, facts: MeasureFacts) -> MeasureFacts:
    """The facts as they are kept; `code` "": of a new measure. InvalidEntry names the fields."""
    with gathered() as part:
        labelled = part(checked_label, facts, kept.measures_of(domain), code) or facts
        part(_check_unit, kept, code, facts.unit_code)
        return part(check_measure, labelled, kept.units, kept.groups_for(facts))


def _check_unit(kept: Kept, code: str, unit: str) -> None:
    if code in kept.in_use and unit != kept.measures[code].unit_code:
        raise InvalidEntry(_("已有填报的数量，单位不能再改；请新增一个指标。"), "unit_code")


def add_partner_kind(
    session: Session, user: CurrentUser, label: str, label_en: str, now: datetime, code: str = ""
) -> str:
    """Add a partner kind at the end of the list; `code`: it was taken out before."""
    edits.begin(session, user)
    known = lists(session, user).partner_kinds
    facts = checked_label(PartnerFacts(label, label_en, len(known) + 1), known, "")
    code = code or edits.new_code("partner_", {*known, *uses.codes_ever(session, "partner_kind")})
    return edits.add(session, user, now, "partner_kind", code, facts)


def remove_partner_kind(
    session: Session, user: CurrentUser, code: str, reason: str, now: datetime
) -> None:
    """Take out a partner kind that nothing refers to."""
    edits.begin(session, user)
    current = _known(lists(session, user).partner_kinds, code)
    edits.remove(session, user, now, "partner_kind", code, current, reason)


def change_partner_kind(
    session: Session, user: CurrentUser, code: str, facts: PartnerFacts, seen: str, now: datetime
) -> None:
    edits.begin(session, user)
    known = lists(session, user).partner_kinds
    current = _known(known, code)
    checked = checked_label(facts, known, code)
    edits.change(session, user, now, "partner_kind", code, current, checked, seen, list(known))


def _ranks(rows: Sequence[reads.ActivityType | reads.Measure]) -> dict[str, int]:
    """Code → its place among the rows of its domain, from 1."""
    ranks: dict[str, int] = {}
    last: dict[str, int] = defaultdict(int)
    for row in rows:
        last[row.domain_code] += 1
        ranks[row.code] = last[row.domain_code]
    return ranks


def _known_domain(session: Session, domain: str) -> None:
    if domain not in {row.code for row in reads.domains(session)}:
        raise InvalidEntry(_("没有这个服务领域，请重新选择。"), "domain")


def _known(entries: Mapping[str, T], code: str) -> T:
    if code not in entries:
        raise NotFound(_("目录中没有这一项，请刷新页面。"))
    return entries[code]

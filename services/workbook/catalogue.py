"""The catalogue as sheets: activity types, measures, partner kinds, by their own services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.reads import catalogue as reads
from services.admin import edits, lists
from services.admin.list_checks import checked_label
from services.admin.list_facts import MORE_WORDS, MeasureFacts, PartnerFacts, TypeFacts
from services.admin.list_words import better_labels, rhythm_labels, weekday_labels
from services.catalogue import population_groups
from services.drafts.names import name_key
from services.errors import InvalidEntry
from services.i18n import _, named
from services.permissions import CurrentUser
from services.workbook.cells import Field, Words, decimal, one_of
from services.workbook.listed import Listing, Values, mark_of
from services.workbook.places_sheet import states

_DOMAIN = "domain"


@dataclass(frozen=True)
class _Entries:
    """A list of the catalogue: its facts, where they are, and the services that keep them."""

    facts: type
    entries: Callable[[lists.Kept], Mapping[str, Any]]
    checked: Callable[[lists.Kept, str, str, Any], Any]
    add: Callable[[Session, CurrentUser, str, Any, datetime], str]
    change: Callable[[Session, CurrentUser, str, Any, str, datetime], None]


class _Keeper:
    """One of the lists as it is kept now. An entry's rank is changed on the page, not here."""

    def __init__(self, session: Session, user: CurrentUser, of: _Entries) -> None:
        self.session, self.user, self.of = session, user, of
        self.lists = lists.lists(session, user)
        self._values = {
            code: _values_of(one, self.lists.domain_of.get(code))
            for code, one in of.entries(self.lists).items()
        }
        self._codes = {self.name(values): code for code, values in self._values.items()}

    def keys(self) -> Iterable[str]:
        return self._values

    def now(self, key: str) -> Values | None:
        return self._values.get(key)

    def find(self, values: Values) -> str:
        return self._codes.get(self.name(values), "")

    def name(self, values: Values) -> tuple[str | None, str]:
        return values.get(_DOMAIN), name_key(values["label"])

    def checked(self, key: str, values: Values) -> Values:
        domain = values.get(_DOMAIN)
        if key and domain != self._values[key].get(_DOMAIN):
            raise InvalidEntry(_("服务领域不能改；请在另一个领域新增，再停用这一项。"), _DOMAIN)
        checked = self.of.checked(self.lists, domain or "", key, self._facts(key, values))
        return _values_of(checked, domain)

    def _facts(self, key: str, values: Values) -> Any:
        stated = {name: value for name, value in values.items() if name != _DOMAIN}
        rank = self.of.entries(self.lists)[key].position if key else 1
        return self.of.facts(**stated, position=rank)

    def write(self, key: str, values: Values, now: datetime) -> None:
        facts = self._facts(key, values)
        if not key:
            self.of.add(self.session, self.user, values.get(_DOMAIN) or "", facts, now)
            return
        seen = edits.fingerprint(self.of.entries(self.lists)[key])
        self.of.change(self.session, self.user, key, facts, seen, now)

    def mark(self, key: str) -> str:
        return mark_of(self._values[key])

    def owns(self, key: str, _mark: str) -> bool:
        return key in self._values

    def words(self, values: Values) -> str:
        return named(values["label"], values["label_en"])


def _values_of(facts: Any, domain: str | None) -> Values:
    said = {one.name: getattr(facts, one.name) for one in fields(facts)}
    del said["position"]
    return said | ({_DOMAIN: domain} if domain else {})


_TYPES = _Entries(
    TypeFacts, lambda kept: kept.types, lists.checked_type, lists.add_type, lists.change_type
)
_MEASURES = _Entries(
    MeasureFacts,
    lambda kept: kept.measures,
    lists.checked_measure,
    lists.add_measure,
    lists.change_measure,
)
_PARTNERS = _Entries(
    PartnerFacts,
    lambda kept: kept.partner_kinds,
    lambda kept, _domain, code, facts: checked_label(facts, kept.partner_kinds, code),
    lambda session, user, _domain, facts, now: lists.add_partner_kind(
        session, user, facts.label, facts.label_en, now
    ),
    lists.change_partner_kind,
)


def _type_fields(session: Session) -> tuple[Field, ...]:
    rows = reads.measures(session)
    offers = Words(lambda: {row.code: named(row.label, row.label_en) for row in rows})
    return (
        _domain(session),
        *_names(),
        one_of("rhythm", lambda: _("开展频率"), rhythm_labels),
        one_of("weekday", lambda: _("星期"), weekday_labels, empty=None),
        Field("offers", lambda: _("填报的指标"), "several", 40, offers.read_several,
              offers.say_several, ()),
        _state(),
    )  # fmt: skip


def _measure_fields(session: Session) -> tuple[Field, ...]:
    rows = reads.units(session)
    units = {row.code: row for row in rows}
    return (
        _domain(session),
        *_names(),
        one_of("unit_code", lambda: _("单位"),
               lambda: {code: named(row.label, row.label_en) for code, row in units.items()}),
        Field("definition", lambda: _("定义"), width=40),
        Field("definition_en", lambda: _("英文定义"), width=40),
        Field("counter", lambda: _("量词")),
        one_of("more_word", lambda: _("约数用词"), lambda: {word: word for word in MORE_WORDS},
               empty=MORE_WORDS[0]),
        one_of("population_group", lambda: _("对应人群"),
               lambda: {"": ""} | _groups(session), empty=""),
        one_of("better", lambda: _("好坏方向"), better_labels, empty=""),
        decimal("least", lambda: _("一次最少")),
        decimal("most", lambda: _("一次最多")),
        _state(),
    )  # fmt: skip


def _groups(session: Session) -> dict[str, str]:
    """Closed ones too: a measure that is out of use keeps its own."""
    return {one.code: one.label for one in population_groups(session)}


def _partner_fields(_session: Session) -> tuple[Field, ...]:
    return _names()


def _domain(session: Session) -> Field:
    rows = reads.domains(session)
    return one_of(
        _DOMAIN,
        lambda: _("服务领域"),
        lambda: {row.code: named(row.label, row.label_en) for row in rows},
    )


def _names() -> tuple[Field, Field]:
    return (
        Field("label", lambda: _("名称"), width=30),
        Field("label_en", lambda: _("英文名称"), width=30),
    )


def _state() -> Field:
    return one_of(
        "active",
        lambda: _("状态"),
        lambda: {active: label for label, active in states().items()},
        empty=True,
    )


def _listing(
    code: str,
    label: Callable[[], str],
    needed: tuple[str, ...],
    columns: Callable[[Session], tuple[Field, ...]],
    of: _Entries,
) -> Listing:
    def keeper(session: Session, user: CurrentUser, _today: date) -> _Keeper:
        return _Keeper(session, user, of)

    return Listing(code, "manage_catalogue", label, needed, columns, keeper)


LISTINGS = (
    _listing("types", lambda: _("活动类型"), (_DOMAIN, "label"), _type_fields, _TYPES),
    _listing("measures", lambda: _("指标"), (_DOMAIN, "label"), _measure_fields, _MEASURES),
    _listing("partners", lambda: _("参与力量"), ("label",), _partner_fields, _PARTNERS),
)

"""Lists of entries with names, as sheets: what is kept of each, and the services that keep it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from db.engine import Session
from db.reads import catalogue as reads
from db.reads import uses
from db.reads.workbooks import Logged
from services.admin import edits
from services.entries import name_key
from services.errors import InvalidEntry
from services.i18n import _, named
from services.permissions import CurrentUser
from services.workbook.lists.cells import Field, one_of
from services.workbook.lists.keepers import Named
from services.workbook.lists.listing import Listing, Values
from services.workbook.places_sheet import states

DOMAIN = "domain"


@dataclass(frozen=True)
class Kept:
    """A list as it is kept now, by code. `checked`: the facts as they would be kept, for a domain
    and a code ("" of a new entry); `domain_of`: of a list that goes by domains."""

    entries: Mapping[str, Any]
    checked: Callable[[str, str, Any], Any]
    domain_of: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entries:
    """A list of the catalogue: its facts, where they are, and the services that keep them. An entry
    that has no state "out of use" can be removed, and had again under its code."""

    entity: str  # in the change log
    facts: type
    kept: Callable[[Session, CurrentUser], Kept]
    add: Callable[[Session, CurrentUser, str, Any, datetime], str]
    change: Callable[[Session, CurrentUser, str, Any, str, datetime], None]
    remove: Callable[[Session, CurrentUser, str, str, datetime], None] | None = None
    again: Callable[[Session, CurrentUser, str, Any, datetime], str] | None = None


class _Keeper(Named):
    """One of the lists as it is kept now. An entry's rank is changed on the page, not here."""

    def __init__(self, session: Session, user: CurrentUser, of: Entries) -> None:
        self.session, self.user, self.of = session, user, of
        self.kept = of.kept(session, user)
        super().__init__(
            {
                code: _values_of(one, self.kept.domain_of.get(code))
                for code, one in self.kept.entries.items()
            }
        )

    def name(self, values: Values) -> tuple[str | None, str]:
        return values.get(DOMAIN), name_key(values["label"])

    def checked(self, key: str, values: Values) -> Values:
        domain = values.get(DOMAIN)
        if key and domain != self.values[key].get(DOMAIN):
            raise InvalidEntry(_("服务领域不能改；请在另一个领域新增，再停用这一项。"), DOMAIN)
        checked = self.kept.checked(domain or "", key, self._facts(key, values))
        return _values_of(checked, domain)

    def _facts(self, key: str, values: Values) -> Any:
        stated = {name: value for name, value in values.items() if name != DOMAIN}
        rank = self.kept.entries[key].position if key else 1
        return self.of.facts(**stated, position=rank)

    def write(self, key: str, values: Values, now: datetime) -> None:
        facts = self._facts(key, values)
        if not key:
            self.of.add(self.session, self.user, values.get(DOMAIN) or "", facts, now)
            return
        seen = edits.fingerprint(self.kept.entries[key])
        self.of.change(self.session, self.user, key, facts, seen, now)

    def is_used(self, key: str) -> bool:
        return uses.is_used(self.session, self.of.entity, key)

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        """Out of use, or out of the list."""
        if self.of.remove:
            self.of.remove(self.session, self.user, line.key, reason, now)
        else:
            self.write(line.key, {**self.values[line.key], "active": False}, now)

    def restore(self, line: Logged, now: datetime) -> None:
        if self.of.again:
            facts = self.of.facts(**line.before or {})
            self.of.again(self.session, self.user, line.key, facts, now)

    def put_back(self, line: Logged, now: datetime) -> None:
        before = {name: _from_log(name, value) for name, value in (line.before or {}).items()}
        self.write(line.key, {**self.values[line.key], **before}, now)

    def words(self, values: Values) -> str:
        return named(values["label"], values["label_en"])


def _values_of(facts: Any, domain: str | None) -> Values:
    said = {one.name: getattr(facts, one.name) for one in fields(facts)}
    del said["position"]
    return said | ({DOMAIN: domain} if domain else {})


def _from_log(name: str, value: Any) -> Any:
    """A fact as it was before JSON had it."""
    if isinstance(value, list):
        return tuple(value)
    return Decimal(value) if name in ("least", "most") and value is not None else value


def domain(session: Session) -> Field:
    rows = reads.domains(session)
    return one_of(
        DOMAIN,
        lambda: _("服务领域"),
        lambda: {row.code: named(row.label, row.label_en) for row in rows},
    )


def names() -> tuple[Field, Field]:
    return (
        Field("label", lambda: _("名称"), width=30),
        Field("label_en", lambda: _("英文名称"), width=30),
    )


def state() -> Field:
    return one_of(
        "active",
        lambda: _("状态"),
        lambda: {active: label for label, active in states().items()},
        empty=True,
    )


def listing(
    code: str,
    label: Callable[[], str],
    needed: tuple[str, ...],
    columns: Callable[[Session], tuple[Field, ...]],
    of: Entries,
) -> Listing:
    def keeper(session: Session, user: CurrentUser, _today: date) -> _Keeper:
        return _Keeper(session, user, of)

    logged = (of.entity,)
    return Listing(code, "manage_catalogue", label, needed, columns, keeper, logged=logged)

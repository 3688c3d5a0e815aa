"""Rounds as a sheet: those of every type that is held in rounds, by their own service."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from db.engine import Session
from db.reads.workbooks import Logged
from db.writes.rounds import Facts
from services import rounds as service
from services.admin import edits
from services.catalogue import catalogue
from services.entries import quantity
from services.errors import InvalidEntry
from services.i18n import _, named
from services.permissions import CurrentUser
from services.rounds import Typed
from services.workbook.lists.cells import Field, day, one_of
from services.workbook.lists.keepers import Named, from_log
from services.workbook.lists.listing import Listing, Values

_TYPE = "type_code"
_Name = tuple[str, int | None]  # a round's type and number


class _Keeper(Named):
    """The rounds as they are now, and as the rows of the file so far would have them."""

    def __init__(self, session: Session, user: CurrentUser, _today: date) -> None:
        self.session, self.user = session, user
        self.lists = catalogue(session)
        kept = service.by_log_key(session, user)
        super().__init__({key: {_TYPE: kind} | vars(typed) for key, (kind, typed) in kept.items()})
        # Key, or of a new row its name → the type and what the round would say.
        self._said: dict[str | _Name, tuple[str, Facts]] = {
            key: (values[_TYPE], _facts(values)) for key, values in self.values.items()
        }

    def name(self, values: Values) -> _Name:
        return values[_TYPE], values["number"]

    def checked(self, key: str, values: Values) -> Values:
        kind = values[_TYPE]
        if key and kind != self.values[key][_TYPE]:
            raise InvalidEntry(_("轮次不能换到另一种活动；请新增一轮，再清除这一轮。"), _TYPE)
        if not key:
            service.check_rhythm(self.lists.type(kind))
        own: str | _Name = key or self.name(values)
        others = [facts for other, (type_code, facts) in self._said.items()
                  if type_code == kind and other != own]  # fmt: skip
        facts = service.checked(_typed(values), others)
        self._said[own] = kind, facts
        return {_TYPE: kind} | asdict(facts)

    def write(self, key: str, values: Values, now: datetime) -> None:
        kind, typed = values[_TYPE], _typed(values)
        if not key:
            service.add(self.session, self.user, kind, typed, now)
            return
        before = _typed(self.values[key])
        seen = edits.fingerprint(before)
        service.change(self.session, self.user, kind, before.number or 0, typed, seen, now)

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        kind, typed = self.values[line.key][_TYPE], _typed(self.values[line.key])
        service.clear(self.session, self.user, kind, typed.number or 0, reason, now)

    def restore(self, line: Logged, now: datetime) -> None:
        self.write("", _before(line), now)

    def put_back(self, line: Logged, now: datetime) -> None:
        self.write(line.key, _before(line), now)

    def words(self, values: Values) -> str:
        kind = self.lists.type(values[_TYPE]).label
        return f"{kind} {named(values['label'], values['label_en'])}"


def _before(line: Logged) -> Values:
    return from_log(line, "first_day", "last_day")


def _typed(values: Values) -> Typed:
    return Typed(**{name: value for name, value in values.items() if name != _TYPE})


def _facts(values: Values) -> Facts:
    return Facts(**vars(_typed(values)))


def _fields(session: Session) -> tuple[Field, ...]:
    return (
        one_of(_TYPE, lambda: _("活动类型"),
               lambda: {kind.code: kind.label for kind in service.types_in_rounds(session)},
               width=30),
        Field("number", lambda: _("第几轮"), "whole", 8, _number, _say_number, None,
              called=("序号",)),
        Field("label", lambda: _("名称"), width=20),
        Field("label_en", lambda: _("英文名称"), width=20),
        day("first_day", lambda: _("开始日期")),
        day("last_day", lambda: _("结束日期")),
    )  # fmt: skip


def _number(text: str) -> int | None:
    value = quantity(text, _("第几轮"), whole=True, unit=("轮",))
    return None if value is None else int(value)


def _say_number(number: int | None) -> str:
    return "" if number is None else str(number)


LISTING = Listing(
    "rounds",
    "manage_catalogue",
    lambda: _("轮次"),
    (_TYPE, "number", "label", "first_day"),
    _fields,
    _Keeper,
    logged=("activity_round",),
)

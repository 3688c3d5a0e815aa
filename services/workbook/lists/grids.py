"""Grids as a sheet: those of every community, by their own service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from db.engine import Session
from db.reads import uses
from db.reads.workbooks import Logged
from services.admin import edits, places
from services.catalogue import catalogue
from services.entries import name_key
from services.errors import InvalidEntry
from services.i18n import _
from services.permissions import CurrentUser
from services.workbook.lists.cells import Field, one_of
from services.workbook.lists.keepers import Named
from services.workbook.lists.listing import Listing, Values

_COMMUNITY = "community"


class _Keeper(Named):
    """The grids as they are now. A grid's rank is changed on the page, not here."""

    def __init__(self, session: Session, user: CurrentUser, _today: date) -> None:
        self.session, self.user = session, user
        self.names = {one.code: one.name for one in catalogue(session).communities}
        self.grids = places.all_grids(session, user)
        super().__init__(
            {
                code: {_COMMUNITY: community, "name": facts.name}
                for community, known in self.grids.items()
                for code, facts in known.items()
            }
        )

    def name(self, values: Values) -> tuple[str | None, str]:
        return values[_COMMUNITY], name_key(values["name"])

    def checked(self, key: str, values: Values) -> Values:
        community = values[_COMMUNITY]
        if key and community != self.values[key][_COMMUNITY]:
            raise InvalidEntry(_("网格不能换到另一个社区；请在那个社区新增网格。"), _COMMUNITY)
        name = places.checked_grid_name(values["name"], self.grids[community], key)
        return {_COMMUNITY: community, "name": name}

    def write(self, key: str, values: Values, now: datetime) -> None:
        community, name = values[_COMMUNITY], values["name"]
        if not key:
            places.add_grid(self.session, self.user, community, name, now)
            return
        before = self.grids[community][key]
        facts, seen = replace(before, name=name), edits.fingerprint(before)
        places.change_grid(self.session, self.user, community, key, facts, seen, now)

    def is_used(self, key: str) -> bool:
        return uses.is_used(self.session, "grid", key)

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        community = self.values[line.key][_COMMUNITY]
        places.remove_grid(self.session, self.user, community, line.key, reason, now)

    def restore(self, line: Logged, now: datetime) -> None:
        before = line.before or {}
        community, name = before["community_code"], before["name"]
        places.add_grid(self.session, self.user, community, name, now, line.key)

    def put_back(self, line: Logged, now: datetime) -> None:
        name = (line.before or {})["name"]
        self.write(line.key, {**self.values[line.key], "name": name}, now)

    def words(self, values: Values) -> str:
        return f"{self.names[values[_COMMUNITY]]} {values['name']}"


def _fields(session: Session) -> tuple[Field, ...]:
    return (
        one_of(_COMMUNITY, lambda: _("社区"),
               lambda: {one.code: one.name for one in catalogue(session).communities}),
        Field("name", lambda: _("网格名称"), width=30),
    )  # fmt: skip


LISTING = Listing(
    "grids",
    "manage_catalogue",
    lambda: _("网格"),
    (_COMMUNITY, "name"),
    _fields,
    _Keeper,
    logged=("grid",),
)

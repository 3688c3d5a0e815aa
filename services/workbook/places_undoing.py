"""What taking back a file of communities and their people does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from db.engine import Session
from db.reads import uses
from db.reads.workbooks import Logged
from db.writes import kept
from services.admin import edits, places
from services.permissions import CurrentUser
from services.satisfaction import estimates, weights
from services.workbook.lists.listing import Keeper
from services.workbook.lists.undoing import Undoable
from services.workbook.places import KIND

_COMMUNITY, _PEOPLE = "community", "population"


class _Keeper(Keeper):
    """The communities as they are now. People of a year are counted by a line of their own."""

    def __init__(self, session: Session, user: CurrentUser, _today: date) -> None:
        self.session, self.user = session, user
        self.years = set[int]()

    def key_of_line(self, line: Logged) -> str:
        return line.key.partition("/")[0]

    def called(self, key: str) -> str:
        return places.communities(self.session, self.user)[key].name

    def is_used(self, key: str) -> bool:
        return uses.is_used(self.session, _COMMUNITY, key)

    def take_back(self, line: Logged, _reason: str, now: datetime) -> None:
        before = line.before or {}
        if line.entity == _PEOPLE:
            self._count(line.key, before, now)
        else:
            self._change(line.key, before or {"active": False}, now)

    def _change(self, code: str, before: dict[str, object], now: datetime) -> None:
        """What was added is closed; its rank is changed on the page only."""
        facts = places.communities(self.session, self.user)[code]
        again = replace(facts, **before)
        places.change_community(self.session, self.user, code, again, edits.fingerprint(facts), now)

    def _count(self, key: str, before: dict[str, int | None], now: datetime) -> None:
        community, _slash, year = key.partition("/")
        author = edits.author_of(self.user, now)
        kept.replace_population(self.session, author, community, int(year), before)
        if any(group in before for group in weights.GROUPS):
            self.years.add(int(year))

    def follow(self) -> None:
        """Survey results that are weighted to these people are estimated anew."""
        if self.years:
            estimates.keep_since(self.session, min(self.years))


UNDOABLE = Undoable(KIND, "manage_catalogue", (_COMMUNITY, _PEOPLE), _Keeper)

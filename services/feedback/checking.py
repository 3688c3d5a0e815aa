"""What voices are checked against, read once: for one form as for all rows of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.engine import Session
from db.reads import feedback as reads
from db.writes import feedback as writes
from db.writes.feedback import Facts
from services.catalogue import Catalogue, catalogue
from services.errors import InvalidEntry
from services.feedback.entry import Lists, Typed, checked, lists
from services.feedback.writing import may_own, workers
from services.i18n import _
from services.permissions import CurrentUser


@dataclass
class Checks:
    """`known` gains the schools of the new voices: of many, the first gives the spelling."""

    known: Lists
    places: Catalogue
    people: Mapping[int, CurrentUser]
    today: date

    def new(self, typed: Typed) -> Facts:
        """A new voice in its kept spelling; InvalidEntry names the field."""
        facts = checked(typed, self.known, self.places, self.today)
        if facts.school and facts.school not in self.known.schools:
            self.known = replace(self.known, schools=(*self.known.schools, facts.school))
        return facts

    def again(self, row: Any, typed: Typed, followed_on: date | None) -> Facts:
        """The same for a voice that is on record, taken up on a day: what it said before it may go
        on saying, in use or not. `row`: one of the reads."""
        if row.void_reason:
            raise InvalidEntry(_("这条民声已作废，请先恢复再更正。"))
        facts = checked(typed, self.known, self.places, self.today, writes.facts_of(row))
        if followed_on and facts.received_on > followed_on:
            raise InvalidEntry(_("收到的日期不能晚于交办的日期。"), "received_on")
        owner = self.people.get(row.owner_id or 0)
        if row.owner_id and (owner is None or not may_own(owner, facts.community_code)):
            raise InvalidEntry(_("责任人不办理这个社区的事项，请先改派。"), "community")
        return facts


def followed_on(feedback: reads.Feedback) -> date | None:
    """The day of the step after the first."""
    return next((step.day for step in feedback.steps[1:]), None)


def checks(session: Session, today: date) -> Checks:
    return Checks(lists(session), catalogue(session), workers(session), today)

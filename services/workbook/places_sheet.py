"""The sheet of communities and who lives there: its columns, and a community as its cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from db.engine import Session
from services.admin import edits, places, population
from services.admin.places import CommunityFacts
from services.i18n import _, in_each_language
from services.permissions import CurrentUser
from services.workbook.book import Page, book
from services.workbook.table import Column

NEEDED = ("name",)
_FROZEN = 1


def sheet_name() -> str:
    return _("社区与人口")


def columns(session: Session) -> list[Column]:
    """One row a community and year; the code and the check code are the machine's."""
    each = in_each_language(partial(headings, session))
    kinds = {"state": "one", "code": "kept", "check": "kept", "name": "text", "name_en": "text"}
    return [
        Column(
            name,
            heading,
            kinds.get(name, "whole"),
            20 if name in ("name", "name_en", "check") else 12,
            tuple(states()) if name == "state" else (),
            tuple(spoken[name] for spoken in each),
        )
        for name, heading in headings(session).items()
    ]


def headings(session: Session) -> dict[str, str]:
    own = population.own_headings()
    ends = {name: own.pop(name) for name in ("code", "check")}
    return own | population.groups(session) | ends


def states() -> dict[str, bool]:
    return {_("在用"): True, _("已停用"): False}


def places_book(session: Session, year: int, user: CurrentUser) -> bytes:
    """All communities with their people of a year, to be changed and imported back."""
    known, people_of = places.communities(session, user), population.population(session, user, year)
    rows = [
        texts_of(facts, year, dict(people_of[code]))
        | {"code": code, "check": mark_of(facts, dict(people_of[code]))}
        for code, facts in known.items()
    ]
    return book(Page(sheet_name(), columns(session), rows, _FROZEN))


def texts_of(facts: CommunityFacts, year: int, counts: Mapping[str, str]) -> dict[str, str]:
    state = next(label for label, active in states().items() if active == facts.active)
    return {"name": facts.name, "name_en": facts.name_en, "state": state, "year": str(year)} | dict(
        counts
    )


def mark_of(facts: CommunityFacts, counts: Mapping[str, str]) -> str:
    """Only what is stated is in it: a group that came later changes no check code."""
    stated = sorted((group, text) for group, text in counts.items() if text)
    return edits.fingerprint((facts.name, facts.name_en, facts.active, stated))

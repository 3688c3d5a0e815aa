"""Rounds of a type: set, changed and cleared by administrators, never two on one day; logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change
from services import rounds
from services.admin.edits import fingerprint
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.i18n import use_language
from services.permissions import CurrentUser
from services.rounds import Typed
from tests.activity_cases import person

TYPE = "elderly_check_up"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FIRST = Typed(1, "第一轮", "Round 1", date(2026, 3, 2), date(2026, 5, 29))


def add(session: Session, by: CurrentUser, typed: Typed = FIRST, kind: str = TYPE) -> None:
    rounds.add(session, by, kind, typed, NOW)


def change(session: Session, by: CurrentUser, own: int, **changes: object) -> None:
    known = rounds.kept(session, by, TYPE)[own]
    typed = replace(known, **changes)  # type: ignore[arg-type]
    rounds.change(session, by, TYPE, own, typed, fingerprint(known), NOW)


def test_rounds_stand_in_the_order_of_their_days_in_the_readers_language(
    session: Session, admin: CurrentUser
) -> None:
    add(session, admin, Typed(2, "第二轮", "", date(2026, 9, 1), None))
    add(session, admin)
    assert [one.label for one in rounds.rounds(session, TYPE)] == ["第一轮", "第二轮"]
    use_language("en")
    assert [one.label for one in rounds.rounds(session)] == ["Round 1", "第二轮"]


@pytest.mark.parametrize("role", ["official", "community_staff", "office_staff"])
def test_only_administrators_set_rounds(session: Session, role: str) -> None:
    own = "c01" if role == "community_staff" else None
    by = person(session, role, own)
    with pytest.raises(NotPermitted):
        add(session, by)
    with pytest.raises(NotPermitted):
        rounds.kept(session, by, TYPE)
    with pytest.raises(NotPermitted):
        rounds.clear(session, by, TYPE, 1, "错", NOW)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (replace(FIRST, number=None), "number"),
        (replace(FIRST, number=0), "number"),
        (replace(FIRST, number=100), "number"),
        (replace(FIRST, label="  "), "label"),
        (replace(FIRST, first_day=None), "first_day"),
        (replace(FIRST, first_day=date(1999, 1, 1)), "first_day"),
        (replace(FIRST, last_day=date(2026, 3, 1)), "last_day"),
    ],
)
def test_a_round_needs_a_number_a_name_and_days_in_order(
    session: Session, admin: CurrentUser, typed: Typed, field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        add(session, admin, typed)
    assert refused.value.field == field
    assert rounds.rounds(session) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": 1}, "number"),
        ({"label": "第一轮"}, "label"),
        ({"first_day": date(2026, 5, 29)}, "first_day"),
        ({"first_day": date(2026, 1, 1)}, "first_day"),
        ({"first_day": date(2026, 1, 1), "last_day": date(2026, 3, 2)}, "first_day"),
    ],
)
def test_no_two_rounds_of_a_type_share_a_number_a_name_or_a_day(
    session: Session, admin: CurrentUser, changes: dict, field: str
) -> None:
    add(session, admin)
    second = Typed(2, "第二轮", "", date(2026, 5, 30), None)
    with pytest.raises(InvalidEntry) as refused:
        add(session, admin, replace(second, **changes))
    assert refused.value.field == field
    add(session, admin, second)
    assert len(rounds.rounds(session)) == 2


def test_a_type_that_is_not_held_in_rounds_gets_none(session: Session, admin: CurrentUser) -> None:
    with pytest.raises(InvalidEntry, match="不按轮次开展"):
        add(session, admin, kind="weekly_film")
    with pytest.raises(NotFound):
        add(session, admin, kind="nothing")


def test_a_round_is_ended_and_every_change_is_logged(session: Session, admin: CurrentUser) -> None:
    add(session, admin, replace(FIRST, last_day=None))
    key = rounds.log_key(session, TYPE, 1)
    change(session, admin, 1, last_day=date(2026, 6, 1), number=3)
    change(session, admin, 3)  # nothing differs: nothing is written
    rounds.clear(session, admin, TYPE, 3, "填错了活动类型", NOW)
    assert rounds.rounds(session) == ()
    lines = session.scalars(select(Change).where(Change.entity == "activity_round")).all()
    assert [(line.action, line.entity_key) for line in lines] == [
        ("add", key), ("change", key), ("clear", key),
    ]  # fmt: skip
    assert (lines[1].before["last_day"], lines[1].after["last_day"]) == (None, "2026-06-01")
    assert (lines[2].before["number"], lines[2].reason) == (3, "填错了活动类型")


def test_who_saw_an_older_state_is_told(session: Session, admin: CurrentUser) -> None:
    add(session, admin)
    seen = rounds.kept(session, admin, TYPE)[1]
    change(session, admin, 1, label="春季轮")
    with pytest.raises(Conflict):
        rounds.change(session, admin, TYPE, 1, seen, fingerprint(seen), NOW)
    with pytest.raises(NotFound):
        rounds.clear(session, admin, TYPE, 9, "错", NOW)
    with pytest.raises(InvalidEntry):
        rounds.clear(session, admin, TYPE, 1, " ", NOW)


def test_a_new_round_is_proposed_with_the_next_number(session: Session, admin: CurrentUser) -> None:
    assert rounds.suggested(session, TYPE, NOW.date()).label == "第一轮"
    add(session, admin, replace(FIRST, number=20))
    assert rounds.suggested(session, TYPE, NOW.date()).label == "第二十一轮"
    change(session, admin, 20, number=9)
    assert rounds.suggested(session, TYPE, NOW.date()).label == "第十轮"


def test_the_types_in_rounds_are_those_the_catalogue_names(session: Session) -> None:
    assert [kind.code for kind in rounds.types_in_rounds(session)] == [TYPE]

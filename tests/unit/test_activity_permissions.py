"""Every write asks who may, for the community that holds the activity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from db.engine import Session
from db.models import Change
from db.reads import activities as reads
from services import activities
from services.errors import NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import (
    CORRECTED,
    ENTRY,
    LATER,
    TODAY,
    entered,
    person,
    rows,
)

WRITES: dict[str, Callable[[Session, str, CurrentUser], object]] = {
    "submit": lambda session, _number, user: activities.submit(
        session, ENTRY, "another", user, LATER, TODAY
    ),
    "correct": lambda session, number, user: activities.correct(
        session, number, CORRECTED, 1, user, LATER, TODAY
    ),
    "void": lambda session, number, user: activities.void(session, number, "重复", user, LATER),
    "restore": lambda session, number, user: activities.restore(session, number, user, LATER),
    "undo": lambda session, number, user: activities.undo(session, number, user, LATER),
    "reveal": lambda session, number, user: activities.reveal(session, number, user, LATER),
}


class TestPermission:
    @pytest.mark.dialects("sqlite")
    @pytest.mark.parametrize("write", WRITES)
    @pytest.mark.parametrize(
        ("role", "community", "allowed"),
        [
            ("official", None, False),
            ("community_staff", "c01", True),
            ("community_staff", "c02", False),
            ("office_staff", None, True),
            ("administrator", None, True),
        ],
    )
    def test_each_write_asks_who_may_for_this_community(
        self, session: Session, role: str, community: str | None, allowed: bool, write: str
    ) -> None:
        """c02 took part in the joint activity; c01 is its host and decides."""
        user = person(session, role, community)
        owner = user if allowed else person(session, "office_staff", username="owner")
        number = entered(session, owner)
        if write == "undo" and not allowed:
            reads.activity(session, 1).created_by = user.id
        if write == "restore":
            activities.void(session, number, "重复", owner, LATER)
        session.commit()
        before = rows(session, Change)
        if allowed:
            WRITES[write](session, number, user)
            session.commit()
            assert rows(session, Change) == before + 1
            return
        with pytest.raises(NotPermitted):
            WRITES[write](session, number, user)
        session.rollback()
        assert rows(session, Change) == before

    def test_nobody_moves_a_record_to_a_community_that_is_not_theirs(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        moved = replace(ENTRY, host="c02", communities=("c01",), grid=None)
        with pytest.raises(NotPermitted):
            activities.correct(session, number, moved, 1, staff, LATER, TODAY)

    def test_nobody_takes_over_a_record_of_another_community(
        self, session: Session, staff: CurrentUser
    ) -> None:
        theirs = replace(ENTRY, host="c02", communities=(), grid=None)
        number = entered(session, person(session, "community_staff", "c02"), theirs)
        with pytest.raises(NotPermitted):
            activities.correct(session, number, ENTRY, 1, staff, LATER, TODAY)

    def test_nobody_enters_for_another_community_as_their_guest(
        self, session: Session, staff: CurrentUser
    ) -> None:
        with pytest.raises(NotPermitted):
            entered(session, staff, replace(ENTRY, host="c02", communities=("c01",), grid=None))

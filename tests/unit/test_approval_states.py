"""The state machine of a record, whole: every state, every step, every role, one table."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from db.engine import Session
from db.models import Activity, Office
from services import activities
from services.errors import InvalidEntry, NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import CORRECTED, ENTRY, LATER, NOW, TODAY, person

Step = Callable[[Session, str, int, CurrentUser], object]
STEPS: dict[str, Step] = {
    "approve": lambda s, number, seen, by: activities.approve(s, number, seen, by, LATER),
    "return": lambda s, number, seen, by: activities.send_back(
        s, number, "请核对", seen, by, LATER
    ),
    "reopen": lambda s, number, seen, by: activities.reopen(s, number, "有误", seen, by, LATER),
    "correct": lambda s, number, seen, by: activities.correct(
        s, number, CORRECTED, seen, by, LATER, TODAY
    ),
    "void": lambda s, number, _seen, by: activities.void(s, number, "重复", by, LATER),
    "restore": lambda s, number, _seen, by: activities.restore(s, number, by, LATER),
    "undo": lambda s, number, _seen, by: activities.undo(s, number, by, LATER),
    "flag": lambda s, number, _seen, by: activities.flag(
        s, number, "participants", "等核实", by, LATER
    ),
}
# The submitter is of the community; the approver who entered it may not approve it.
ROLES = {
    "official": ("official", None),
    "submitter": ("community_staff", "c01"),
    "colleague": ("community_staff", "c01"),
    "stranger": ("community_staff", "c02"),
    "office": ("office_staff", None),
    "administrator": ("administrator", None),
}
REVIEWS = ("submitted", "approved", "returned")
APPROVERS = {"office", "administrator"}
EDITORS = {"submitter", "colleague", *APPROVERS}

# (approval on, state, review, step) → (state, review) after it, for those who may take it.
AFTER = {
    (True, "recorded", "submitted", "approve"): ("recorded", "approved"),
    (True, "recorded", "submitted", "return"): ("recorded", "returned"),
    (True, "recorded", "approved", "reopen"): ("recorded", "submitted"),
    (True, "recorded", "submitted", "correct"): ("recorded", "submitted"),
    (True, "recorded", "returned", "correct"): ("recorded", "submitted"),
    **{(False, "recorded", review, "correct"): ("recorded", "approved") for review in REVIEWS},
    **{
        (on, "recorded", review, step): ("void", review)
        for on, review, step in product((True, False), REVIEWS, ("void", "undo"))
        if not (on and review == "approved")
    },
    # What is void is undone already: nothing happens, and it is no error.
    **{
        (on, "void", review, "undo"): ("void", review)
        for on, review in product((True, False), REVIEWS)
    },
    **{
        (on, "void", review, "restore"): ("recorded", review)
        for on, review in product((True, False), REVIEWS)
    },
    # A remark changes no state, and is for what is locked, too.
    **{
        (on, "recorded", review, "flag"): ("recorded", review)
        for on, review in product((True, False), REVIEWS)
    },
}


def who_may(step: str) -> set[str]:
    if step in ("approve", "return", "reopen"):
        return APPROVERS
    return {"submitter"} if step == "undo" else EDITORS


@pytest.fixture
def people(session: Session) -> dict[str, CurrentUser]:
    return {name: person(session, *of, username=name) for name, of in ROLES.items()}


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_from_every_state_by_everybody_is_taken_or_refused_as_the_table_says(
    session: Session, people: dict[str, CurrentUser], step: str, on: bool
) -> None:
    session.get_one(Office, 1).approval = on
    session.commit()
    tried = 0
    for state, review, role in product(("recorded", "void"), REVIEWS, ROLES):
        number = made(session, people["submitter"], f"{state}-{review}-{role}", state, review)
        expected = AFTER.get((on, state, review, step)) if role in who_may(step) else None
        told = f"{role} {step} from {state} {review}, approval {on}"
        if expected is None:
            refusal = InvalidEntry if role in who_may(step) else (NotPermitted, InvalidEntry)
            with pytest.raises(refusal):
                take(session, step, number, people[role])
        else:
            take(session, step, number, people[role])
        assert standing(session, number) == (expected or (state, review)), told
        tried += 1
    assert tried == 2 * len(REVIEWS) * len(ROLES)


@pytest.mark.parametrize("step", ["approve", "approve all"])
def test_who_entered_it_does_not_approve_it(
    session: Session, people: dict[str, CurrentUser], step: str
) -> None:
    session.get_one(Office, 1).approval = True
    number = made(session, people["office"], "own", "recorded", "submitted")
    if step == "approve":
        with pytest.raises(NotPermitted):
            take(session, "approve", number, people["office"])
    else:
        refused = activities.approve_all(session, [(number, 1)], people["office"], LATER)
        assert [one for one, _why in refused] == [number]
    assert standing(session, number) == ("recorded", "submitted")


def made(session: Session, by: CurrentUser, key: str, state: str, review: str) -> str:
    number = activities.submit(session, ENTRY, key, by, NOW, TODAY).number
    row = session.get_one(Activity, int(number[1:]))
    row.state, row.review = state, review
    session.flush()
    return number


def take(session: Session, step: str, number: str, by: CurrentUser) -> None:
    seen = session.get_one(Activity, int(number[1:])).version
    STEPS[step](session, number, seen, by)
    session.flush()


def standing(session: Session, number: str) -> tuple[str, str]:
    session.expire_all()
    row = session.get_one(Activity, int(number[1:]))
    return row.state, row.review

"""What is refused in a form names every field of it, in the order of the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from db.engine import Session
from services import activities, schedule
from services.activities.entry import checked
from services.admin import lists
from services.catalogue import catalogue
from services.errors import InvalidEntry
from services.permissions import CurrentUser
from services.schedule import Rule
from tests.activity_cases import ENTRY, NOW, TODAY, person
from tests.feedback_cases import Desk
from tests.inspection_cases import recorded
from tests.schedule_cases import TYPED
from tests.unit.test_commitments import made, take

pytestmark = pytest.mark.dialects("sqlite")
LONG = "长" * 2001


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(InvalidEntry) as refusal:
        act()
    return [one.field for one in refusal.value.every]


def test_an_activity(session: Session) -> None:
    typed = activities.Typed(
        type_code=ENTRY.type_code,
        first_day=None,
        last_day=None,
        host=None,
        grid=None,
        place=LONG,
        communities=(),
        headcounts={"volunteer": "0", "property_management": "3"},
        participants="2,000,000",
        quantities={"litter_spots": "约30", "household_waste": "3.5", "vehicle_trips": "1.5"},
        note=LONG,
    )
    known = catalogue(session)
    assert refused(lambda: activities.stated(typed, known, TODAY)) == [
        *("first_day", "host", "place", "headcount-volunteer", "participants"),
        *("measure-litter_spots", "measure-vehicle_trips", "note"),
    ]
    tomorrow = TODAY + timedelta(days=1)
    later = replace(typed, first_day=tomorrow, last_day=tomorrow, host="c09", participants="")
    assert refused(lambda: activities.stated(later, known, TODAY))[:3] == [
        *("first_day", "host", "place"),
    ]


def test_an_activity_without_mistakes_is_as_it_is_kept(session: Session) -> None:
    typed = activities.Typed(
        ENTRY.type_code, ENTRY.first_day, ENTRY.last_day, ENTRY.host, ENTRY.grid, ENTRY.place,
        ENTRY.communities, {kind: str(count or "") for kind, count in ENTRY.partners},
        str(ENTRY.participants), {code: str(value) for code, value in ENTRY.measures}, ENTRY.note,
    )  # fmt: skip
    known = catalogue(session)
    assert activities.stated(typed, known, TODAY) == checked(ENTRY, known, TODAY)


def test_a_voice_and_its_step(session: Session) -> None:
    desk = Desk(session)
    lacking = {"received_on": None, "channel": None, "topic": None, "school": LONG, "text": " "}
    assert refused(lambda: desk.submit(**lacking)) == list(lacking)
    number = desk.brought_to("closed")
    step = replace(desk.step("reopen"), day=TODAY + timedelta(days=1), due=None, note=" ")
    assert refused(lambda: desk.take(number, step)) == ["day", "due", "note"]


def test_an_inspection(session: Session, office: CurrentUser) -> None:
    lacking = {"day": None, "due_on": None, "community": None, "inspector": " ", "findings": ""}
    assert refused(lambda: recorded(session, office, **lacking)) == list(lacking)


def test_a_commitment_and_its_step(session: Session, office: CurrentUser) -> None:
    lacking = {"made_on": None, "due_on": None, "community": "c99", "text": "", "owner": " "}
    assert refused(lambda: made(session, office, **lacking)) == list(lacking)
    number = made(session, office)
    step = (number, "reschedule", office, None, " ", None)
    assert refused(lambda: take(session, *step)) == ["day", "due_on", "note"]


def test_a_plan(session: Session, office: CurrentUser) -> None:
    lacking = {"type_code": None, "communities": (), "rule": Rule("weekly"), "first_day": None,
               "grace": 61, "label": LONG}  # fmt: skip
    typed = replace(TYPED, **lacking)
    assert refused(lambda: schedule.make(session, typed, "key", office, NOW)) == list(lacking)


def test_a_measure_of_the_catalogue(session: Session) -> None:
    admin = person(session, "administrator")
    kept = lists.lists(session, admin)
    typed = replace(kept.measures["litter_spots"], label=" ", least=Decimal(-1), definition="")
    assert refused(lambda: lists.add_measure(session, admin, "environment", typed, NOW)) == [
        *("label", "least", "definition"),
    ]

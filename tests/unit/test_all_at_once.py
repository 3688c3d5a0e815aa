"""What is refused in a form names every field of it, in the order of the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from db.engine import Session
from services import activities, rounds, schedule, survey_answers, surveys
from services.activities.entry import checked
from services.admin import group_lists, invitations, lists, places, population
from services.admin.edits import fingerprint
from services.admin.list_facts import GroupFacts, TypeFacts
from services.admin.people import PersonFacts
from services.catalogue import catalogue
from services.errors import InvalidEntry
from services.permissions import CurrentUser
from services.schedule import Rule
from tests.activity_cases import ENTRY, NOW, TODAY, person
from tests.feedback_cases import Desk
from tests.inspection_cases import recorded
from tests.schedule_cases import TYPED
from tests.unit.test_commitments import made, take
from tests.unit.test_surveys import SCALES, WAVE

pytestmark = pytest.mark.dialects("sqlite")
LONG = "长" * 2001
TYPE = TypeFacts(" ", LONG, "daily", None, ("litter_spots", "nothing"), 1, True)


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
        *("label", "definition", "least"),
    ]


def test_what_administrators_keep(session: Session) -> None:
    admin = person(session, "administrator")
    kept = (session, admin)
    counted = tuple((group, "99999999") for group in ("residents", "households"))
    seen = fingerprint(population.population(*kept, 2026)["c01"])
    round_ = rounds.Typed(None, " ", LONG, None, None)
    for act, fields in (
        (lambda: places.add_community(*kept, " ", LONG, NOW), ["name", "name_en"]),
        (lambda: rounds.checked(round_, ()), ["number", "label", "label_en", "first_day"]),
        (lambda: lists.add_type(*kept, "environment", TYPE, NOW),
         ["label", "label_en", "rhythm", "offers"]),
        (lambda: lists.add_partner_kind(*kept, " ", LONG, NOW), ["label", "label_en"]),
        (lambda: group_lists.add_group(*kept, GroupFacts("年份", "Year", 1, True), NOW),
         ["label", "label_en"]),
        (lambda: population.change_population(*kept, "c01", 2026, counted, seen, NOW),
         ["residents", "households"]),
        (lambda: invitations.invite(*kept, "x", PersonFacts(" ", "community_staff", None), NOW),
         ["username", "name", "community"]),
        (lambda: invitations.invite(*kept, admin.username, PersonFacts(" ", "official", None), NOW),
         ["username", "name"]),
    ):  # fmt: skip
        assert refused(act) == fields


def test_a_group_is_not_larger_than_all_who_live_there(session: Session) -> None:
    labels = population.groups(session)
    counts = dict.fromkeys(labels, 9) | {"residents": 5}
    others = [code for code in labels if code != "residents"]
    assert refused(lambda: population.check_parts(counts, labels)) == others


def test_counts_and_a_published_score_of_a_survey(session: Session) -> None:
    staff = person(session, "office_staff")
    code = surveys.add_wave(session, WAVE, SCALES, staff, NOW, TODAY)
    wave, known = surveys.wave_of(session, code), catalogue(session).active_communities
    typed = {place.code: dict.fromkeys((one.code for one in wave.options), "") for place in known}
    first, second, *_rest = (option.code for option in wave.options)
    typed["c01"] |= {first: "abc", second: "2000000"}
    typed["c02"] |= {first: "-1"}
    assert refused(lambda: survey_answers.read_counts(wave, known, typed)) == [
        *(f"c01-{first}", f"c01-{second}", f"c02-{first}"),
    ]
    typed |= {"c01": typed["c01"] | {first: "3", second: "4 份"}, "c02": typed["c03"]}
    assert survey_answers.read_counts(wave, known, typed)["c01"] == {first: 3, second: 4}
    assert refused(lambda: survey_answers.read_published(wave, "101", " ")) == ["score", "n"]
    assert survey_answers.read_published(wave, "88.5分", "120份") == (Decimal("88.5"), 120)

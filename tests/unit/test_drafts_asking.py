"""Rows of the grid with odd figures: asked about, confirmed for just these, or followed up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.engine import Session
from services import activities
from services.errors import InvalidEntry
from services.permissions import CurrentUser
from tests.activity_cases import WEDNESDAY, entered, person
from tests.builders import add_activity
from tests.draft_cases import FULL, save, submit

ODD = FULL | {"participants": "400", "communities": ""}


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    for weeks, participants in enumerate((31, 28, 40, 35, 22, 30, 33), start=1):
        day = WEDNESDAY - timedelta(weeks=weeks)
        add_activity(session, "wednesday_cleanup", day, "c01", participants=participants)
    return person(session, "community_staff", "c01")


def said(session: Session, number: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.figure, one.note) for one in activities.remarks_of(session, number)]


def test_an_odd_figure_makes_the_row_ask_beside_its_column(
    session: Session, staff: CurrentUser
) -> None:
    row = save(session, staff, ODD).rows[0]
    assert (row.state, [one.field for one in row.asks]) == ("ask", ["participants"])
    assert row.question == row.asks[0].sentence
    assert submit(session, staff).refusal == row.question


def test_a_row_in_which_nothing_was_counted_asks_once(session: Session, staff: CurrentUser) -> None:
    row = save(session, staff, {"day": "25", "type": FULL["type"], "partners": "志愿者 12"}).rows[0]
    assert (row.state, [one.field for one in row.asks]) == ("ask", ["participants"])
    assert "只计场次" in row.question
    assert save(session, staff, {"sure": row.mark}).rows[0].state == "ready"
    number = submit(session, staff).row.number
    assert said(session, number) == [("confirmed", "", "")]
    entry = activities.record(session, number).entry
    assert activities.asked(session, entry, number) == (), "answered it is not asked again"


def test_confirmed_it_is_ready_and_the_answer_is_kept_with_the_record(
    session: Session, staff: CurrentUser
) -> None:
    mark = save(session, staff, ODD).rows[0].mark
    row = save(session, staff, {"sure": mark}).rows[0]
    assert (row.state, row.question, len(row.asks)) == ("ready", "", 1)
    number = submit(session, staff).row.number
    assert said(session, number) == [("confirmed", "400", "")]


def test_another_figure_brings_the_question_back(session: Session, staff: CurrentUser) -> None:
    mark = save(session, staff, ODD).rows[0].mark
    save(session, staff, {"sure": mark})
    row = save(session, staff, {"participants": "500"}, seen=ODD).rows[0]
    assert row.state == "ask"
    back = save(session, staff, {"participants": "30"}, seen={"participants": "500"}).rows[0]
    assert (back.state, back.asks) == ("ready", ())


def test_what_is_to_be_looked_into_is_an_answer_and_waits_as_a_follow_up(
    session: Session, staff: CurrentUser
) -> None:
    save(session, staff, ODD)
    assert save(session, staff, {"follow": "等核实"}).rows[0].state == "ready"
    number = submit(session, staff).row.number
    assert said(session, number) == [("follow_up", "400", "等核实")]
    assert [one.number for one in activities.follow_ups(session, staff)] == [number]


def test_a_duplicate_and_an_odd_figure_are_answered_at_once_and_only_the_figure_is_kept(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    row = save(session, staff, ODD).rows[0]
    assert [one.field for one in row.asks] == ["day", "participants"]
    save(session, staff, {"sure": row.mark})
    assert said(session, submit(session, staff).row.number) == [("confirmed", "400", "")]


def test_neither_an_invalid_nor_a_discarded_row_asks(session: Session, staff: CurrentUser) -> None:
    row = save(session, staff, ODD | {"measure-household_waste": "x"}).rows[0]
    assert (row.state, row.asks) == ("invalid", ())
    save(session, staff, {"measure-household_waste": ""}, seen={"measure-household_waste": "x"})
    assert save(session, staff, {}, discarded=True).rows[0].asks == ()


def test_a_range_is_a_problem_of_its_column(session: Session, staff: CurrentUser) -> None:
    row = save(session, staff, FULL | {"measure-household_waste": "1001"}).rows[0]
    assert "最多 1,000 吨" in row.problems["measure-household_waste"]


def test_too_long_a_word_is_refused(session: Session, staff: CurrentUser) -> None:
    with pytest.raises(InvalidEntry):
        save(session, staff, {"follow": "长" * 201})


# (state of the row, deed) → what the row then is, or a word of the refusal.
DEEDS = ("type", "discard", "take back", "submit")
STATES = {
    "draft": {"place": "广场"},
    "invalid": {"day": "x"},
    "ask": ODD,
    "ready": FULL,
    "discarded": FULL,
    "submitted": FULL,
}
ALLOWED = {
    **{(state, "type"): "kept" for state in STATES if state != "submitted"},
    **{(state, "discard"): "discarded" for state in STATES if state != "submitted"},
    **{(state, "take back"): "in the grid" for state in STATES if state != "submitted"},
    ("submitted", "type"): "conflict",
    ("submitted", "discard"): "in the grid",
    ("submitted", "take back"): "in the grid",
    ("draft", "submit"): "还没有填完",
    ("invalid", "submit"): "还没有填完",
    ("ask", "submit"): "通常为",
    ("ready", "submit"): "submitted",
    ("discarded", "submit"): "已被移除",
    ("submitted", "submit"): "submitted",
}


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(("state", "deed"), ALLOWED)
def test_every_deed_on_every_row_is_done_or_refused_as_the_table_says(
    session: Session, staff: CurrentUser, state: str, deed: str
) -> None:
    assert set(ALLOWED) == {(one, other) for one in STATES for other in DEEDS}
    save(session, staff, STATES[state])
    if state == "discarded":
        save(session, staff, {}, discarded=True)
    if state == "submitted":
        submit(session, staff)
    assert ALLOWED[state, deed] in outcome(session, staff, state, deed)


def outcome(session: Session, staff: CurrentUser, state: str, deed: str) -> str:
    if deed == "submit":
        done = submit(session, staff)
        return done.refusal or "submitted"
    if deed == "type":
        seen = STATES[state].get("note", "")
        rivals = save(session, staff, {"note": "x"}, seen={"note": seen}).rows[0].rivals
        return "conflict" if rivals else "kept"
    row = save(session, staff, {}, discarded=deed == "discard").rows[0]
    return "discarded" if row.discarded else "in the grid"

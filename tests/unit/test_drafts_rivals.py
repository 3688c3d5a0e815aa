"""A cell of the grid that two have typed into: both texts are kept until somebody decides."""

from __future__ import annotations

import pytest

from db.engine import Session
from services import drafts
from services.permissions import CurrentUser
from tests.activity_cases import PHONE, TODAY, person, rows
from tests.draft_cases import FULL, MONTH, save, submit

BASE = FULL | {"communities": "", "place": "广场"}


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    return person(session, "community_staff", "c01")


@pytest.fixture
def office(session: Session, staff: CurrentUser) -> CurrentUser:
    """Has put another place into the row that the staff of the community see as it was."""
    other = person(session, "office_staff")
    save(session, staff, BASE)
    save(session, other, {"place": "公园"}, seen=BASE)
    return other


def row_of(session: Session, user: CurrentUser) -> drafts.Row:
    found = drafts.sheet(session, "c01", MONTH, user, TODAY)
    assert found is not None
    return found.rows[0]


def texts(row: drafts.Row) -> list[tuple[int | None, str]]:
    return [(one.person, one.text) for one in row.rivals["place"].versions]


def decided(session: Session, user: CurrentUser, text: str) -> drafts.Row:
    """The row after a person has chosen the text."""
    row = row_of(session, user)
    seen = {"other-place": row.rivals["place"].mark, "place": row.cells["place"]}
    return save(session, user, {"other-place": "", "place": text}, seen=seen).rows[0]


def test_both_texts_are_kept_with_the_row_for_everybody_to_see(
    session: Session, staff: CurrentUser, office: CurrentUser
) -> None:
    late = save(session, staff, {"place": "操场", "note": "雨"}, seen=BASE).rows[0]
    assert (late.state, late.cells["place"], late.cells["note"]) == ("conflict", "公园", "雨")
    assert texts(row_of(session, office)) == [(staff.id, "操场")]
    assert row_of(session, office).rivals["place"].versions[0].name == staff.name


def test_the_same_once_more_keeps_it_once(
    session: Session, staff: CurrentUser, office: CurrentUser
) -> None:
    first, again = (save(session, staff, {"place": "操场"}, seen=BASE).rows[0] for _time in "ab")
    assert (again, texts(again)) == (first, [(staff.id, "操场")])
    assert not row_of(session, office).discarded


@pytest.mark.usefixtures("office")
def test_who_goes_on_typing_changes_their_own_text_and_not_the_other(
    session: Session, staff: CurrentUser
) -> None:
    save(session, staff, {"place": "操"}, seen=BASE)
    row = save(session, staff, {"place": "操场"}, seen={"place": "操"}).rows[0]
    assert (row.cells["place"], texts(row)) == ("公园", [(staff.id, "操场")])
    row = save(session, staff, {"place": "公园"}, seen={"place": "操场"}).rows[0]
    assert (row.cells["place"], row.rivals) == ("公园", {})


def test_a_third_text_is_kept_beside_the_second(
    session: Session, staff: CurrentUser, office: CurrentUser
) -> None:
    third = person(session, "community_staff", "c01", "third")
    save(session, staff, {"place": "操场"}, seen=BASE)
    row = save(session, third, {"place": ""}, seen=BASE).rows[0]
    assert texts(row) == [(staff.id, "操场"), (third.id, "")]
    assert decided(session, office, "操场").rivals == {}
    assert row_of(session, third).cells["place"] == "操场"


@pytest.mark.parametrize("text", ["公园", "操场"])
def test_whoever_decides_the_row_has_one_text_and_is_ready(
    session: Session, staff: CurrentUser, office: CurrentUser, text: str
) -> None:
    save(session, staff, {"place": "操场"}, seen=BASE)
    row = decided(session, office, text)
    assert (row.state, row.cells["place"], row.rivals) == ("ready", text, {})


def test_a_decision_about_other_texts_than_there_are_leaves_the_new_one(
    session: Session, staff: CurrentUser, office: CurrentUser
) -> None:
    seen = save(session, staff, {"place": "操场"}, seen=BASE).rows[0]
    save(session, staff, {"place": "河边"}, seen={"place": "操场"})
    told = {"other-place": seen.rivals["place"].mark, "place": "公园"}
    row = save(session, office, {"other-place": "", "place": "操场"}, seen=told).rows[0]
    assert (row.cells["place"], texts(row)) == ("操场", [(staff.id, "河边")])


def test_the_row_is_not_submitted_before_it_is_decided(
    session: Session, staff: CurrentUser, office: CurrentUser
) -> None:
    save(session, staff, {"place": "操场"}, seen=BASE)
    assert "两个人填得不一样" in submit(session, office).refusal
    assert rows(session) == 0
    decided(session, office, "公园")
    assert submit(session, office).refusal == ""


def test_what_comes_after_the_submission_is_kept_beside_the_record_and_hidden(
    session: Session, staff: CurrentUser, office: CurrentUser
) -> None:
    submit(session, office)
    save(session, staff, {"place": "河边"}, seen=BASE)
    row = save(session, staff, {"place": f"问 {PHONE}"}, seen=BASE).rows[0]
    assert (row.cells["place"], texts(row)) == ("公园", [(staff.id, "问 138****5678")])
    gone = {"other-place": row.rivals["place"].mark}
    after = save(session, office, {"other-place": ""}, seen=gone).rows[0]
    assert (after.rivals, after.cells["place"]) == ({}, "公园")


@pytest.mark.usefixtures("office")
def test_of_two_answers_to_a_question_the_first_one_holds(
    session: Session, staff: CurrentUser
) -> None:
    save(session, staff, {"sure": "a"})
    row = save(session, staff, {"sure": "b"}, seen={"sure": "c"}).rows[0]
    assert (row.cells["sure"], row.rivals) == ("a", {})

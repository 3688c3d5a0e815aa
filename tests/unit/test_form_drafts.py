"""Single forms as drafts: one's own only, saved whole, ended with the submission, once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.engine import Session, write_session
from db.models import Activity, Change, FormDraft
from db.reads.office import data_version
from services import activities, form_drafts
from services.admin import people
from services.due import due
from services.errors import InvalidEntry, NotPermitted
from services.form_drafts import LARGEST, MOST, Kept, left, save
from services.permissions import CurrentUser
from tests.activity_cases import ENTRY, LATER, NOW, PHONE, TODAY, person, rows

TOKEN, OTHER = "a" * 32, "b" * 32
FIELDS = {"domain": "environment", "several": False, "partners": ["police"], "note": PHONE}


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    return person(session, "community_staff", "c01")


def typed(session: Session, user: CurrentUser, seen: int = 0, **fields: Any) -> Kept:
    return save(session, "activity", TOKEN, seen, FIELDS | fields, user, NOW)


def submitted(session: Session, user: CurrentUser, token: str = TOKEN) -> activities.Receipt:
    entry = (activities.submit, ENTRY, token, user, LATER, TODAY)
    return form_drafts.sent(session, "activity", token, user, LATER, *entry)


def test_a_form_is_found_as_it_was_left_and_raises_no_version(
    session: Session, staff: CurrentUser
) -> None:
    before = data_version(session)
    assert typed(session, staff) == Kept("open", 1)
    assert typed(session, staff, 1, place="广场") == Kept("open", 2)
    found = left(session, "activity", staff, LATER)
    assert found is not None
    assert (found.token, found.fields, found.version) == (TOKEN, FIELDS | {"place": "广场"}, 2)
    assert (data_version(session), rows(session, Change)) == (before, 0)


def test_the_same_again_does_nothing_more(session: Session, staff: CurrentUser) -> None:
    assert typed(session, staff) == typed(session, staff) == Kept("open", 1)


def test_two_pages_do_not_overwrite_each_other_in_silence(
    session: Session, staff: CurrentUser
) -> None:
    typed(session, staff)
    typed(session, staff, 1, place="手机上")
    assert typed(session, staff, 1, place="电脑上") == Kept("elsewhere", 2)
    assert left(session, "activity", staff, LATER).fields["place"] == "手机上"
    assert typed(session, staff, 2, place="电脑上") == Kept("open", 3)


def test_the_newest_is_found_or_the_one_that_is_named(session: Session, staff: CurrentUser) -> None:
    typed(session, staff)
    save(session, "activity", OTHER, 0, {"place": "公园"}, staff, LATER)
    assert left(session, "activity", staff, LATER).token == OTHER
    assert left(session, "activity", staff, LATER, TOKEN).token == TOKEN
    assert left(session, "activity", staff, LATER, "c" * 32).token == OTHER
    assert left(session, "feedback", staff, LATER) is None


def test_nobody_else_sees_or_touches_it(session: Session, staff: CurrentUser) -> None:
    typed(session, staff)
    other = person(session, "administrator")
    assert left(session, "activity", other, LATER, TOKEN) is None
    with pytest.raises(NotPermitted):
        save(session, "activity", TOKEN, 1, {}, other, NOW)
    form_drafts.clear(session, TOKEN, other, NOW)
    assert left(session, "activity", staff, LATER).fields == FIELDS


def test_who_may_not_submit_a_form_has_no_draft_of_it(session: Session, staff: CurrentUser) -> None:
    with pytest.raises(NotPermitted):
        save(session, "commitment", TOKEN, 0, FIELDS, staff, NOW)
    typed(session, staff)
    now_official = CurrentUser(staff.id, staff.username, staff.name, "official", None, "zh")
    assert left(session, "activity", now_official, LATER) is None


def test_it_ends_with_the_submission_and_is_entered_once(
    session: Session, staff: CurrentUser
) -> None:
    typed(session, staff)
    first, again = submitted(session, staff), submitted(session, staff)
    assert (first.created, again.created, rows(session)) == (True, False, 1)
    assert first.number == again.number
    assert left(session, "activity", staff, LATER) is None
    session.expire_all()
    assert session.get(FormDraft, TOKEN).fields == {}
    assert typed(session, staff, 1, note="迟到的").state == "sent"
    assert left(session, "activity", staff, LATER) is None


def test_a_save_under_way_brings_no_submitted_form_back(
    session: Session, staff: CurrentUser
) -> None:
    submitted(session, staff)
    assert typed(session, staff).state == "sent"
    assert left(session, "activity", staff, LATER) is None


def test_a_refused_submission_leaves_the_draft(engine: Engine) -> None:
    with write_session(engine) as session:
        staff = person(session, "community_staff", "c01")
    with write_session(engine) as session:
        typed(session, staff)
    wrong = (activities.submit, ENTRY, TOKEN, staff, NOW, ENTRY.first_day - timedelta(days=9))
    with pytest.raises(InvalidEntry), write_session(engine) as session:
        form_drafts.sent(session, "activity", TOKEN, staff, NOW, *wrong)
    with write_session(engine) as session:
        assert left(session, "activity", staff, LATER).fields == FIELDS
        assert session.scalars(select(Activity)).all() == []


def test_an_emptied_form_is_gone_until_it_is_typed_in_again(
    session: Session, staff: CurrentUser
) -> None:
    typed(session, staff)
    form_drafts.clear(session, TOKEN, staff, LATER)
    session.expire_all()
    assert session.get(FormDraft, TOKEN).fields == {}
    assert left(session, "activity", staff, LATER) is None
    late = typed(session, staff, 1, note="又写")
    assert late == Kept("cleared", 2)
    assert typed(session, staff, late.version, note="又写") == Kept("open", 3)
    assert left(session, "activity", staff, LATER).fields["note"] == "又写"


def test_a_form_with_nothing_in_it_is_not_offered(session: Session, staff: CurrentUser) -> None:
    typed(session, staff)
    save(session, "activity", TOKEN, 1, {}, staff, NOW)
    assert left(session, "activity", staff, LATER) is None


def test_it_is_forgotten_after_thirty_days(session: Session, staff: CurrentUser) -> None:
    typed(session, staff)
    much_later = NOW + form_drafts.KEPT + timedelta(seconds=1)
    assert left(session, "activity", staff, NOW + form_drafts.KEPT) is not None
    assert left(session, "activity", staff, much_later) is None
    save(session, "activity", OTHER, 0, FIELDS, staff, much_later)
    assert [row.token for row in session.scalars(select(FormDraft))] == [OTHER]


def test_a_person_has_so_many_at_most(session: Session, staff: CurrentUser) -> None:
    for count in range(MOST + 2):
        at = NOW + timedelta(minutes=count)
        save(session, "activity", f"{count:032x}", 0, FIELDS, staff, at)
    left_over = sorted(row.token for row in session.scalars(select(FormDraft)))
    assert left_over == [f"{count:032x}" for count in range(2, MOST + 2)]


@pytest.mark.parametrize(
    ("form", "token", "fields"),
    [
        ("users", TOKEN, FIELDS),
        ("activity-x'--", TOKEN, FIELDS),
        ("activity", "short", FIELDS),
        ("activity", TOKEN, {"a b": "x"}),
        ("activity", TOKEN, {"place": {"deep": 1}}),
        ("activity", TOKEN, {"partners": [1]}),
        ("activity", TOKEN, {f"measure-{count}": "" for count in range(101)}),
        ("activity", TOKEN, {"note": "字" * LARGEST}),
    ],
)
def test_what_no_page_sends_is_refused(
    session: Session, staff: CurrentUser, form: str, token: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(InvalidEntry):
        save(session, form, token, 0, fields, staff, NOW)
    assert rows(session, FormDraft) == 0


def test_characters_that_no_database_keeps_are_left_out(
    session: Session, staff: CurrentUser
) -> None:
    typed(session, staff, note="雨\0后\ud800清理𠮷")
    session.commit()
    session.expire_all()
    assert left(session, "activity", staff, LATER).fields["note"] == "雨后清理𠮷"


def test_a_closed_account_leaves_no_drafts(session: Session, staff: CurrentUser) -> None:
    typed(session, staff)
    people.deactivate(session, person(session, "administrator"), staff.id, LATER)
    assert rows(session, FormDraft) == 0


def test_what_was_begun_on_an_earlier_day_is_on_the_list_of_things_to_do(session: Session) -> None:
    office = person(session, "office_staff")
    save(session, "inspection-D000002", TOKEN, 0, FIELDS, office, NOW)

    def found(days: int) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
        day = TODAY + timedelta(days=days)
        return [(one.title, one.query) for one in due(session, office, day) if "督查" in one.title]

    assert found(0) == []
    where = (("part", "new"), ("follows", "D000002"), ("draft", TOKEN))
    assert found(1) == [("填完还没提交的督查", where)]


def test_a_submission_and_a_save_at_once_leave_no_draft_behind(engine: Engine) -> None:
    with write_session(engine) as session:
        staff = person(session, "community_staff", "c01")
    start = threading.Barrier(2)

    def at_once(write: Callable[[Session, CurrentUser], object]) -> None:
        start.wait()
        with write_session(engine) as session:
            write(session, staff)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(at_once, (typed, submitted)))
    with write_session(engine) as session:
        assert rows(session) == 1
        assert left(session, "activity", staff, LATER) is None

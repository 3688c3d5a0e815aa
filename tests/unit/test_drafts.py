"""The batch grid: texts saved by cell, merged, read strictly, submitted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select

from db.engine import Session, write_session
from db.models import Activity, ActivityDraft, Change
from db.reads import drafts as reads
from services import activities, drafts
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import LATER, NOW, PHONE, TODAY, WEDNESDAY, entered, person, rows
from tests.draft_cases import FULL, KEY, MONTH, save, submit


def row_of(session: Session, user: CurrentUser) -> drafts.Row:
    found = drafts.sheet(session, "c01", MONTH, user, TODAY)
    assert found is not None
    return next(row for row in found.rows if row.key == KEY)


def test_a_full_row_is_ready_and_becomes_the_activity_the_form_would_make(
    session: Session, staff: CurrentUser
) -> None:
    assert save(session, staff, FULL).rows[0].state == "ready"
    done = submit(session, staff)
    assert (done.refusal, done.row.state, done.row.number) == ("", "approved", "A000001")
    record = activities.record(session, "A000001")
    assert record.entry.measures == (("household_waste", Decimal("1.5")),)
    assert record.entry.partners == (("property_management", None), ("volunteer", 12))
    assert (record.entry.first_day, record.entry.communities) == (WEDNESDAY, ("c02",))
    assert record.entry.participants == 40


def test_a_replayed_save_and_a_replayed_submission_do_nothing_more(
    session: Session, staff: CurrentUser
) -> None:
    first, again = save(session, staff, FULL), save(session, staff, FULL)
    assert again == first
    assert rows(session, ActivityDraft) == 1
    assert submit(session, staff).row == submit(session, staff, version=1).row
    assert rows(session) == 1


def test_what_two_people_type_into_different_cells_is_merged(
    session: Session, staff: CurrentUser
) -> None:
    other = person(session, "office_staff")
    save(session, staff, {"day": "25", "place": "广场"})
    assert save(session, other, {"participants": "40"}).rows[0].rivals == {}
    assert save(session, staff, {"note": "雨"}).rows[0].cells == {
        **{"day": "25", "place": "广场", "participants": "40", "note": "雨"},
    }


def test_a_possible_duplicate_is_asked_about_and_the_answer_kept(
    session: Session, staff: CurrentUser
) -> None:
    number = entered(session, staff)
    row = save(session, staff, FULL).rows[0]
    assert (row.state, number in row.question) == ("ask", True)
    assert submit(session, staff).refusal == row.question
    assert save(session, staff, {"sure": row.mark}).rows[0].state == "ready"
    assert submit(session, staff).refusal == ""


def test_a_row_changed_by_another_since_it_was_seen_is_not_submitted(
    session: Session, staff: CurrentUser
) -> None:
    seen = save(session, staff, FULL).rows[0].version
    save(session, staff, {"note": "x"}, seen={"note": "雨后清理"})
    assert "别人改过" in submit(session, staff, version=seen).refusal


def test_a_submitted_row_takes_no_more_text_and_follows_the_activity(
    session: Session, staff: CurrentUser
) -> None:
    save(session, staff, FULL)
    number = submit(session, staff).row.number
    late = save(session, staff, {"place": "x"}, seen={"place": "文化广场"}).rows[0]
    assert (late.cells["place"], late.number) == ("文化广场", number)
    activities.void(session, number, "重复", staff, NOW)
    assert row_of(session, staff).state == "void"
    session.scalars(select(Activity)).one().state = "recorded"
    session.scalars(select(Activity)).one().review = "returned"
    session.scalars(select(Activity)).one().return_reason = "缺照片"
    session.flush()
    assert (row_of(session, staff).state, row_of(session, staff).reason) == ("returned", "缺照片")


def test_a_submitted_row_says_what_its_record_says_after_a_correction(
    session: Session, staff: CurrentUser
) -> None:
    save(session, staff, FULL)
    record = activities.record(session, submit(session, staff).row.number)
    days = {"first_day": date(2023, 10, 24), "last_day": date(2023, 10, 25)}
    entry = replace(record.entry, **days, place="公园", participants=41, measures=())
    activities.correct(session, record.number, entry, record.version, staff, LATER, TODAY)
    session.commit()
    row = row_of(session, staff)
    assert row.cells == {
        **{name: FULL[name] for name in ("type", "communities", "note")},
        **{"day": "24 – 25", "place": "公园", "partners": "物业、志愿者 12", "participants": "41"},
    }
    assert row.day == "10-24–10-25"
    late = save(session, staff, {"place": "x"}, seen={"place": "文化广场"}).rows[0]
    assert late.cells["place"] == "公园"


def test_numbers_of_persons_are_hidden_once_the_row_is_a_record(
    session: Session, staff: CurrentUser
) -> None:
    assert (
        save(session, staff, FULL | {"note": f"联系 {PHONE}"}).rows[0].cells["note"][-8:] in PHONE
    )
    assert submit(session, staff).row.cells["note"] == "联系 138****5678"
    assert PHONE in activities.record(session, "A000001").entry.note


def test_a_row_is_discarded_and_taken_back_with_its_texts_and_both_are_logged(
    session: Session, staff: CurrentUser
) -> None:
    save(session, staff, FULL)
    assert save(session, staff, {}, discarded=True).rows[0].discarded
    assert "移除" in submit(session, staff).refusal
    back = save(session, staff, {}, discarded=False).rows[0]
    assert (back.discarded, back.cells) == (False, FULL)
    logged = session.scalars(select(Change.action).where(Change.entity == "draft"))
    assert list(logged) == ["discard", "take_back"]


def test_rows_keep_the_order_in_which_they_were_pasted(
    session: Session, staff: CurrentUser
) -> None:
    keys = [f"{number:032x}" for number in (9, 3, 7, 1)]
    pasted = [drafts.Change(key, {"place": ("", key)}) for key in keys]
    drafts.save(session, "c01", MONTH, pasted, staff, NOW, TODAY)
    found = drafts.sheet(session, "c01", MONTH, staff, TODAY)
    assert [row.key for row in found.rows] == keys


def test_a_sheet_that_was_seen_is_not_sent_again_until_something_changes(
    session: Session, staff: CurrentUser
) -> None:
    save(session, staff, FULL)
    seen = drafts.sheet(session, "c01", MONTH, staff, TODAY).mark
    assert drafts.sheet(session, "c01", MONTH, staff, TODAY, seen) is None
    save(session, staff, {"note": ""}, seen=FULL)
    assert drafts.sheet(session, "c01", MONTH, staff, TODAY, seen) is not None


def test_only_who_may_enter_for_the_community_reads_saves_and_submits(
    session: Session, staff: CurrentUser
) -> None:
    save(session, staff, FULL)
    for stranger in (person(session, "community_staff", "c02"), person(session, "official")):
        with pytest.raises(NotPermitted):
            drafts.sheet(session, "c01", MONTH, stranger, TODAY)
        with pytest.raises(NotPermitted):
            drafts.last_month(session, "c01", MONTH, stranger)
        with pytest.raises(NotPermitted):
            save(session, stranger, FULL)
        with pytest.raises(NotPermitted):
            submit(session, stranger)


def test_a_key_belongs_to_its_sheet(session: Session, staff: CurrentUser) -> None:
    save(session, staff, FULL)
    with pytest.raises(Conflict):
        save(session, staff, {"note": "x"}, month="2023-09")
    with pytest.raises(NotFound):
        drafts.submit(session, "c01", "2023-09", [(KEY, 1)], staff, NOW, TODAY)


@pytest.mark.parametrize(
    ("key", "cells"),
    [
        ("short", {"day": "1"}),
        (KEY, {"host": "c02"}),
        (KEY, {"measure-../x": "1"}),
        (KEY, {"note": "长" * 30_000}),
        (KEY, {"other-host": ""}),
    ],
)
def test_what_no_page_sends_is_refused(
    session: Session, staff: CurrentUser, key: str, cells: dict[str, str]
) -> None:
    with pytest.raises(InvalidEntry):
        save(session, staff, cells, key=key)


def test_a_month_has_its_most_rows_without_those_that_were_taken_out(
    session: Session, staff: CurrentUser
) -> None:
    keys = [f"{place:032x}" for place in range(drafts.KEPT_ROWS)]
    for some in (keys[: drafts.MOST_ROWS], keys[drafts.MOST_ROWS :]):
        many = [drafts.Change(key, {"day": ("", "1")}) for key in some]
        drafts.save(session, "c01", MONTH, many, staff, NOW, TODAY)
    with pytest.raises(InvalidEntry, match="一个月最多 500 行"):
        save(session, staff, {"day": "1"})
    save(session, staff, {}, key=keys[0], discarded=True)
    assert save(session, staff, {"day": "1"}).rows[0].version


def test_last_months_activities_come_without_days_and_counts(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    assert drafts.last_month(session, "c01", "2023-11", staff) == (
        {"type": FULL["type"], "place": "文化广场", "communities": "乙社区",
         "partners": "物业、志愿者"},
    )  # fmt: skip


def test_two_connections_with_the_same_new_row_make_one(
    engine: Engine, session: Session, staff: CurrentUser
) -> None:
    save(session, staff, {"day": "25"})
    with write_session(engine) as another:
        save(another, staff, {"day": "25", "note": "雨"})
    assert rows(session, ActivityDraft) == 1
    assert reads.mark(session, "c01", date(2023, 10, 1)) == (1, 3)
    session.expire_all()
    assert row_of(session, staff).cells == {"day": "25", "note": "雨"}


def test_rows_wait_once_their_day_is_over_until_they_are_submitted_or_discarded(
    session: Session, staff: CurrentUser
) -> None:
    def waits(user: CurrentUser = staff) -> list[tuple[str, str, int]]:
        found = drafts.waiting(session, user, TODAY)
        return [(one.community, one.month.code, one.rows) for one in found]

    save(session, staff, {"place": "广场"}, key="b" * 32, month="2023-09")
    save(session, staff, {"day": "28"}, key="c" * 32)  # today
    save(session, staff, {"place": "广场"}, key="d" * 32)  # no day yet
    save(session, staff, FULL)
    assert waits() == [("c01", "2023-09", 1), ("c01", "2023-10", 1)]
    assert waits(person(session, "office_staff")) == waits()
    assert waits(person(session, "community_staff", "c02")) == []
    assert waits(person(session, "official")) == []
    submit(session, staff)
    save(session, staff, {}, key="b" * 32, month="2023-09", discarded=True)
    assert waits() == []

"""A checked file is taken over once: new rows, corrections, what is locked, whose rows they are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Activity, Change, WorkbookImport
from db.writes import office
from db.writes.log import Author
from services import activities
from services.errors import InvalidEntry, NotPermitted
from services.permissions import CurrentUser
from services.workbook import Choice, Receipt, month_book, own_book
from tests.activity_cases import (
    ENTRY,
    LATER,
    NOW,
    PHONE,
    TODAY,
    assert_sums_agree,
    entered,
    person,
    rows,
)
from tests.workbook_cases import (
    ACTIVITIES,
    cells,
    check,
    edited,
    row,
    said,
    sheet,
    take,
    upload,
    written,
)


def exported(session: Session, staff: CurrentUser) -> bytes:
    return month_book(session, "c01", "2023-10", staff)


def with_approval(session: Session) -> None:
    office.switch_approval(session, Author(None, "", NOW), True)
    session.commit()


def test_new_rows_become_activities_with_their_sums_and_their_log(
    session: Session, staff: CurrentUser
) -> None:
    done = take(session, sheet(row(), row(日期="2023-10-18"), row(日期="坏")), staff)
    assert done == Receipt(2, 0, 0, 1, ("A000001", "A000002"))
    assert_sums_agree(session)
    noted = session.scalars(select(WorkbookImport)).one()
    assert (noted.kind, noted.file_name, noted.rows) == ("activities", "表.xlsx", 3)
    assert (noted.added, noted.changed, noted.unchanged, noted.refused) == (2, 0, 0, 1)
    log = session.scalars(select(Change.action).where(Change.user_id == staff.id)).all()
    assert log == ["enter", "enter", "import"]
    assert session.get_one(Activity, 1).review == "approved"


def test_the_same_file_again_changes_nothing(session: Session, staff: CurrentUser) -> None:
    data = sheet(row(), row(日期="2023-10-18"))
    take(session, data, staff)
    before = written(session)
    assert take(session, data, staff) == Receipt(0, 0, 2, 0)
    assert written(session) == before
    assert rows(session, WorkbookImport) == 1


def test_a_corrected_file_adds_only_what_is_new_in_it(session: Session, staff: CurrentUser) -> None:
    take(session, sheet(row(), row(日期="坏")), staff)
    assert take(session, sheet(row(), row(日期="2023-10-18")), staff).added == 1
    assert rows(session) == 2


def test_a_row_is_not_entered_anew_after_its_record_was_corrected_or_voided(
    session: Session, staff: CurrentUser
) -> None:
    data = sheet(row(), row(日期="2023-10-18"))
    take(session, data, staff)
    other = replace(ENTRY, participants=41)
    activities.correct(session, "A000001", other, 1, staff, LATER, TODAY)
    activities.void(session, "A000002", "重复", staff, LATER)
    assert take(session, data, staff) == Receipt(0, 0, 2, 0)


def test_another_person_may_import_the_same_file_without_effect(
    session: Session, staff: CurrentUser
) -> None:
    take(session, sheet(row()), staff)
    colleague = person(session, "office_staff")
    assert take(session, sheet(row()), colleague) == Receipt(0, 0, 1, 0)


def test_what_is_on_record_from_elsewhere_is_not_entered_twice(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    line = check(session, sheet(row(**{"清理乱堆乱放（处）": "0"})), staff).lines[0]
    assert (line.state, line.number, line.note) == ("same", "A000001", "已有内容相同的记录")


def test_what_is_like_a_record_of_the_day_is_asked_about(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    data = sheet(row(地点="公园"))
    found = check(session, data, staff)
    assert (found.to_write, found.lines[0].state) == (0, "alike")
    assert "A000001" in found.lines[0].note
    with pytest.raises(InvalidEntry, match="没有一行可以导入"):
        take(session, data, staff)
    assert take(session, data, staff, choice=Choice(alike=True)).added == 1


def test_an_export_comes_back_unchanged_and_one_changed_figure_is_one_correction(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    data = exported(session, staff)
    before = written(session)
    assert take(session, data, staff) == Receipt(0, 0, 1, 0)
    assert written(session) == before
    changed = edited(data, "<v>1.5</v>", "<v>2.5</v>")
    line = check(session, changed, staff).lines[0]
    assert [(one.label, one.before, one.after) for one in line.differences] == [
        ("清运生活垃圾", "1.5 吨", "2.5 吨")
    ]
    assert take(session, changed, staff) == Receipt(0, 1, 0, 0)
    activity = session.get_one(Activity, 1)
    assert dict(activities.record(session, "A000001").entry.measures)["household_waste"] == Decimal(
        "2.5"
    )
    assert activity.version == 2
    assert_sums_agree(session)
    assert take(session, changed, staff) == Receipt(0, 0, 1, 0)


def test_a_record_that_was_changed_meanwhile_is_not_overwritten(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    data = edited(exported(session, staff), "<v>1.5</v>", "<v>2.5</v>")
    other = replace(ENTRY, participants=41)
    activities.correct(session, "A000001", other, 1, staff, LATER, TODAY)
    line = check(session, data, staff).lines[0]
    assert "被别人改过" in said(line)["核对码"]


def test_a_column_that_was_taken_out_of_the_file_leaves_the_record_as_it_is(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    own = cells(exported(session, staff), session)[0]
    short = {"编号": own["number"], "核对码": own["check"], "日期": own["day"],
             "活动类型": own["type"]}  # fmt: skip
    assert check(session, sheet(short), staff).lines[0].state == "same"
    line = check(session, sheet(short | {"备注": "改"}), staff).lines[0]
    assert line.content[1] == replace(ENTRY, note="改")


def test_hidden_numbers_stay_as_they_were_typed(session: Session, staff: CurrentUser) -> None:
    entry = replace(ENTRY, note=f"联系 {PHONE}", place=f"找\u200b{PHONE}\n二楼")
    entered(session, staff, entry)
    data = exported(session, staff)
    assert PHONE not in repr(cells(data, session))
    assert check(session, data, staff).lines[0].state == "same"
    more = edited(data, "<v>40</v>", "<v>41</v>")
    assert take(session, more, staff).changed == 1
    assert activities.record(session, "A000001").entry == replace(entry, participants=41)
    masked = edited(exported(session, staff), "联系 138", "电话 138")
    assert "隐藏" in said(check(session, masked, staff).lines[0])["备注"]


def test_what_is_approved_is_locked_and_what_was_returned_is_submitted_again(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    with_approval(session)
    data = exported(session, staff)
    assert check(session, data, staff).lines[0].state == "same"
    changed = edited(data, "<v>1.5</v>", "<v>2.5</v>")
    assert "已审核通过" in said(check(session, changed, staff).lines[0])[""]
    reviewer = person(session, "office_staff")
    activities.reopen(session, "A000001", "核对", 1, reviewer, LATER)
    activities.send_back(session, "A000001", "数量不符", 2, reviewer, LATER)
    session.commit()
    back = exported(session, staff)
    assert cells(back, session)[0]["state"] == "已退回"
    assert take(session, back, staff) == Receipt(0, 0, 1, 0)
    assert take(session, edited(back, "<v>1.5</v>", "<v>2.5</v>"), staff).changed == 1
    assert session.get_one(Activity, 1).review == "submitted"
    assert_sums_agree(session)


def test_with_approval_new_rows_wait(session: Session, staff: CurrentUser) -> None:
    with_approval(session)
    take(session, sheet(row()), staff)
    assert session.get_one(Activity, 1).review == "submitted"


def test_a_void_record_cannot_be_changed_by_a_file(session: Session, staff: CurrentUser) -> None:
    entered(session, staff)
    data = exported(session, staff)
    activities.void(session, "A000001", "重复", staff, LATER)
    session.commit()
    assert (
        "已作废"
        in said(check(session, edited(data, "<v>1.5</v>", "<v>2.5</v>"), staff).lines[0])[""]
    )
    with pytest.raises(InvalidEntry, match="没有数据行"):
        cells(own_book(session, staff, activities.Mine()), session)


def test_community_staff_change_only_their_own_communitys_records(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    data = exported(session, staff)
    other = person(session, "community_staff", "c02")
    assert check(session, data, other).lines[0].state == "same"
    changed = edited(data, "<v>1.5</v>", "<v>2.5</v>")
    assert "本社区" in said(check(session, changed, other).lines[0])["社区"]
    away = edited(data, "甲社区", "乙社区")
    assert "本社区" in said(check(session, away, staff).lines[0])["社区"]


def test_an_official_imports_nothing(session: Session) -> None:
    official = person(session, "official")
    with pytest.raises(NotPermitted):
        take(session, sheet(row()), official)


def test_a_number_needs_its_check_code_and_stands_once(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    own = cells(exported(session, staff), session)[0]
    bare = row(编号=own["number"])
    first, second = check(session, sheet(bare, bare), staff).lines
    assert "核对码" in said(first).popitem()[1]
    assert "第 2 行相同" in said(second)["编号"]


def test_numbers_of_another_office_are_refused_or_new_as_a_person_says(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    data = sheet(row(编号="A000001", 核对码="v1-ffffff", 日期="2023-10-18"))
    found = check(session, data, staff)
    assert found.foreign == 1
    assert "本单位没有这条记录" in said(found.lines[0])["编号"]
    assert take(session, data, staff, choice=Choice(foreign=True)).added == 1
    assert take(session, data, staff, choice=Choice(foreign=True)) == Receipt(0, 0, 1, 0)


def test_a_file_that_fails_in_the_middle_leaves_nothing(
    session: Session, staff: CurrentUser
) -> None:
    class Broken(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.3:
            raise Broken

    with pytest.raises(Broken):
        ACTIVITIES.take(session, upload(session, sheet(row())), staff, NOW, TODAY, stop)
    session.rollback()
    assert rows(session) == 0

"""Inspections: recorded, re-inspected, corrected, voided; what is refused; nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change, Inspection, InspectionPhoto
from services import activities, inspections
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.inspections import Typed
from services.permissions import CurrentUser
from tests.activity_cases import entered, person, rows
from tests.inspection_cases import (
    DAY,
    DUE,
    NOW,
    PASSED,
    RECTIFY,
    TODAY,
    again,
    photo,
    recorded,
)


def full(session: Session, number: str, today: date = TODAY) -> inspections.Full:
    return inspections.inspection(session, number, today)


def correct(session: Session, number: str, user: CurrentUser, **changes: object) -> None:
    shown = full(session, number)
    typed = replace(shown.typed, **changes)
    inspections.correct(session, number, typed, shown.version, user, NOW, TODAY)
    session.commit()


def void(session: Session, number: str, user: CurrentUser) -> None:
    inspections.void(session, number, "重复", full(session, number).version, user, NOW)
    session.commit()


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": None}, "day"),
        ({"day": TODAY + timedelta(days=1)}, "day"),
        ({"community": None}, "community"),
        ({"community": "c99"}, "community"),
        ({"domain": "sport"}, "domain"),
        ({"activity": "A000001"}, "activity"),
        ({"activity": "清洁"}, "activity"),
        ({"inspector": " "}, "inspector"),
        ({"inspector": "长" * 61}, "inspector"),
        ({"rank": "长" * 61}, "rank"),
        ({"verdict": ""}, "verdict"),
        ({"verdict": "perfect"}, "verdict"),
        ({"findings": " "}, "findings"),
        ({"findings": "长" * 2001}, "findings"),
        ({"due_on": None}, "due_on"),
        ({"due_on": DAY - timedelta(days=1)}, "due_on"),
    ],
)
def test_an_inspection_says_what_it_must(
    session: Session, office: CurrentUser, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidEntry) as refused:
        recorded(session, office, **changes)
    assert refused.value.field == field
    session.rollback()
    assert rows(session, Inspection) == 0


def test_a_qualified_one_needs_no_findings_and_keeps_no_day(
    session: Session, office: CurrentUser
) -> None:
    number = recorded(session, office, PASSED, findings="", due_on=DUE)
    assert number == "D000001"
    row = session.scalars(select(Inspection)).one()
    assert (row.due_on, row.findings, row.domain_code) == (None, "", "environment")


@pytest.mark.parametrize(
    ("role", "community", "may"),
    [("official", None, True), ("administrator", None, True), ("community_staff", "c01", False)],
)
def test_officials_and_the_office_inspect_communities_do_not(
    session: Session, role: str, community: str | None, may: bool
) -> None:
    user = person(session, role, community)
    if may:
        assert full(session, recorded(session, user)).open
        return
    with pytest.raises(NotPermitted):
        recorded(session, user)


def test_the_result_of_an_activity_is_inspected_where_it_was_held(
    session: Session, office: CurrentUser
) -> None:
    activity = entered(session, office)  # of c01 with c02, on 25 October
    day = date(2023, 10, 26)
    about = {"activity": activity.lower(), "domain": "", "day": day}
    number = recorded(session, office, PASSED, **about)
    found = full(session, number)
    assert (found.row.activity, found.typed.domain) == (activity, "environment")
    assert recorded(session, office, PASSED, key="joint", community="c02", **about)
    for changes, field in (({"community": "c03"}, "activity"), ({"day": DAY}, "day")):
        with pytest.raises(InvalidEntry) as refused:
            recorded(session, office, PASSED, key="x", **about | changes)
        assert refused.value.field == field
        session.rollback()
    listed = inspections.of_activity(session, activity, TODAY)
    assert [row.number for row in listed.rows] == ["D000002", "D000001"]
    activities.void(session, activity, "重复", office, NOW)
    session.commit()
    correct(session, number, office, findings="仍可更正")
    with pytest.raises(InvalidEntry, match="已作废"):
        recorded(session, office, PASSED, key="y", **about)


def test_what_is_to_be_put_right_is_open_then_overdue_then_closed_by_re_inspection(
    session: Session, office: CurrentUser
) -> None:
    number = recorded(session, office)
    assert full(session, number, DUE).row.state == "待复查"
    late = full(session, number, DUE + timedelta(days=1))
    assert (late.row.state, late.row.late, late.open) == ("超期未复查", True, True)
    second = again(session, office, number, RECTIFY)
    assert full(session, number).row.state == "复查未通过"
    third = again(session, office, second)
    assert full(session, second).row.state == "复查合格"
    assert not full(session, third).open
    for one in (number, second, third):
        assert [row.number for row in full(session, one).chain] == [number, second, third]
    taken = full(session, third).typed
    assert (taken.community, taken.domain, taken.follows) == ("c01", "environment", second)


def test_a_re_inspection_needs_something_open_to_look_at_again(
    session: Session, office: CurrentUser
) -> None:
    good = recorded(session, office, PASSED, key="good")
    with pytest.raises(InvalidEntry, match="没有要整改的"):
        again(session, office, good)
    session.rollback()
    number = recorded(session, office)
    with pytest.raises(InvalidEntry, match="不能早于上次督查"):
        again(session, office, number, day=DAY - timedelta(days=1))
    session.rollback()
    again(session, office, number)
    with pytest.raises(Conflict, match="D000003"):
        recorded(session, office, PASSED, key="late", follows=number, day=TODAY)
    session.rollback()
    with pytest.raises(NotFound):
        recorded(session, office, PASSED, key="none", follows="D009999")


def test_the_same_form_sent_twice_is_one_inspection_with_its_photos_once(
    session: Session, office: CurrentUser
) -> None:
    sent = (session, RECTIFY, (photo("a"), photo("b")), "form", office, NOW, TODAY)
    first, second = inspections.record(*sent), inspections.record(*sent)
    assert (first.number, first.created, second.created) == (second.number, True, False)
    assert (rows(session, Inspection), rows(session, InspectionPhoto)) == (1, 2)
    session.commit()
    with pytest.raises(NotPermitted, match="别人"):
        inspections.record(*sent[:4], person(session, "administrator"), NOW, TODAY)
    for key in ("", "k" * 65):
        with pytest.raises(InvalidEntry, match="失效"):
            inspections.record(*sent[:3], key, office, NOW, TODAY)


def test_a_correction_keeps_the_chain_and_of_two_the_second_is_told(
    session: Session, office: CurrentUser
) -> None:
    number = recorded(session, office)
    stale = full(session, number)
    correct(session, number, office, community="c02", domain="", due_on=TODAY)
    assert full(session, number).row.domain == "综合"
    with pytest.raises(Conflict, match="已被改动"):
        inspections.correct(session, number, stale.typed, stale.version, office, NOW, TODAY)
    session.rollback()
    later = again(session, office, number, RECTIFY)
    for changes, field in (
        ({"verdict": "qualified"}, "verdict"),
        ({"day": TODAY, "due_on": TODAY}, "day"),
        ({"community": "c03"}, "community"),
    ):
        with pytest.raises(InvalidEntry) as refused:
            correct(session, number, office, **changes)
        assert refused.value.field == field
        session.rollback()
    correct(session, later, office, verdict="qualified", community="c03")
    assert full(session, later).typed.community == "c02"
    assert full(session, number).row.state == "复查合格"


def test_void_and_restore_never_leave_a_chain_with_a_hole(
    session: Session, office: CurrentUser
) -> None:
    number = recorded(session, office)
    later = again(session, office, number)
    with pytest.raises(InvalidEntry, match="请先作废复查"):
        void(session, number, office)
    session.rollback()
    void(session, later, office)
    assert full(session, number).open
    assert full(session, later).state == inspections.VOID
    other = recorded(session, office, PASSED, key="other", follows=number, day=TODAY)
    with pytest.raises(Conflict, match=other):
        inspections.restore(session, later, 2, office, NOW)
    session.rollback()
    void(session, other, office)
    inspections.restore(session, later, 2, office, NOW)
    session.commit()
    assert [row.number for row in full(session, number).chain] == [number, later]
    for act in (correct, void):
        with pytest.raises(InvalidEntry, match="已作废"):
            act(session, other, office)
        session.rollback()
    with pytest.raises(InvalidEntry, match="没有作废"):
        inspections.restore(session, number, 1, office, NOW)
    with pytest.raises(InvalidEntry, match="原因"):
        inspections.void(session, later, " ", 3, office, NOW)


def test_a_community_reports_on_its_own_and_its_words_are_kept_once(session: Session) -> None:
    own = person(session, "community_staff", "c01")
    number = recorded(session, person(session, "official"))
    report = (session, number, "已清理完毕", [photo("a", "after")])
    for user in (person(session, "community_staff", "c02"), person(session, "official", None, "o")):
        with pytest.raises(NotPermitted):
            inspections.rectify(*report, user, NOW)
        session.rollback()
    inspections.rectify(*report, own, NOW)
    inspections.rectify(*report, own, NOW)
    session.commit()
    found = full(session, number)
    assert [(one.who, one.note) for one in found.reports] == [("测试员", "已清理完毕")]
    assert [one.moment for one in found.row.photos] == ["after"]
    assert found.open
    for note, moment, field in ((" ", "after", "note"), ("好", "before", "after")):
        with pytest.raises(InvalidEntry) as refused:
            inspections.rectify(session, number, note, [photo("b", moment)], own, NOW)
        assert refused.value.field == field
        session.rollback()
    again(session, person(session, "office_staff"), number)
    with pytest.raises(Conflict):
        inspections.rectify(session, number, "晚了", [], own, NOW)


def test_everything_is_in_the_log_and_a_photo_is_never_deleted(
    session: Session, office: CurrentUser
) -> None:
    number = recorded(session, office, photos=(photo("a"),), findings="请打 138" + "12345678")
    inspections.rectify(session, number, "已整改", [], office, NOW)
    inspections.add_photos(session, number, [photo("b")], office, NOW)
    inspections.show_photo(session, 1, False, office, NOW)
    inspections.show_photo(session, 1, True, office, NOW)
    correct(session, number, office, rank="科长")
    void(session, number, office)
    inspections.restore(session, number, 3, office, NOW)
    session.commit()
    lines = session.scalars(select(Change).order_by(Change.id)).all()
    assert {(line.entity, line.entity_key) for line in lines} == {("inspection", number)}
    assert [line.action for line in lines] == [
        "record", "rectify", "add_photos", "hide_photo", "show_photo", "correct", "void", "restore",
    ]  # fmt: skip
    assert [one.action for one in inspections.history(session, number)] == [
        "录入", "整改报告", "添加照片", "撤下照片", "放回照片", "更正", "作废", "恢复",
    ]  # fmt: skip
    assert full(session, number).row.findings == "请打 138****5678"
    assert rows(session, InspectionPhoto) == 2


@pytest.mark.parametrize("number", ["D000001", "A000001", "1", "D1", ""])
def test_a_number_that_is_not_there_is_not_found(session: Session, number: str) -> None:
    with pytest.raises(NotFound, match="D000123"):
        inspections.inspection(session, number, TODAY)


def test_a_typed_one_is_what_a_correction_starts_from(
    session: Session, office: CurrentUser
) -> None:
    typed: Typed = RECTIFY
    assert full(session, recorded(session, office)).typed == typed

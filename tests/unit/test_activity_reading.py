"""What is read of records: their history in words, one's own, the last like it, duplicates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from db.engine import Session
from services import activities
from services.activities import Difference, Mine
from services.i18n import use_language
from services.permissions import CurrentUser
from tests.activity_cases import (
    CORRECTED,
    ENTRY,
    LATER,
    NOW,
    PHONE,
    TODAY,
    entered,
    person,
)


class TestHistory:
    def test_it_says_who_did_what_when_and_from_what_to_what(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        activities.correct(session, number, CORRECTED, 1, staff, LATER, TODAY)
        activities.void(session, number, f"见{PHONE}", staff, LATER)
        activities.restore(session, number, staff, LATER)
        session.commit()
        entry, correction, void, restored = activities.history(session, number)
        assert [line.action for line in (entry, correction, void, restored)] == [
            *("首次填报", "更正", "作废", "恢复")
        ]
        assert (entry.at, entry.who, entry.differences) == (NOW, "测试员", ())
        assert (correction.at, void.reason, void.differences) == (LATER, "见138****5678", ())
        assert correction.differences == (
            Difference("日期", "2023年10月25日", "2023年9月27日 – 2023年9月28日"),
            Difference("共同开展的社区", "乙社区", "丙社区"),
            Difference("网格", "第一网格", "—"),
            Difference("参与力量", "物业、志愿者 12", "志愿者、警务单位 2"),
            Difference("参加人数", "40", "—"),
            Difference("清理乱堆乱放", "0 处", "—"),
            Difference("清运生活垃圾", "1.5 吨", "2 吨"),
            Difference("出动车辆", "—", "3 台次"),
        )

    def test_it_speaks_the_language_of_the_reader(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        activities.correct(session, number, replace(ENTRY, communities=()), 1, staff, LATER, TODAY)
        activities.undo(session, number, staff, LATER)
        session.commit()
        use_language("en")
        try:
            _entry, correction, undone = activities.history(session, number)
        finally:
            use_language("zh")
        assert correction.differences[0].before == "Yi"
        assert undone.reason == "Undo"

    def test_looking_at_hidden_numbers_is_remembered(
        self, session: Session, staff: CurrentUser
    ) -> None:
        private = replace(ENTRY, place=f"{PHONE}家", note=f"联系{PHONE}")
        number = entered(session, staff, private)
        record = activities.record(session, number)
        assert record.hides_numbers
        assert dict(record.lines)["地点"] == "138****5678家"
        assert dict(record.lines)["备注"] == "联系138****5678"
        assert activities.reveal(session, number, staff, LATER) == (private.place, private.note)
        assert activities.history(session, number)[-1].action == "查看完整号码"


class TestReading:
    def test_same_as_last_time_has_everything_but_the_counts(
        self, session: Session, staff: CurrentUser
    ) -> None:
        assert activities.latest_like(session, ENTRY.type_code, "c01", staff) is None
        entered(session, staff, replace(ENTRY, place="旧地点"), "older")
        entered(session, staff)
        undone = entered(session, staff, replace(ENTRY, place="填错了"), "undone")
        activities.undo(session, undone, staff, LATER)
        last = activities.latest_like(session, ENTRY.type_code, "c01", staff)
        assert last == replace(
            ENTRY,
            partners=(("property_management", None), ("volunteer", None)),
            participants=None,
            measures=(),
        )
        assert activities.latest_like(session, ENTRY.type_code, "c02", staff) is None
        other = person(session, "community_staff", "c01", "colleague")
        assert activities.latest_like(session, ENTRY.type_code, "c01", other) is None

    def test_recent_types_come_newest_first_and_once_each(
        self, session: Session, staff: CurrentUser
    ) -> None:
        for step, code in enumerate(("free_clinic", "weekly_film", "free_clinic", "tai_chi")):
            entered(session, staff, replace(ENTRY, type_code=code, measures=()), f"key-{step}")
        assert activities.recent_types(session, staff) == ("tai_chi", "free_clinic", "weekly_film")

    def test_community_staff_list_all_of_their_community_others_their_own(
        self, session: Session, staff: CurrentUser
    ) -> None:
        office = person(session, "office_staff")
        own = entered(session, staff)
        offices = entered(session, office, replace(ENTRY, first_day=date(2023, 9, 1)), "office")
        entered(session, office, replace(ENTRY, host="c02", communities=("c01",), grid=None), "c2")
        activities.void(session, own, "重复", staff, LATER)
        page = activities.mine(session, staff, Mine())
        assert ([row.number for row in page.rows], page.total) == ([own, offices], 2)
        assert [row.void for row in page.rows] == [True, False]
        assert activities.mine(session, office, Mine()).total == 2
        assert activities.mine(session, staff, Mine(state="void")).total == 1
        assert activities.mine(session, staff, Mine(type_code="free_clinic")).total == 0
        second = activities.mine(session, staff, Mine(), offset=1, limit=1)
        assert ([row.number for row in second.rows], second.total) == ([offices], 2)

    def test_the_last_save_can_be_undone_for_ten_minutes(
        self, session: Session, staff: CurrentUser
    ) -> None:
        assert activities.just_saved(session, staff, NOW) is None
        number = entered(session, staff)
        at_the_end = NOW + timedelta(minutes=10)
        assert activities.just_saved(session, staff, at_the_end).number == number
        assert activities.just_saved(session, staff, at_the_end + timedelta(seconds=1)) is None
        activities.undo(session, number, staff, LATER)
        assert activities.just_saved(session, staff, LATER) is None

    def test_a_possible_duplicate_is_of_the_same_type_days_and_community(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        fresh = replace(ENTRY, communities=(), place="别处")
        assert activities.possible_duplicate(session, fresh) == (number,)
        around = replace(fresh, first_day=date(2023, 10, 1), last_day=TODAY)
        assert activities.possible_duplicate(session, around) == (number,)
        guest = replace(fresh, host="c02", grid=None)
        assert activities.possible_duplicate(session, guest) == (number,)
        for other in (
            replace(fresh, first_day=TODAY, last_day=TODAY),
            replace(fresh, type_code="weekend_duty"),
            replace(fresh, host="c03", grid=None),
        ):
            assert activities.possible_duplicate(session, other) == ()
        activities.undo(session, number, staff, LATER)
        assert activities.possible_duplicate(session, fresh) == ()

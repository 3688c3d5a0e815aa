"""Activities are entered once, corrected by one at a time, never lost, and always counted."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from db.engine import Session, read_session, write_session
from db.models import ActivityType, Change, Community, DataVersion, Measure
from services import activities
from services.activities import Entry, Receipt
from services.errors import InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import (
    ENTRY,
    NOW,
    TODAY,
    WEDNESDAY,
    assert_sums_agree,
    entered,
    kept,
    person,
    rows,
)


class TestEntering:
    def test_what_was_entered_is_read_back_whole(
        self, session: Session, staff: CurrentUser
    ) -> None:
        receipt = activities.submit(session, ENTRY, "key", staff, NOW, TODAY)
        assert receipt == Receipt("A000001", NOW, created=True)
        session.commit()
        session.expire_all()
        record = activities.record(session, receipt.number)
        assert record.entry == ENTRY
        assert (record.version, record.void, record.entered_by) == (1, False, "测试员")
        assert record.entered_at == NOW

    def test_an_activity_without_any_count_is_fine(
        self, session: Session, staff: CurrentUser
    ) -> None:
        bare = Entry("inspection", TODAY, TODAY, "c01")
        assert activities.record(session, entered(session, staff, bare)).entry == bare

    def test_a_blank_is_kept_apart_from_a_zero(self, session: Session, staff: CurrentUser) -> None:
        number = entered(session, staff, replace(ENTRY, participants=0))
        assert activities.record(session, number).entry.participants == 0
        assert dict(activities.record(session, number).entry.measures) == {
            "household_waste": Decimal("1.5"),
            "litter_spots": 0,
        }
        blank = entered(session, staff, replace(ENTRY, participants=None), "other")
        assert activities.record(session, blank).entry.participants is None

    def test_it_counts_in_the_sums_and_raises_the_data_version(
        self, session: Session, staff: CurrentUser
    ) -> None:
        before = session.get_one(DataVersion, 1).version
        entered(session, staff)
        session.expire_all()
        assert session.get_one(DataVersion, 1).version > before
        assert all(kept(session))
        assert_sums_agree(session)

    def test_the_same_form_saved_again_gives_the_first_receipt(
        self, session: Session, staff: CurrentUser
    ) -> None:
        first = activities.submit(session, ENTRY, "key", staff, NOW, TODAY)
        session.commit()
        later = NOW + timedelta(minutes=3)
        again = activities.submit(session, ENTRY, "key", staff, later, TODAY)
        session.commit()
        assert (again.number, again.at, again.created) == (first.number, first.at, False)
        assert rows(session) == 1
        assert rows(session, Change) == 1
        assert_sums_agree(session)

    def test_a_replay_is_answered_even_if_the_type_was_retired_meanwhile(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        session.get_one(ActivityType, ENTRY.type_code).active = False
        session.commit()
        assert activities.submit(session, ENTRY, "key", staff, NOW, TODAY).number == number

    def test_a_key_of_another_person_is_refused(self, session: Session, staff: CurrentUser) -> None:
        entered(session, staff)
        colleague = person(session, "community_staff", "c01", "colleague")
        with pytest.raises(NotPermitted, match="已由别人提交"):
            activities.submit(session, ENTRY, "key", colleague, NOW, TODAY)

    @pytest.mark.parametrize("key", ["", "x" * 65])
    def test_a_key_that_cannot_be_kept_is_refused(
        self, session: Session, staff: CurrentUser, key: str
    ) -> None:
        with pytest.raises(InvalidEntry, match="请刷新页面"):
            activities.submit(session, ENTRY, key, staff, NOW, TODAY)

    def test_many_saves_at_once_with_one_key_write_one_row(
        self, session: Session, engine: Engine, staff: CurrentUser
    ) -> None:
        session.commit()
        start = threading.Barrier(6)

        def save(_worker: int) -> Receipt:
            start.wait()
            with write_session(engine) as own:
                return activities.submit(own, ENTRY, "one", staff, NOW, TODAY)

        with ThreadPoolExecutor(6) as workers:
            receipts = list(workers.map(save, range(6)))
        assert [receipt.created for receipt in receipts].count(True) == 1
        assert {receipt.number for receipt in receipts} == {"A000001"}
        with read_session(engine) as fresh:
            assert rows(fresh) == 1

    def test_many_people_who_save_at_once_all_count(
        self, session: Session, engine: Engine, staff: CurrentUser
    ) -> None:
        """Crossing months and a new group of communities: nobody locks anybody out."""
        session.commit()

        def save(worker: int) -> None:
            for step in range(6):
                day = date(2023, (worker + step) % 6 + 4, 1 + worker)
                others = ("c02", "c03")[: step % 3]
                entry = replace(ENTRY, first_day=day, last_day=day, communities=others)
                with write_session(engine) as own:
                    activities.submit(own, entry, f"{worker}-{step}", staff, NOW, TODAY)

        with ThreadPoolExecutor(4) as workers:
            list(workers.map(save, range(4)))
        with write_session(engine) as fresh:
            assert rows(fresh) == 24
            assert_sums_agree(fresh)


TOMORROW = TODAY + timedelta(days=1)
REFUSED = [
    ({"type_code": "nothing"}, "type_code", "请选择活动类型"),
    ({"first_day": TOMORROW, "last_day": TOMORROW}, "first_day", "今天以后"),
    ({"last_day": TOMORROW}, "last_day", "今天以后"),
    ({"last_day": WEDNESDAY - timedelta(days=1)}, "last_day", "不能早于开始日期"),
    ({"first_day": date(1999, 12, 31)}, "first_day", "2000 年"),
    ({"communities": ("c09",)}, "communities", "已不存在"),
    ({"grid": "c02-g01"}, "grid", "不属于主办社区"),
    ({"grid": "nowhere"}, "grid", "不属于主办社区"),
    ({"partners": (("volunteer", 0),)}, "headcount-volunteer", "至少填 1"),
    ({"partners": (("volunteer", 1_000_001),)}, "headcount-volunteer", "不能超过"),
    ({"partners": (("nobody", 1),)}, "partners", "已不存在"),
    ({"partners": (("volunteer", 1), ("volunteer", None))}, "partners", "重复"),
    ({"participants": -1}, "participants", "至少填 0"),
    ({"participants": 1_000_001}, "participants", "不能超过"),
    ({"measures": (("leaflets", Decimal(3)),)}, "measures", "不属于这个活动类型"),
    ({"measures": (("nothing", Decimal(3)),)}, "measures", "不属于这个活动类型"),
    ({"measures": (("litter_spots", Decimal("1.5")),)}, "measure-litter_spots", "请填整数"),
    ({"measures": (("litter_spots", Decimal(-1)),)}, "measure-litter_spots", "要在 0 和"),
    (
        {"measures": (("household_waste", Decimal("0.0001")),)},
        "measure-household_waste",
        "三位小数",
    ),
    (
        {"measures": (("litter_spots", Decimal(1)), ("litter_spots", Decimal(2)))},
        "measures",
        "填了两次",
    ),
    ({"place": "字" * 201}, "place", "最多 200 个字"),
    ({"note": "字" * 2001}, "note", "最多 2000 个字"),
]


class TestRefusing:
    @pytest.mark.dialects("sqlite")
    @pytest.mark.parametrize(("change", "field", "sentence"), REFUSED)
    def test_what_cannot_be_is_refused_at_its_field_and_leaves_nothing(
        self,
        session: Session,
        engine: Engine,
        staff: CurrentUser,
        change: dict[str, object],
        field: str,
        sentence: str,
    ) -> None:
        with pytest.raises(InvalidEntry, match=sentence) as refusal, write_session(engine) as own:
            activities.submit(own, replace(ENTRY, **change), "key", staff, NOW, TODAY)
        assert refusal.value.field == field
        assert rows(session) == rows(session, Change) == 0
        assert not any(kept(session))
        assert session.get_one(DataVersion, 1).version == 1

    @pytest.mark.dialects("sqlite")
    @pytest.mark.parametrize(("change", "field", "sentence"), REFUSED)
    def test_a_correction_is_held_to_the_same_rules(
        self,
        session: Session,
        staff: CurrentUser,
        change: dict[str, object],
        field: str,
        sentence: str,
    ) -> None:
        number = entered(session, staff)
        with pytest.raises(InvalidEntry, match=sentence) as refusal:
            activities.correct(session, number, replace(ENTRY, **change), 1, staff, NOW, TODAY)
        assert refusal.value.field == field

    def test_today_and_the_first_day_of_2000_are_accepted(
        self, session: Session, staff: CurrentUser
    ) -> None:
        entered(session, staff, replace(ENTRY, first_day=date(2000, 1, 1), last_day=TODAY))
        assert rows(session) == 1

    def test_a_retired_type_or_community_is_refused_for_what_is_new(self, session: Session) -> None:
        office = person(session, "office_staff")
        session.get_one(Community, "c03").active = False
        session.get_one(ActivityType, "tug_of_war").active = False
        session.commit()
        with pytest.raises(InvalidEntry, match="已停用"):
            entered(session, office, replace(ENTRY, type_code="tug_of_war", measures=()))
        with pytest.raises(InvalidEntry, match="丙社区已停用"):
            entered(session, office, replace(ENTRY, host="c03", grid=None))

    def test_what_was_retired_since_stays_correctable(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        session.get_one(ActivityType, ENTRY.type_code).active = False
        session.get_one(Community, "c02").active = False
        session.get_one(Measure, "household_waste").active = False
        session.commit()
        shown = tuple(pair for pair in ENTRY.measures if pair[0] != "household_waste")
        stated = replace(ENTRY, participants=41, measures=shown)
        activities.correct(session, number, stated, 1, staff, NOW, TODAY)
        after = activities.record(session, number).entry
        assert (after.participants, after.measures) == (41, ENTRY.measures)

    @pytest.mark.parametrize(
        "number", ["A999999", "B000001", "A1", "", "A0000012345678", "A０００００１"]
    )
    def test_a_number_that_does_not_exist_is_said_so(
        self, session: Session, staff: CurrentUser, number: str
    ) -> None:
        for call in (
            lambda: activities.record(session, number),
            lambda: activities.history(session, number),
            lambda: activities.differences(session, number, ENTRY),
            lambda: activities.void(session, number, "重复", staff, NOW),
            lambda: activities.correct(session, number, ENTRY, 1, staff, NOW, TODAY),
        ):
            with pytest.raises(NotFound, match="编号"):
                call()

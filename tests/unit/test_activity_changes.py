"""Records are corrected by one at a time, voided with a reason, and always counted right."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from db.engine import Session, write_session
from db.models import Change
from db.reads import activities as reads
from services import activities
from services.activities import Difference
from services.errors import Conflict, InvalidEntry, NotPermitted
from services.permissions import CurrentUser
from tests.activity_cases import (
    CORRECTED,
    ENTRY,
    LATER,
    NOW,
    PHONE,
    TODAY,
    WEDNESDAY,
    assert_sums_agree,
    entered,
    kept,
    person,
    rows,
)


class TestCorrecting:
    def test_everything_can_be_stated_anew(self, session: Session, staff: CurrentUser) -> None:
        number = entered(session, staff)
        activities.correct(session, number, CORRECTED, 1, staff, LATER, TODAY)
        session.commit()
        session.expire_all()
        record = activities.record(session, number)
        assert (record.entry, record.version) == (CORRECTED, 2)
        assert record.entered_at == NOW
        assert_sums_agree(session)

    def test_who_saw_an_older_version_is_told_and_changes_nothing(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        activities.correct(session, number, CORRECTED, 1, staff, LATER, TODAY)
        session.commit()
        mine = replace(ENTRY, participants=99)
        with pytest.raises(Conflict, match="被别人改过"):
            activities.correct(session, number, mine, 1, staff, LATER, TODAY)
        session.rollback()
        assert activities.record(session, number).entry == CORRECTED
        assert rows(session, Change) == 2
        assert_sums_agree(session)

    def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(
        self, session: Session, engine: Engine, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        start = threading.Barrier(2)

        def save(participants: int) -> int | None:
            start.wait()
            try:
                with write_session(engine) as own:
                    stated = replace(ENTRY, participants=participants)
                    activities.correct(own, number, stated, 1, staff, LATER, TODAY)
            except Conflict:
                return None
            return participants

        with ThreadPoolExecutor(2) as workers:
            winners = [won for won in workers.map(save, (50, 60)) if won]
        session.expire_all()
        assert [activities.record(session, number).entry.participants] == winners

    def test_both_values_can_be_shown_side_by_side(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        mine = replace(ENTRY, participants=None, note=f"联系{PHONE}")
        assert activities.differences(session, number, mine) == (
            Difference("参加人数", "40", "—"),
            Difference("备注", "雨后清理", "联系138****5678"),
        )

    def test_saving_twice_or_without_a_change_adds_nothing(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        for _click in range(2):
            activities.correct(session, number, CORRECTED, 1, staff, LATER, TODAY)
            session.commit()
        assert activities.record(session, number).version == 2
        assert rows(session, Change) == 2

    def test_a_void_record_is_first_restored(self, session: Session, staff: CurrentUser) -> None:
        number = entered(session, staff)
        activities.void(session, number, "重复填报", staff, LATER)
        with pytest.raises(InvalidEntry, match="请先恢复"):
            activities.correct(session, number, CORRECTED, 2, staff, LATER, TODAY)


class TestVoiding:
    def test_a_void_record_counts_nowhere_until_it_is_restored(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        counted = kept(session)
        activities.void(session, number, " 重复填报 ", staff, LATER)
        session.commit()
        record = activities.record(session, number)
        assert (record.void, record.void_reason, record.version) == (True, "重复填报", 2)
        assert not any(kept(session))
        assert_sums_agree(session)
        activities.restore(session, number, staff, LATER)
        session.commit()
        record = activities.record(session, number)
        assert (record.void, record.void_reason, record.version) == (False, "", 3)
        assert kept(session) == counted

    @pytest.mark.parametrize("reason", ["", "  ", "\u3000", "\x00"])
    def test_a_reason_is_required(self, session: Session, staff: CurrentUser, reason: str) -> None:
        number = entered(session, staff)
        with pytest.raises(InvalidEntry, match="请写明作废原因") as refusal:
            activities.void(session, number, reason, staff, LATER)
        assert refusal.value.field == "reason"

    def test_nothing_is_voided_or_restored_twice(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        with pytest.raises(InvalidEntry, match="没有作废"):
            activities.restore(session, number, staff, LATER)
        activities.void(session, number, "重复填报", staff, LATER)
        with pytest.raises(InvalidEntry, match="已经作废"):
            activities.void(session, number, "重复填报", staff, LATER)
        assert_sums_agree(session)

    def test_a_session_that_saw_an_older_state_voids_nothing(
        self, session: Session, engine: Engine, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        seen = reads.activity(session, 1)
        session.commit()
        with write_session(engine) as other:
            activities.correct(other, number, CORRECTED, 1, staff, LATER, TODAY)
        assert seen.version == 1
        with pytest.raises(Conflict, match="请刷新后再试"):
            activities.void(session, number, "重复填报", staff, LATER)
        session.rollback()
        assert_sums_agree(session)

    def test_undo_voids_what_one_entered_oneself_within_ten_minutes(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        for _click in range(2):
            activities.undo(session, number, staff, NOW + timedelta(minutes=10))
            session.commit()
        record = activities.record(session, number)
        assert (record.void, record.void_reason, record.version) == (True, "撤销", 2)
        assert_sums_agree(session)

    def test_after_ten_minutes_undo_leads_to_voiding_with_a_reason(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        with pytest.raises(InvalidEntry, match="超过 10 分钟"):
            activities.undo(session, number, staff, NOW + timedelta(minutes=10, seconds=1))

    def test_nobody_undoes_what_a_colleague_entered(
        self, session: Session, staff: CurrentUser
    ) -> None:
        number = entered(session, staff)
        colleague = person(session, "community_staff", "c01", "colleague")
        with pytest.raises(NotPermitted, match="只能撤销自己"):
            activities.undo(session, number, colleague, LATER)


def test_after_any_sequence_of_operations_the_sums_agree_with_the_records(
    session: Session, staff: CurrentUser
) -> None:
    chance = random.Random(20231028)
    numbers = [entered(session, staff, key=f"first-{step}") for step in range(3)]
    for step in range(60):
        number = chance.choice(numbers)
        record = activities.record(session, number)
        deed = chance.choice(("enter", "correct", "correct", "state"))
        day = WEDNESDAY - timedelta(days=chance.randrange(120))
        stated = replace(
            chance.choice((ENTRY, CORRECTED)),
            type_code=chance.choice(("wednesday_cleanup", "volunteer_cleanup", "weekend_duty")),
            first_day=day,
            last_day=day + timedelta(days=chance.randrange(3)),
            communities=tuple(chance.sample(("c02", "c03"), chance.randrange(3))),
            participants=chance.choice((None, 0, step)),
        )
        if deed == "enter":
            numbers.append(entered(session, staff, stated, f"key-{step}"))
        elif deed == "state" and record.void:
            activities.restore(session, number, staff, LATER)
        elif deed == "state":
            activities.void(session, number, "重复", staff, LATER)
        elif not record.void:
            activities.correct(session, number, stated, record.version, staff, LATER, TODAY)
        session.commit()
    assert all(kept(session))
    assert_sums_agree(session)

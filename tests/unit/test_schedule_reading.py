"""Occasions as they are read: rounds, previews, reminders, and rates month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from db.engine import Session
from db.models import ActivityRound
from services import schedule
from services.permissions import CurrentUser
from services.schedule import Chosen, Rule
from tests.activity_cases import NOW, TODAY
from tests.builders import add_activity
from tests.schedule_cases import TYPED, planned, states

KIND = "wednesday_cleanup"


def october(day: int) -> date:
    return date(2023, 10, day)


def test_once_a_round_follows_the_rounds_on_record(session: Session, office: CurrentUser) -> None:
    typed = replace(TYPED, type_code="elderly_check_up", rule=Rule("round"))
    assert schedule.preview(session, typed, TODAY) == ()
    session.add(
        ActivityRound(
            type_code="elderly_check_up", number=2, label="第二轮", first_day=october(9),
            last_day=date(2023, 11, 20),
        )
    )  # fmt: skip
    planned(session, office, type_code="elderly_check_up", rule=Rule("round"))
    assert [line.note for line in schedule.preview(session, typed, TODAY)] == [
        "这一轮到2023年11月20日结束"
    ]
    assert states(session) == "p"
    assert states(session, date(2023, 11, 21)) == "m"
    add_activity(session, "elderly_check_up", october(20), "c01")
    assert states(session) == "d"


def test_the_preview_says_what_becomes_of_days_off(session: Session) -> None:
    typed = replace(TYPED, on_day_off="next_workday")
    lines = schedule.preview(session, typed, october(1))
    assert [line.day.day for line in lines] == [4, 11, 18, 25, 1, 8]
    assert lines[0].note == "放假，顺延到2023年10月7日"
    skipped = schedule.preview(session, replace(TYPED, on_day_off="skip"), october(1))
    assert (skipped[0].left_out, skipped[0].note, len(skipped)) == (True, "放假，不开展", 7)
    kept = schedule.preview(session, replace(TYPED, grace=1), october(1))
    assert kept[0].note == "放假，照常开展；2023年10月6日前开展都算按时"
    later = schedule.preview(session, replace(TYPED, first_day=date(2031, 1, 1)), october(1))
    assert later[0].note == "放假，照常开展；调休以公布安排为准"


def test_one_is_reminded_of_ones_own_until_the_next_begins(
    session: Session, office: CurrentUser
) -> None:
    planned(session, office, communities=("c01", "c02"), grace=1)

    def waiting(day: date) -> list[tuple[int, str]]:
        return [(one.occasion.due.day, one.state) for one in schedule.waiting(session, "c01", day)]

    assert waiting(october(3)) == []
    assert waiting(october(4)) == [(4, "planned")]
    assert waiting(october(10)) == [(4, "missing")]
    assert waiting(october(11)) == [(11, "planned")]
    add_activity(session, KIND, october(12), "c01")
    assert waiting(october(12)) == []
    schedule.cancel(session, "P000001.2023-10-18", "暴雨", 0, office, NOW, TODAY)
    assert waiting(october(19)) == []


def test_rates_by_month_are_the_same_at_once_and_month_by_month(
    session: Session, office: CurrentUser
) -> None:
    planned(session, office, communities=("c01", "c02"), first_day=date(2023, 1, 1))
    for week in range(0, 43, 2):
        add_activity(session, KIND, date(2023, 1, 4) + timedelta(weeks=week), "c01")
    year = schedule.within(session, Chosen(), date(2023, 1, 1), TODAY, TODAY)
    by_month = schedule.tallies(year, lambda one: one.occasion.due.month)
    for month, whole in by_month.items():
        first = date(2023, month, 1)  # type: ignore[call-overload]
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        alone = schedule.within(session, Chosen(), first, min(last, TODAY), TODAY)
        assert schedule.tally(alone) == whole
    assert schedule.tally(year).due == 2 * 43
    assert schedule.tally(year).done == 22

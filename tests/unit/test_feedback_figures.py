"""Rates, bounds and times of voices against cases counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from db.engine import Session
from db.reads.feedback import COLUMNS
from services.feedback import VERDICTS, sentences
from services.feedback.figures import Figures, Rate, figures, voices
from services.filters import Filters
from services.periods import Period
from services.settings import FeedbackRules, Thresholds
from services.views import View
from tests.activity_cases import person
from tests.feedback_cases import TODAY, Desk, day

RULES = FeedbackRules()
ANY = Thresholds(hide_below=1)


def frame(*rows: tuple[str, str, int, int | None, int | None]) -> pd.DataFrame:
    """Voices as (state, verdict, received days ago, responded after, resolved after) days."""
    full = []
    for state, verdict, ago, responded, resolved in rows:
        first = TODAY - timedelta(days=ago)
        full.append(
            {
                "received_on": first,
                "due_on": None if state == "received" else first + timedelta(days=5),
                "responded_on": None if responded is None else first + timedelta(days=responded),
                "resolved_on": None if resolved is None else first + timedelta(days=resolved),
                "state": state,
                "rounds": 2 if verdict == "not_resolved" else 1,
                "resolves": int(state in ("resolved", "closed") or verdict == "not_resolved"),
                **{said: int(verdict == said) for said in VERDICTS if said != "not_reached"},
            }
        )
    return pd.DataFrame(full, columns=list(COLUMNS)).astype(
        {name: object for name in COLUMNS if name.endswith("_on")}
    )


# Ten voices, counted by hand below.
TEN = frame(
    ("closed", "satisfied", 20, 1, 3),
    ("closed", "satisfied", 20, 0, 6),
    ("closed", "satisfied", 20, 1, 6),
    ("closed", "unsatisfied", 20, 2, 9),
    ("resolved", "", 20, 1, 4),
    ("assigned", "not_resolved", 20, 3, None),
    ("assigned", "", 4, 1, None),
    ("assigned", "", 8, 1, None),
    ("received", "", 10, None, None),
    ("received", "", 1, None, None),
)


def test_the_three_rates_have_the_denominators_counted_by_hand() -> None:
    found = figures(TEN, TODAY, RULES)
    assert (found.voices, found.open, found.late, found.reopened) == (10, 5, 2, 1)
    # Taken up on the day or the day after: 6. Yesterday's may still be taken up in time.
    assert found.response == Rate(6, 9)
    assert found.reached == Rate(5, 6)
    assert found.resolution == Rate(4, 5)
    assert found.satisfaction == Rate(3, 5)
    assert found.bounds == pytest.approx((3 / 6, 3 / 6 + 1 / 6))
    assert found.joint(RULES) == pytest.approx(0.2 * 6 / 9 + 0.4 * 4 / 5 + 0.4 * 3 / 5)


def test_days_to_resolve_count_the_open_ones_as_not_yet_resolved() -> None:
    """Kaplan-Meier by hand: times 1+ 3 4 4+ 6 6 8+ 9 10+ 20+."""
    found = figures(TEN, TODAY, RULES)
    at_week = (8 / 9) * (7 / 8) * (4 / 6)
    assert found.within_week == pytest.approx(1 - at_week)
    assert at_week * (2 / 3) <= 0.5 < at_week
    assert found.median == 9


def test_all_resolved_within_a_week_is_all_of_them_though_nobody_waited_so_long() -> None:
    quick = frame(*[("closed", "satisfied", 3, 1, 2)] * 3)
    assert figures(quick, TODAY, RULES).within_week == 1
    waiting = frame(("closed", "satisfied", 3, 1, 2), ("assigned", "", 3, 1, None))
    assert figures(waiting, TODAY, RULES).within_week is None


def test_the_example_of_the_sentences() -> None:
    rates = {"response": Rate(1, 1), "resolution": Rate(60, 60), "satisfaction": Rate(57, 60)}
    found = Figures(
        voices=100, open=0, late=0, reopened=0, reached=Rate(60, 100), median=6.0,
        within_week=0.58, **rates,
    )  # fmt: skip
    assert found.bounds == pytest.approx((0.57, 0.97))
    assert sentences.call_backs(found, ANY) == (
        "回访成功 60%（60/100 次），其中 95% 满意；全部应回访诉求的满意率在 57%–97% 之间。"
    )
    assert sentences.times(found, ANY) == "一半诉求在 6 天内办结（含未办结件）；7 天办结率 58%。"


def test_small_numbers_are_not_made_into_rates() -> None:
    found = figures(TEN, TODAY, RULES)
    assert sentences.call_backs(found, Thresholds()) == (
        "有效回访 5 次，不足 10 次，不计算解决率和满意率。"
    )
    few = figures(TEN.head(3), TODAY, RULES)
    assert sentences.times(few, Thresholds()) == "诉求不足 10 件，不计算办结时间。"


def test_nothing_gives_no_figure_and_no_zero() -> None:
    found = figures(frame(), TODAY, RULES)
    assert (found.voices, found.bounds, found.median, found.within_week) == (0, None, None, None)
    assert found.joint(RULES) is None
    assert [rate.share for rate in (found.response, found.reached, found.satisfaction)] == [
        None
    ] * 3
    assert sentences.call_backs(found, ANY) == "还没有办理完毕、可以回访的诉求。"


def test_nobody_reached_leaves_the_satisfied_share_open_between_0_and_1() -> None:
    assert figures(frame(("resolved", "", 9, 1, 3)), TODAY, RULES).bounds == (0, 1)


def test_less_than_half_resolved_has_no_median() -> None:
    slow = frame(("resolved", "", 20, 1, 3), *[("assigned", "", 20, 1, None)] * 4)
    found = figures(slow, TODAY, RULES)
    assert found.median is None
    assert found.within_week == pytest.approx(0.2)
    assert "还不到一半" in sentences.times(found, ANY)


@pytest.mark.parametrize(("hours", "in_time"), [(0, 1), (24, 6), (25, 7), (48, 7), (72, 8)])
def test_the_response_hours_run_from_the_end_of_the_day(hours: int, in_time: int) -> None:
    assert figures(TEN, TODAY, FeedbackRules(response_hours=hours)).response.count == in_time


def test_the_weights_are_those_of_the_office() -> None:
    only_answers = FeedbackRules(response_weight=1, resolution_weight=0, satisfaction_weight=0)
    assert figures(TEN, TODAY, only_answers).joint(only_answers) == pytest.approx(6 / 9)


def test_a_voice_that_had_to_be_handled_again_keeps_its_first_answer_counted(
    session: Session,
) -> None:
    desk = Desk(session)
    number = desk.brought_to("resolved")
    desk.take(number, desk.step("call_back", verdict="not_reached"))
    again = desk.step("call_back", verdict="not_resolved", note="还是堵", due=day(9))
    desk.take(number, again)
    desk.take(number, desk.step("resolve", on=day(6)))
    desk.take(number, desk.step("call_back", on=day(7)))
    found = figures(voices(session, view(day(0), TODAY), desk.office), TODAY, RULES)
    assert (found.reached, found.resolution, found.satisfaction) == (
        Rate(2, 2),
        Rate(1, 2),
        Rate(1, 2),
    )
    assert (found.voices, found.reopened, found.median) == (1, 1, 6)


def view(first: date, last: date, *communities: str, domain: str | None = None) -> View:
    return View(Filters(Period(first, "since", last), communities, domain), TODAY, Thresholds())


def test_voices_are_those_of_the_view_without_the_void_ones(session: Session) -> None:
    desk = Desk(session)
    desk.brought_to("closed")
    desk.brought_to("void")
    away = desk.submit(community="c02", topic="noise")
    desk.take(away, desk.step("assign", owner=desk.office.id))
    whole = view(day(0), TODAY)
    assert list(voices(session, whole, desk.office)["state"]) == ["closed", "assigned"]
    assert list(voices(session, whole, desk.staff)["state"]) == ["closed"]
    assert list(voices(session, whole.only("c02"), desk.staff)["state"]) == ["closed"]
    assert list(voices(session, whole.within("safety"), desk.office)["state"]) == ["assigned"]
    assert voices(session, view(day(1), TODAY), desk.office).empty
    other = person(session, "community_staff", "c03")
    assert voices(session, whole, other).empty

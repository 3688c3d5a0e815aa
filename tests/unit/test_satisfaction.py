"""Scores against arithmetic by hand: the mean, its interval, the whole, and what is hidden."""

from __future__ import annotations

from math import sqrt

import pytest
from scipy import stats

from db.engine import Session
from services.satisfaction import OVERALL, SCORE_COLUMNS, SUBDISTRICT, line_up, scores
from services.statistics.proportions import wilson
from tests.builders import add_tally, add_wave
from tests.survey_cases import AUTUMN, FOREVER, LIMITS, add_answers, overall, three


def test_without_answers_the_frame_is_empty_and_keeps_its_columns(session: Session) -> None:
    assert tuple(scores(session, (), LIMITS)) == SCORE_COLUMNS
    add_wave(session, "w1", *AUTUMN)
    frame = scores(session, line_up(session, FOREVER), LIMITS, ("c01",))
    assert frame.empty
    assert tuple(frame) == SCORE_COLUMNS


def test_a_score_is_the_mean_of_the_points_and_its_error_that_of_a_mean(session: Session) -> None:
    add_answers(session, "w1", c01=three(40, 30, 10, 20))
    row = overall(session).loc[("w1", "c01")]
    mean = (40 * 100 + 30 * 75 + 10 * 55) / 80
    variance = (40 * (100 - mean) ** 2 + 30 * (75 - mean) ** 2 + 10 * (55 - mean) ** 2) / 80
    error = sqrt(variance / 80 * 100 / 99)
    half = stats.t.ppf(0.975, 79) * error
    assert (row.n, row.n_total, row.dont_know_rate) == (80, 100, pytest.approx(0.2))
    assert row.score == pytest.approx(mean)
    assert row.score_se == pytest.approx(error)
    assert (row.low, row.high) == (pytest.approx(mean - half), pytest.approx(mean + half))
    assert row.state == "ok"


def test_the_satisfied_share_is_of_valid_answers_with_wilsons_interval(session: Session) -> None:
    add_answers(session, "w1", c01=three(40, 30, 10, 20))
    row = overall(session).loc[("w1", "c01")]
    low, high = wilson(70, 80)
    assert row.share == pytest.approx(70 / 80)
    assert (row.share_low, row.share_high) == (pytest.approx(low), pytest.approx(high))


def test_on_five_grades_the_first_three_are_satisfied(session: Session) -> None:
    add_wave(session, "w1", *AUTUMN, scale="five_grade")
    add_tally(
        session,
        "w1",
        "c01",
        OVERALL,
        {
            "very_satisfied": 10,
            "satisfied": 20,
            "fairly_satisfied": 30,
            "rather_dissatisfied": 40,
            "dissatisfied": 0,
            "dont_know": 5,
        },
    )
    row = overall(session).loc[("w1", "c01")]
    assert row.score == pytest.approx((10 * 100 + 20 * 80 + 30 * 60 + 40 * 30) / 100)
    assert row.share == pytest.approx(0.6)


def test_the_whole_pools_the_answers_and_not_the_scores(session: Session) -> None:
    add_answers(session, "w1", c01=three(30), c02=three(0, 0, 90))
    whole = overall(session).loc[("w1", SUBDISTRICT)]
    assert whole.score == pytest.approx((30 * 100 + 90 * 55) / 120)
    assert whole.n == 120
    chosen = overall(session, ("c02",))
    assert chosen.loc[("w1", SUBDISTRICT)].score == 55
    assert set(chosen.index) == {("w1", SUBDISTRICT), ("w1", "c02")}


def test_an_interval_never_leaves_the_scale(session: Session) -> None:
    add_answers(session, "w1", c01=three(39, 1), c02=three(0, 1, 39))
    rows = overall(session)
    assert rows.loc[("w1", "c01")].high == 100
    assert rows.loc[("w1", "c02")].low == 55


@pytest.mark.parametrize(
    ("answers", "score", "low", "high"),
    [
        (three(40, unknown=3), 100, 55 + 45 * wilson(40, 40)[0], 100),
        (three(0, 0, 40), 55, 55, 55 + 45 * wilson(0, 40)[1]),
    ],
)
def test_everyone_alike_is_no_certainty(
    session: Session, answers: dict, score: float, low: float, high: float
) -> None:
    add_answers(session, "w1", c01=answers)
    row = overall(session).loc[("w1", "c01")]
    assert row.score == score
    assert (row.low, row.high) == (pytest.approx(low), pytest.approx(high))
    assert row.low < row.high
    assert row.score_se == pytest.approx((high - low) / stats.norm.ppf(0.975))


@pytest.mark.parametrize(
    ("n", "state"), [(0, "hidden"), (9, "hidden"), (10, "few"), (29, "few"), (30, "ok")]
)
def test_few_valid_answers_are_marked_and_too_few_hidden(
    session: Session, n: int, state: str
) -> None:
    add_answers(session, "w1", c01=three(n, unknown=50))
    row = overall(session).loc[("w1", "c01")]
    assert row.state == state
    shown = row.drop("state")[["n", "n_total", "score", "low", "high", "share", "dont_know_rate"]]
    assert shown.isna().all() if state == "hidden" else shown.notna().all()


def test_beside_one_hidden_community_the_next_smallest_is_hidden_too(session: Session) -> None:
    add_answers(session, "w1", c01=three(60), c02=three(5, 2), c03=three(20, 20))
    states = overall(session)["state"].to_dict()
    assert states == {
        ("w1", "c01"): "ok",
        ("w1", "c02"): "hidden",
        ("w1", "c03"): "hidden",
        ("w1", SUBDISTRICT): "ok",
    }


def test_two_hidden_communities_cover_each_other(session: Session) -> None:
    add_answers(session, "w1", c01=three(60), c02=three(5, 2), c03=three(3, 2))
    assert overall(session).loc[("w1", "c01")].state == "ok"


def test_a_community_without_valid_answers_covers_nobody(session: Session) -> None:
    add_answers(session, "w1", c01=three(60), c02=three(5, 2), c03=three(0, unknown=40))
    assert (overall(session)["state"] == "hidden").to_dict() == {
        ("w1", "c01"): True,
        ("w1", "c02"): True,
        ("w1", "c03"): True,
        ("w1", SUBDISTRICT): False,
    }


def test_every_question_hides_for_itself(session: Session) -> None:
    add_answers(session, "w1", c01=three(60), c02=three(50), c03=three(5))
    for community, n in (("c01", 60), ("c02", 50), ("c03", 40)):
        add_tally(session, "w1", community, "health", three(n))
    frame = scores(session, line_up(session, FOREVER), LIMITS)
    hidden = frame[frame["state"] == "hidden"]
    assert set(zip(hidden["community"], hidden["subject"], strict=True)) == {
        ("c02", OVERALL),
        ("c03", OVERALL),
    }


@pytest.mark.parametrize(
    ("chosen", "whole"),
    [
        (("c01",), "ok"),
        (("c03",), "hidden"),
        (("c01", "c02"), "hidden"),
        (("c01", "c03"), "hidden"),
        (("c02", "c03"), "ok"),
        (("c01", "c02", "c03"), "ok"),
    ],
)
def test_no_choice_of_communities_uncovers_a_hidden_one(
    session: Session, chosen: tuple[str, ...], whole: str
) -> None:
    add_answers(session, "w1", c01=three(60), c02=three(5, 2), c03=three(20, 20))
    rows = overall(session, chosen)
    assert rows.loc[("w1", SUBDISTRICT)].state == whole
    assert all(rows.loc[("w1", place)].state == "hidden" for place in chosen if place != "c01")
    assert rows[rows["state"] == "hidden"][["n", "score"]].isna().all(axis=None)

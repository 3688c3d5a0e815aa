"""What goes together with overall satisfaction, found once and kept with the wave."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from db.engine import Session
from db.reads import patterns as reads
from db.writes.respondents import clear
from services.satisfaction import estimates
from services.satisfaction.drivers import shares
from services.statistics.drivers import bands, grades, relative_weights
from tests.builders import add_wave
from tests.survey_rows import add_population, add_respondents

QUESTIONS = {"总体": "overall", "环境": "environment", "治安": "safety", "文体": "culture"}
OPTIONS = ("satisfied", "fairly_satisfied", "dissatisfied")
POINTS = np.array([100.0, 75.0, 55.0])


def answers(count: int = 300) -> np.ndarray:
    """Options of overall and three domains; overall follows the first domain."""
    random = np.random.default_rng(5)
    domains = random.integers(0, 3, (count, 3))
    overall = np.where(random.random(count) < 0.8, domains[:, 0], domains[:, 1])
    return np.column_stack([overall, domains])


def sample(session: Session, chosen: np.ndarray, **columns: list[object]) -> str:
    wave = add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20))
    people = [
        {
            "community": "c01",
            "answers": {
                question: OPTIONS[option]
                for question, option in zip(QUESTIONS, row, strict=True)
                if option >= 0
            },
        }
        | {name: values[place] for name, values in columns.items()}
        for place, row in enumerate(chosen.tolist())
    ]
    add_respondents(session, wave, QUESTIONS, people)
    return wave.code


def test_shares_and_bands_are_those_of_the_method_and_are_kept(session: Session) -> None:
    chosen = answers()
    frame = reads.drivers(session, sample(session, chosen)).set_index("subject")
    y, X = POINTS[chosen[:, 0]], POINTS[chosen[:, 1:]]
    importance = relative_weights(X, y)
    low, high = bands(relative_weights, X, y)
    subjects = ["environment", "safety", "culture"]
    assert frame.loc[subjects, "share"].to_numpy() == pytest.approx(importance / importance.sum())
    assert frame.loc[subjects, "low"].to_numpy() == pytest.approx(low)
    assert frame.loc[subjects, "high"].to_numpy() == pytest.approx(high)
    assert set(frame["n"]) == {300}
    assert set(frame["basis"]) == {"unweighted"}
    assert grades(*frame.loc[subjects, ["low", "high"]].to_numpy().T)[0] == "high"


def test_who_left_a_question_blank_or_did_not_know_is_left_out(session: Session) -> None:
    chosen = answers()
    chosen[:40, 2] = -1
    frame = reads.drivers(session, sample(session, chosen))
    assert set(frame["n"]) == {260}


def test_the_same_answers_give_the_same_bands_again(session: Session) -> None:
    wave = sample(session, answers())
    before = reads.drivers(session, wave)
    estimates.keep(session, wave)
    assert reads.drivers(session, wave).equals(before)


def test_weights_give_shares_of_their_own(session: Session) -> None:
    add_population(session, "c01", 2023, residents=1000, male=500, female=500)
    sexes = ["male"] * 60 + ["female"] * 240
    frame = reads.drivers(session, sample(session, answers(), sex=sexes))
    own = frame.set_index(["basis", "subject"])["share"]
    assert own["weighted"].sum() == pytest.approx(1)
    assert own["weighted", "environment"] != pytest.approx(own["unweighted", "environment"])


@pytest.mark.parametrize(
    "change",
    [
        lambda chosen: chosen[:99],
        lambda chosen: np.column_stack([np.zeros(300, int), chosen[:, 1:]]),
        lambda chosen: np.column_stack([chosen[:, :2], np.full((300, 2), -1)]),
        lambda chosen: np.column_stack([chosen[:, :2], chosen[:, 1], np.full(300, -1)]),
    ],
    ids=["too few", "overall alike", "one domain", "one domain tells the other"],
)
def test_where_nothing_can_be_said_nothing_is_kept(session: Session, change: object) -> None:
    assert reads.drivers(session, sample(session, change(answers()))).empty


def test_a_domain_in_which_all_answered_alike_is_left_out() -> None:
    points = POINTS[answers()]
    flat = {"environment": points[:, 1], "safety": points[:, 2], "culture": np.full(300, 75.0)}
    rows = list(shares(points[:, 0], flat, "unweighted", None))
    assert [row["subject"] for row in rows] == ["environment", "safety"]


def test_who_took_part_is_counted_by_sex_and_age(session: Session) -> None:
    sexes = ["male"] * 120 + ["female"] * 170 + [""] * 10
    wave = sample(session, answers(), sex=sexes)
    frame = reads.margins(session, wave)
    assert set(frame["margin"]) == {"sex"}
    assert dict(zip(frame["label"], frame["count"], strict=True)) == {
        "male": 120,
        "female": 170,
        "": 10,
    }


def test_findings_are_kept_and_go_with_the_answers(session: Session) -> None:
    chosen = np.column_stack([answers(), answers(300)[:, :1]])
    questions = QUESTIONS | {"健康": "health"}
    wave = add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20))
    chosen[:60] = 0
    people = [
        {
            "community": "c01" if place < 100 else "c02",
            "answers": {q: OPTIONS[o] for q, o in zip(questions, row, strict=True)},
        }
        for place, row in enumerate(chosen.tolist())
    ]
    add_respondents(session, wave, questions, people)
    kinds = {(row.kind, row.community_code) for row in reads.findings(session, wave.code)}
    assert ("alike", "c01") in kinds
    clear(session, wave.code)
    assert reads.findings(session, wave.code) == []
    assert reads.margins(session, wave.code).empty
    assert reads.drivers(session, wave.code).empty

"""Estimates kept of a wave's answers: what they are, and that nothing but answers moves them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from db.engine import Session
from db.models import SurveyWave
from db.reads import respondents as kept
from db.reads import survey as reads
from services.admin import population
from services.admin.edits import fingerprint
from services.satisfaction import OVERALL, SUBDISTRICT, line_up, scores
from services.satisfaction.estimates import (
    UNWEIGHTED,
    WEIGHTED,
    keep,
    respondent_scores,
    together,
    weighted_sample,
)
from services.satisfaction.scores import ScoreFrame
from services.satisfaction.weights import COMMUNITY, FILE, SEX
from services.settings import Thresholds
from services.statistics.survey import survey_mean
from tests.activity_cases import person
from tests.builders import AT, add_tally, add_wave
from tests.survey_rows import add_population, add_respondents

OPTIONS = ("satisfied", "fairly_satisfied", "dissatisfied", "dont_know")
POINTS = {"satisfied": 100.0, "fairly_satisfied": 75.0, "dissatisfied": 55.0}
QUESTIONS = {"总的来说满意吗": OVERALL, "看病方便吗": "health", "看病贵吗": "health"}
KEY = ["community", "subject"]


def wave_of(session: Session, code: str = "w1") -> SurveyWave:
    return add_wave(session, code, date(2023, 9, 1), date(2023, 9, 20))


def crowd(size: int = 240, seed: int = 5) -> list[dict[str, Any]]:
    """People of three communities with weights; some leave a question blank."""
    chance = np.random.default_rng(seed)
    return [
        {
            "community": str(chance.choice(["c01", "c02", "c03"], p=[0.5, 0.3, 0.2])),
            "weight": float(chance.uniform(0.5, 3)),
            "sex": str(chance.choice(["male", "female", ""], p=[0.4, 0.5, 0.1])),
            "answers": {
                wording: str(chance.choice(OPTIONS, p=[0.5, 0.3, 0.15, 0.05]))
                for wording in QUESTIONS
                if chance.random() < 0.9
            },
        }
        for _ in range(size)
    ]


def found(session: Session, communities: Sequence[str] = (), basis: str = WEIGHTED) -> ScoreFrame:
    return scores(session, line_up(session, date.max), Thresholds(), communities, basis=basis)


def figures(frame: pd.DataFrame) -> pd.DataFrame:
    """Without the wave's code, in the order of places and subjects."""
    return frame.drop(columns="wave").sort_values(KEY).reset_index(drop=True)


def whole(frame: pd.DataFrame, subject: str) -> pd.Series:
    return frame[frame["community"] == SUBDISTRICT].set_index("subject").loc[subject]


def test_answers_one_by_one_say_what_their_counts_say(session: Session) -> None:
    counted = {"c01": (30, 12, 6, 2), "c02": (20, 25, 9, 6)}
    add_respondents(
        session,
        wave_of(session, "one-by-one"),
        {"满意吗": OVERALL},
        [
            {"community": place, "answers": {"满意吗": option}}
            for place, row in counted.items()
            for option, count in zip(OPTIONS, row, strict=True)
            for _ in range(count)
        ],
    )
    wave = wave_of(session, "counted")
    for place, row in counted.items():
        add_tally(session, wave, place, OVERALL, dict(zip(OPTIONS, row, strict=True)))
    frame = found(session)
    one, other = (figures(frame[frame["wave"] == code]) for code in ("one-by-one", "counted"))
    same = ["n", "n_total", "dont_know_rate", "score", "share", "state"]
    pd.testing.assert_frame_equal(one[same], other[same])
    places = one["community"] != SUBDISTRICT
    assert one.loc[places, "score_se"].to_numpy() == pytest.approx(other.loc[places, "score_se"])
    tallies = reads.tallies(session, ["one-by-one", "counted"])
    parts = [
        tallies[tallies["wave"] == code].drop(columns="wave") for code in ("one-by-one", "counted")
    ]
    pd.testing.assert_frame_equal(*(part.reset_index(drop=True) for part in parts))


def test_several_questions_of_a_subject_count_once_per_respondent(session: Session) -> None:
    answers = [
        {"看病方便吗": "satisfied", "看病贵吗": "dissatisfied"},  # 77.5, half satisfied
        {"看病方便吗": "fairly_satisfied", "看病贵吗": "dont_know"},  # 75, satisfied
        {"看病贵吗": "satisfied"},  # 100, satisfied
        {"看病方便吗": "dont_know"},  # answered, but not scored
        {},
    ] * 5
    people = [{"community": "c01", "answers": one} for one in answers]
    add_respondents(session, wave_of(session), QUESTIONS, people)
    row = whole(found(session), "health")
    assert (row["n"], row["n_total"]) == (15, 20)
    assert row["dont_know_rate"] == pytest.approx(0.25)
    assert row["score"] == pytest.approx((77.5 + 75 + 100) / 3)
    assert row["share"] == pytest.approx((0.5 + 1 + 1) / 3)


def test_weights_of_one_change_nothing(session: Session) -> None:
    people = crowd()
    plain = [person | {"weight": None} for person in people]
    add_respondents(session, wave_of(session, "none"), QUESTIONS, plain)
    ones = [person | {"weight": 1.0} for person in people]
    add_respondents(session, wave_of(session, "ones"), QUESTIONS, ones)
    frame = found(session)
    first, second = (figures(frame[frame["wave"] == code]) for code in ("none", "ones"))
    assert (set(first["basis"]), set(second["basis"])) == ({UNWEIGHTED}, {WEIGHTED})
    pd.testing.assert_frame_equal(first.drop(columns="basis"), second.drop(columns="basis"))


def test_the_order_of_respondents_changes_nothing(session: Session) -> None:
    people = crowd()
    add_respondents(session, wave_of(session, "as-they-came"), QUESTIONS, people)
    add_respondents(session, wave_of(session, "backwards"), QUESTIONS, people[::-1])
    frame = found(session)
    first, second = (
        figures(frame[frame["wave"] == code]) for code in ("as-they-came", "backwards")
    )
    pd.testing.assert_frame_equal(first, second, rtol=1e-12)


def test_two_communities_that_answered_alike_are_together_what_each_is(session: Session) -> None:
    people = [person | {"community": "c01"} for person in crowd(90)]
    twice = people + [person | {"community": "c02"} for person in people]
    add_respondents(session, wave_of(session), QUESTIONS, twice)
    frame = found(session).set_index(KEY)
    for subject in ("health", OVERALL):
        one, both = frame.loc[("c01", subject)], frame.loc[(SUBDISTRICT, subject)]
        assert both["score"] == pytest.approx(one["score"])
        assert both["share"] == pytest.approx(one["share"])
        assert both["n"] == 2 * one["n"]
        assert both["score_se"] == pytest.approx(one["score_se"] / np.sqrt(2))


def test_a_choice_of_communities_is_the_domain_of_the_whole_design(session: Session) -> None:
    """Put together from what is kept, or estimated from the answers: the same to the last digit."""
    wave = wave_of(session)
    people = [*crowd(), {"community": "c03", "weight": 2.0, "answers": {"看病贵吗": "satisfied"}}]
    add_respondents(session, wave, QUESTIONS, people)
    sample, weighting = weighted_sample(session, wave.code)
    assert weighting.by == (FILE,)
    rows = kept.estimates(session, [wave.code])
    rows = rows[rows["basis"] == WEIGHTED]
    place = sample.people["community"].to_numpy()
    for chosen in (["c01", "c03"], ["c02"], ["c01", "c02", "c03"]):
        parts = rows[rows["community"].isin(chosen)]
        joined = together(parts, ["wave", "subject"]).set_index("subject")
        for subject in ("health", OVERALL):
            score, share, _ = respondent_scores(sample, subject)
            for figure, y in (("score", score), ("share", share)):
                inside = np.isin(place, chosen) & np.isfinite(y)
                direct = survey_mean(y, weighting.weights, place, domain=inside)
                assert joined.at[subject, figure] == pytest.approx(direct.value, rel=1e-12)
                assert joined.at[subject, f"{figure}_se"] == pytest.approx(direct.se, rel=1e-9)
    stored = rows[rows["community"] == SUBDISTRICT].set_index("subject")
    every = together(rows[rows["community"] != SUBDISTRICT], ["wave", "subject"])
    every = every.set_index("subject").reindex(stored.index)
    for column in ("n", "n_total", "dont_know_rate", "score", "score_se", "df", "n_eff", "deff"):
        assert every[column].to_numpy() == pytest.approx(stored[column].to_numpy(), rel=1e-9)


def test_the_whole_weighs_communities_by_their_residents(session: Session) -> None:
    add_population(session, "c01", 2022, residents=9000)
    add_population(session, "c02", 2023, residents=1000)
    people = [
        {"community": place, "answers": {"满意吗": option}}
        for place, option in (("c01", "satisfied"), ("c02", "dissatisfied"))
        for _ in range(40)
    ]
    add_respondents(session, wave_of(session), {"满意吗": OVERALL}, people)
    weighted, plain = (
        whole(found(session, basis=basis), OVERALL) for basis in (WEIGHTED, UNWEIGHTED)
    )
    assert weighted["score"] == pytest.approx(0.9 * 100 + 0.1 * 55)
    assert plain["score"] == pytest.approx(77.5)
    assert (weighted["n"], plain["n"]) == (80, 80)
    assert weighted["deff"] == pytest.approx(80 * (0.9**2 + 0.1**2) / 40)
    assert weighted["n_eff"] == pytest.approx(80 / weighted["deff"])
    assert (plain["deff"], plain["n_eff"]) == (1, 80)


def test_a_changed_register_moves_the_waves_of_its_year_and_later_and_no_others(
    session: Session,
) -> None:
    for year in (2022, 2023, 2024):
        code = f"w{year}"
        add_wave(session, code, date(year, 9, 1), date(year, 9, 20))
        people = [
            {"community": place, "answers": {"满意吗": option}}
            for place, option in (("c01", "satisfied"), ("c02", "dissatisfied"))
            for _ in range(40)
        ]
        add_respondents(session, session.get_one(SurveyWave, code), {"满意吗": OVERALL}, people)
    admin = person(session, "administrator")
    for place, residents in (("c01", "9000"), ("c02", "1000")):
        before = population.population(session, admin, 2023)[place]
        typed = tuple((group, residents if group == "residents" else "") for group, _n in before)
        population.change_population(session, admin, place, 2023, typed, fingerprint(before), AT)
    kept_now = found(session)
    overall = kept_now[kept_now["community"] == SUBDISTRICT].set_index("wave")["score"]
    assert overall["w2022"] == pytest.approx(77.5)
    assert overall["w2023"] == overall["w2024"] == pytest.approx(95.5)


def test_sex_is_brought_to_the_register_and_who_did_not_say_keeps_the_share(
    session: Session,
) -> None:
    for place in ("c01", "c02", "c03"):
        add_population(session, place, 2023, residents=1000, male=510, female=490)
    people = [person | {"weight": None} for person in crowd()]
    add_respondents(session, wave_of(session), QUESTIONS, people)
    sample, weighting = weighted_sample(session, "w1")
    assert (weighting.by, weighting.without) == ((COMMUNITY, SEX), ("age",))
    weight = pd.Series(weighting.weights)
    assert weight.mean() == pytest.approx(1)
    by_sex = weight.groupby(sample.people["sex"]).sum() / weight.sum()
    unknown = (sample.people["sex"] == "").mean()
    assert by_sex[""] == pytest.approx(unknown)
    assert by_sex["male"] == pytest.approx(0.51 * (1 - unknown))
    by_place = weight.groupby(sample.people["community"]).sum() / weight.sum()
    assert by_place.to_numpy() == pytest.approx(1 / 3)


def test_nothing_to_weigh_by_leaves_the_figures_unweighted(session: Session) -> None:
    people = [person | {"weight": None} for person in crowd()]
    add_respondents(session, wave_of(session), QUESTIONS, people)
    assert set(found(session)["basis"]) == {UNWEIGHTED}
    assert weighted_sample(session, "w1")[1].weights is None


def test_everyone_answering_alike_gets_a_wilson_interval_never_a_certainty(
    session: Session,
) -> None:
    people = [
        {"community": "c01", "weight": weight, "answers": {"满意吗": "satisfied"}}
        for weight in (0.5, 1.0, 1.5) * 12
    ]
    add_respondents(session, wave_of(session), {"满意吗": OVERALL}, people)
    row = whole(found(session), OVERALL)
    assert (row["score"], row["high"], row["share"], row["share_high"]) == (100, 100, 1, 1)
    assert 80 < row["low"] < 99
    assert 0.8 < row["share_low"] < 0.95
    assert row["score_se"] > 0


def test_who_answered_nothing_is_not_part_of_the_sample(session: Session) -> None:
    people = crowd(60)
    add_respondents(session, wave_of(session, "without"), QUESTIONS, people)
    refused = [{"community": "c01", "outcome": "拒访", "answers": {}}] * 20
    add_respondents(session, wave_of(session, "with"), QUESTIONS, people + refused)
    frame = found(session)
    first, second = (figures(frame[frame["wave"] == code]) for code in ("without", "with"))
    pd.testing.assert_frame_equal(first, second)


def test_keeping_again_changes_nothing(session: Session) -> None:
    add_respondents(session, wave_of(session), QUESTIONS, crowd())
    before, tallies = found(session), reads.tallies(session, ["w1"])
    keep(session, "w1")
    pd.testing.assert_frame_equal(found(session), before)
    pd.testing.assert_frame_equal(reads.tallies(session, ["w1"]), tallies)


def test_the_smallest_communities_stay_hidden_and_cannot_be_subtracted(session: Session) -> None:
    sizes = {"c01": 40, "c02": 20, "c03": 6}
    people = [
        {"community": place, "answers": {"满意吗": OPTIONS[number % 3]}}
        for place, size in sizes.items()
        for number in range(size)
    ]
    add_respondents(session, wave_of(session), {"满意吗": OVERALL}, people)
    states = found(session).set_index("community")["state"]
    assert states.to_dict() == {"": "ok", "c01": "ok", "c02": "hidden", "c03": "hidden"}
    chosen = found(session, ["c01", "c02"]).set_index("community")["state"]
    assert chosen[SUBDISTRICT] == "hidden"

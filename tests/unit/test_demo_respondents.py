"""The demonstration's surveys have people behind them who add up to the counts they always had."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from db.demo import places, surveys
from db.demo.respondents import QUESTIONS
from db.engine import Session
from db.models import SurveyTally
from db.reads import catalogue
from db.reads import respondents as reads
from services.satisfaction.estimates import respondent_scores, weighted_sample
from services.satisfaction.weights import AGE_GROUPS, COMMUNITY, SEX, SEXES

WAVES = tuple(row[0] for row in surveys.WAVES)


def test_answers_add_up_to_the_counts_that_were_drawn(demo: Session) -> None:
    drawn = {
        (wave, community, subject, option): count
        for wave, community, subject, answers in surveys._answers()
        for option, count in answers.items()
    }
    kept = {
        (row.wave_code, row.community_code, row.subject, row.option_code): row.count
        for row in demo.scalars(select(SurveyTally))
    }
    assert kept == drawn
    counted: Counter[tuple[str, ...]] = Counter()
    for wave in WAVES:
        people = reads.respondents(demo, wave).set_index("number")["community"]
        for question in reads.questions(demo, wave):
            answers = reads.answers(demo, question.id)
            for number, option in zip(answers["respondent"], answers["option"], strict=True):
                counted[wave, people[number], question.subject, option] += 1
    assert counted == {key: count for key, count in drawn.items() if count}


def test_respondents_are_of_the_days_and_the_mode_of_their_wave(demo: Session) -> None:
    for code, _label, _english, mode, first_day, last_day in surveys.WAVES:
        people = reads.respondents(demo, code)
        assert people["day"].between(first_day, last_day).all()
        assert set(people["sex"]) == set(SEXES)
        assert set(people["age_group"]) == set(AGE_GROUPS)
        assert (people["interviewer"] != "").all() == (mode == "telephone")
        assert set(people["community"]) == set(places.CODES)


def test_those_content_with_one_domain_are_so_with_others_and_overall(demo: Session) -> None:
    found, _weighting = weighted_sample(demo, "w2023q3")
    table = pd.DataFrame(
        {subject: respondent_scores(found, subject)[0] for subject in QUESTIONS}
    ).corr()
    domains = table.drop(index="overall", columns="overall").to_numpy()
    among = domains[np.triu_indices_from(domains, 1)]
    assert 0.05 < among.mean() < 0.4
    with_overall = table["overall"].drop("overall")
    assert set(with_overall.nlargest(2).index) == {"environment", "safety"}
    assert with_overall.max() < 0.75


def test_the_register_is_by_sex_and_age_too_and_weights_rest_on_it(demo: Session) -> None:
    for year in (2022, 2023):
        counted = {
            group: catalogue.population(demo, group, year)
            for group in ("residents", "aged_60", *SEXES, *AGE_GROUPS)
        }
        for code in places.CODES:
            by = {group: counted[group][code] for group in counted}
            assert by["male"] + by["female"] == by["residents"]
            assert 0.48 < by["female"] / by["residents"] < 0.54
            assert by["age_60_plus"] == by["aged_60"]
            grown_up = sum(by[group] for group in AGE_GROUPS)
            assert 0.7 < grown_up / by["residents"] < 0.95
    for wave in WAVES:
        weighting = weighted_sample(demo, wave)[1]
        assert weighting.by == (COMMUNITY, SEX, "age")
        assert weighting.weights is not None
        assert weighting.weights.mean() == pytest.approx(1)
        assert weighting.weights.max() < 5

"""Scores, design-based means and weights."""

from __future__ import annotations

import numpy as np
import pytest

from services.statistics import survey
from services.statistics.proportions import wilson
from tests.statistics.reference import cases, columns, near, vector

RANDOM = np.random.default_rng(20231028)
Y, WEIGHTS = RANDOM.uniform(0, 100, 60), RANDOM.uniform(0.5, 3, 60)
STRATA, CLUSTERS = np.repeat(["a", "b", "c"], 20), np.tile(np.arange(5), 12)
COUNTS = {"good": 62, "fair": 28, "bad": 10, "dont_know": 27}
POINTS = {"good": 100, "fair": 60, "bad": 0}


def design_cases() -> list[pytest.param]:
    """Every mean, or domain mean, of the two designs."""
    found = []
    for name in ("survey_mean_stratified", "survey_mean_cluster"):
        source = vector(name)
        for case in source["cases"]:
            if "level" not in case["input"]:
                found.append(pytest.param(columns(source["data"]), case, id=case["name"]))
    return found


def design_of(data: dict, given: dict) -> dict:
    names = {"weights": "weights", "strata": "strata", "clusters": "cluster", "fpc": "fpc"}
    chosen = {ours: given["design"].get(theirs) for ours, theirs in names.items()}
    return {ours: data[column] for ours, column in chosen.items() if column}


@pytest.mark.parametrize(("given", "expected"), cases("score_and_top2box"))
def test_scores_and_shares_agree_with_the_reference(given: dict, expected: dict) -> None:
    counts = dict(zip(given["levels"], given["counts"], strict=True))
    points, excluded = given["score_map"], given["excluded"]
    result = survey.score(counts, points, excluded)
    assert (result.n_total, result.n_valid) == (expected["n_total"], expected["n_valid"])
    near(result.dont_know_rate, expected["dk_rate"], abs=1e-8)
    near([result.score, result.score_se], [expected["score"], expected["score_se"]], abs=1e-8)
    for name in ("top2", "satisfied"):
        actual = survey.share(counts, given[name], excluded)
        near(actual, [expected[name], expected[f"{name}_se"]], abs=1e-8)


@pytest.mark.parametrize(("data", "case"), design_cases())
def test_design_based_means_agree_with_the_reference(data: dict, case: dict) -> None:
    given, expected = case["input"], case["expected"]
    for position, level in enumerate(expected.get("levels", [None])):
        domain = data[given["by"]] == level if level else None
        result = survey.survey_mean(data[given["y"]], **design_of(data, given), domain=domain)
        wanted = [expected[name][position] for name in ("estimate", "se", "ci_lower", "ci_upper")]
        near([result.value, result.se, result.low, result.high], wanted, rel=1e-6)
        assert result.df == expected["df"]
    if "deff" in expected:
        effect = survey.design_effect(data[given["y"]], data["pw"], result.se)
        near(effect, expected["deff"], rel=1e-6)


def test_intervals_of_a_design_based_share_agree_with_the_reference() -> None:
    source = vector("survey_mean_stratified")
    data, case = columns(source["data"]), source["cases"][-1]
    given = case["input"]
    met = data[given["y"]] == given["level"]
    mean = survey.survey_mean(met, **design_of(data, given))
    known = mean.value, mean.se
    intervals = {
        "mean": (mean.low, mean.high),
        "wilson": survey.wilson_design(*known, mean.df),
        "logit": survey.logit_design(*known, mean.df),
        "beta": survey.korn_graubard(*known, len(met), mean.df),
    }
    for expected in case["expected"]:
        assert mean.df == expected["df"]
        actual = [mean.value, *intervals[expected["method"]]]
        near(actual, [expected[name] for name in ("estimate", "lower", "upper")], rel=1e-6)


@pytest.mark.parametrize("case", vector("poststratify_and_rake")["cases"], ids=lambda c: c["name"])
def test_weights_brought_to_totals_agree_with_the_reference(case: dict) -> None:
    data = columns(vector("poststratify_and_rake")["data"])
    margins = {
        name: dict(zip(margin["levels"], margin["totals"], strict=True))
        for name, margin in case["input"]["margins"].items()
    }
    raked = survey.rake(data["pw"], {name: data[name] for name in margins}, margins)
    expected = case["expected"]
    near(np.average(data["api00"], weights=raked), expected["mean_api00"], rel=1e-6)
    near(survey.kish(raked)[0], expected["deff_kish"], rel=1e-6)
    cells = {**expected["final_weight_by_cell"]}
    for position, weight in enumerate(cells.pop("weight")):
        here = np.all([data[name] == levels[position] for name, levels in cells.items()], axis=0)
        near(raked[here], np.full(here.sum(), weight), rel=1e-6)


@pytest.mark.parametrize(("given", "expected"), cases("kish_design_effect"))
def test_the_cost_of_unequal_weights_agrees_with_the_reference(given: dict, expected: dict) -> None:
    actual = survey.kish(given["weights"])
    near(actual, [expected["deff_kish"], expected["n_eff"]], rel=1e-9)


def test_raking_to_one_margin_is_post_stratification() -> None:
    totals = {"a": 500, "b": 300, "c": 200}
    once = survey.post_stratify(WEIGHTS, STRATA, totals)
    near(survey.rake(WEIGHTS, {"s": STRATA}, {"s": totals}), once, rel=1e-12)
    near([once[name == STRATA].sum() for name in "abc"], [500, 300, 200], rel=1e-12)


def test_raking_meets_every_margin_to_a_billionth() -> None:
    columns_of = {"s": STRATA, "c": CLUSTERS}
    margins = {
        "s": {"a": 500, "b": 300, "c": 200},
        "c": {0: 100, 1: 400, 2: 150, 3: 150, 4: 200},
    }
    raked = survey.rake(WEIGHTS, columns_of, margins)
    for name, totals in margins.items():
        sums = [raked[columns_of[name] == label].sum() for label in totals]
        near(sums, list(totals.values()), rel=2e-9)


def test_margins_that_contradict_each_other_are_refused() -> None:
    same = np.array(["a", "b"])
    with pytest.raises(ValueError, match="one total"):
        survey.rake([1, 1], {"x": same}, {"x": {"a": 1, "b": 1}, "y": {"a": 1, "b": 1}})
    with pytest.raises(ValueError, match="one total"):
        survey.rake([1, 1], {"x": same, "y": same}, {"x": {"a": 1, "b": 1}, "y": {"a": 1, "b": 2}})
    with pytest.raises(ValueError, match="converge"):
        survey.rake([1, 1], {"x": same, "y": same}, {"x": {"a": 1, "b": 3}, "y": {"a": 2, "b": 2}})


@pytest.mark.parametrize(
    ("totals", "weights", "message"),
    [
        ({"a": 5}, [1, 1], "same cells"),
        ({"a": 5, "b": 5, "c": 5}, [1, 1], "same cells"),
        ({"a": 5, "b": 0}, [1, 1], "not positive"),
        ({"a": 5, "b": 5}, [1, 0], "no weight"),
        ({"a": 5, "b": 5}, [1, -1], "negative"),
        ({"a": 5, "b": 5}, [1, np.nan], "missing"),
        ({"a": 5, "b": 5}, [1, 1, 1], "labels"),
    ],
)
def test_totals_and_weights_that_cannot_be_are_refused(
    totals: dict, weights: list, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        survey.post_stratify(weights, ["a", "b"], totals)


@pytest.mark.parametrize("factor", [1.0, 250.0])
def test_equal_weights_change_nothing(factor: float) -> None:
    result = survey.survey_mean(Y, np.full(60, factor))
    near(result.value, Y.mean(), rel=1e-12)
    near(result.se, Y.std(ddof=1) / np.sqrt(60), rel=1e-12)
    assert result.low < result.value < result.high


def test_the_order_of_respondents_changes_nothing() -> None:
    order = RANDOM.permutation(60)
    domain = Y > 30
    once = survey.survey_mean(Y, WEIGHTS, STRATA, CLUSTERS, 40, domain)
    again = survey.survey_mean(
        Y[order], WEIGHTS[order], STRATA[order], CLUSTERS[order], 40, domain[order]
    )
    near([again.value, again.se, again.df], [once.value, once.se, once.df], rel=1e-12)


def test_merging_two_identical_communities_changes_no_mean() -> None:
    apart = np.repeat(["east", "west"], 60)
    twice = survey.survey_mean(np.tile(Y, 2), np.tile(WEIGHTS, 2), apart)
    merged = survey.survey_mean(Y, 2 * WEIGHTS)
    near(twice.value, merged.value, rel=1e-12)
    counts = {option: 2 * count for option, count in COUNTS.items()}
    near(
        survey.score(counts, POINTS, ["dont_know"]).score,
        survey.score(COUNTS, POINTS, ["dont_know"]).score,
        rel=1e-12,
    )


def test_the_order_of_options_changes_no_score() -> None:
    backwards = dict(reversed(COUNTS.items()))
    once, again = (survey.score(c, POINTS, ["dont_know"]) for c in (COUNTS, backwards))
    near([again.score, again.score_se], [once.score, once.score_se], rel=1e-12)


def test_counts_give_the_score_that_the_single_answers_give() -> None:
    answers = np.repeat(list(COUNTS), list(COUNTS.values()))
    y = [POINTS.get(answer, np.nan) for answer in answers]
    single = survey.survey_mean(y, np.ones(len(y)), domain=answers != "dont_know")
    counted = survey.score(COUNTS, POINTS, ["dont_know"])
    near([counted.score, counted.score_se], [single.value, single.se], rel=1e-12)


def test_a_stratum_of_one_is_treated_as_asked() -> None:
    strata = np.array(["a"] * 59 + ["b"])
    adjusted, certain = (
        survey.survey_mean(Y, WEIGHTS, strata, single_psu=how).se for how in ("adjust", "certainty")
    )
    assert adjusted > certain > 0
    with pytest.raises(ValueError, match="single primary"):
        survey.survey_mean(Y, WEIGHTS, strata, single_psu="fail")
    with pytest.raises(ValueError, match="must be one of"):
        survey.survey_mean(Y, WEIGHTS, strata, single_psu="drop")


def test_asking_everyone_leaves_no_sampling_error() -> None:
    assert survey.survey_mean(Y, np.ones(60), fpc=60).se == 0
    with pytest.raises(ValueError, match="fpc"):
        survey.survey_mean(Y, np.ones(60), fpc=59)


def test_what_cannot_be_estimated_is_missing() -> None:
    assert np.isnan(survey.survey_mean([], []).value)
    assert np.isnan(survey.survey_mean([1, 2], [1, 1], domain=[False, False]).value)
    alone = survey.survey_mean([70], [1])
    assert alone.value == 70
    assert np.isnan([alone.se, alone.low, alone.high]).all()
    assert np.isnan(survey.kish([])).all()
    assert np.isnan(survey.design_effect([], [], 1.0))
    assert np.isnan(survey.design_effect([5, 5], [2, 2], 0.0))


def test_a_missing_answer_is_refused_inside_the_domain_only() -> None:
    assert survey.survey_mean([60, 80, np.nan], [1, 1, 1], domain=[True, True, False]).value == 70
    with pytest.raises(ValueError, match="missing"):
        survey.survey_mean([60, 80, np.nan], [1, 1, 1])
    with pytest.raises(ValueError, match="one value per respondent"):
        survey.survey_mean([60, 80], [1, 1, 1])


def test_no_valid_answer_gives_no_score() -> None:
    empty = survey.score({"good": 0, "dont_know": 4}, POINTS, ["dont_know"])
    assert empty.dont_know_rate == 1
    assert np.isnan([empty.score, empty.score_se]).all()
    assert np.isnan(survey.share({"good": 0}, ["good"])).all()


def test_answers_that_cannot_be_scored_are_refused() -> None:
    with pytest.raises(ValueError, match="without points: dont_know"):
        survey.score(COUNTS, POINTS)
    with pytest.raises(ValueError, match="negative"):
        survey.score({"good": -1}, POINTS)
    with pytest.raises(ValueError, match="missing"):
        survey.score({"good": np.nan}, POINTS)
    with pytest.raises(ValueError, match="not valid answers: dont_know"):
        survey.share(COUNTS, ["dont_know"], ["dont_know"])


def test_a_share_that_never_varied_gets_wilson_not_zero_width() -> None:
    near(survey.wilson_design(1.0, 0.0, 59, n_eff=60), wilson(60, 60))
    assert np.isnan(survey.wilson_design(1.0, 0.0, 59)).all()
    assert np.isnan(survey.wilson_design(np.nan, 0.1, 59)).all()
    assert np.isnan(survey.logit_design(1.0, 0.0, 59)).all()
    assert np.isnan(survey.korn_graubard(1.0, 0.0, 60, 59)).all()


def test_an_interval_of_a_share_contains_it() -> None:
    for p in (0.03, 0.5, 0.97):
        for low, high in (
            survey.wilson_design(p, 0.02, 40),
            survey.logit_design(p, 0.02, 40),
            survey.korn_graubard(p, 0.02, 60, 40),
        ):
            assert 0 <= low < p < high <= 1


def test_a_share_or_df_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="p must lie"):
        survey.wilson_design(1.2, 0.1, 10)
    with pytest.raises(ValueError, match="df must be positive"):
        survey.wilson_design(0.5, 0.1, 0)

"""Answers worth a check: what chance hardly ever does, and nothing that it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from services.satisfaction.integrity import ALIKE, COPIES, LOAD, SATISFIED, findings

RANDOM = np.random.default_rng(7)


def people(*groups: tuple[str, str, int]) -> pd.DataFrame:
    """So many people of a community, asked by an interviewer, all different otherwise."""
    rows = [
        (community, "", f"age {place}", None, interviewer)
        for community, interviewer, count in groups
        for place in range(count)
    ]
    return pd.DataFrame(rows, columns=["community", "sex", "age_group", "day", "interviewer"])


def mixed(count: int, questions: int = 7) -> np.ndarray:
    """Answers of which none is the same throughout."""
    options = RANDOM.integers(0, 3, (count, questions))
    options[:, 0], options[:, 1] = 0, 1
    return options


def told(
    who: pd.DataFrame, options: np.ndarray, satisfied: Sequence[float] | None = None
) -> list[Mapping[str, object]]:
    chosen = {question: options[:, question] for question in range(options.shape[1])}
    share = np.full(len(who), np.nan) if satisfied is None else np.array(satisfied, float)
    return list(findings(who, chosen, share))


def test_the_same_option_throughout_is_told_where_it_is_more_than_chance() -> None:
    # 40 of 400 = 10 % in all; the limit of 100 answers is 10 + 3.09 · 3 = 19.27 %.
    who = people(("c01", "", 100), ("c02", "", 300))
    options = mixed(400)
    options[:20] = 0
    options[380:] = 2
    (found,) = told(who, options)
    assert found == {
        "kind": ALIKE,
        "community_code": "c01",
        "interviewer": "",
        "count": 20,
        "n": 100,
        "whole": 0.1,
    }
    # One fewer: 19 % is above 9.75 + 3.09 · 2.966 = 18.92 %; two fewer: 18 % is below 18.54 %.
    options[0] = mixed(1)
    assert len(told(who, options)) == 1
    options[:2] = mixed(2)
    assert told(who, options) == []


def test_who_answered_little_or_left_blanks_is_judged_by_what_was_answered() -> None:
    who = people(("c01", "", 60), ("c02", "", 240))
    options = mixed(300)
    options[:50] = [0, 0, 0, 0, 0, -1, -1]
    assert [found["count"] for found in told(who, options)] == [50]
    options[:50] = [0, 0, 0, 0, -1, -1, -1]
    assert told(who, options) == []


def test_answers_and_background_that_equal_anothers_are_told_once_each() -> None:
    who = people(("c01", "", 100), ("c02", "", 300))
    options = mixed(400)
    who.loc[:15, "age_group"] = "age 0"
    options[:16] = [0, 1, 2, 1, 0, 1, 2]
    (found,) = told(who, options)
    assert (found["kind"], found["community_code"]) == (COPIES, "c01")
    assert (found["count"], found["n"]) == (15, 100)
    who.loc[:15, "sex"] = ["female", "male"] * 8
    assert [found["count"] for found in told(who, options)] == [14]


def test_the_same_answers_of_people_who_differ_are_no_copies() -> None:
    who = people(("c01", "", 100), ("c02", "", 300))
    options = mixed(400)
    options[:50] = [0, 1, 2, 1, 0, 1, 2]
    assert told(who, options) == []


def test_all_satisfied_is_told_only_where_it_would_be_a_rare_chance() -> None:
    who = people(("c01", "", 40), ("c02", "", 400))
    # The whole is .9: 40 satisfied come once in 68 communities, 66 once in 1,047.
    satisfied = [1.0] * 40 + [0.0] * 44 + [1.0] * 356
    assert told(who, mixed(440), satisfied) == []
    who = people(("c01", "", 66), ("c02", "", 594))
    satisfied = [1.0] * 66 + [0.0] * 66 + [1.0] * 528
    (found,) = told(who, mixed(660), satisfied)
    assert (found["kind"], found["count"], found["n"]) == (SATISFIED, 66, 66)


def test_one_who_is_not_satisfied_is_enough_not_to_be_told() -> None:
    who = people(("c01", "", 66), ("c02", "", 594))
    satisfied = [0.5] + [1.0] * 65 + [0.0] * 65 + [1.0] * 529
    assert told(who, mixed(660), satisfied) == []


def test_an_interviewer_is_looked_at_like_a_community() -> None:
    who = people(("c01", "07", 100), ("c01", "08", 300))
    options = mixed(400)
    options[:30] = 0
    (found,) = told(who, options)
    assert (found["kind"], found["community_code"], found["interviewer"]) == (ALIKE, "", "07")


def test_a_load_of_three_times_an_even_share_is_told() -> None:
    others = [("c01", f"{place:02d}", 10) for place in range(2, 8)]
    (found,) = told(people(("c01", "01", 45), *others), mixed(105))
    assert (found["kind"], found["interviewer"]) == (LOAD, "01")
    assert (found["count"], found["n"], found["whole"]) == (45, 105, 1 / 7)
    assert told(people(("c01", "01", 44), *others), mixed(104)) == []


def test_few_answers_are_not_looked_at_at_all() -> None:
    who = people(("c01", "", 29), ("c02", "", 300))
    options = mixed(329)
    options[:29] = 0
    assert told(who, options) == []


def test_nothing_asked_is_nothing_told() -> None:
    assert told(people(), np.zeros((0, 0), int)) == []
    assert told(people(("c01", "", 40)), np.zeros((40, 0), int)) == []

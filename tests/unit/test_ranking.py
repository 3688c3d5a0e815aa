"""Communities in groups that can be told apart."""

from __future__ import annotations

import pandas as pd

from services.ranking import LEAGUE_COLUMNS, league
from services.satisfaction import Funnel, funnel
from tests.score_rows import WAVE, rows, whole

ORDER = {f"c{place:02d}": place for place in range(1, 13)}


def places(frame: pd.DataFrame, group: int) -> list[str]:
    return frame.loc[[own == (group,) for own in frame["group"]], "community"].tolist()


def around(score: float, score_se: float, n: float) -> Funnel | None:
    return funnel(whole(score, score_se, n), rows(), WAVE)


def test_communities_that_cannot_be_told_apart_are_one_group_in_official_order() -> None:
    frame = league(
        rows(("c03", 84.0, 2.0, 60), ("c01", 82.0, 2.0, 60), ("c02", 86.0, 2.0, 60)), None, ORDER
    )
    assert frame["community"].tolist() == ["c01", "c02", "c03"]
    assert frame["group"].tolist() == [(0,), (0,), (0,)]
    assert frame[["best", "worst"]].to_numpy().tolist() == [[1, 3]] * 3


def test_the_higher_group_comes_first_whatever_the_official_order() -> None:
    frame = league(
        rows(("c01", 70.0, 1.0, 60), ("c02", 90.0, 1.0, 60), ("c03", 90.5, 1.0, 60)), None, ORDER
    )
    assert places(frame, 0) == ["c02", "c03"]
    assert places(frame, 1) == ["c01"]
    assert frame["community"].tolist() == ["c02", "c03", "c01"]
    assert frame["best"].tolist() == [1, 1, 3]
    assert frame["worst"].tolist() == [2, 2, 3]


def test_one_that_may_belong_to_two_groups_stands_between_them() -> None:
    frame = league(
        rows(("c01", 80.0, 1.0, 200), ("c02", 83.0, 1.0, 200), ("c03", 86.0, 1.0, 200)),
        None,
        ORDER,
    )
    assert frame["community"].tolist() == ["c03", "c02", "c01"]
    assert frame["group"].tolist() == [(0,), (0, 1), (1,)]
    assert frame["best"].tolist() == [1, 1, 2]
    assert frame["worst"].tolist() == [2, 3, 3]


def test_all_pairs_together_are_corrected_and_not_each_by_itself() -> None:
    # 2.5 errors apart: p = .014 alone, but the smallest of six must fall below .05 / 6.
    far = [("c01", 80.0, 1.0, 200), ("c02", 83.5, 1.0, 200)]
    assert set(league(rows(*far), None, ORDER)["group"]) == {(0,), (1,)}
    between = [("c03", 81.5, 1.0, 200), ("c04", 82.0, 1.0, 200)]
    assert set(league(rows(*far, *between), None, ORDER)["group"]) == {(0,)}


def test_few_answers_stand_last_without_group_and_rank_and_hidden_after_them() -> None:
    frame = league(
        rows(("c01", 60.0, 4.0, 20), ("c02", 0.0, 0.0, 9), ("c03", 84.0, 2.0, 60)), None, ORDER
    )
    assert frame["community"].tolist() == ["c03", "c01", "c02"]
    assert frame["state"].tolist() == ["ok", "few", "hidden"]
    assert frame["group"].tolist() == [(0,), (), ()]
    assert frame[["best", "worst"]].iloc[1:].isna().all(axis=None)
    assert frame.loc[2, ["score", "score_se", "low", "high", "n"]].isna().all()


def test_a_community_is_flagged_by_the_funnel_alone() -> None:
    # Told apart from each other, but both inside the limits 72.7 to 91.3 of 36 answers.
    inside = rows(("c01", 76.0, 1.0, 36), ("c02", 88.0, 1.0, 36))
    frame = league(inside, around(82.0, 1.8, 100), ORDER)
    assert frame["group"].tolist() == [(0,), (1,)]
    assert frame["state"].tolist() == ["ok", "ok"]
    outside = rows(("c01", 72.0, 6.0, 36), ("c02", 82.0, 6.0, 36))
    frame = league(outside, around(82.0, 1.8, 100), ORDER)
    assert frame["group"].tolist() == [(0,), (0,)]
    assert frame["state"].tolist() == ["below", "ok"]


def test_a_published_score_without_an_error_has_no_group() -> None:
    frame = league(rows(("c01", 84.0, float("nan"), 400), ("c02", 82.0, 2.0, 60)), None, ORDER)
    assert frame["group"].tolist() == [(0,), ()]


def test_no_community_gives_an_empty_league() -> None:
    frame = league(rows(), None, ORDER)
    assert frame.empty
    assert list(frame.columns) == list(LEAGUE_COLUMNS)

"""Groups of areas that cannot be told apart, and ranges of ranks."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from services.statistics.grouping import letter_groups, rank_ranges


def pairs(areas: int, *different: tuple[int, int]) -> np.ndarray:
    matrix = np.zeros((areas, areas), dtype=bool)
    for first, second in different:
        matrix[first, second] = matrix[second, first] = True
    return matrix


def test_areas_of_which_none_differs_are_one_group() -> None:
    assert letter_groups(pairs(4)) == [frozenset({0, 1, 2, 3})]


def test_areas_that_all_differ_are_each_their_own_group() -> None:
    every = pairs(3, (0, 1), (0, 2), (1, 2))
    assert set(letter_groups(every)) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_one_between_two_that_differ_belongs_to_both_groups() -> None:
    # The example every text on letter displays begins with: A, A B, B.
    assert set(letter_groups(pairs(3, (0, 2)))) == {frozenset({0, 1}), frozenset({1, 2})}


def test_five_treatments_get_the_groups_worked_out_by_hand() -> None:
    # 0 differs from 2, 3, 4; 1 from 3, 4; 2 from 4.
    different = pairs(5, (0, 2), (0, 3), (0, 4), (1, 3), (1, 4), (2, 4))
    assert set(letter_groups(different)) == {
        frozenset({0, 1}),
        frozenset({1, 2}),
        frozenset({2, 3}),
        frozenset({3, 4}),
    }


@pytest.mark.parametrize("seed", range(30))
def test_two_share_a_group_exactly_where_they_cannot_be_told_apart(seed: int) -> None:
    random = np.random.default_rng(seed)
    areas = int(random.integers(2, 12))
    different = np.triu(random.random((areas, areas)) < random.random(), 1)
    different |= different.T
    groups = letter_groups(different)
    for first, second in combinations(range(areas), 2):
        together = any({first, second} <= group for group in groups)
        assert together != different[first, second]
    assert set().union(*groups) == set(range(areas))
    assert not any(one < other for one in groups for other in groups)


def test_no_area_has_no_group_and_no_rank() -> None:
    assert letter_groups(np.zeros((0, 0))) == []
    assert [len(ends) for ends in rank_ranges(np.zeros((0, 0)))] == [0, 0]


def test_ranks_range_over_all_that_was_not_told() -> None:
    higher = np.zeros((4, 4), dtype=bool)
    higher[0, 2] = higher[0, 3] = higher[1, 3] = True
    best, worst = rank_ranges(higher)
    assert best.tolist() == [1, 1, 2, 3]
    assert worst.tolist() == [2, 3, 4, 4]


def test_a_matrix_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="symmetric"):
        letter_groups([[False, True], [False, False]])
    with pytest.raises(ValueError, match="itself"):
        letter_groups([[True]])
    with pytest.raises(ValueError, match="every area"):
        rank_ranges([[False, True]])

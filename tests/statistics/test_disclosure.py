"""No hidden cell can be worked out, and the audit sees it when one can."""

from __future__ import annotations

import numpy as np
import pytest

from services.statistics import disclosure
from tests.statistics.reference import cases, near

MINIMUM = 10


def random_table(seed: int) -> np.ndarray:
    """Sparse or full, small or large counts; at least two rows and two columns are not empty."""
    random = np.random.default_rng(seed)
    shape = random.integers(2, 8, 2)
    counts = random.poisson(random.choice([2, 6, 15, 40]), shape)
    table = np.where(random.uniform(size=shape) < random.choice([0.0, 0.3, 0.6]), 0, counts)
    table[[0, 1], [0, 1]] += 1
    return table


@pytest.mark.parametrize(("given", "expected"), cases("small_cell_suppression_audit"))
def test_ranges_agree_with_the_reference(given: dict, expected: dict) -> None:
    table, mask = np.array(given["table"]), np.array(given["suppressed"], dtype=bool)
    assert table.sum(axis=1).tolist() == given["row_totals"]
    assert table.sum(axis=0).tolist() == given["column_totals"]
    hidden = np.array(expected["row"]) - 1, np.array(expected["col"]) - 1
    low, high = disclosure.ranges(table, mask)
    near(table[hidden], expected["true"])
    near(low[hidden], expected["min"], abs=1e-6)
    near(high[hidden], expected["max"], abs=1e-6)
    derivable = disclosure.audit(table, mask)
    assert derivable[hidden].tolist() == expected["exactly_disclosed"]
    assert not derivable[~mask].any()


@pytest.mark.parametrize("seed", range(200))
def test_no_hidden_cell_of_a_random_table_is_derivable(seed: int) -> None:
    table = random_table(seed)
    mask = disclosure.suppress(table, MINIMUM)
    assert mask[(table > 0) & (table < MINIMUM)].all()
    assert not disclosure.audit(table, mask).any()


def test_the_audit_finds_what_hiding_the_small_cells_alone_gives_away() -> None:
    found = 0
    for seed in range(200):
        table = random_table(seed)
        primary = (table > 0) & (table < MINIMUM)
        found += disclosure.audit(table, primary).any()
    assert found > 50


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    table = [[20, 0, 15], [18, 22, 10]]
    assert not disclosure.suppress(table, MINIMUM).any()
    assert not disclosure.audit(table, np.zeros((2, 3), bool)).any()


def test_the_rectangle_of_least_loss_is_hidden() -> None:
    table = [[3, 90, 20], [80, 70, 60], [15, 50, 11]]
    hidden = [[True, False, True], [False, False, False], [True, False, True]]
    assert disclosure.suppress(table, MINIMUM).tolist() == hidden


def test_in_a_list_one_small_cell_takes_the_smallest_other_with_it() -> None:
    assert disclosure.suppress([40, 3, 25, 60], MINIMUM).tolist() == [False, True, True, False]
    assert disclosure.suppress([4, 3, 25, 60], MINIMUM).tolist() == [True, True, False, False]
    for table in ([40, 3, 25, 60], [4, 3, 25, 60], [0, 3, 0]):
        assert not disclosure.audit(table, disclosure.suppress(table, MINIMUM)).any()


def test_a_row_or_a_column_is_a_list() -> None:
    for shape in ((1, 4), (4, 1)):
        table = np.reshape([40, 3, 25, 60], shape)
        mask = disclosure.suppress(table, MINIMUM)
        assert mask.ravel().tolist() == [False, True, True, False]
        assert not disclosure.audit(table, mask).any()


def test_an_empty_place_hides_another_only_where_nothing_else_can() -> None:
    assert disclosure.suppress([0, 3, 25], MINIMUM).tolist() == [False, True, True]
    assert disclosure.suppress([0, 3, 0], MINIMUM).sum() == 2


@pytest.mark.parametrize("table", [[5], [[5]], [[3, 20, 15], [0, 0, 0]], [[3, 0], [20, 0]]])
def test_where_the_totals_give_a_cell_away_the_audit_says_so(table: list) -> None:
    mask = disclosure.suppress(table, MINIMUM)
    assert mask[np.array(table) > 0].all()
    assert disclosure.audit(table, mask).any()


def test_the_order_of_rows_changes_no_protection() -> None:
    for seed in range(20):
        table = random_table(seed)[::-1]
        assert not disclosure.audit(table, disclosure.suppress(table, MINIMUM)).any()


def test_a_subdistrict_of_thirty_communities_is_protected() -> None:
    table = np.random.default_rng(1).poisson(12, (30, 6))
    mask = disclosure.suppress(table, MINIMUM)
    assert mask.sum() > 30
    assert not disclosure.audit(table, mask).any()


def test_an_empty_table_hides_nothing() -> None:
    assert disclosure.suppress([], MINIMUM).shape == (0,)
    assert disclosure.audit(np.zeros((0, 3)), np.zeros((0, 3), bool)).shape == (0, 3)


def test_tables_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        disclosure.suppress([3, -1], MINIMUM)
    with pytest.raises(ValueError, match="missing"):
        disclosure.suppress([3, np.nan], MINIMUM)
    with pytest.raises(ValueError, match="dimensions"):
        disclosure.suppress(np.ones((2, 2, 2)), MINIMUM)
    with pytest.raises(ValueError, match="shape of the table"):
        disclosure.audit([[3, 4]], [True, False])

"""The robust spread: against a published example, and where half of the values are alike."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from services.statistics.outliers import FAR, spread

# Iglewicz and Hoaglin (1993), chapter 3: two outliers of ten that the mean and the standard
# deviation hide (their largest z score is 1.98), and the modified z score does not.
PUBLISHED = (2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3)


def test_the_published_example_has_its_median_and_mad() -> None:
    found = spread(PUBLISHED)
    assert found.median == pytest.approx(2.45)
    assert found.scale == pytest.approx(1.4826 * 0.15, rel=1e-4)


@pytest.mark.parametrize(("value", "modified"), [(8.2, 25.86), (8.3, 26.30), (2.1, -1.57)])
def test_two_outliers_do_not_hide_each_other(value: float, modified: float) -> None:
    z = spread(PUBLISHED).z(value)
    assert z == pytest.approx(modified, abs=0.01)
    assert (abs(z) > FAR) == (value > 8)


def test_of_normal_values_the_scale_is_their_standard_deviation() -> None:
    values = np.random.default_rng(7).normal(50, 4, 20_000)
    assert spread(values).scale == pytest.approx(4, rel=0.03)


def test_where_most_are_equal_the_mean_absolute_deviation_is_used() -> None:
    found = spread([1, 1, 1, 1, 1, 1, 1, 3])
    assert found.scale == pytest.approx(1.253314 * 0.25)


def test_where_all_are_equal_only_a_least_scale_keeps_the_next_from_being_far() -> None:
    assert spread([4, 4, 4]).z(4) == 0
    assert spread([4, 4, 4]).z(5) == inf
    assert spread([4, 4, 4]).z(3) == -inf
    assert spread([4, 4, 4], least_scale=2).z(5) == 0.5


def test_low_and_high_hold_eight_in_ten() -> None:
    found = spread(range(101))
    assert (found.n, found.low, found.high) == (101, 10, 90)


@pytest.mark.parametrize("values", [[], [[1.0]], [1.0, float("nan")]])
def test_what_has_no_spread_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="value|dimension"):
        spread(values)


def test_a_negative_least_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="least scale"):
        spread([1], least_scale=-1)

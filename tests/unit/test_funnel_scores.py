"""Scores in a funnel: limits, flags, differences beyond chance, reference values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from services.satisfaction import Funnel, detectable, funnel
from services.satisfaction.funnel import CONTROL, WARNING
from services.statistics.proportions import beta_binomial
from tests.score_rows import WAVE, rows, whole

# On the scale from 55 to 100, 82 points are a share of 0.6, and a deviation of 18 points an
# answer is a variance of 0.16, as 1.5 answers of yes or no have: 0.6 · 0.4 / 1.5.
WHOLE = whole(82.0, 1.8, 100)


def drawn(*places: tuple[str, float, float, float]) -> Funnel:
    found = funnel(WHOLE, rows(*places), WAVE)
    assert found is not None
    return found


def test_limits_are_those_of_the_mean_of_so_many_answers() -> None:
    found = drawn(("c01", 82.0, 3.0, 36))
    assert found.worth == pytest.approx(1.5)
    for level, z in ((WARNING, 1.959964), (CONTROL, 3.090232)):
        low, high = found.limits([36, 81], level)
        assert low == pytest.approx([82 - z * 18 / 6, 82 - z * 18 / 9], abs=1e-4)
        assert high == pytest.approx([82 + z * 18 / 6, 82 + z * 18 / 9], abs=1e-4)


def test_limits_never_leave_the_scale() -> None:
    low, high = drawn().limits(4)
    assert (low, high) == (55.0, 100.0)


def test_only_beyond_the_outer_limits_is_a_score_flagged() -> None:
    # At n = 36 the outer limits lie at 72.73 and 91.27, the inner ones at 76.12 and 87.88.
    frame = rows(
        ("c01", 72.7, 3.0, 36),
        ("c02", 72.8, 3.0, 36),
        ("c03", 91.2, 3.0, 36),
        ("c04", 91.3, 3.0, 36),
        ("c05", 60.0, 3.0, 29),
        ("c06", 60.0, 3.0, 9),
    )
    flags = drawn().flags(frame).tolist()
    assert flags == ["below", "ok", "ok", "above", "few", "hidden"]


@pytest.mark.parametrize(
    "nothing",
    [
        None,
        whole(82.0, 1.8, 100, "hidden"),
        whole(82.0, 1.8, 25, "few"),
        whole(82.0, np.nan, 100),
        whole(100.0, 0.5, 100),
    ],
)
def test_without_a_whole_to_compare_with_there_is_no_funnel(nothing: object) -> None:
    assert funnel(nothing, rows(("c01", 82.0, 3.0, 36)), WAVE) is None


def test_nine_communities_are_too_few_to_tell_more_than_chance() -> None:
    places = [(f"c{place:02d}", 82.0, 3.0, 36) for place in range(10)]
    assert np.isnan(drawn(*places[:9]).phi)
    assert drawn(*places).phi == pytest.approx(0.0)


def test_communities_with_few_answers_do_not_count_among_the_ten() -> None:
    places = [(f"c{place:02d}", 82.0, 3.0, 36) for place in range(9)]
    assert np.isnan(drawn(*places, ("c09", 82.0, 3.0, 20)).phi)


def test_what_differs_beyond_chance_widens_the_limits() -> None:
    places = [(f"c{place:02d}", 70.0 + 24 * (place % 2), 1.8, 100) for place in range(12)]
    found = drawn(*places)
    assert found.phi > 20
    (low, high), (wide_low, wide_high) = found.limits(100), found.widened(100)
    assert wide_low < low < high < wide_high
    narrow = replace(found, tau2=0.0).widened(1000)
    assert narrow == pytest.approx(found.limits(1000), abs=0.1)


def test_few_answers_are_drawn_towards_all_and_the_fewer_the_more() -> None:
    # By hand: the share on the scale times the worth of n goes into the beta-binomial.
    frame = rows(
        ("c01", 78.4, 3.0, 100),
        ("c02", 82.0, 3.0, 100),
        ("c03", 85.6, 3.0, 100),
        ("c04", 73.0, 4.0, 20),
        ("c05", 73.0, 6.0, 10),
    )
    found = drawn().references(frame)
    shares, sizes = np.array([0.52, 0.6, 0.68, 0.4, 0.4]), np.array([150.0, 150, 150, 30, 15])
    prior = beta_binomial(shares * sizes, sizes)
    mean = (0.4 * sizes + prior.alpha) / (sizes + prior.alpha + prior.beta)
    assert found["community"].tolist() == ["c04", "c05"]
    assert found["value"].to_numpy() == pytest.approx(55 + 45 * mean[3:])
    assert 73 < found["value"][0] < found["value"][1] < 82
    assert (found["low"] < found["value"]).all()
    assert (found["value"] < found["high"]).all()


def test_a_hidden_score_has_no_reference_value_and_moves_no_other() -> None:
    shown = [("c01", 80.0, 2.0, 80), ("c02", 84.0, 2.0, 80), ("c03", 73.0, 4.0, 20)]
    with_hidden = drawn().references(rows(*shown, ("c04", 60.0, 5.0, 9)))
    assert with_hidden.equals(drawn().references(rows(*shown)))


def test_a_community_beyond_the_limits_counts_in_what_few_answers_are_drawn_towards() -> None:
    frame = rows(("c01", 80.0, 2.0, 80), ("c02", 62.0, 2.0, 80), ("c03", 73.0, 4.0, 20))
    flagged = frame.assign(state=drawn().flags(frame))
    assert flagged["state"].tolist() == ["ok", "below", "few"]
    assert drawn().references(flagged).equals(drawn().references(frame))


def test_where_everyone_answered_alike_nothing_is_drawn() -> None:
    assert drawn().references(rows(("c01", 100.0, 0.5, 80), ("c02", 100.0, 0.9, 20))).empty


def test_the_smallest_change_follows_from_n_and_the_deviation_of_an_answer() -> None:
    # The t test of two waves of 100 answers, each 18 points off, notices it 80 times in 100.
    shift = detectable(WHOLE) / (18 * np.sqrt(2 / 100))
    assert stats.nct.sf(stats.t.ppf(0.975, 198), 198, shift) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize("row", [None, whole(82.0, np.nan, 100), whole(82.0, 1.8, 5)])
def test_without_an_error_no_change_is_called_detectable(row: object) -> None:
    assert np.isnan(detectable(row))

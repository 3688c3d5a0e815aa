"""Colours of charts: told apart by everyone, readable on white and on each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from services.charts import theme
from tests.chart_frames import (
    OPTIONS,
)


def _simulated(colour: str, matrix: list[list[float]]) -> np.ndarray:
    """CIE L*a*b* of a colour as seen through the matrix on linear RGB."""
    shares = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(matrix) @ linear, 0, 1)
    xyz = (
        np.array([[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]])
        @ seen
        / np.array([0.9505, 1.0, 1.0888])
    )
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


# Machado, Oliveira, Fernandes 2009, "A physiologically-based model for simulation of color vision
# deficiency", severity 1.0.
VISIONS = {
    "normal": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}


@pytest.mark.parametrize("vision", VISIONS)
def test_the_hues_of_the_six_domains_stay_apart(vision: str) -> None:
    seen = {
        code: _simulated(colour, VISIONS[vision]) for code, colour in theme.DOMAIN_COLOURS.items()
    }
    assert len(seen) == 6
    apart = {
        pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])) for pair in combinations(seen, 2)
    }
    assert min(apart.values()) > 20, min(apart, key=apart.get)


@pytest.mark.parametrize("vision", VISIONS)
def test_improved_concern_and_plain_stay_apart(vision: str) -> None:
    seen = [
        _simulated(colour, VISIONS[vision])
        for colour in (theme.IMPROVED, theme.CONCERN, theme.PLAIN)
    ]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 20


def test_marks_and_words_stand_out_on_white() -> None:
    def contrast(colour: str) -> float:
        return 1.05 / (theme.luminance(colour) + 0.05)

    marks = (*theme.DOMAIN_COLOURS.values(), theme.IMPROVED, theme.CONCERN, theme.SOFT)
    assert min(map(contrast, marks)) >= 3  # WCAG 2.2, 1.4.11
    assert min(map(contrast, (theme.INK, theme.MUTED))) >= 4.5  # 1.4.3


def test_text_in_a_bar_can_be_read_on_every_option() -> None:
    sides = {code: side for code, _label, side, _share in OPTIONS}
    for colour in theme.option_colours(sides).values():
        pair = sorted((theme.luminance(colour), theme.luminance(theme.ink_on(colour))))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5

"""Reference cases: those that travel with the project, and those that are only read beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

_OWN = Path(__file__).parent / "vectors"
_FETCHED = Path(__file__).resolve().parents[3] / "shared/vectors/fetched"

Vector = dict[str, Any]


def vector(name: str) -> Vector:
    return json.loads((_OWN / f"{name}.json").read_text(encoding="utf-8"))


def fetched(name: str) -> Vector:
    """A case that may not be copied into the project; the test is skipped where it is absent."""
    path = _FETCHED / f"{name}.json"
    if not path.exists():
        pytest.skip(f"The reference case {name} is only read from beside the project.")
    return json.loads(path.read_text(encoding="utf-8"))


def cases(name: str) -> list[pytest.param]:
    """The cases of a vector as (input, expected), each under its own name."""
    return [
        pytest.param(case["input"], case["expected"], id=case.get("name", str(number)))
        for number, case in enumerate(vector(name)["cases"])
    ]


def columns(data: dict[str, list]) -> dict[str, np.ndarray]:
    return {name: np.array(values) for name, values in data.items()}


def near(actual: object, expected: object, rel: float = 0.0, abs: float = 0.0) -> None:
    """Fail unless equal within rel or abs; NaN equals NaN and null."""
    expected = np.array(expected, dtype=float)
    np.testing.assert_allclose(np.array(actual, dtype=float), expected, rtol=rel, atol=abs)

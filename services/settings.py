"""The office's settings: config.toml and the environment, read once into frozen values."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class SignInSettings:
    idle_minutes: int = 30
    longest_hours: int = 12
    failures_allowed: int = 5
    failures_minutes: int = 15
    https: bool = False


@dataclass(frozen=True)
class Thresholds:
    """`hide_below` and `compare_from` count valid answers; `level` is of every interval."""

    hide_below: int = 10
    compare_from: int = 30
    level: float = 0.95


@dataclass(frozen=True)
class FeedbackRules:
    """`response_hours` run from the end of the day a voice came; weights are of the three rates."""

    response_hours: float = 24
    response_weight: float = 0.2
    resolution_weight: float = 0.4
    satisfaction_weight: float = 0.4

    def __post_init__(self) -> None:
        weights = (self.response_weight, self.resolution_weight, self.satisfaction_weight)
        if self.response_hours < 0 or min(weights) < 0 or sum(weights) <= 0:
            raise ValueError("feedback: hours and weights must not be negative, nor all weights 0")


@dataclass(frozen=True)
class Look:
    """Of slides and printed material. `font` is named for all scripts; a program without it takes
    its own."""

    accent: str = "#1f5fa8"
    font: str = "Microsoft YaHei"

    def __post_init__(self) -> None:
        if not re.fullmatch("#[0-9a-fA-F]{6}", self.accent):
            raise ValueError('look: accent must be a colour such as "#1f5fa8"')


@dataclass(frozen=True)
class Settings:
    office_name: str
    office_name_en: str
    running_since: date
    database_url: str
    sign_in: SignInSettings
    thresholds: Thresholds
    feedback: FeedbackRules
    look: Look
    only_approved: bool
    scales: Mapping[str, Any]
    communities: tuple[Mapping[str, Any], ...]


def load_settings(
    path: Path | None = None, environment: Mapping[str, str] = os.environ
) -> Settings:
    """Settings from a file (default: MINYI_CONFIG, else config.toml).

    KeyError: something is missing; TypeError: an unknown name; ValueError: it is no TOML.
    """
    path = path or Path(environment.get("MINYI_CONFIG") or ROOT / "config.toml")
    with path.open("rb") as source:
        raw = tomllib.load(source)
    office = raw["office"]
    return Settings(
        office_name=office["name"],
        office_name_en=office.get("name_en", ""),
        running_since=office["running_since"],
        database_url=_absolute(environment.get("MINYI_DATABASE_URL") or raw["database"]["url"]),
        sign_in=SignInSettings(**raw.get("sign_in", {})),
        thresholds=Thresholds(**raw.get("thresholds", {})),
        feedback=FeedbackRules(**raw.get("feedback", {})),
        look=Look(**raw.get("look", {})),
        only_approved=raw.get("approval", {}).get("only_approved", False),
        scales=raw.get("scales", {}),
        communities=tuple(raw.get("communities", ())),
    )


def _absolute(url: str) -> str:
    """A relative SQLite path is meant from the project's folder, wherever the start was typed."""
    prefix = "sqlite:///"
    if not url.startswith(prefix) or url.startswith(f"{prefix}/"):
        return url
    file = ROOT / url.removeprefix(prefix)
    file.parent.mkdir(parents=True, exist_ok=True)
    return f"{prefix}{file.as_posix()}"

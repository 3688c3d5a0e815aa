"""Settings: the file, the environment over it, and what a wrong file is told."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from services.settings import ROOT, FeedbackRules, Look, SignInSettings, Thresholds, load_settings

SMALLEST = """
[office]
name = "测试街道"
running_since = 2026-01-01
[database]
url = "sqlite:///var/own.sqlite3"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(SMALLEST, encoding="utf-8")
    return path


def test_the_file_that_comes_along_is_complete() -> None:
    settings = load_settings(ROOT / "config.toml", {})
    assert settings.office_name
    assert settings.sign_in == SignInSettings()
    assert settings.thresholds == Thresholds()
    assert settings.feedback == FeedbackRules()
    assert settings.look == Look()
    assert {"three_grade", "five_grade"} <= set(settings.scales)


def test_every_option_of_a_scale_has_a_code_names_and_points_in_order() -> None:
    for scale in load_settings(ROOT / "config.toml", {}).scales.values():
        options = scale["options"]
        assert len({option["code"] for option in options}) == len(options)
        assert all(option["label"] and option["label_en"] for option in options)
        points = [option["points"] for option in options if "points" in option]
        assert points == sorted(points, reverse=True)
        satisfied = [option.get("satisfied", False) for option in options]
        assert satisfied == sorted(satisfied, reverse=True)


def test_a_short_file_has_the_usual_limits(file: Path) -> None:
    settings = load_settings(file, {})
    assert settings.office_name == "测试街道"
    assert settings.office_name_en == ""
    assert settings.running_since == date(2026, 1, 1)
    assert settings.sign_in == SignInSettings()
    assert settings.thresholds == Thresholds()
    assert settings.feedback == FeedbackRules()
    assert settings.communities == ()


@pytest.mark.parametrize("accent", ["", "blue", "#12345", "#1234567", "red;x", "#12345g"])
def test_the_offices_colour_is_a_colour(file: Path, accent: str) -> None:
    file.write_text(f'{SMALLEST}\n[look]\naccent = "{accent}"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="accent"):
        load_settings(file, {})


def test_the_environment_names_the_file_and_the_database(file: Path) -> None:
    environment = {
        "MINYI_CONFIG": str(file),
        "MINYI_DATABASE_URL": "postgresql+psycopg://minyi@127.0.0.1/minyi",
    }
    settings = load_settings(environment=environment)
    assert settings.office_name == "测试街道"
    assert settings.database_url == environment["MINYI_DATABASE_URL"]


def test_a_relative_database_lies_in_the_project_wherever_the_start_was_typed(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = load_settings(file, {}).database_url
    assert url == f"sqlite:///{(ROOT / 'var' / 'own.sqlite3').as_posix()}"
    absolute = f"sqlite:///{(tmp_path / 'other.sqlite3').as_posix()}"
    assert load_settings(file, {"MINYI_DATABASE_URL": absolute}).database_url == absolute


@pytest.mark.parametrize(
    ("replaced", "by", "error"),
    [
        ('name = "测试街道"', 'name = "', ValueError),
        ("[database]", "[databases]", KeyError),
        ("[office]", "[thresholds]\nhide_bellow = 5\n[office]", TypeError),
        ("[office]", "[feedback]\nresponse_weight = -1\n[office]", ValueError),
    ],
)
def test_a_wrong_file_is_not_taken(
    file: Path, replaced: str, by: str, error: type[Exception]
) -> None:
    file.write_text(SMALLEST.replace(replaced, by), encoding="utf-8")
    with pytest.raises(error):
        load_settings(file, {})


def test_settings_cannot_be_changed_while_the_program_runs(file: Path) -> None:
    settings = load_settings(file, {})
    with pytest.raises(FrozenInstanceError):
        settings.office_name = "其他街道"  # type: ignore[misc]

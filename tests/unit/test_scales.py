"""The scale belongs to the wave: editable before the first answers, frozen from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change, SurveyWave
from services import surveys
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.permissions import CurrentUser
from services.satisfaction import OVERALL, comparable_before, line_up
from services.scales import ScaleOption, edit_scale, even_scale, is_frozen, scale_of
from services.settings import ROOT, load_settings
from tests.activity_cases import person
from tests.builders import add_wave
from tests.import_cases import NOW

SCALES = load_settings(ROOT / "config.toml", {}).scales


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20))
    return person(session, "office_staff")


def edit(
    session: Session, options: tuple[ScaleOption, ...], staff: CurrentUser, wave: str = "w1"
) -> None:
    edit_scale(session, wave, options, SCALES, staff, NOW)


def test_a_long_scale_is_printed_by_its_ends(session: Session, staff: CurrentUser) -> None:
    edit(session, even_scale(10, 5), staff)
    label = surveys.wave_of(session, "w1").scale_label
    assert label == "10/10=100 至 1/10=0、5/5=100 至 1/5=0、不了解不计分"


def test_a_wave_without_answers_takes_another_scale(session: Session, staff: CurrentUser) -> None:
    options = tuple(
        replace(option, points=Decimal(60)) if option.code == "dissatisfied" else option
        for option in scale_of(session, "w1")
    )
    edit(session, options, staff)
    assert scale_of(session, "w1") == options
    assert (
        surveys.wave_of(session, "w1").scale_label
        == "满意 100、基本满意 75、不满意 60、不了解不计分"
    )
    line = session.scalars(select(Change)).one()
    assert line.before == {"满意": "100", "基本满意": "75", "不满意": "55", "不了解": None}
    assert line.after == {"满意": "100", "基本满意": "75", "不满意": "60", "不了解": None}


def test_the_first_answers_freeze_it(session: Session, staff: CurrentUser) -> None:
    assert not is_frozen(session, "w1")
    surveys.record_counts(session, "w1", OVERALL, {"c01": {"satisfied": 30}}, staff, NOW)
    assert is_frozen(session, "w1")
    before = scale_of(session, "w1")
    with pytest.raises(Conflict, match="不能再改"):
        edit(session, even_scale(5), staff)
    assert scale_of(session, "w1") == before


def test_waves_compare_by_what_their_scales_score(session: Session, staff: CurrentUser) -> None:
    for number in (2, 3, 4):
        add_wave(session, f"w{number}", date(2023, 10, number), date(2023, 10, number))
    edit(session, even_scale(5), staff, "w1")
    edit(session, even_scale(5), staff, "w2")
    edit(session, even_scale(10), staff, "w3")
    waves = {wave.code: wave for wave in line_up(session, date.max)}
    line = tuple(waves.values())
    assert comparable_before(line, waves["w2"]) == waves["w1"]
    assert comparable_before(line, waves["w3"]) is None
    assert comparable_before(line, waves["w4"]) is None


def test_the_scale_of_the_settings_keeps_its_name(session: Session, staff: CurrentUser) -> None:
    before = scale_of(session, "w1")
    edit(session, even_scale(5), staff)
    assert session.get_one(SurveyWave, "w1").scale.startswith("own-")
    edit(session, before, staff)
    assert session.get_one(SurveyWave, "w1").scale == "three_grade"


def test_even_steps_run_from_0_to_100() -> None:
    five = even_scale(5)
    assert [(option.label, option.points, option.satisfied) for option in five] == [
        ("5", 100, True),
        ("4", 75, True),
        ("3", 50, True),
        ("2", 25, False),
        ("1", 0, False),
        ("不了解", None, False),
    ]
    ten = even_scale(10)
    assert (ten[1].points, ten[-2].points) == (Decimal("88.889"), 0)
    both = even_scale(10, 5)
    assert [both[0].label, both[10].label, both[-1].label] == ["10/10", "5/5", "不了解"]
    assert len({option.code for option in both}) == 16


def option(code: str, label: str, points: int | None, satisfied: bool = False) -> ScaleOption:
    return ScaleOption(code, label, None if points is None else Decimal(points), satisfied)


GOOD = option("a", "好", 100, True)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("options", "field"),
    [
        ((GOOD,), "points"),
        ((GOOD, option("b", "坏", 100)), "points"),
        ((GOOD, option("b", "坏", 101)), "points"),
        ((GOOD, option("b", "坏", -1)), "points"),
        ((GOOD, option("b", "", 0)), "label"),
        ((GOOD, option("b", " 好", 0)), "label"),
        ((GOOD, option("a", "坏", 0)), "label"),
        ((GOOD, option("B 2", "坏", 0)), "label"),
        ((GOOD, option("b", "坏", 0), option("c", "不详", None, True)), "satisfied"),
        (tuple(option(f"o{number}", str(number), number) for number in range(31)), "label"),
    ],
)
def test_a_scale_that_cannot_be_is_refused_and_the_old_one_stays(
    session: Session, staff: CurrentUser, options: tuple[ScaleOption, ...], field: str
) -> None:
    before = scale_of(session, "w1")
    with pytest.raises(InvalidEntry) as refused:
        edit(session, options, staff)
    assert refused.value.field == field
    assert scale_of(session, "w1") == before


def test_who_may_not_record_surveys_may_not_change_a_scale(
    session: Session, staff: CurrentUser
) -> None:
    official = person(session, "official")
    with pytest.raises(NotPermitted):
        edit(session, even_scale(5), official)
    with pytest.raises(NotFound):
        edit(session, even_scale(5), staff, "none")

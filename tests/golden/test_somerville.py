"""A city's real survey of three waves, imported as the page does, against plain arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Respondent, SurveyQuestion
from db.seed import load_places
from services import scales, surveys
from services.imports.check import Checked
from services.imports.guess import guess_plan, with_words
from services.imports.names import names_known
from services.imports.personal import personal_columns
from services.imports.plan import COMMUNITY, RESPONDENTS, Plan, asked_for
from services.imports.record import Choice, Upload, check, record, saved_plan
from services.imports.sheet import Sheet, read_sheet
from services.permissions import CurrentUser
from services.satisfaction import OVERALL, SUBDISTRICT, Wave, comparable_before, line_up, scores
from services.settings import Thresholds
from tests.activity_cases import person
from tests.import_cases import NOW

FILE = Path(__file__).resolve().parents[3] / "shared/data/somerville_happiness_2011_2013_2015.csv"
pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="The city's survey lies beside the project, and it is not there."
)

PLACE_TO_LIVE = "How.satisfied.are.you.with.Somerville.as.a.place.to.live."
RATE = "How.would.you.rate.the.following.."
BEAUTY_NEARBY = "How.satisfied.are.you.with.the.beauty.or.physical.setting.of.your.neighborhood."
NEIGHBOURHOOD = "What.neighborhood.do.you.live.in."
WARDS = tuple(str(number) for number in range(1, 8))
NEIGHBOURHOODS = ("Davis Square", "Winter Hill", "Spring Hill", "Union Square", "East Somerville",
                  "Porter Square", "West Somerville", "Teele Square", "Inman Square")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the city asked in a year: question → subject, and how its options score."""

    year: int
    questions: Mapping[str, str]
    scale: tuple[scales.ScaleOption, ...]
    community: str | None


TEN_AND_FIVE = scales.even_scale(10, 5)
WAVES = (
    Asked(
        2011,
        {
            PLACE_TO_LIVE: OVERALL,
            f"{RATE}The.beauty.or.physical.setting_2011": "environment",
            f"{RATE}The.effectiveness.of.the.local.police_2011_2013": "safety",
            f"{RATE}The.overall.quality.of.public.schools.in.your.community._2011": "education",
        },
        TEN_AND_FIVE,
        None,
    ),
    Asked(
        2013,
        {
            PLACE_TO_LIVE: OVERALL,
            f"{RATE}The.beauty.or.physical.setting.of.Somerville_2013": "environment",
            BEAUTY_NEARBY: "environment",
            f"{RATE}The.effectiveness.of.the.local.police_2011_2013": "safety",
            f"{RATE}The.overall.quality.of.public.schools.": "education",
        },
        # Some people answered between two steps.
        (
            *TEN_AND_FIVE,
            scales.ScaleOption("half", "8.5/10", scales.Decimal("83.333"), True),
            scales.ScaleOption("half_more", "9.5/10", scales.Decimal("94.444"), True),
        ),
        "Ward",
    ),
    Asked(
        2015,
        {
            PLACE_TO_LIVE: OVERALL,
            BEAUTY_NEARBY: "environment",
            f"{RATE}The.maintenance.of.streets.and.sidewalks_2015": "environment",
            f"{RATE}Your.trust.in.the.local.police_2015": "safety",
            f"{RATE}The.overall.quality.of.public.schools.": "education",
            f"{RATE}The.availability.of.social.community.events": "culture",
        },
        tuple(
            replace(option, points=option.points and round(option.points**2 / 100, 3))
            for option in TEN_AND_FIVE
        ),
        NEIGHBOURHOOD,
    ),
)


@pytest.fixture(scope="module")
def file() -> Sheet:
    return read_sheet(FILE.read_bytes())


@pytest.fixture(scope="module")
def plain() -> pd.DataFrame:
    """The file as pandas reads it, every cell as text."""
    return pd.read_csv(FILE, dtype=str, keep_default_na=False)


@pytest.fixture
def staff(session: Session) -> CurrentUser:
    places = [(f"ward{number}", f"Ward {number}") for number in WARDS]
    places += [(f"n{number:02d}", name) for number, name in enumerate(NEIGHBOURHOODS, start=1)]
    load_places(
        session, "Somerville", "Somerville", [{"code": code, "name": name} for code, name in places]
    )
    session.flush()
    return person(session, "office_staff")


def begin(session: Session, asked: Asked, staff: CurrentUser) -> str:
    """Add the wave and give it its own scale, as the page does."""
    own = surveys.NewWave(
        f"Somerville {asked.year}", "face_to_face", "five_grade", str(asked.year),
        date(asked.year, 1, 1), date(asked.year, 12, 31),
    )  # fmt: skip
    options = {"options": [{"code": "a", "label": "a", "points": 0}]}
    code = surveys.add_wave(session, own, {"five_grade": options}, staff, NOW, date(2023, 1, 1))
    scales.edit_scale(session, code, asked.scale, {}, staff, NOW)
    return code


def planned(session: Session, code: str, asked: Asked, sheet: Sheet) -> Plan:
    """What is proposed, with the questions and places that a person would set."""
    wave, names = surveys.wave_of(session, code), names_known(session, code)
    left_out = personal_columns(sheet)
    proposed = guess_plan(
        sheet, RESPONDENTS, wave, names, left_out, saved_plan(session, RESPONDENTS, sheet)
    )
    facts = {column: role for column, role in proposed.roles.items() if ":" not in role}
    facts = dict.fromkeys(facts, "") | {
        column: role for column, role in facts.items() if role in ("number", "sex", "age")
    }
    if asked.year == 2011:
        facts |= {"What.is.your.gender._2011": "sex", "What.is.your.sex.": ""}
    roles = facts | {column: f"question:{subject}" for column, subject in asked.questions.items()}
    if asked.community:
        roles[asked.community] = COMMUNITY
    only = ("Year", str(asked.year))
    plan = with_words(Plan(roles, only=only), asked_for(sheet, only), wave, names)
    blank = dict.fromkeys(("r", "x", "na"), "")
    answers = {column: {**blank, **words} for column, words in plan.answers.items()}
    places = dict(plan.places) | {number: f"ward{number}" for number in WARDS}
    if asked.community == NEIGHBOURHOOD:
        named = asked_for(sheet, only).column(NEIGHBOURHOOD).values
        others = {name.casefold().strip(): "unplaced" for name in named}
        places = others | places
    return replace(plan, answers=answers, places=places)


def points_of(asked: Asked, plain: pd.DataFrame, column: str) -> pd.Series:
    """The points of a column's answers; NaN where there is no option, plain arithmetic."""
    labels = {option.label: option.points for option in asked.scale if option.points is not None}
    texts = plain[column].str.strip()
    most = 10 if texts.isin(["7", "9", "10"]).mean() > 0.05 else 5
    known = {
        label.removesuffix(f"/{most}"): float(points)
        for label, points in labels.items()
        if label.endswith(f"/{most}")
    }
    return texts.map(known)


@pytest.mark.parametrize("asked", WAVES, ids=lambda asked: str(asked.year))
def test_a_wave_says_what_pandas_says(
    session: Session, staff: CurrentUser, file: Sheet, plain: pd.DataFrame, asked: Asked
) -> None:
    code = begin(session, asked, staff)
    plan = planned(session, code, asked, file)
    found = check(session, Upload(RESPONDENTS, code, file, plan), staff)
    assert isinstance(found, Checked)
    own = plain[plain["Year"] == str(asked.year)]
    assert found.left_out == len(plain) - len(own)
    refused = {one.line for one in found.refusals.listed()}
    assert found.accepted == len(own) - len(refused)

    kept = own[~(own.index + 2).isin(refused)]
    points = pd.DataFrame({name: points_of(asked, own, name) for name in asked.questions})
    receipt = record(session, Upload(RESPONDENTS, code, file, plan), Choice(), staff, NOW)
    assert receipt.accepted == len(kept)
    points = points.loc[kept.index]

    community = pd.Series("unplaced", kept.index)
    if asked.community:
        community = kept[asked.community].str.strip().str.casefold().str.replace("ward ", "ward")
        community = community.map(place_codes()).fillna("unplaced")
    subjects = pd.Series(dict(asked.questions))
    frame = scores(session, [surveys.wave_of(session, code)], Thresholds(), basis="unweighted")
    for subject, own in frame.set_index("community").groupby("subject"):
        y = points[subjects.index[subjects == subject]].mean(axis=1)
        agrees(own, y, community)
    assert set(frame["subject"]) == set(subjects)


def agrees(frame: pd.DataFrame, y: pd.Series, community: pd.Series) -> None:
    """The whole and every community that is shown say what the respondents' points say."""
    whole = frame.loc[SUBDISTRICT]
    assert whole["n"] == y.notna().sum()
    assert whole["score"] == pytest.approx(y.mean(), abs=1e-9)
    assert whole["score_se"] == pytest.approx(stratified_error(y, community), rel=1e-9)
    for place, mine in y.groupby(community):
        row = frame.loc[place]
        if row["state"] != "hidden":
            assert row["n"] == mine.notna().sum()
            assert row["score"] == pytest.approx(mine.mean(), abs=1e-9)
    size = y.groupby(community).count()
    assert set(size.index[(size < 10) & (size > 0)]) <= set(frame.query("state == 'hidden'").index)


def stratified_error(y: pd.Series, community: pd.Series) -> float:
    """Error of the mean of those who answered, communities as strata (Cochran 1977, 5A.14)."""
    z = (y - y.mean()).fillna(0) / y.notna().sum()
    variance = sum(
        len(own) / (len(own) - 1) * ((own - own.mean()) ** 2).sum()
        if len(own) > 1
        else (own**2).sum()
        for _place, own in z.groupby(community)
    )
    return float(np.sqrt(variance))


def place_codes() -> dict[str, str]:
    names = {
        name.casefold(): f"n{number:02d}" for number, name in enumerate(NEIGHBOURHOODS, start=1)
    }
    wards = {f"ward{number}": f"ward{number}" for number in WARDS}
    return names | wards | {number: f"ward{number}" for number in WARDS}


def test_three_waves_of_other_scales_stand_side_by_side_and_are_not_compared(
    session: Session, staff: CurrentUser, file: Sheet
) -> None:
    for asked in WAVES:
        code = begin(session, asked, staff)
        plan = planned(session, code, asked, file)
        assert record(session, Upload(RESPONDENTS, code, file, plan), Choice(), staff, NOW).changed
        again = record(session, Upload(RESPONDENTS, code, file, plan), Choice(), staff, NOW)
        assert (again.changed, again.accepted) == (False, 0)
    waves: tuple[Wave, ...] = line_up(session, date(2016, 1, 1))
    assert [wave.label for wave in waves] == [f"Somerville {asked.year}" for asked in WAVES]
    assert len({wave.scale for wave in waves}) == 3
    assert [comparable_before(waves, wave) for wave in waves] == [None, None, None]
    frame = scores(session, waves, Thresholds())
    assert frame[frame["community"] == SUBDISTRICT].groupby("wave").size().tolist() == [4, 4, 5]
    assert set(frame.loc[frame["wave"] == waves[0].code, "community"]) == {"", "unplaced"}
    asked_words = {row.label for row in session.scalars(select(SurveyQuestion))}
    assert asked_words == {name for asked in WAVES for name in asked.questions}
    people = session.scalars(select(Respondent)).all()
    assert {person.sex for person in people} == {"male", "female", ""}

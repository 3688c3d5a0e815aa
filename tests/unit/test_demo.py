"""The demonstration office is a plausible year of a subdistrict, and honest about its surveys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine, func, select

from db.demo import load_demo, places, surveys
from db.demo.quantities import STATED, split
from db.engine import Session, write_session
from db.models import Activity, ActivityType, Change, CommunityGroup, Office, Target, User
from db.reads import catalogue
from db.reads.sums import Choice, quantity_sums
from db.writes.activities import number_of, snapshot
from services.satisfaction import OVERALL, SUBDISTRICT, changes, comparable_before, line_up, scores
from services.satisfaction.scores import ScoreFrame
from services.settings import ROOT, Thresholds, load_settings

TODAY = date(2023, 10, 28)
SINCE = datetime(2023, 10, 1, tzinfo=UTC)  # from when on it is approved
CHINA = timedelta(hours=8)
# 99.8 % limits of a normal distribution.
FAR = 3.09


@pytest.fixture
def activities(demo: Session) -> Sequence[Activity]:
    return demo.scalars(select(Activity)).all()


def test_the_office_is_a_demonstration_with_its_own_day(demo: Session) -> None:
    office = demo.get_one(Office, 1)
    assert (office.demonstration, office.demonstration_day) == (True, TODAY)
    assert office.running_since == date(2023, 9, 1)
    assert len(catalogue.communities(demo)) == 12
    for group in places.GROUPS:
        for year in (2022, 2023):
            assert len(catalogue.population(demo, group, year)) == 12


def test_a_database_in_use_is_not_overwritten(engine: Engine) -> None:
    with pytest.raises(ValueError, match="empty database"), write_session(engine) as session:
        load_demo(session)
    with Session(engine) as session:
        assert len(catalogue.communities(session)) == 3


def test_nobody_can_sign_in_with_a_password(demo: Session) -> None:
    people = {user.username: user for user in demo.scalars(select(User))}
    assert {user.password_hash for user in people.values()} == {""}
    assert {name: people[name].role for name in people if name.startswith("demo_")} == {
        "demo_official": "official",
        "demo_community_staff": "community_staff",
        "demo_community_staff_2": "community_staff",
        "demo_office_staff": "office_staff",
        "demo_administrator": "administrator",
    }
    assert people["demo_community_staff"].community_code == "c03"
    assert people["demo_community_staff_2"].community_code == "c07"


def test_every_type_is_held_and_weekly_ones_on_their_weekday(
    demo: Session, activities: Sequence[Activity]
) -> None:
    days: dict[str, set[int]] = {}
    for activity in activities:
        days.setdefault(activity.type_code, set()).add(activity.first_day.isoweekday())
    types = {row.code: row for row in demo.scalars(select(ActivityType))}
    assert set(days) == set(types)
    for code, row in types.items():
        if row.weekday:
            assert days[code] == ({6, 7} if row.weekday == 6 else {row.weekday}), code


def test_festivals_are_kept_on_their_true_dates(activities: Sequence[Activity]) -> None:
    def held(code: str) -> list[date]:
        return sorted(row.first_day for row in activities if row.type_code == code)

    assert held("tug_of_war")[-1] == date(2023, 9, 29)
    assert date(2023, 9, 27) <= held("festival_show")[0]
    assert held("festival_show")[-1] <= date(2023, 9, 30)
    assert Counter(held("double_ninth")).most_common(1)[0][0] == date(2023, 10, 23)
    assert {date(2023, 9, 29), date(2023, 10, 1)} <= set(held("holiday_patrol"))
    assert date(2023, 10, 4) not in held("parents_day"), "schools were closed"


def test_there_are_about_three_thousand_activities_some_joint_some_void(
    demo: Session, activities: Sequence[Activity]
) -> None:
    size = dict(demo.execute(select(CommunityGroup.id, CommunityGroup.size)).all())
    joint = [row for row in activities if size[row.group_id] > 1]
    void = [row for row in activities if row.state == "void"]
    assert 3000 <= len(activities) <= 3900
    assert 60 <= len(joint) <= 200
    assert {size[row.group_id] for row in joint} == {2, 3, 4}
    assert 5 <= len(void) <= 15
    assert all(row.void_reason for row in void)
    assert not any(row.void_reason for row in activities if row.state == "recorded")
    for row in activities:
        members = {place.community_code for place in row.communities}
        assert row.host_code in members
        assert len(members) == size[row.group_id]
        assert row.grid_code is None or row.grid_code.startswith(row.host_code)


def test_no_week_is_always_kept_and_communities_differ(activities: Sequence[Activity]) -> None:
    weeks: dict[str, set[date]] = {code: set() for code in places.CODES}
    for row in activities:
        if row.type_code == "wednesday_cleanup":
            weeks[row.host_code].add(row.first_day)
    kept = {code: len(days) / 56 for code, days in weeks.items()}
    assert 0.5 < min(kept.values()) < 0.7
    assert 0.85 < max(kept.values()) < 1


def test_nothing_is_from_after_the_demonstration_day(
    demo: Session, activities: Sequence[Activity]
) -> None:
    assert min(row.first_day for row in activities) == date(2022, 10, 1)
    assert max(row.last_day for row in activities) <= TODAY
    evening = datetime(2023, 10, 28, 15, 59, tzinfo=UTC)
    assert max(row.updated_at for row in activities) <= evening
    assert demo.scalar(select(func.max(Change.at))) <= evening
    for row in activities:
        assert (row.created_at + CHINA).date() >= row.last_day
        assert row.created_at <= row.updated_at


def test_the_log_says_who_entered_what(demo: Session, activities: Sequence[Activity]) -> None:
    lines: dict[tuple[str, str], Change] = {
        (row.action, row.entity_key): row
        for row in demo.scalars(select(Change).where(Change.entity == "activity"))
        if row.action not in ("confirm", "follow_up", "close")  # of remarks
    }
    people = {user.id: user for user in demo.scalars(select(User))}
    for row in activities:
        entered = lines.pop(("enter", number_of(row.id)))
        author = people[row.created_by]
        assert (entered.user_id, entered.user_name) == (author.id, author.name)
        assert entered.at == row.created_at
        assert author.community_code == (None if row.type_code == "inspection" else row.host_code)
        last = entered
        assert entered.after["review"] == ("approved" if entered.at < SINCE else "submitted")
        approved = lines.pop(("approve", number_of(row.id)), None)
        assert (approved is not None) == (entered.after["review"] != row.review)
        if approved is not None:
            assert people[approved.user_id].role in ("office_staff", "administrator")
            assert approved.user_id != author.id
            assert (approved.before, approved.at) == (entered.after, row.updated_at)
            last = approved
        if row.state == "void":
            last = lines.pop(("void", number_of(row.id)))
            assert (last.before, last.at) == (entered.after, row.updated_at)
        assert last.after == snapshot(row)
    assert not lines


def test_the_stated_measures_keep_their_pace_all_year(demo: Session) -> None:
    """Charts by month show no cliff where the exactly stated span begins."""
    sums = quantity_sums(demo, Choice(date(2022, 10, 1), date(2023, 8, 31)), ("month",))
    sums = sums.sort_values("month")
    for code, total in STATED.items():
        own = sums[sums["measure_code"] == code]
        assert len(own) == 11
        days = own["month"].dt.days_in_month
        pace = own["quantity"] / days / (float(total) / 58)
        assert pace.between(0.7, 1.15).all(), code
        assert pace.tail(5).mean() > pace.head(5).mean(), code


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (3, [5, 1, 1], [1, 1, 1]),
        (12, [3, 1], [9, 3]),
        (7, [0.5, 0.5, 2.0], [2, 2, 3]),
        (1, [1.0], [1]),
    ],
)
def test_a_total_is_split_without_remainder(
    total: int, weights: list[float], parts: list[int]
) -> None:
    found = split(total, weights)
    assert sum(found) == total
    assert found == parts


def test_the_survey_scale_is_that_of_the_configuration() -> None:
    scale = load_settings(ROOT / "config.toml", {}).scales["three_grade"]["options"]
    assert list(surveys.OPTIONS) == scale


def test_the_survey_waves_keep_telephone_and_online_apart(demo: Session) -> None:
    waves = line_up(demo, TODAY)
    assert [(wave.code, wave.mode) for wave in waves] == [
        ("w2022q4", "telephone"),
        ("w2023q1", "telephone"),
        ("w2023q2", "online"),
        ("w2023q3", "telephone"),
    ]
    before = comparable_before(waves, waves[3])
    assert before is not None
    assert before.code == "w2023q1"
    assert comparable_before(waves, waves[2]) is None


@pytest.fixture
def found(demo: Session) -> ScoreFrame:
    return scores(demo, line_up(demo, TODAY), Thresholds())


def test_two_domains_really_improved_and_the_small_decline_is_not_called_one(
    demo: Session, found: ScoreFrame
) -> None:
    waves = {wave.code: wave for wave in line_up(demo, TODAY)}
    moved = changes(found, waves["w2023q3"], waves["w2023q1"])
    whole = moved[moved["community"] == SUBDISTRICT].set_index("subject")
    assert set(whole.index[whole["real"]]) == {"environment", "safety"}
    assert (whole.loc[["environment", "safety"], "diff"] > 2).all()
    assert -2 < whole.at["education", "diff"] < -0.5
    # What no one intended is not found either: no false alarm in single communities.
    assert set(moved.loc[moved["real"], "subject"]) == {"environment", "safety"}


def test_one_community_lies_far_below_and_no_other_is_far_off(found: ScoreFrame) -> None:
    distances = pd.concat(distance(found, subject) for subject in found["subject"].unique())
    assert distances.loc[("c09", OVERALL)] < -FAR
    others = distances[distances.index.get_level_values("community") != "c09"]
    assert others.abs().max() < FAR


def distance(found: ScoreFrame, subject: str) -> pd.Series:
    """Communities' distance from the subdistrict in the newest wave, in standard errors."""
    rows = found[(found["wave"] == "w2023q3") & (found["subject"] == subject)]
    own = rows[(rows["community"] != SUBDISTRICT) & (rows["state"] == "ok")]
    whole = rows[rows["community"] == SUBDISTRICT].iloc[0]
    spread = whole["score_se"] * np.sqrt(whole["n"])
    far = (own["score"] - whole["score"]) / (spread / np.sqrt(own["n"]))
    return far.set_axis(pd.MultiIndex.from_frame(own[["community", "subject"]]))


def test_few_answers_are_shown_as_few_and_fewer_than_ten_not_at_all(found: ScoreFrame) -> None:
    small = found[(found["wave"] == "w2023q3") & (found["community"] == "c12")]
    states = small.set_index("subject")["state"]
    assert states.pop("education") == "hidden"
    assert set(states) == {"few"}


def test_scores_answers_and_dont_knows_are_realistic(found: ScoreFrame) -> None:
    shown = found[(found["state"] == "ok") & (found["community"] != "c09")]
    single = shown[shown["community"] != SUBDISTRICT]
    whole = shown[shown["community"] == SUBDISTRICT]
    assert single["n_total"].between(40, 90).all()
    assert single["score"].between(76, 95).all()
    assert whole["score"].between(78, 93).all()
    assert whole["dont_know_rate"].between(0.02, 0.15).all()


def test_the_year_has_targets_for_satisfaction_measures_and_one_coverage(demo: Session) -> None:
    found = {row.indicator_code: row for row in demo.scalars(select(Target))}
    overall = found["satisfaction_overall"]
    assert (overall.year, overall.community_code, overall.value) == (2023, "", 85)
    assert found["coverage_check_ups"].value == 65
    assert found["household_waste"].value == 960
    assert len(found) == 12

"""Waves: which may be compared, what changed, published scores, and the sentences."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from scipy import stats

from db.engine import Session
from services.satisfaction import (
    OVERALL,
    SUBDISTRICT,
    changes,
    comparable_before,
    line_up,
    scores,
    sentences,
)
from tests.builders import add_tally, add_wave
from tests.survey_cases import (
    AUTUMN,
    FOREVER,
    LIMITS,
    SPRING,
    SUMMER,
    add_answers,
    add_published,
    overall,
    three,
)


def test_waves_line_up_by_their_end_and_only_those_begun(session: Session) -> None:
    add_wave(session, "b", *AUTUMN)
    add_wave(session, "a", *SPRING)
    assert [wave.code for wave in line_up(session, FOREVER)] == ["a", "b"]
    assert [wave.code for wave in line_up(session, AUTUMN[0])] == ["a", "b"]
    assert [wave.code for wave in line_up(session, date(2023, 8, 31))] == ["a"]
    assert line_up(session, date(2023, 1, 1)) == ()


@pytest.mark.parametrize(
    ("other", "word"),
    [({"scale": "five_grade"}, "标准"), ({"mode": "online"}, "网络"), ({"wording": "2"}, "措辞")],
)
def test_waves_with_another_scale_mode_or_wording_are_not_compared(
    session: Session, other: dict, word: str
) -> None:
    add_wave(session, "spring", *SPRING)
    add_wave(session, "summer", *SUMMER, **other)
    add_wave(session, "autumn", *AUTUMN)
    spring, summer, autumn = line_up(session, FOREVER)
    waves = (spring, summer, autumn)
    assert comparable_before(waves, spring) is None
    assert comparable_before(waves, summer) is None
    assert comparable_before(waves, autumn) is spring
    assert word in sentences.not_comparable(summer, spring)


def test_a_wave_prints_its_scale(session: Session) -> None:
    add_wave(session, "w1", *AUTUMN)
    (wave,) = line_up(session, FOREVER)
    assert wave.scale_label == "满意 100、基本满意 75、不满意 55、不了解不计分"


def two_waves(session: Session, before: dict[str, dict], now: dict[str, dict]) -> pd.DataFrame:
    """The changes from spring to autumn, by community."""
    for code, days, answers in (("spring", SPRING, before), ("autumn", AUTUMN, now)):
        add_wave(session, code, *days)
        for community, given in answers.items():
            add_tally(session, code, community, OVERALL, given)
    spring, autumn = line_up(session, FOREVER)
    frame = scores(session, (spring, autumn), LIMITS)
    return changes(frame, autumn, spring).set_index("community", drop=False)


def test_a_change_is_tested_as_welch_does(session: Session) -> None:
    found = two_waves(session, {"c01": three(40, 30, 30)}, {"c01": three(50, 30, 10)}).loc["c01"]
    answers = [
        [100.0] * good + [75.0] * fair + [55.0] * bad
        for good, fair, bad in ((50, 30, 10), (40, 30, 30))
    ]
    test = stats.ttest_ind(*answers, equal_var=False)
    assert found["diff"] == pytest.approx(sum(answers[0]) / 90 - sum(answers[1]) / 100)
    assert found["p"] == pytest.approx(test.pvalue, rel=1e-6)
    margin = (test.confidence_interval().high - test.confidence_interval().low) / 2
    assert found["margin"] == pytest.approx(margin, rel=1e-6)


def test_too_few_answers_on_either_side_are_not_compared(session: Session) -> None:
    found = two_waves(
        session,
        {"c01": three(20), "c02": three(60, 40), "c03": three(60, 40)},
        {"c01": three(60), "c02": three(60, 40), "c03": three(15, 14)},
    )
    assert set(found.index) == {SUBDISTRICT, "c02"}


def test_one_real_change_among_many_is_told_from_chance_after_correction(
    session: Session,
) -> None:
    found = two_waves(
        session,
        {"c01": three(50, 30, 20), "c02": three(20, 40, 40), "c03": three(50, 30, 20)},
        {"c01": three(50, 30, 20), "c02": three(80, 15, 5), "c03": three(66, 19, 15)},
    )
    assert found["real"].to_dict() == {"c01": False, "c02": True, "c03": False, SUBDISTRICT: True}
    assert found.loc["c03", "p"] < 0.05, "on its own it would have passed for a change"
    rows = {row.community: row for row in found.itertuples(index=False)}
    said = {place: sentences.change(row) for place, row in rows.items()}
    assert "可以认定为上升" in said["c02"]
    assert "多重比较" in said["c03"]
    assert said["c01"].startswith("与上期持平")
    assert sentences.change(None) == "没有可以比较的上期结果。"
    tones = {place: sentences.tone(row) for place, row in rows.items()}
    assert tones == {
        "c01": "neutral",
        "c02": "improved",
        "c03": "neutral",
        SUBDISTRICT: "improved",
    }


def test_alike_before_and_now_still_has_a_margin(session: Session) -> None:
    found = two_waves(session, {"c01": three(40)}, {"c01": three(40)})
    row = next(found.itertuples(index=False))
    assert (row.diff, row.real) == (0, False)
    assert row.margin > 1
    assert "±0.0" not in sentences.change(row)


def test_from_all_discontent_to_all_content_is_a_change(session: Session) -> None:
    found = two_waves(session, {"c01": three(0, 0, 60)}, {"c01": three(60)}).loc["c01"]
    assert found["diff"] == 45
    assert found["real"]


def test_a_published_score_has_a_score_and_n_and_no_more(session: Session) -> None:
    add_wave(session, "w1", *AUTUMN)
    add_published(session, "w1", SUBDISTRICT, "88.25", 400)
    add_published(session, "w1", "c01", "90", 12)
    rows = overall(session)
    whole = rows.loc[("w1", SUBDISTRICT)]
    assert (whole.score, whole.n, whole.state) == (88.25, 400, "ok")
    assert whole[["score_se", "low", "high", "share", "dont_know_rate"]].isna().all()
    assert rows.loc[("w1", "c01")].state == "few"
    assert sentences.level("总体", whole) == "总体满意度 88.3 分（公布值，有效答卷 400 份）。"


def test_a_published_score_gives_way_to_answers_of_our_own(session: Session) -> None:
    add_answers(session, "w1", c01=three(40))
    add_published(session, "w1", "c01", "60", 500)
    add_published(session, "w1", "c02", "70", 500)
    rows = overall(session)
    assert rows.loc[("w1", "c01")].score == 100
    assert rows.loc[("w1", "c02")].score == 70


def test_the_published_score_of_the_subdistrict_is_not_that_of_a_choice(session: Session) -> None:
    add_wave(session, "w1", *AUTUMN)
    add_published(session, "w1", SUBDISTRICT, "88", 400)
    add_published(session, "w1", "c01", "90", 100)
    assert set(overall(session, ("c01",)).index) == {("w1", "c01")}


def test_published_scores_are_never_differenced(session: Session) -> None:
    for code, days in (("spring", SPRING), ("autumn", AUTUMN)):
        add_wave(session, code, *days)
        add_published(session, code, SUBDISTRICT, "88", 400)
    waves = line_up(session, FOREVER)
    assert changes(scores(session, waves, LIMITS), waves[1], waves[0]).empty


def test_a_level_is_said_with_interval_n_and_those_who_did_not_know(session: Session) -> None:
    add_answers(session, "w1", c01=three(40, 30, 10, 20), c02=three(3))
    rows = overall(session)
    assert sentences.level("总体", rows.loc[("w1", SUBDISTRICT)]) == (
        "总体满意度 85.5 分（可信范围 82.0–89.1，有效答卷 83 份，另有 19% 表示不了解）。"
    )
    assert sentences.level("总体", rows.loc[("w1", "c02")]) == "总体：样本不足，不予显示。"

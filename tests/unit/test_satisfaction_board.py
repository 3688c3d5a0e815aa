"""The satisfaction page: verdicts, groups, who answered, what goes together, what to check."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from db.engine import Session
from db.models import Target
from services.boards import satisfaction
from services.boards.board import Board, Section
from services.charts.cards import Chart, Tile
from services.filters import Filters
from services.periods import Period
from services.satisfaction import OVERALL, UNWEIGHTED
from services.settings import Thresholds
from services.views import View
from tests.builders import add_tally, add_wave
from tests.survey_cases import AUTUMN, SPRING, add_published, three
from tests.survey_people import DOMAINS, QUESTIONS, people
from tests.survey_rows import add_population, add_respondents

TODAY = date(2023, 10, 28)
SINCE = Period(date(2023, 9, 1), "since", TODAY)
VIEW = View(Filters(SINCE), TODAY, Thresholds())


def section(board: Board, title: str) -> Section:
    return next(section for section in board.sections if section.title == title)


def card(board: Board, code: str) -> Chart:
    cards = [card for section in board.sections for card in section.cards]
    return next(card for card in cards if card.code == code)


@pytest.fixture
def office(session: Session) -> Session:
    """A wave answer by answer: 150 in c01, 8 in c02 and so hidden, 60 in c03 to cover it."""
    for place in ("c01", "c02", "c03"):
        ages = {"age_18_34": 1000, "age_35_59": 2000, "age_60_plus": 1000}
        add_population(session, place, 2023, residents=5000, male=2500, female=2500, **ages)
    wave = add_wave(session, "秋季", *AUTUMN, label_en="Autumn")
    random = np.random.default_rng(11)
    asked = [*people("c01", 150, random), *people("c02", 8, random), *people("c03", 60, random)]
    for person in asked[:4]:
        person["sex"] = ""
    for person in [person for person in asked if person["interviewer"] == "03"][:30]:
        person["answers"] = dict.fromkeys(QUESTIONS, "satisfied")
    add_respondents(session, wave, QUESTIONS, asked)
    return session


def test_the_verdict_says_change_target_detectable_change_and_corrections(demo: Session) -> None:
    said = "".join(satisfaction.board(demo, VIEW).sentences)
    for part in ("较上期", "目标 85 分", "本期样本只能看出", "已按多重比较校正"):
        assert part in said


def test_the_headline_is_short_and_the_next_line_says_how_sure_it_is(demo: Session) -> None:
    board = satisfaction.board(demo, VIEW)
    assert board.headline.endswith("总体满意度 86.3 分")
    assert board.sentences[0].startswith("可信范围 85.2–87.5，有效答卷 748 份，另有 4%")


def test_what_has_changed_in_a_community_is_named_under_the_changes(demo: Session) -> None:
    board = satisfaction.board(demo, VIEW)
    counted = next(one for one in board.sentences if "已按多重比较校正" in one)
    chart = card(board, "changes")
    assert "其中 3 项" in counted
    assert chart.title == "各领域有 2 项变化可以认定"
    (note,) = chart.notes
    assert note.count(" 分") == 1
    assert note.startswith("各社区可以认定的变化：")


def test_a_single_community_is_not_compared_twice(demo: Session) -> None:
    one = replace(VIEW, filters=replace(VIEW.filters, communities=("c09",)))
    board = satisfaction.board(demo, one)
    assert any("共比较 7 项" in sentence for sentence in board.sentences)
    assert card(board, "changes").notes == ()


def test_too_few_answers_to_compare_are_said_to_be_that(demo: Session) -> None:
    few = replace(VIEW, filters=replace(VIEW.filters, communities=("c12",)))
    said = satisfaction.board(demo, few).sentences
    assert "有效答卷仅 13 份，只作参考，不参与比较。" in said
    assert not any("没有可以比较的上期结果" in sentence for sentence in said)


def test_of_five_options_both_rates_are_named(session: Session) -> None:
    add_wave(session, "w5", *AUTUMN, scale="five_grade")
    given = {"very_satisfied": 50, "satisfied": 25, "fairly_satisfied": 15, "dissatisfied": 10}
    add_tally(session, "w5", "c01", OVERALL, {**given, "dont_know": 25})
    chart = card(satisfaction.board(session, VIEW), "options")
    assert chart.notes == (
        "满意率（不了解不计入）：总体 90.0%。",
        "非常满意及满意率（不了解不计入）：总体 75.0%。",
    )


def test_the_smallest_change_stands_beside_n_in_every_list(demo: Session) -> None:
    board = satisfaction.board(demo, VIEW)
    for code in ("changes", "league"):
        columns = card(board, code).table.columns
        assert {"有效答卷（份）", "能看出的最小变化（分）"} <= set(columns)


def test_three_verdicts_stand_on_tiles_where_targets_are_set(session: Session) -> None:
    add_wave(session, "秋季", *AUTUMN)
    for subject in (OVERALL, *DOMAINS):
        add_tally(session, "秋季", "c01", subject, three(60, 31, 12))  # 87.1, from 83.8 to 90.5
    for subject, value in ((OVERALL, 80), ("environment", 87), ("safety", 95)):
        session.add(Target(indicator_code=f"satisfaction_{subject}", year=2023, value=value))
    session.flush()
    board = satisfaction.board(session, VIEW)
    tiles = {tile.code: tile for tile in section(board, "目标").cards if isinstance(tile, Tile)}
    assert {code: tile.tone for code, tile in tiles.items()} == {
        "target-overall": "improved",
        "target-environment": "neutral",
        "target-safety": "concern",
    }
    assert [tile.note.split(" · ")[0] for tile in tiles.values()] == [
        "✓ 稳定达标",
        "暂不能判定",
        "✗ 未达标",
    ]
    assert "稳定达标（目标 80 分）。" in board.sentences


def test_a_target_of_the_subdistrict_is_not_that_of_a_choice(session: Session) -> None:
    add_wave(session, "秋季", *AUTUMN)
    for place in ("c01", "c02"):
        add_tally(session, "秋季", place, OVERALL, three(60, 31, 12))
    add = {"year": 2023, "indicator_code": "satisfaction_overall"}
    session.add_all([Target(**add, value=80), Target(**add, community_code="c01", value=95)])
    session.flush()
    for places, verdict in ((("c01",), "未达标（目标 95 分）。"), (("c01", "c02"), "")):
        board = satisfaction.board(session, replace(VIEW, filters=Filters(SINCE, places)))
        assert [said for said in board.sentences if "目标" in said] == [verdict][: len(verdict)]


def test_few_answers_are_not_judged_by_a_target(session: Session) -> None:
    add_wave(session, "秋季", *AUTUMN)
    add_tally(session, "秋季", "c01", OVERALL, three(20, 4))
    session.add(Target(indicator_code="satisfaction_overall", year=2023, value=60))
    session.flush()
    assert not any("达标" in said for said in satisfaction.board(session, VIEW).sentences)


def test_the_line_of_waves_shows_the_target_to_reach(demo: Session) -> None:
    layout = json.loads(card(satisfaction.board(demo, VIEW), "history-overall").figure)["layout"]
    assert any("目标<br>85.0" in note["text"] for note in layout["annotations"])


def test_flagged_communities_and_reference_values_are_said_under_the_league(demo: Session) -> None:
    notes = card(satisfaction.board(demo, VIEW), "league").notes
    assert "东园社区：在同等样本量下明显低于街道平均（超出 99.8% 控制线），建议了解原因。" in notes
    assert any(note.startswith("新桥社区：参考值 ") for note in notes)


def test_a_rank_is_printed_with_its_interval_only(demo: Session) -> None:
    league = card(satisfaction.board(demo, VIEW), "league").table
    ranks = [row[league.columns.index("名次范围")] for row in league.rows]
    assert all(rank is None or "–" in rank for rank in ranks)
    assert any(ranks)


def test_league_and_funnel_flag_the_same_communities(demo: Session) -> None:
    for domain in (None, *DOMAINS):
        board = satisfaction.board(demo, replace(VIEW, filters=Filters(SINCE, (), domain)))
        flagged = [note.split("：")[0] for note in card(board, "league").notes if "控制线" in note]
        traces = json.loads(card(board, "funnel").figure)["data"]
        assert sorted(name for trace in traces for name in trace.get("text", ())) == sorted(flagged)


def test_unweighted_figures_are_a_click_away(office: Session) -> None:
    assert satisfaction.has_weights(office, VIEW)
    weighted, plain = satisfaction.board(office, VIEW), satisfaction.board(office, VIEW, UNWEIGHTED)
    assert weighted.headline != plain.headline
    assert any("设计效应" in said for said in weighted.sentences)
    assert plain.sentences[-1] == "这里的得分不加权，每份答卷同等计算。"


def test_a_wave_of_counts_has_no_weights_to_speak_of(session: Session) -> None:
    add_wave(session, "秋季", *AUTUMN)
    add_tally(session, "秋季", "c01", OVERALL, three(60, 31, 12))
    assert not satisfaction.has_weights(session, VIEW)
    assert not any("加权" in said for said in satisfaction.board(session, VIEW).sentences)


def test_who_answered_stands_beside_who_lives_there(office: Session) -> None:
    found = card(satisfaction.board(office, VIEW), "people")
    rows = {row[0]: row[1:] for row in found.table.rows}
    assert rows["18–34 岁"] == (0.0, 0.0, 25.0)
    assert rows["60 岁及以上"] == (109.0, 50.0, 25.0)
    assert found.title in (
        "18–34 岁占答卷 0%，占登记人口 25%",
        "60 岁及以上占答卷 50%，占登记人口 25%",
    )


def test_a_group_of_few_is_hidden_and_another_with_it(office: Session) -> None:
    rows = {row[0]: row[1:] for row in card(satisfaction.board(office, VIEW), "people").table.rows}
    assert rows["未说明"] == (None, None, None)
    assert rows["男性"][:2] == (None, None)
    assert rows["女性"][0] == 88 + 4 + 36


def test_of_a_choice_of_communities_neither_groups_nor_drivers_are_shown(office: Session) -> None:
    board = satisfaction.board(office, replace(VIEW, filters=Filters(SINCE, ("c01",))))
    codes = [card.code for section in board.sections for card in section.cards]
    assert not {"people", "drivers"} & set(codes)


def test_the_domain_that_goes_with_the_whole_is_named_and_no_cause_is_claimed(
    office: Session,
) -> None:
    found = section(satisfaction.board(office, VIEW), "与总体满意度的关系")
    assert found.sentences == ("与总体满意度关系较密切的是居住环境（高）；这是关联，不等于因果。",)
    table = card(satisfaction.board(office, VIEW), "drivers").table
    grades = {row[0]: row[1] for row in table.rows}
    assert grades["居住环境"] == "高"
    assert set(grades.values()) <= {"高", "中", "低"}
    assert sum(row[2] for row in table.rows) == pytest.approx(100)


def test_what_is_worth_a_check_is_a_hint_and_names_no_hidden_community(office: Session) -> None:
    found = section(satisfaction.board(office, VIEW), "数据核查")
    assert found.sentences
    assert all("建议核实" in said for said in found.sentences)
    assert any(said.startswith("访问员 03：54 份答卷中 30 份各题") for said in found.sentences)
    assert "不是结论" in found.note
    assert "乙社区" not in repr(found)


def test_where_nothing_is_worth_a_check_that_is_said(session: Session) -> None:
    wave = add_wave(session, "秋季", *AUTUMN)
    asked = people("c01", 120, np.random.default_rng(3))
    for person in asked:
        person["answers"] |= {"overall": "satisfied", "environment": "dissatisfied"}
    add_respondents(session, wave, QUESTIONS, asked)
    found = section(satisfaction.board(session, VIEW), "数据核查")
    assert found.sentences == ("没有发现需要核实的情况。",)


def test_a_wave_without_answers_one_by_one_is_not_said_to_be_checked(session: Session) -> None:
    for wave, days in (("春季", SPRING), ("秋季", AUTUMN)):
        add_wave(session, wave, *days)
        add_tally(session, wave, "c01", OVERALL, three(60, 31, 12))
    board = satisfaction.board(session, VIEW)
    assert section(board, "数据核查") == Section("数据核查", ())
    assert section(board, "与总体满意度的关系").cards == ()


def test_no_figure_of_a_hidden_community_stands_anywhere(office: Session) -> None:
    """c02 with 8 answers is hidden, and c03 with 60, so that it cannot be worked out."""
    for basis in ("weighted", UNWEIGHTED):
        for domain in (None, "health"):
            view = replace(VIEW, filters=Filters(SINCE, (), domain))
            board = satisfaction.board(office, view, basis)
            for code in ("league", "funnel", "heat"):
                table = card(board, code).table
                place = table.columns.index("社区")
                for row in table.rows:
                    if row[place] in ("乙社区", "丙社区"):
                        figures = [cell for cell in row if isinstance(cell, float)]
                        assert figures == []
                assert '"community:c02"' not in card(board, "funnel").figure
            assert "n=60<" not in repr(board)
            assert "n=8<" not in repr(board)


def test_published_scores_are_listed_without_groups_flags_and_ranks(session: Session) -> None:
    add_wave(session, "秋季", *AUTUMN)
    add_published(session, "秋季", "", "88.25", 800)
    for place, score in (("c01", "91.5"), ("c02", "61.5")):
        add_published(session, "秋季", place, score, 400)
    found = card(satisfaction.board(session, VIEW), "league")
    assert found.title == "总体满意度：各社区的公布结果"
    rows = [dict(zip(found.table.columns, row, strict=True)) for row in found.table.rows]
    assert {row["分组"] for row in rows} == {"公布结果，不参与比较"}
    assert {row["名次范围"] for row in rows} == {None}
    assert {row["判断"] for row in rows} == {"公布结果，没有可信范围，不参与比较。"}
    assert card(satisfaction.board(session, VIEW), "funnel").figure == ""


def test_a_survey_that_was_only_just_added_does_not_empty_the_page(session: Session) -> None:
    add_wave(session, "春季", *SPRING)
    add_tally(session, "春季", "c01", OVERALL, three(60, 31, 12))
    before = satisfaction.board(session, VIEW)
    add_wave(session, "秋季", *AUTUMN)
    assert satisfaction.board(session, VIEW) == before

"""Methods in plain words: three sentences each, and an example worked out on the latest survey."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from db.engine import Session
from db.models import PublishedScore
from services.filters import Filters
from services.methods import Method, methods
from services.periods import Period, add_months
from services.satisfaction import OVERALL
from services.settings import Thresholds
from services.views import View
from tests.builders import add_activity, add_tally, add_wave
from tests.survey_cases import AUTUMN, SPRING, three

TITLES = [
    "得分", "满意率", "可信范围", "变化与检验", "多重比较", "能看出的最小变化", "分组与控制线",
    "参考值", "答卷加权", "小样本", "填报时的核对", "环比、同比与完成率", "控制图", "成效",
    "与总体满意度的关系",
]  # fmt: skip
TODAY = date(2023, 10, 28)
VIEW = View(Filters(Period(date(2023, 9, 1), "since", TODAY)), TODAY, Thresholds())


def explained(session: Session) -> dict[str, Method]:
    return {method.title: method for method in methods(session, VIEW)}


def complete(found: dict[str, Method]) -> None:
    assert list(found) == TITLES
    for method in found.values():
        assert len(method.sentences) == 3
        assert all(sentence.endswith("。") for sentence in (*method.sentences, method.example))
        assert "nan" not in method.example


def test_an_empty_office_reads_the_same_methods_without_figures(session: Session) -> None:
    found = explained(session)
    complete(found)
    assert {method.example for method in found.values()} == {
        "还没有可以举例的调查结果。",
        "还没有两次可以比较的调查。",
        "还没有可以比较的时段。",
        "还没有满 12 个整月的记录。",
        "还没有记录可以举例。",
    }


def test_the_score_and_the_share_are_worked_out_from_the_counts(session: Session) -> None:
    add_wave(session, "秋季", *AUTUMN)
    add_tally(session, "秋季", "c01", OVERALL, three(40, 20, 10, 5))
    add_tally(session, "秋季", "c02", OVERALL, three(20, 20, 10, 5))
    found = explained(session)
    complete(found)
    # (60·100 + 40·75 + 20·55) ÷ 120 and 100 ÷ 120
    assert found["得分"].example == (
        "秋季总体满意度：（满意 60×100 + 基本满意 40×75 + 不满意 20×55）÷ 120 = 84.2 分。"
    )
    assert found["满意率"].example.endswith("（满意 60 + 基本满意 40）÷ 120 = 83.3%。")
    assert found["答卷加权"].example == "秋季没有可用来加权的人口或权重，每份答卷同等计算。"
    assert found["变化与检验"].example == "还没有两次可以比较的调查。"


def test_changes_and_small_samples_are_those_of_the_waves(session: Session) -> None:
    for wave, days, satisfied in (("春季", SPRING, 50), ("秋季", AUTUMN, 90)):
        add_wave(session, wave, *days)
        add_tally(session, wave, "c01", OVERALL, three(satisfied, 10, 10))
        add_tally(session, wave, "c02", OVERALL, three(satisfied, 10, 10))
        add_tally(session, wave, "c03", OVERALL, three(5))
    found = explained(session)
    complete(found)
    assert found["变化与检验"].example.startswith("秋季与春季比，总体满意度较上期上升")
    # c03 is hidden, and of the two others one with it.
    assert found["小样本"].example == "秋季各社区各问题共 3 格：0 格只作参考，2 格不予显示。"
    assert found["多重比较"].example.startswith("秋季共比较 2 项：")


def test_a_survey_of_which_only_the_score_is_known_has_no_arithmetic(session: Session) -> None:
    add_wave(session, "秋季", *AUTUMN)
    session.add(
        PublishedScore(
            wave_code="秋季", community_code="", subject=OVERALL, score=Decimal(84), n=800
        )
    )
    session.flush()
    found = explained(session)
    complete(found)
    assert found["得分"].example == "秋季总体满意度 84.0 分，有效答卷 800 份。"
    assert found["满意率"].example == "还没有可以举例的调查结果。"


def test_a_hidden_whole_is_no_example(session: Session) -> None:
    add_wave(session, "秋季", *AUTUMN)
    add_tally(session, "秋季", "c01", OVERALL, three(5, 2, 1))
    found = explained(session)
    complete(found)
    for title in ("得分", "满意率", "可信范围", "答卷加权", "能看出的最小变化"):
        assert found[title].example == "还没有可以举例的调查结果。"


def test_the_comparison_is_that_of_the_period_looked_at(session: Session) -> None:
    for day in (date(2023, 7, 5), date(2023, 9, 6), date(2023, 9, 7)):
        add_activity(session, "volunteer_cleanup", day, "c01")
    assert explained(session)["环比、同比与完成率"].example == (
        "环比（与2023年7月5日至2023年8月31日比）：活动 +100.0%。去年同期的记录不完整，不作同比。"
    )


def test_the_control_chart_is_that_of_the_records(session: Session) -> None:
    for month in range(12):
        add_activity(session, "volunteer_cleanup", add_months(date(2022, 10, 1), month), "c01")
    assert explained(session)["控制图"].example == (
        "居住环境活动次数：均值每月 1 次，正常波动 1–1；波动属正常范围，无需单独解释。"
    )


def test_the_check_at_entry_shows_the_oddest_of_the_newest_records(session: Session) -> None:
    for day, people in enumerate((30, 28, 33, 31, 29, 30, 32), start=1):
        add_activity(session, "tai_chi", date(2023, 10, day), "c01", participants=people)
    check = "填报时的核对"
    assert explained(session)[check].example == "最近 7 条记录都与平常相近。"
    add_activity(session, "tai_chi", date(2023, 10, 20), "c01", participants=310)
    assert explained(session)[check].example == (
        "最近 8 条记录提问 1 处，例如：参加人数 310，本社区近 12 个月通常为 28–33（7 条记录）。"
    )


def test_the_demonstration_has_an_example_of_every_method(demo: Session) -> None:
    found = explained(demo)
    complete(found)
    assert not any("还没有" in method.example for method in found.values())
    assert "等级相关" in found["成效"].example

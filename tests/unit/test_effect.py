"""Effect: activity between two surveys beside the change, and never more than an association."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from db.engine import Session
from db.models import Community, PopulationCount
from services import effect as service
from services.boards import effect as board
from services.catalogue import catalogue
from services.effect import (
    ALL_TYPES,
    Comparison,
    association_sentence,
    comparison_sentence,
    comparisons,
    regression_sentences,
)
from services.errors import NotFound
from services.filters import Filters
from services.periods import Period
from services.satisfaction import OVERALL
from services.settings import Thresholds
from services.statistics import effect
from services.statistics.change import Difference
from services.statistics.effect import Association
from services.views import View
from tests.builders import add_activity, add_tally, add_wave
from tests.survey_cases import AUTUMN, SPRING, SUMMER, three

TODAY = date(2023, 10, 28)
PLACES = tuple(f"c{place:02d}" for place in range(1, 9))


def view(*communities: str, today: date = TODAY) -> View:
    return View(Filters(Period(date(2023, 1, 1), "since", today), communities), today, Thresholds())


def found(session: Session, chosen: View | None = None) -> service.Effect | None:
    return service.effect(session, chosen or view(), catalogue(session), "safety")


def add_scores(session: Session, wave: str, satisfied: Mapping[str, int]) -> None:
    """Of 100 answers of each community so many are satisfied (100), the others not (55)."""
    for place, count in satisfied.items():
        add_tally(session, wave, place, "safety", three(count, 0, 100 - count))


@pytest.fixture
def office(session: Session) -> Session:
    """Eight communities and two waves; the first four hold talks between them, and rise more."""
    for place in PLACES[3:]:
        session.add(
            Community(
                code=place, subdistrict_code="subdistrict", name=place, position=int(place[1:])
            )
        )
    session.flush()
    session.add_all(
        PopulationCount(community_code=p, year=2023, population_group="residents", count=2000)
        for p in PLACES
    )
    add_wave(session, "before", *SPRING)
    add_wave(session, "now", *AUTUMN)
    add_scores(session, "before", dict.fromkeys(PLACES, 50))
    rises = dict(zip(PLACES, (20, 22, 18, 21, 2, 1, 3, 0), strict=True))
    add_scores(session, "now", {place: 50 + rise for place, rise in rises.items()})
    for place in PLACES[:4]:
        add_activity(session, "fraud_prevention", date(2023, 6, 1), place)
    return session


def test_without_two_comparable_waves_there_is_nothing_to_compare(session: Session) -> None:
    assert found(session) is None
    add_wave(session, "one", *SPRING)
    assert found(session) is None
    add_wave(session, "other", *AUTUMN, mode="online")
    assert found(session) is None


def test_the_last_comparable_pair_is_taken_even_behind_a_wave_of_another_kind(
    session: Session,
) -> None:
    add_wave(session, "first", *SPRING)
    add_wave(session, "second", *SUMMER)
    add_wave(session, "online", *AUTUMN, mode="online")
    for wave in ("first", "second", "online"):
        add_tally(session, wave, "c01", "safety", three(1))
    add_wave(session, "without answers", *AUTUMN)
    pair = found(session)
    assert pair is not None
    assert (pair.before.code, pair.now.code) == ("first", "second")


def test_only_what_was_done_between_the_surveys_counts(office: Session) -> None:
    for day in (SPRING[1], AUTUMN[0]):
        add_activity(office, "fraud_prevention", day, "c05")
    for day in (date(2023, 3, 16), date(2023, 8, 31)):
        add_activity(office, "fraud_prevention", day, "c01", communities=["c02"])
    add_activity(office, "free_clinic", date(2023, 6, 1), "c05")
    pair = found(office)
    assert pair is not None
    assert pair.days == (date(2023, 3, 16), date(2023, 8, 31))
    assert list(pair.activities("fraud_prevention")) == [3, 3, 1, 1, 0, 0, 0, 0]
    assert list(pair.activities(ALL_TYPES)) == [3, 3, 1, 1, 0, 0, 0, 0]


def test_changes_are_those_of_the_survey_in_points(office: Session) -> None:
    pair = found(office)
    assert pair is not None
    assert list(pair.places.index) == list(PLACES)
    # One more satisfied answer of a hundred is 0.45 points on a scale from 55 to 100.
    assert pair.places.at["c01", "diff"] == pytest.approx(20 * 0.45)
    # Error of a mean of 100 answers of 55 or 100 with share p: 45·√(p(1−p)/99).
    error = 45 * np.sqrt((0.5 * 0.5 + 0.7 * 0.3) / 99)
    half = pair.places.at["c01", "high"] - pair.places.at["c01", "diff"]
    assert half == pytest.approx(1.972 * error, rel=0.001)


def test_places_with_few_answers_are_not_compared(office: Session) -> None:
    add_tally(office, "now", "c01", "culture", three(5, 5, 5))
    add_tally(office, "before", "c01", "culture", three(50, 5, 5))
    add_tally(office, "now", "c02", "culture", three(50, 5, 5))
    add_tally(office, "before", "c02", "culture", three(50, 5, 5))
    culture = service.effect(office, view(), catalogue(office), "culture")
    assert culture is not None
    assert list(culture.places.index) == ["c02"]


def test_a_choice_of_communities_is_kept_to(office: Session) -> None:
    pair = found(office, view("c02", "c05"))
    assert pair is not None
    assert list(pair.places.index) == ["c02", "c05"]
    assert list(pair.activities("fraud_prevention")) == [1, 0]


def test_the_comparison_is_that_of_the_mean_changes(office: Session) -> None:
    pair = found(office)
    assert pair is not None
    talks = next(one for one in comparisons(pair) if one.type_code == "fraud_prevention")
    assert (talks.treated, talks.control) == (4, 4)
    assert talks.difference.diff == pytest.approx((20.25 - 1.5) * 0.45)
    assert talks.began_apart == pytest.approx(0)
    # Of the 70 ways to deal four labels, this one and its mirror are the most extreme; the same
    # deal is "anything of the domain", and the others cannot be compared: 2/70 twice.
    assert talks.p == pytest.approx(2 / 70)
    assert talks.real


def test_where_all_or_none_acted_there_is_no_comparison(office: Session) -> None:
    for place in PLACES:
        add_activity(office, "holiday_patrol", date(2023, 5, 1), place)
    pair = found(office)
    assert pair is not None
    anything, patrol, _talks = comparisons(pair)
    assert not anything.known
    assert comparison_sentence(anything, "活动").startswith("可比较的 8 个社区都开展了活动，")
    assert (patrol.treated, patrol.control) == (8, 0)
    none = service.effect(office, view(), catalogue(office), "culture")
    assert none is not None
    sentence = comparison_sentence(comparisons(none)[0], "活动")
    assert sentence == "两次调查之间没有可比较的社区开展活动，无从比较。"


def compared(
    diff: float, low: float, high: float, p: float, began: float = 0.0, treated: int = 6
) -> Comparison:
    return Comparison("x", treated, 5, Difference(diff, 0, 0, 0, low, high), p, began)


UNKNOWN = float("nan")


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            compared(3.1, -0.8, 7.0, 0.12),
            "开展活动的 6 个社区比未开展的多上升 3.1 分（可信范围 −0.8 至 7.0），"
            "目前不能认定活动带来提升。",
        ),
        (
            compared(3.1, 0.8, 5.4, 0.01),
            "开展活动的 6 个社区比未开展的多上升 3.1 分（可信范围 0.8 至 5.4），"
            "超出随机波动；这是关联，不等于因果。",
        ),
        (
            compared(3.1, 0.8, 5.4, 0.06),
            "开展活动的 6 个社区比未开展的多上升 3.1 分（可信范围 0.8 至 5.4），"
            "但经置换检验和多重比较校正，目前不能认定活动带来变化。",
        ),
        (
            compared(-2.0, -5.0, 1.0, 0.3),
            "开展活动的 6 个社区比未开展的少上升 2.0 分（差值的可信范围 −5.0 至 1.0），"
            "目前不能认定活动带来变化。",
        ),
        (
            compared(4.0, UNKNOWN, UNKNOWN, UNKNOWN, treated=1),
            "开展活动的社区 1 个、未开展的 5 个，每边至少 2 个才能比较。",
        ),
    ],
)
def test_a_comparison_is_said_without_claiming_a_cause(one: Comparison, sentence: str) -> None:
    assert comparison_sentence(one, "活动") == sentence


def test_a_rise_of_those_who_began_low_is_called_by_its_name() -> None:
    named = ("这些社区原本得分偏低，部分回升可能是自然回归。",)
    assert regression_sentences(compared(3.1, -0.8, 7.0, 0.12, began=-2.0)) == named
    assert regression_sentences(compared(3.1, -0.8, 7.0, 0.12, began=2.0)) == ()
    assert regression_sentences(compared(-3.1, -7.0, 0.8, 0.12, began=-2.0)) == ()


@pytest.mark.parametrize(
    ("association", "places", "start"),
    [
        (Association(0.6, 0.1, 0.9, 0.01), 12, "活动较多的社区，满意度上升也较多"),
        (Association(-0.6, -0.9, -0.1, 0.01), 12, "活动较多的社区，满意度上升反而较少"),
        (Association(0.2, -0.4, 0.7, 0.5), 12, "活动多少与满意度变化看不出关联"),
        (Association(0.6, 0.1, 0.9, 0.06), 12, "活动多少与满意度变化的等级相关 0.60"),
        (Association(0.9, 0.1, 0.99, 0.01), 5, "可比较的社区只有 5 个，不足 6 个"),
        (Association(*[UNKNOWN] * 4), 12, "各社区的活动次数或满意度变化没有差别"),
    ],
)
def test_an_association_is_never_called_a_cause(
    association: Association, places: int, start: str
) -> None:
    sentence = association_sentence(association, places)
    assert sentence.startswith(start)
    assert ("等于因果" in sentence) == ("等级相关" in sentence)


def test_associations_are_corrected_for_the_number_of_types(office: Session) -> None:
    for place in ("c01", "c05"):
        add_activity(office, "holiday_patrol", date(2023, 5, 1), place)
    pair = found(office)
    assert pair is not None
    per_activity = service.per_resident(office, pair)
    assert set(per_activity) == {0.5}
    related = service.associations(pair, per_activity)
    anything, patrol, talks = (related[code] for code in ("", "holiday_patrol", "fraud_prevention"))
    # Of three p in order the first is multiplied by 3 and the second by 3/2.
    alone = effect.association([1, 1, 1, 1, 0, 0, 0, 0], pair.places["diff"])
    assert talks.rho == pytest.approx(alone.rho)
    assert talks.p == pytest.approx(alone.p * 3)
    assert talks.p < anything.p < patrol.p


def test_the_board_says_all_of_it(office: Session) -> None:
    whole = board.board(office, view(), "safety", "fraud_prevention")
    assert whole.headline == "社会治安成效：before至now，8 个社区可以比较"
    association, comparison = whole.sentences
    assert association.startswith("活动较多的社区，满意度上升也较多")
    assert comparison.startswith("开展“防诈骗科普活动”的 4 个社区比未开展的多上升 8.4 分")
    scatter, types = whole.sections[0].cards
    assert len(scatter.table.rows) == 8
    assert scatter.table.rows[0][:3] == ("甲社区", 1, 0.5)
    assert types.title == "社会治安：2 项活动的差别超出随机波动"
    assert "几乎没有社区开展：联合义警假期不打烊活动。" in types.notes


def test_the_board_of_an_office_without_residents_or_waves_says_what_is_missing(
    session: Session,
) -> None:
    nothing = board.board(session, view(), "safety")
    assert (nothing.sections, len(nothing.sentences)) == ((), 1)
    add_wave(session, "before", *SPRING)
    add_wave(session, "now", *AUTUMN)
    for wave in ("before", "now"):
        add_tally(session, wave, "c01", OVERALL, three(1))
    nobody = board.board(session, view(), "safety")
    assert nobody.sentences == ("没有社区在两期调查中都有足够的答卷，无从比较。",)
    assert all(card.figure == "" for section in nobody.sections for card in section.cards)
    for wave in ("before", "now"):
        add_scores(session, wave, {"c01": 50, "c02": 60, "c03": 70})
    uncounted = board.board(session, view(), "safety")
    assert uncounted.sections[0].cards[0].empty.startswith("没有各社区的居民人数")
    with pytest.raises(NotFound):
        board.board(session, view(), "weather")


@pytest.mark.parametrize("domain", ["environment", "safety", "culture", "education"])
def test_every_kind_of_the_demonstration_can_be_looked_at(demo: Session, domain: str) -> None:
    lists = catalogue(demo)
    for kind in ("", *(one.code for one in lists.types_of(domain))):
        whole = board.board(demo, view(), domain, kind)
        assert len(whole.sentences) >= 2
        assert "nan" not in repr(whole)

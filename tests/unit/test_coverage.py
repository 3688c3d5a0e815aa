"""Coverage: people reached over the people of a group, by round and community, sum over sum."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from db.engine import Session
from db.models import PopulationCount
from services import coverage, rounds
from services.boards import coverage as boards
from services.catalogue import Catalogue, catalogue
from services.charts.cards import Chart, Tile
from services.coverage import Found, Subject
from services.filters import Filters
from services.i18n import use_language
from services.periods import Period
from services.permissions import CurrentUser
from services.rounds import Typed
from services.settings import Thresholds
from services.views import View
from tests.activity_cases import person
from tests.builders import add_activity, add_user

TODAY = date(2023, 10, 28)
NOW = datetime(2023, 10, 28, 1, 0, tzinfo=UTC)
SINCE = Period(date(2023, 9, 1), "since", TODAY)
SPRING, AUTUMN = date(2023, 3, 6), date(2023, 9, 4)


def view(*communities: str, period: Period = SINCE, approved_only: bool = False) -> View:
    filters = Filters(period, communities, None, approved_only)
    return View(filters, TODAY, Thresholds())


def people(session: Session, group: str, year: int, **counts: int) -> None:
    session.add_all(
        PopulationCount(community_code=code, year=year, population_group=group, count=count)
        for code, count in counts.items()
    )
    session.flush()


@pytest.fixture
def office(session: Session) -> Session:
    """Two rounds; c01 and c02 have 1,000 and 500 older residents, c03 was never counted."""
    admin = person(session, "administrator")
    for number, first, last in ((1, SPRING, date(2023, 5, 26)), (2, AUTUMN, None)):
        typed = Typed(number, f"第{number}轮", f"Round {number}", first, last)
        rounds.add(session, admin, "elderly_check_up", typed, NOW)
    people(session, "aged_60", 2022, c01=800)
    people(session, "aged_60", 2023, c01=1000, c02=500)
    examine(session, SPRING, "c01", 150)
    examine(session, date(2023, 5, 2), "c02", 150)
    examine(session, AUTUMN, "c01", 200)
    examine(session, date(2023, 10, 10), "c01", 100, ["c02"])
    examine(session, date(2023, 10, 11), "c03", 70)
    return session


def examine(
    session: Session, day: date, host: str, count: int, others: list[str] = [], **columns: str,  # noqa: B006
) -> None:  # fmt: skip
    add_activity(session, "elderly_check_up", day, host, {"check_ups": count}, others, **columns)


def subject(session: Session, code: str = "check_ups") -> tuple[Subject, Catalogue]:
    lists = catalogue(session)
    return next(one for one in coverage.subjects(lists) if one.code == code), lists


def found(session: Session, *communities: str, number: int = 0, **chosen: object) -> Found:
    about, lists = subject(session)
    shown = view(*communities, **chosen)  # type: ignore[arg-type]
    answer = coverage.reach(coverage.Sums(session, shown), about, lists, number)
    assert answer is not None
    return answer


def test_the_catalogue_says_which_measure_reaches_whom(session: Session) -> None:
    known = coverage.subjects(catalogue(session))
    assert [(one.code, one.measure.population_group, one.kind) for one in known] == [
        ("check_ups", "aged_60", "round"),
        ("parents_received", "pupils", "period"),
        ("elderly_recipients", "aged_60", "monthly"),
        ("low_income_recipients", "low_income", "monthly"),
        ("disabled_recipients", "disabled", "monthly"),
    ]
    assert [one.counts_people for one in known] == [True, False, False, False, False]


def test_the_whole_is_sum_over_sum_and_a_joint_activity_counts_once(office: Session) -> None:
    answer = found(office)
    assert (answer.whole.reached, answer.whole.people, answer.whole.year) == (300, 1500, 2023)
    assert answer.whole.share == pytest.approx(0.2)
    by_place = {code: one.reached for code, one in answer.places.items()}
    assert by_place == {"c01": 300, "c02": 100, "c03": 70}


def test_who_was_never_counted_stands_on_neither_side(office: Session) -> None:
    answer = found(office)
    assert answer.missing == ("c03",)
    assert answer.places["c03"].share is None
    assert found(office, "c03").whole.share is None


def test_a_choice_of_communities_counts_its_joint_activities_once(office: Session) -> None:
    assert found(office, "c02").whole.reached == 100
    assert found(office, "c01", "c02").whole.reached == 300


def test_only_activities_of_the_rounds_days_and_type_count(office: Session) -> None:
    add_activity(office, "elderly_check_up", date(2023, 8, 1), "c01", {"check_ups": 500})
    add_activity(office, "free_clinic", date(2023, 9, 20), "c01", {"check_ups": 500})
    assert found(office).whole.reached == 300
    first = found(office, number=1)
    assert (first.whole.reached, first.span.last) == (300, date(2023, 5, 26))


def test_void_and_returned_activities_reach_nobody_and_waiting_ones_by_the_switch(
    office: Session,
) -> None:
    examine(office, AUTUMN, "c01", 400, state="void", void_reason="重复")
    examine(office, AUTUMN, "c01", 400, review="returned", return_reason="不全")
    examine(office, AUTUMN, "c01", 40, review="submitted")
    assert found(office).whole.reached == 340
    assert found(office, approved_only=True).whole.reached == 300


def test_the_newest_population_up_to_the_year_is_taken_and_named(office: Session) -> None:
    people(office, "aged_60", 2024, c01=1)
    assert found(office, "c01").whole.year == 2023
    before = view("c01", period=Period(date(2022, 1, 1), "year"))
    about, lists = subject(office)
    assert coverage.reach(coverage.Sums(office, before), about, lists) is None  # no round had begun


def test_rounds_are_compared_on_the_same_day_of_the_round(office: Session) -> None:
    lists = catalogue(office)
    newest, first = coverage.courses(office, view(), found(office), lists)
    assert coverage.courses(office, view(), found(office, number=1), lists) == (first,)
    assert (newest.round.number, first.round.number) == (2, 1)
    day = len(newest.shares)
    assert day == (TODAY - AUTUMN).days + 1 == 55
    assert newest.shares[0] == pytest.approx(200 / 1500)
    assert newest.shares[-1] == pytest.approx(0.2)
    assert first.on_day(day) == pytest.approx(150 / 1500)  # the second session was on day 58
    assert first.shares[-1] == pytest.approx(0.2)
    assert first.on_day(999) == first.shares[-1]


def test_the_period_decides_which_round_is_the_newest(office: Session) -> None:
    in_april = view(period=Period(date(2023, 4, 1), "month"))
    about, lists = subject(office)
    answer = coverage.reach(coverage.Sums(office, in_april), about, lists)
    assert answer is not None
    assert (answer.span.round.number, answer.span.last) == (1, date(2023, 4, 30))
    assert answer.whole.reached == 150


def test_what_is_paid_every_month_is_an_average_of_whole_months(office: Session) -> None:
    for day, count in ((date(2023, 8, 28), 100), (date(2023, 9, 28), 120), (TODAY, 900)):
        add_activity(office, "allowances", day, "c01", {"elderly_recipients": count})
    about, lists = subject(office, "elderly_recipients")
    since_august = view("c01", period=Period(date(2023, 8, 1), "since", TODAY))
    answer = coverage.reach(coverage.Sums(office, since_august), about, lists)
    assert answer is not None
    assert (answer.span.months, answer.whole.reached) == (2, 110)
    short = view(period=Period(date(2023, 10, 2), "since", TODAY))
    assert coverage.reach(coverage.Sums(office, short), about, lists) is None


def test_the_headline_states_the_finding_with_both_figures(office: Session) -> None:
    board = boards.board(office, view())
    assert board.headline == (
        "第2轮老年人免费查体已覆盖60岁及以上居民的 20.0%（300 人 / 1,500 人）"
    )
    told = "".join(board.sentences)
    assert "第2轮到第 55 天为 20.0%，第1轮同一天为 10.0%（+10 个百分点）" in told
    assert "丙社区没有60岁及以上居民的人口数" in told
    assert "会计两次" in told


def test_attendances_are_not_called_people(office: Session) -> None:
    people(office, "pupils", 2023, c01=100)
    add_activity(office, "parents_day", date(2023, 9, 6), "c01", {"parents_received": 20})
    board = boards.board(office, view(), "parents_received")
    assert "人次相当于中小学生的 20.0%（20 人次 / 100 人）" in board.headline
    assert "不等于覆盖的人数" in "".join(board.sentences)


def test_more_than_everybody_is_shown_and_asks_for_a_look(office: Session) -> None:
    examine(office, date(2023, 10, 12), "c02", 500)
    board = boards.board(office, view())
    chart = next(card for card in board.sections[0].cards if isinstance(card, Chart))
    assert any("乙社区超过 100%，建议核实" in note for note in chart.notes)
    assert next(row for row in chart.table.rows if row[0] == "乙社区")[4] == pytest.approx(120)
    tile = next(
        card for card in boards.board(office, view("c02")).sections[-1].cards
        if isinstance(card, Tile)
    )  # fmt: skip
    assert (tile.value, tile.tone) == ("120.0%", "concern")
    assert "建议核实" in tile.note


def test_without_any_population_there_is_a_dash_and_a_way_to_mend_it(office: Session) -> None:
    board = boards.board(office, view("c03"))
    assert "无法计算覆盖率" in board.headline
    chart = next(card for card in board.sections[0].cards if isinstance(card, Chart))
    assert chart.figure == ""
    assert "社区与人口" in chart.empty
    assert board.sections[-1].cards[0].value == "—"


def test_a_round_before_the_first_population_has_no_course(office: Session) -> None:
    examine(office, date(2022, 3, 1), "c02", 10)
    row = add_user(office, "administrator", username="another")
    admin = CurrentUser(row.id, row.username, row.name, row.role, None, "zh")
    typed = Typed(9, "前一轮", "", date(2022, 2, 1), date(2022, 4, 1))
    rounds.add(office, admin, "elderly_check_up", typed, NOW)
    board = boards.board(office, view("c02"), "check_ups", 9)
    assert "无法计算覆盖率" in board.headline
    assert [card.code for card in board.sections[0].cards] == ["coverage-communities"]
    assert len(coverage.courses(office, view("c01"), found(office, "c01"), catalogue(office))) == 3


def test_without_a_round_the_page_says_where_to_set_one(session: Session) -> None:
    board = boards.board(session, view())
    assert "还没有开始的轮次" in board.headline
    assert "管理 · 目录 · 轮次" in "".join(board.sentences)


def test_an_english_page_says_the_same(office: Session) -> None:
    use_language("en")
    headline = boards.board(office, view("c01")).headline
    assert headline == (
        "Jia: Free check-ups of older residents, Round 2, has reached 30.0% of residents aged 60+"
        " (300 people / 1,000 people)"
    )

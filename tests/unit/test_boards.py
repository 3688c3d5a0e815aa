"""Boards: finished cards on an empty and on a small office, and no hidden figure on any of them."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, combinations, product
from urllib.parse import parse_qsl

import pytest

from db.engine import Session
from db.models import Community, PopulationCount
from services.boards import community, coverage, domain, effect, overview, satisfaction
from services.boards.board import Board
from services.charts.cards import Card, Chart, Tile
from services.errors import NotFound
from services.filters import Filters
from services.i18n import use_language
from services.periods import Period, period_from_code
from services.satisfaction import OVERALL
from services.settings import Thresholds
from services.views import View
from tests.builders import add_activity, add_tally, add_wave
from tests.survey_cases import AUTUMN, SPRING, SUMMER, add_published, three

TODAY = date(2023, 10, 28)
SINCE = Filters(Period(date(2023, 9, 1), "since", TODAY))
DOMAINS = ("environment", "safety", "culture", "health", "education", "assistance")
PLACES = ("c01", "c02", "c03")
CHOICES = tuple(chain.from_iterable(combinations(PLACES, size) for size in range(4)))

BOARDS: dict[str, Callable[[Session, View], Board]] = {
    "overview": overview.board,
    "community": lambda session, view: community.board(session, view, "c02"),
    "domain": lambda session, view: domain.board(session, view, view.filters.domain or "health"),
    "satisfaction": satisfaction.board,
    "coverage": coverage.board,
    "effect": lambda session, view: effect.board(session, view, view.filters.domain or "health"),
}
every_board = pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)


def view(filters: Filters = SINCE) -> View:
    return View(filters, TODAY, Thresholds())


def cards(board: Board) -> Iterator[Card]:
    return chain.from_iterable(section.cards for section in board.sections)


def charts(board: Board) -> Iterator[Chart]:
    return (card for card in cards(board) if isinstance(card, Chart))


def targets(board: Board) -> Iterator[str]:
    """Everything a click can lead to."""
    for card in cards(board):
        if isinstance(card, Tile):
            yield card.target
        elif card.figure:
            for trace in json.loads(card.figure)["data"]:
                points = trace.get("customdata") or ()
                yield from (point if isinstance(point, str) else "" for point in flat(points))


def flat(points: list) -> Iterator[object]:
    for point in points:
        yield from flat(point) if isinstance(point, list) else (point,)


@pytest.fixture
def office(session: Session) -> Session:
    """A few weeks of work and three waves; in the last one c02 is hidden, and c03 to cover it."""
    for place, count in zip(PLACES, (8000, 6000, 4000), strict=True):
        session.add(
            PopulationCount(
                community_code=place, year=2023, population_group="residents", count=count
            )
        )
    for week, place in enumerate((*PLACES, *PLACES)):
        day = date(2023, 9, 6 + week)
        add_activity(
            session, "wednesday_cleanup", day, place, {"litter_spots": 21, "bulky_waste": 1.125}
        )
        add_activity(session, "free_clinic", day, place, {"health_leaflets": 40}, ["c01"], 30)
    add_activity(session, "allowances", date(2023, 9, 28), "c02", {"elderly_recipients": 63})
    for wave, days in (("春季", SPRING), ("夏季", SUMMER), ("秋季", AUTUMN)):
        mode = "online" if wave == "春季" else "telephone"
        add_wave(session, wave, *days, mode=mode, label_en=f"Wave of {days[0]:%B}")
        for subject in (OVERALL, *DOMAINS):
            add_tally(session, wave, "c01", subject, three(60, 31, 12, 9))
            add_tally(session, wave, "c02", subject, three(2, 1, 4, 3))
            add_tally(session, wave, "c03", subject, three(13, 11, 9, 4))
    return session


# What the answers of c02 and c03 come to, as a card, a table or a figure would write it.
SCORES = (495 / 7, 2620 / 33)
SHARES = (3 / 7, 24 / 33)
HIDDEN = re.compile(
    "|".join(
        rf"(?<![\d.]){re.escape(f'{value:.{digits}f}')}(?!\d)"
        for value in (*SCORES, *SHARES, *(share * 100 for share in SHARES))
        for digits in (1, 2, 4)
        if value > 1 or digits == 4
    )
)


@every_board
def test_on_an_empty_office_a_board_says_that_there_is_nothing_and_what_to_do(
    session: Session, board: Callable[[Session, View], Board]
) -> None:
    found = board(session, view())
    assert found.headline
    for chart in charts(found):
        assert chart.figure == ""
        assert chart.empty
        assert chart.title
    assert not any(
        re.search(r"nan|None", repr(card.value)) for card in cards(found) if isinstance(card, Tile)
    )


@every_board
def test_every_card_is_finished(office: Session, board: Callable[[Session, View], Board]) -> None:
    for place, field in product([(), ("c01",), ("c02", "c03")], [None, "environment"]):
        found = board(office, view(Filters(SINCE.period, place, field)))
        assert found.headline
        assert found.sections
        assert_finished(cards(found))


def assert_finished(found: Iterable[Card]) -> None:
    for card in found:
        if isinstance(card, Tile):
            assert card.code
            assert card.label
            assert card.value
            continue
        assert all((card.code, card.title, card.subtitle, card.source, card.alt, card.empty))
        assert card.table.columns
        for row in card.table.rows:
            assert len(row) == len(card.table.columns)
            assert all(plain(value) for value in row)
        assert bool(card.figure) == bool(card.table.rows) or not card.figure
        assert not card.figure or set(json.loads(card.figure)) == {"data", "layout"}


def plain(value: object) -> bool:
    """What a table shows and a file holds: text, a finite number, or nothing."""
    return value is None or isinstance(value, str) or math.isfinite(value)  # type: ignore[arg-type]


@pytest.mark.dialects("sqlite")
@every_board
def test_no_two_cards_of_a_board_share_a_code(
    office: Session, board: Callable[[Session, View], Board]
) -> None:
    codes = [card.code for card in cards(board(office, view()))]
    assert len(set(codes)) == len(codes)


@pytest.mark.dialects("sqlite")
@every_board
def test_no_two_charts_of_a_board_say_the_same(
    office: Session, board: Callable[[Session, View], Board]
) -> None:
    titles = Counter(chart.title for chart in charts(board(office, view())) if chart.figure)
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.dialects("sqlite")
@every_board
def test_every_click_leads_to_something_that_exists(
    office: Session, board: Callable[[Session, View], Board]
) -> None:
    found = [target for target in targets(board(office, view())) if target]
    assert found
    for target in found:
        kind, _, rest = target.partition(":")
        if kind == "records":
            query = dict(parse_qsl(rest, strict_parsing=True))
            assert period_from_code(query.pop("period")).end <= TODAY
            assert query.keys() <= {"communities", "domain", "type", "measure"}
        elif kind == "coverage":
            query = dict(parse_qsl(rest, strict_parsing=True))
            assert query["measure"] in coverage.choices(office, view())
        elif kind == "satisfaction":
            assert period_from_code(rest).kind == "month"
        else:
            assert rest in {"community": PLACES, "domain": DOMAINS, "page": ("satisfaction",)}[kind]


@pytest.mark.dialects("sqlite")
@every_board
def test_no_hidden_figure_stands_on_any_card(
    office: Session, board: Callable[[Session, View], Board]
) -> None:
    for place in CHOICES:
        assert not HIDDEN.findall(repr(board(office, view(Filters(SINCE.period, place))))), place


@pytest.mark.dialects("sqlite")
def test_hidden_figures_would_be_seen_if_they_were_not_hidden(office: Session) -> None:
    open_to_all = View(SINCE, TODAY, Thresholds(hide_below=0, compare_from=0))
    assert {"70.7", "79.4"} <= set(HIDDEN.findall(repr(overview.board(office, open_to_all))))


@every_board
def test_a_board_stands_on_any_period(
    office: Session, board: Callable[[Session, View], Board]
) -> None:
    for period in (
        Period(date(2024, 1, 1), "year"),
        Period(date(2023, 10, 28), "since", date(2023, 10, 28)),
        Period(date(2020, 1, 1), "month"),
        Period(date(2023, 9, 15), "since", date(2023, 10, 5)),
    ):
        assert board(office, view(Filters(period))).headline, period


@every_board
def test_a_published_score_is_shown_as_what_it_is(
    session: Session, board: Callable[[Session, View], Board]
) -> None:
    add_wave(session, "w1", *AUTUMN)
    add_published(session, "w1", "", "88.25", 400)
    add_published(session, "w1", "c02", "81.5", 90)
    found = board(session, view())
    assert "—–—" not in repr(found)
    assert "nan" not in repr(found)
    if board not in (BOARDS["domain"], BOARDS["effect"], BOARDS["coverage"]):  # not overall
        assert "公布" in repr(found)


def test_few_answers_are_named_with_the_offices_own_limit(session: Session) -> None:
    add_wave(session, "w1", *AUTUMN)
    for place in PLACES:
        add_tally(session, "w1", place, OVERALL, three(20, 20))
    strict = View(SINCE, TODAY, Thresholds(compare_from=50))
    tiles = {
        card.code: card
        for card in cards(community.board(session, strict, "c02"))
        if isinstance(card, Tile)
    }
    assert tiles["score"].tone == "muted"
    assert "50" in tiles["answers"].note


def test_a_line_is_not_drawn_across_a_wave_in_which_nobody_was_asked(session: Session) -> None:
    """c02 has no answers in summer, whose survey changed the mode: spring and autumn differ."""
    add_wave(session, "春季", *SPRING)
    add_wave(session, "夏季", *SUMMER, mode="online")
    add_wave(session, "秋季", *AUTUMN, mode="online")
    for wave in ("春季", "秋季"):
        add_tally(session, wave, "c02", OVERALL, three(40, 20))
    (history,) = (
        card for card in charts(community.board(session, view(), "c02")) if "history" in card.code
    )
    assert [row[0] for row in history.table.rows] == ["春季", "秋季"]
    assert json.loads(history.figure)["data"][0]["x"] == [0, None, 1]
    assert history.notes == ("秋季改为网络调查，不与春季的电话调查比较。",)


def test_a_community_that_closed_still_has_its_page(office: Session) -> None:
    office.get_one(Community, "c02").active = False
    office.flush()
    assert "乙社区" in community.board(office, view(), "c02").headline


def test_no_page_is_made_for_what_does_not_exist(office: Session) -> None:
    with pytest.raises(NotFound):
        community.board(office, view(), "c99")
    with pytest.raises(NotFound):
        domain.board(office, view(), "weather")


@pytest.mark.dialects("sqlite")
@every_board
def test_an_english_board_holds_no_chinese(
    office: Session, board: Callable[[Session, View], Board]
) -> None:
    use_language("en")
    found = re.findall("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+", repr(board(office, view())))
    assert not found, sorted(set(found))

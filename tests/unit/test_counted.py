"""Every chart that rests on activities says whether those that wait to be approved are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from db.engine import Session
from services.boards import community, coverage, domain, effect, overview, rhythm
from services.boards.board import Board
from services.charts.cards import Chart
from services.filters import Filters
from services.i18n import use_language
from services.periods import Period
from services.settings import Thresholds
from services.views import View

TODAY = date(2023, 10, 28)
VIEW = View(Filters(Period(date(2023, 9, 1), "since", TODAY)), TODAY, Thresholds(), approval=True)
APPROVED = replace(VIEW, filters=replace(VIEW.filters, approved_only=True))

BOARDS: dict[str, Callable[[Session, View], Board]] = {
    "overview": overview.board,
    "community": lambda session, view: community.board(session, view, "c02"),
    "domain": lambda session, view: domain.board(session, view, "health"),
    "coverage": coverage.board,
    "effect": lambda session, view: effect.board(session, view, "environment"),
    "rhythm": rhythm.board,
}


def sources(board: Board, of: str) -> Iterator[str]:
    cards = (card for section in board.sections for card in section.cards)
    return (card.source for card in cards if isinstance(card, Chart) and of in card.source)


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_a_source_says_whether_what_waits_is_counted(
    demo: Session, board: Callable[[Session, View], Board]
) -> None:
    whole, less = (list(sources(board(demo, view), "活动填报")) for view in (VIEW, APPROVED))
    assert whole
    assert all(source.endswith(" · 含待审核记录") for source in whole)
    assert all(source.endswith(" · 只含已审核记录") for source in less)
    without = list(sources(board(demo, replace(VIEW, approval=False)), "活动填报"))
    assert len(without) == len(whole)
    assert not [source for source in without if "审核" in source]


def test_it_is_said_in_english_too(demo: Session) -> None:
    use_language("en")
    said = {*sources(overview.board(demo, VIEW), "activity records")}
    said |= {*sources(overview.board(demo, APPROVED), "activity records")}
    assert {source.rpartition(" · ")[2] for source in said} == {
        "incl. records awaiting approval",
        "approved records only",
    }

"""Every chart that rests on activities says whether those that wait to be approved are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from db.engine import Session
from services import meetings
from services.boards import community, coverage, domain, effect, overview, rhythm
from services.boards.board import Board, counted_label
from services.charts.cards import Chart
from services.filters import Filters
from services.i18n import LANGUAGES, use_language
from services.meetings.content import Content
from services.meetings.pack import Pack, Page
from services.meetings.texts import Bulletin, bulletin_of
from services.periods import Period
from services.reports.deck import deck
from services.reports.document import bulletin_file, document
from services.reports.look import Look
from services.reports.workbook import workbook
from services.settings import Thresholds
from services.views import View
from tests.meeting_cases import NOW, RULES, TODAY, TYPED, host, packed

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


FILES: dict[str, Callable[[Pack, Bulletin], bytes]] = {
    "deck": lambda pack, _bulletin: deck(pack, Look()),
    "document": lambda pack, _bulletin: document(pack),
    "workbook": lambda pack, _bulletin: workbook(pack),
    "bulletin": lambda _pack, bulletin: bulletin_file(bulletin),
}


def written(file: bytes) -> str:
    """All that stands in a file of Office."""
    with ZipFile(BytesIO(file)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if ".xml" in name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("only", [True, False])
def test_files_of_a_meeting_say_it_too(demo_office: Session, language: str, only: bool) -> None:
    user = host(demo_office)
    typed = replace(TYPED, approved_only=only)
    number = meetings.make(demo_office, typed, "counted", user, NOW, TODAY, RULES).number
    use_language(language)
    said = bulletin_of(demo_office, number, user, TODAY, RULES, "示范街道")
    cover = Page(1, Content("cover", "", "", ""), "", "", "")
    held = replace(packed(demo_office, number, user), pages=(cover,))
    told, other = counted_label(only), counted_label(not only)
    for make in FILES.values():
        assert told in written(make(held, said))
        assert other not in written(make(held, said))
    unknown = (replace(held, counted=None), replace(said, counted=None))
    assert not any(told in written(make(*unknown)) for make in FILES.values())

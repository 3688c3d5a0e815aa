"""The demonstration's plans: its own rhythm, kept as its activities have it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from db.engine import Session
from db.models import ActivityPlan
from services import schedule
from services.boards import calendar, community, domain, rhythm
from services.catalogue import catalogue
from services.charts.cards import Chart, Tile
from services.filters import Filters
from services.periods import Period
from services.schedule import Chosen
from services.schedule.rules import rule_of
from services.settings import Thresholds
from services.views import View

TODAY = date(2023, 10, 28)
OCTOBER = date(2023, 10, 1), date(2023, 10, 31)


def view() -> View:
    return View(Filters(Period(date(2023, 9, 1), "since", TODAY)), TODAY, Thresholds())


def test_every_rule_of_the_demonstration_is_one_of_ours(demo: Session) -> None:
    texts = set(demo.scalars(select(ActivityPlan.rule)))
    assert {rule_of(text).text for text in texts} == texts
    assert {rule_of(text).kind for text in texts} == {"weekly", "month_day", "festival", "round"}


def test_all_five_states_are_on_the_board_and_most_is_done(demo: Session) -> None:
    whole = schedule.tally(schedule.within(demo, Chosen(), *OCTOBER, TODAY))
    assert min(whole.late, whole.missing, whole.cancelled, whole.planned) > 0
    assert 0.75 < (whole.timeliness or 0) < 0.95


def test_every_type_with_a_rhythm_is_mostly_kept(demo: Session) -> None:
    year = schedule.within(demo, Chosen(), date(2023, 1, 1), TODAY, TODAY)
    by_type = schedule.tallies(year, lambda one: one.occasion.plan.type_code)
    known = {kind: one for kind, one in by_type.items() if one.due}
    assert len(known) >= 8
    assert all((one.completeness or 0) > 0.75 for one in known.values())


def test_an_occasion_that_was_moved_is_on_its_new_day(demo: Session) -> None:
    month = calendar.calendar(demo, view(), date(2023, 11, 1), "", "c03")
    own = month.rows[0]
    assert own.own
    moved = [mark for mark in own.marks if "改期" in mark.said]
    assert [(mark.day, mark.code[-10:]) for mark in moved] == [(date(2023, 11, 2), "2023-11-01")]


def test_figures_agree_between_board_and_file(demo: Session) -> None:
    board = rhythm.board(demo, view())
    tiles = {card.code: card.value for card in board.sections[0].cards}
    rows = rhythm.export(demo, view()).decode("utf-8-sig").splitlines()[1:]
    assert int(tiles["due"]) == sum("已取消" not in row and "计划中" not in row for row in rows)
    assert int(tiles["missing"]) == sum(",未开展," in row for row in rows)
    timely, complete = (card.table for card in board.sections[1].cards)
    assert timely == complete
    whole = timely.rows[-1]
    assert whole[:2] == ("合计", "合计")
    assert sum(row[2] for row in timely.rows if "合计" not in row[:2]) == whole[2]


def test_the_community_page_says_how_its_plans_were_kept(demo: Session) -> None:
    board = community.board(demo, view(), "c03")
    section = next(one for one in board.sections if one.title == "工作节律")
    tiles = {card.code: card for card in section.cards if isinstance(card, Tile)}
    kept = schedule.tally(schedule.of_view(demo, view().only("c03")))
    assert tiles["timeliness"].note == f"{kept.done}/{kept.due} 次"
    assert tiles["completeness"].note == f"{kept.held}/{kept.due} 次"
    assert "communities=c03" in tiles["completeness"].target


def test_the_pages_of_the_domains_count_the_same_occasions(demo: Session) -> None:
    kept = schedule.tally(schedule.of_view(demo, view().only("c03")))
    rows = [
        row
        for one in catalogue(demo).domains
        for section in domain.board(demo, view().only("c03"), one.code).sections
        for card in section.cards
        if card.code == "kept-communities"
        for row in card.table.rows
    ]
    assert {row[0] for row in rows} == {"柳溪社区"}
    assert (sum(row[1] for row in rows), sum(row[2] for row in rows)) == (kept.due, kept.held)


def test_no_two_charts_of_a_domain_say_the_same(demo: Session) -> None:
    for one in catalogue(demo).domains:
        titles = [
            card.title
            for section in domain.board(demo, view(), one.code).sections
            for card in section.cards
            if isinstance(card, Chart) and card.figure
        ]
        assert len(set(titles)) == len(titles)

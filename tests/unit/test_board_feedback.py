"""The board of voices: what it says, where it leads, and what it does not show."""

from __future__ import annotations

import json
from datetime import date

from db.engine import Session
from services.boards.board import Board
from services.boards.feedback import board
from services.charts.cards import Chart, Tile
from services.filters import Filters
from services.periods import Period
from services.permissions import CurrentUser
from services.settings import FeedbackRules, Thresholds
from services.views import View
from tests.feedback_cases import TODAY, Desk

YEAR = Period(date(2022, 10, 1), "since", TODAY)
OFFICIAL = CurrentUser(1, "official", "领导", "official", None, "zh")


def of(session: Session, *communities: str, user: CurrentUser = OFFICIAL) -> Board:
    view = View(Filters(YEAR, communities), TODAY, Thresholds())
    return board(session, view, user, FeedbackRules())


def tiles(found: Board) -> dict[str, Tile]:
    return {c.code: c for part in found.sections for c in part.cards if isinstance(c, Tile)}


def drawn(found: Board) -> dict[str, Chart]:
    return {c.code: c for part in found.sections for c in part.cards if isinstance(c, Chart)}


def test_every_rate_stands_with_its_denominator(demo: Session) -> None:
    found = of(demo)
    shown = tiles(found)
    assert list(shown) == ["response", "resolution", "satisfaction", "joint", "late", "median"]
    for code in ("response", "resolution", "satisfaction"):
        count, of_all = map(int, shown[code].note.split()[-2].split("/"))
        assert shown[code].value == f"{100 * count / of_all:.1f}%"
    assert "state=overdue" in shown["late"].target
    assert len(found.sentences) == 2


def test_the_counts_by_topic_and_by_community_add_up_to_all(demo: Session) -> None:
    found = of(demo)
    charts = drawn(found)
    totals = {code: sum(row[1] for row in charts[code].table.rows) for code in
              ("by-topic", "by-community")}  # fmt: skip
    assert len(set(totals.values())) == 1
    assert f"收到民声 {totals['by-topic']} 件" in found.headline
    assert all(json.loads(chart.figure)["data"] for chart in charts.values())
    assert all("小学" in row[0] or "中学" in row[0] for row in charts["by-school"].table.rows)


def test_topics_that_share_the_first_place_are_all_named(session: Session) -> None:
    desk = Desk(session)
    for topic in ("school_traffic", "homework"):
        desk.submit(topic=topic)
    assert drawn(of(session))["by-topic"].title == "反映最多的是上下学交通拥堵、作业负担过重"
    for topic in ("bullying", "punishment"):
        desk.submit(topic=topic)
    assert drawn(of(session))["by-topic"].title == "反映的各类问题"


def test_small_cells_are_hidden(demo: Session) -> None:
    for label, value, low, high, n in drawn(of(demo))["satisfied"].table.rows:
        assert (value is None) == (low is None) == (high is None) == (n < 10), label
    small = tiles(of(demo, "c12"))
    assert {small[code].value for code in ("resolution", "satisfaction", "joint")} == {"—"}
    assert "样本不足" in small["satisfaction"].note


def test_community_staff_see_the_figures_of_their_own_community_only(demo: Session) -> None:
    staff = CurrentUser(2, "staff", "林", "community_staff", "c03", "zh")
    own = of(demo, "c03")
    for chosen in ((), ("c01",), ("c03",)):
        assert of(demo, *chosen, user=staff) == own


def test_a_school_with_signs_in_its_name_is_still_led_to(session: Session) -> None:
    desk = Desk(session)
    desk.submit(school="甲&乙=丙 小学")
    figure = json.loads(drawn(of(session))["by-school"].figure)
    assert figure["data"][0]["customdata"][0].endswith(
        "school=%E7%94%B2%26%E4%B9%99%3D%E4%B8%99+%E5%B0%8F%E5%AD%A6"
    )


def test_nothing_to_count_is_said_in_a_sentence(session: Session) -> None:
    found = of(session)
    assert "收到民声 0 件" in found.headline
    assert found.sections == ()

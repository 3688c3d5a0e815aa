"""环比, 同比 and 完成率: what is compared with what, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.engine import Session
from db.models import Target
from services import compared
from services.boards.board import Section
from services.boards.work import work_sections
from services.catalogue import catalogue
from services.charts.cards import Chart, Tile
from services.filters import Filters
from services.i18n import use_language
from services.periods import period_from_code
from services.settings import Thresholds
from services.views import View
from tests.builders import add_activity

TODAY = date(2023, 10, 28)


def view(period: str, *communities: str, domain: str | None = None, approved: bool = False) -> View:
    filters = Filters(period_from_code(period), communities, domain, approved)
    return View(filters, TODAY, Thresholds())


def clinics(session: Session, day: str, count: int, host: str = "c01", **columns: object) -> None:
    quantity = {"free_clinics": count}
    add_activity(session, "free_clinic", date.fromisoformat(day), host, quantity, (), 10, **columns)


def aim(session: Session, indicator: str, value: int, community: str = "") -> None:
    row = {"indicator_code": indicator, "community_code": community, "year": 2023}
    session.add(Target(**row, value=Decimal(value)))
    session.flush()


def section(session: Session, chosen: View) -> Section:
    """The work, with the charts that stand below it."""
    work, below = work_sections(session, chosen, catalogue(session))
    return replace(work, cards=work.cards + below.cards)


def notes(found: Section) -> dict[str, str]:
    return {card.label: card.note for card in found.cards if isinstance(card, Tile)}


def chart(found: Section, code: str) -> Chart | None:
    return next((card for card in found.cards if card.code == code), None)


def spans(session: Session, chosen: View) -> dict[str, str]:
    return {name: base.filters.period.code for name, base in compared.bases(session, chosen)}


@pytest.fixture
def office(session: Session) -> Session:
    """October of two years and September between: 4, then 6, then 9 free clinics."""
    for day, count in (("2022-10-05", 4), ("2023-09-06", 6), ("2023-10-04", 9)):
        clinics(session, day, count)
    return session


def test_nothing_is_compared_in_an_empty_office_or_with_a_time_to_come(session: Session) -> None:
    assert spans(session, view("2023-10")) == {}
    clinics(session, "2022-01-05", 1)
    assert spans(session, view("2023-11")) == {}
    found = section(session, view("2023-11"))
    assert (found.cards, found.sentences, found.note) == ((), (), "")


def test_a_span_is_compared_only_if_the_records_cover_all_of_it(office: Session) -> None:
    whole = {"previous": "2023-09-01~2023-09-28", "year_before": "2022-10-01~2022-10-28"}
    assert spans(office, view("2023-10")) == whole  # recorded from the month's first week on
    assert spans(office, view("2023-09")) == {"previous": "2023-08"}
    assert spans(office, view("2022-10")) == {}


def test_records_that_begin_after_a_first_week_do_not_cover_the_month(session: Session) -> None:
    clinics(session, "2023-08-08", 1)
    assert spans(session, view("2023-09")) == {}
    assert spans(session, view("2023-10")) == {"previous": "2023-09-01~2023-09-28"}


def test_a_span_of_more_than_a_year_has_no_year_before(session: Session) -> None:
    clinics(session, "2019-01-02", 1)
    assert spans(session, view("2022-06-01~2023-10-28")) == {"previous": "2021-01-02~2022-05-31"}


def test_a_tile_and_a_sentence_say_how_much_more_it_is(office: Session) -> None:
    found = section(office, view("2023-10"))
    assert notes(found) == {"义诊": "实记 9 场 · 1 次活动 · 环比 +50.0% · 同比 +125.0%"}
    assert found.sentences == (
        "环比（与2023年9月1日至2023年9月28日比）：活动 持平，参与人次 持平。",
        "同比（与2022年10月1日至2022年10月28日比）：活动 持平，参与人次 持平。",
    )


def test_where_the_year_before_is_not_covered_it_is_said(office: Session) -> None:
    assert section(office, view("2023-09")).sentences == ("去年同期的记录不完整，不作同比。",)
    clinics(office, "2023-08-02", 3)
    before, missing = section(office, view("2023-09")).sentences
    assert before == "环比（与2023年8月比）：活动 持平，参与人次 持平。"
    assert missing == "去年同期的记录不完整，不作同比。"


def test_against_nothing_there_is_no_percentage(office: Session) -> None:
    quantity = {"health_talks": 2}
    add_activity(office, "free_clinic", date(2023, 10, 5), "c01", quantity)
    found = section(office, view("2023-10", domain="health"))
    assert notes(found)["健康知识讲座"] == "实记 2 场 · 1 次活动"
    rows = {row[0]: row[3:] for row in chart(found, "changes-of-work").table.rows}
    assert rows["健康知识讲座"] == (0.0, None, 0.0, None)


def test_what_was_done_before_and_not_now_fell_by_all_of_it(office: Session) -> None:
    add_activity(office, "free_clinic", date(2023, 9, 5), "c01", {"health_talks": 2})
    changes = chart(section(office, view("2023-10", domain="health")), "changes-of-work")
    assert changes.title == "工作量：1 项增加、1 项减少"
    assert changes.table.columns[:5] == ("指标", "单位", "本期", "上期", "环比（%）")
    assert ("健康知识讲座", "场", 0.0, 2.0, -100.0, 0.0, None) in changes.table.rows
    assert ("义诊", "场", 9.0, 6.0, 50.0, 4.0, 125.0) in changes.table.rows


def test_the_changes_of_one_domain_or_one_community_are_drawn_of_all_together_the_tiles_say_them(
    office: Session,
) -> None:
    assert chart(section(office, view("2023-10")), "changes-of-work") is None
    assert chart(section(office, view("2023-10", "c01", "c02")), "changes-of-work") is None
    assert chart(section(office, view("2023-10", "c01")), "changes-of-work")
    assert chart(section(office, view("2023-10", domain="health")), "changes-of-work")


def test_only_what_more_than_doubled_is_said_to_be_cut(office: Session) -> None:
    chosen = view("2023-10", domain="health")
    assert chart(section(office, chosen), "changes-of-work").notes == ()
    clinics(office, "2023-10-06", 9)
    assert chart(section(office, chosen), "changes-of-work").notes == ("翻番以上的只画到 +100%。",)


def test_void_records_other_places_and_what_waits_are_left_out_on_both_sides(
    office: Session,
) -> None:
    clinics(office, "2023-09-07", 50, state="void")
    clinics(office, "2023-09-07", 50, host="c02")
    assert notes(section(office, view("2023-10", "c01")))["义诊"].endswith(
        "环比 +50.0% · 同比 +125.0%"
    )
    clinics(office, "2023-09-08", 50, review="submitted")
    clinics(office, "2023-10-08", 50, review="submitted")
    approved = section(office, view("2023-10", "c01", approved=True))
    assert notes(approved)["义诊"].endswith("环比 +50.0% · 同比 +125.0%")
    waiting = section(office, view("2023-10", "c01"))
    assert notes(waiting)["义诊"].endswith("环比 +5.4% · 同比 +1,375.0%")


def test_a_target_stands_beside_the_share_of_the_year_gone_by(office: Session) -> None:
    aim(office, "free_clinics", 20)
    aim(office, "household_waste", 960)
    found = chart(section(office, view("2023-10")), "progress")
    assert found.title == "2 项年度目标，2 项落后于时间进度"
    assert found.table.rows == (
        ("清运生活垃圾", "吨", 0.0, 960.0, 0.0),
        ("义诊", "场", 15.0, 20.0, 75.0),
    )
    assert "时间进度 82.5" in found.figure  # 301 of 365 days
    ahead = chart(section(office, view("2023-09", domain="health")), "progress")
    assert ahead.table.rows == (("义诊", "场", 6.0, 20.0, 30.0),)  # up to the period's last day


def test_targets_are_of_the_place_looked_at_and_several_places_have_none(office: Session) -> None:
    aim(office, "free_clinics", 20)
    aim(office, "free_clinics", 10, "c01")
    aim(office, "satisfaction_overall", 85)
    assert chart(section(office, view("2023-10", "c01")), "progress").table.rows[0][3] == 10
    assert chart(section(office, view("2023-10", "c02")), "progress") is None
    assert chart(section(office, view("2023-10", "c01", "c02")), "progress") is None
    assert chart(section(office, view("2022-10")), "progress") is None


@pytest.mark.parametrize(
    ("better", "total", "keeps"),
    [
        ("more", 60, True),
        ("more", 40, False),
        ("", 40, False),
        ("less", 60, False),
        ("less", 50, True),
    ],
)
def test_a_limit_is_kept_by_using_no_more_of_it_than_of_the_year(
    session: Session, better: str, total: int, keeps: bool
) -> None:
    measure = replace(catalogue(session).measure("free_clinics"), better=better)
    assert compared.Progress(measure, total, 100).keeps_pace(0.5) is keeps


def test_english_says_the_same(office: Session) -> None:
    use_language("en")
    found = section(office, view("2023-10"))
    assert list(notes(found).values()) == [
        "Recorded: 9 sessions · 1 activity · vs previous +50.0% · vs year before +125.0%"
    ]
    assert found.sentences[0] == (
        "Against 1 Sep 2023 to 28 Sep 2023: activities unchanged, attendances unchanged."
    )

"""Review meetings: an agenda from the data, words kept, figures that stay once frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pptx import Presentation
from sqlalchemy import select

from db import rollups
from db.engine import Session
from db.models import Activity, Office
from services import meetings
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.i18n import use_language
from services.meetings import Item
from services.meetings.pack import pack
from services.meetings.texts import bulletin_of
from services.reports.deck import deck
from services.reports.look import Look
from tests.activity_cases import person
from tests.meeting_cases import NOW, RULES, TODAY, TYPED, host, made, packed


def test_the_agenda_is_proposed_from_the_data(demo_office: Session) -> None:
    held = made(demo_office, host(demo_office))
    kinds = [slide.kind for slide in held.slides]
    assert kinds == [
        "cover", "promises", "satisfaction", "changes", "targets", *["domain"] * 6, "standing",
        "overdue", "ahead",
    ]  # fmt: skip


def test_an_office_without_data_gets_an_agenda_that_says_so(session: Session) -> None:
    user = person(session, "office_staff")
    held = made(session, user)
    assert [slide.kind for slide in held.slides] == ["cover", "promises", "overdue", "ahead"]
    found = meetings.contents(session, held.number, user, TODAY, RULES)
    assert "还没有承诺事项。" in {content.headline for content in found.values()}


def test_the_slide_of_targets_names_what_is_behind_and_how_the_work_compares(
    demo_office: Session,
) -> None:
    user = host(demo_office)
    held = made(demo_office, user)
    found = meetings.contents(demo_office, held.number, user, TODAY, RULES)
    slide = next(content for content in found.values() if content.kind == "targets")
    assert slide.headline == "7 项年度目标，3 项落后于时间进度。"
    assert slide.sentences[:2] == (
        "截至2023年10月28日，时间进度 82.5%。",
        "清理乱堆乱放：完成 622 处，年度目标 800 处，完成率 77.8%。",
    )
    assert slide.sentences[4].startswith("环比（与2023年7月5日至2023年8月31日比）：活动 +41.8%")
    assert [row[4] for row in slide.chart.table.rows if row[0] == "清运生活垃圾"] == [87.3]


def test_the_same_form_makes_one_meeting(session: Session) -> None:
    user = person(session, "office_staff")
    first = meetings.make(session, TYPED, "key", user, NOW, TODAY, RULES)
    again = meetings.make(session, TYPED, "key", user, NOW, TODAY, RULES)
    assert (first.created, again.created, again.number) == (True, False, first.number)
    with pytest.raises(NotPermitted):
        meetings.make(session, TYPED, "key", person(session, "administrator"), NOW, TODAY, RULES)


@pytest.mark.parametrize("role", ["official", "community_staff"])
def test_only_the_office_holds_meetings(session: Session, role: str) -> None:
    user = person(session, role, "c01" if role == "community_staff" else None)
    with pytest.raises(NotPermitted):
        made(session, user)


def test_frozen_figures_stay_when_the_records_change(demo_office: Session) -> None:
    session = demo_office
    user = host(session)
    held = made(session, user)
    before = meetings.contents(session, held.number, user, TODAY, RULES)
    meetings.freeze(session, held.number, held.version, user, NOW, TODAY, RULES)
    session.flush()
    frozen = meetings.contents(session, held.number, user, TODAY, RULES)
    assert frozen == before
    for activity in session.scalars(select(Activity).where(Activity.first_day >= date(2023, 9, 1))):
        activity.state = "void"
    session.flush()
    rollups.rebuild(session)
    assert meetings.contents(session, held.number, user, TODAY, RULES) == before
    assert meetings.current(session, held.number, user, TODAY, RULES) != before


def test_a_meeting_is_frozen_in_both_languages(demo_office: Session) -> None:
    session = demo_office
    user = host(session)
    held = made(session, user)
    meetings.freeze(session, held.number, held.version, user, NOW, TODAY, RULES)
    chinese = packed(session, held.number, user)
    use_language("en")
    english = packed(session, held.number, user)
    assert chinese.pages[2].headline.startswith("2023年第三季度满意度调查")
    assert english.pages[2].headline.startswith("Whole subdistrict, 2023 Q3 satisfaction survey")
    figures = [
        [tile.value for tile in page.content.tiles if page.content.kind == "satisfaction"]
        for pages in (chinese.pages, english.pages)
        for page in pages
    ]
    half = len(figures) // 2
    assert figures[:half] == figures[half:]


def test_a_frozen_meeting_takes_words_but_no_other_slides(demo_office: Session) -> None:
    session = demo_office
    user = host(session)
    held = made(session, user)
    meetings.freeze(session, held.number, held.version, user, NOW, TODAY, RULES)
    slide = held.slides[2]
    meetings.write_slide(session, slide.id, {"headline": "  满意度稳中有升 "}, 1, user, NOW)
    assert packed(session, held.number, user).pages[2].headline == "满意度稳中有升"
    with pytest.raises(InvalidEntry, match="冻结"):
        meetings.add_slide(session, held.number, Item("own"), 1, user, NOW)
    with pytest.raises(Conflict):
        meetings.write_slide(session, slide.id, {"notes": "讲稿"}, 1, user, NOW)


def test_slides_are_added_taken_out_and_put_in_order(session: Session) -> None:
    user = person(session, "office_staff")
    held = made(session, user)
    own = meetings.add_slide(session, held.number, Item("own"), 1, user, NOW)
    with pytest.raises(InvalidEntry):
        meetings.add_slide(session, held.number, Item("domain", "nowhere"), 1, user, NOW)
    held = meetings.meeting(session, held.number)
    assert held.slides[1].id == own
    meetings.show_slide(session, own, False, 1, user, NOW)
    order = [slide.id for slide in held.slides][::-1]
    meetings.arrange(session, held.number, order, user, NOW)
    held = meetings.meeting(session, held.number)
    assert [slide.id for slide in held.slides] == order
    assert own not in [slide.id for slide in held.shown]
    with pytest.raises(Conflict):
        meetings.arrange(session, held.number, order[1:], user, NOW)


def test_a_meeting_is_voided_with_a_reason_and_comes_back(session: Session) -> None:
    user = person(session, "office_staff")
    held = made(session, user)
    with pytest.raises(InvalidEntry):
        meetings.void(session, held.number, "", held.version, user, NOW)
    meetings.void(session, held.number, "改期", held.version, user, NOW)
    assert meetings.meeting(session, held.number).void_reason == "改期"
    meetings.restore(session, held.number, held.version + 1, user, NOW)
    assert [one.void_reason for one in meetings.listing(session)] == [""]
    with pytest.raises(NotFound):
        meetings.meeting(session, "M999999")


def test_the_bulletin_states_the_running_totals_of_the_source(demo_office: Session) -> None:
    user = host(demo_office)
    held = made(demo_office, user)
    said = {one.part: one for one in packed(demo_office, held.number, user).bulletin}
    for domain, phrases in {
        "environment": (
            "清理乱堆乱放120余处",
            "清运生活垃圾170余吨",
            "清理杂物约6吨",
            "出动车辆60余台次",
        ),
        "safety": ("发放宣传资料3000余份", "群众参与咨询3000余名"),
        "health": ("义诊20多场", "上门义诊近50次", "健康知识讲座30多场", "健康宣教资料5000多份"),
    }.items():
        for phrase in phrases:
            assert phrase in said[domain].text
    numbered = [part for part in said["environment"].segments if part.exact is not None]
    assert all(part.link.startswith("records:") for part in numbered)


def test_the_deck_has_a_slide_a_page_with_native_charts_and_the_same_figures(
    demo_office: Session,
) -> None:
    user = host(demo_office)
    held = made(demo_office, user)
    found = packed(demo_office, held.number, user)
    progress: list[int] = []
    file = Presentation(BytesIO(deck(found, Look(), lambda done, _of: progress.append(done))))
    slides = list(file.slides)
    assert len(slides) == len(found.pages) == len(progress)
    assert [slide.shapes.title.text for slide in slides[1:]] == [
        page.headline for page in found.pages[1:]
    ]
    chart = next(shape for shape in slides[3].shapes if shape.has_chart).chart
    rows = found.pages[3].content.chart.table.rows
    assert list(chart.plots[0].categories) == [row[0] for row in rows]
    assert list(chart.plots[0].series[0].values) == pytest.approx([row[1] for row in rows])
    table = next(shape for shape in slides[1].shapes if shape.has_table).table
    assert table.cell(1, 0).text == found.pages[1].content.table.rows[0][0]


def test_a_meeting_says_itself_whether_it_counts_what_waits(demo_office: Session) -> None:
    session, user = demo_office, host(demo_office)
    held = made(session, user)
    assert meetings.counted(session, held.number, RULES) is False
    usual = replace(RULES, only_approved=True)
    assert meetings.counted(session, held.number, usual) is True
    said = {}
    for only, label in ((True, "只含已审核记录"), (False, "含待审核记录")):
        typed = replace(TYPED, approved_only=only)
        version = meetings.meeting(session, held.number).version
        meetings.rename(session, held.number, typed, version, user, NOW)
        assert meetings.counted(session, held.number, usual) is only
        found = pack(session, held.number, user, TODAY, usual, "")
        said[only] = [page.headline for page in found.pages if page.content.kind == "domain"]
        sources = [page.content.source for page in found.pages if page.content.kind == "domain"]
        assert all(f" · {label}" in source for source in sources)
        links = [part.link for one in found.bulletin for part in one.segments if part.link]
        assert all(("approved=1" in link) is only for link in links if link[:7] == "records")
    assert said[True] != said[False]


@pytest.mark.parametrize("only", [True, False, None])
def test_what_a_frozen_meeting_counts_is_kept_with_it(
    demo_office: Session, only: bool | None
) -> None:
    session, user = demo_office, host(demo_office)
    typed = replace(TYPED, approved_only=only)
    number = meetings.make(session, typed, "key", user, NOW, TODAY, RULES).number
    meetings.freeze(session, number, 1, user, NOW, TODAY, RULES)
    before = packed(session, number, user)
    session.get_one(Office, 1).approval = False
    session.flush()
    usual = replace(RULES, only_approved=not only)
    assert meetings.counted(session, number, usual) is bool(only)
    assert bulletin_of(session, number, user, TODAY, usual, "").counted is bool(only)
    assert pack(session, number, user, TODAY, usual, "示范街道") == before


def test_where_nothing_waits_nothing_is_said_of_it(demo_office: Session) -> None:
    session, user = demo_office, host(demo_office)
    session.get_one(Office, 1).approval = False
    session.flush()
    held = made(session, user)
    assert meetings.counted(session, held.number, replace(RULES, only_approved=True)) is None
    sources = [page.content.source for page in packed(session, held.number, user).pages]
    assert not [source for source in sources if "审核" in source]


def test_figures_leave_out_what_waits_where_the_settings_say_so(demo_office: Session) -> None:
    user = host(demo_office)
    held = made(demo_office, user)
    approved = replace(RULES, only_approved=True)
    whole, less = (
        meetings.contents(demo_office, held.number, user, TODAY, rules)
        for rules in (RULES, approved)
    )
    differ = {slide.kind for slide in held.slides if whole[slide.id] != less[slide.id]}
    assert "domain" in differ
    assert "satisfaction" not in differ

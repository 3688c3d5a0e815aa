"""Notes on charts: who may write them, what is refused, where their marks stand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.engine import Session
from db.models import Change, ChartNote
from services import chart_notes
from services.boards.noted import by_month, by_wave
from services.chart_notes import Note, Typed
from services.charts.marks import Mark, sign, with_marks
from services.errors import Conflict, InvalidEntry, NotFound, NotPermitted
from services.filters import Filters
from services.periods import Period
from services.permissions import CurrentUser
from services.settings import ROOT, load_settings
from services.views import View
from tests.activity_cases import NOW, PHONE, TODAY, person

DAY = date(2023, 10, 9)
TYPED = Typed("measure:household_waste", "", DAY, "第二轮集中清运开始")
THRESHOLDS = load_settings(ROOT / "config.toml", {}).thresholds
VIEW = View(Filters(Period(date(2023, 10, 1), "month")), TODAY, THRESHOLDS)


def made(session: Session, user: CurrentUser, key: str = "made", **changes: object) -> int:
    chart_notes.make(session, replace(TYPED, **changes), key, user, NOW, TODAY)
    session.commit()
    return session.scalars(select(ChartNote.id).order_by(ChartNote.id.desc())).first()


def shown(session: Session, *communities: str) -> list[str]:
    return [one.text for one in chart_notes.seen(session, VIEW.only(*communities))]


def test_a_note_is_kept_and_logged_and_the_same_form_makes_it_once(
    session: Session, office: CurrentUser
) -> None:
    assert chart_notes.make(session, TYPED, "key", office, NOW, TODAY)
    assert not chart_notes.make(session, TYPED, "key", office, NOW, TODAY)
    (row,) = session.scalars(select(ChartNote)).all()
    assert (row.series, row.community_code, row.day, row.text) == (
        "measure:household_waste", None, DAY, "第二轮集中清运开始",
    )  # fmt: skip
    (line,) = session.scalars(select(Change).where(Change.entity == "chart_note")).all()
    assert line.action == "add"
    assert line.after["text"] == "第二轮集中清运开始"


def test_the_form_of_one_person_cannot_be_sent_by_another(
    session: Session, office: CurrentUser
) -> None:
    made(session, office)
    other = person(session, "administrator")
    with pytest.raises(NotPermitted):
        chart_notes.make(session, TYPED, "made", other, NOW, TODAY)


def test_a_note_of_one_community_is_shown_with_it_and_with_the_whole(
    session: Session, office: CurrentUser
) -> None:
    made(session, office, key="a", text="全街道")
    made(session, office, key="b", text="甲", community="c01")
    assert shown(session) == ["全街道", "甲"]
    assert shown(session, "c01") == ["全街道", "甲"]
    assert shown(session, "c02") == ["全街道"]


def test_a_note_after_the_last_day_of_the_view_is_not_shown(
    session: Session, office: CurrentUser
) -> None:
    made(session, office, day=date(2023, 10, 20))
    september = replace(VIEW, filters=Filters(Period(date(2023, 9, 1), "month")))
    assert chart_notes.seen(session, september) == ()


def test_numbers_of_persons_in_a_note_are_hidden(session: Session, office: CurrentUser) -> None:
    made(session, office, text=f"联系 {PHONE}")
    assert shown(session) == ["联系 138****5678"]


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("series", {"series": "measure:nothing"}),
        ("series", {"series": "household_waste"}),
        ("community", {"community": "c99"}),
        ("day", {"day": None}),
        ("day", {"day": TODAY + timedelta(days=1)}),
        ("day", {"day": date(1999, 12, 31)}),
        ("text", {"text": " \n"}),
        ("text", {"text": "字" * 201}),
    ],
)
def test_what_cannot_be_a_note_is_refused_beside_its_field(
    session: Session, office: CurrentUser, field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        made(session, office, **changes)
    assert refusal.value.field == field
    assert session.scalars(select(ChartNote)).all() == []


def test_community_staff_write_and_void_notes_of_their_own_community_only(
    session: Session, office: CurrentUser
) -> None:
    staff = person(session, "community_staff", "c01")
    own = made(session, staff, key="own", community="c01")
    for community in ("", "c02"):
        with pytest.raises(NotPermitted):
            made(session, staff, key="other", community=community)
    whole = made(session, office, key="whole")
    with pytest.raises(NotPermitted):
        chart_notes.void(session, whole, "写错了", 1, staff, NOW)
    chart_notes.void(session, own, "写错了", 1, staff, NOW)
    assert [one.void_reason for one in chart_notes.notes_of(session, [TYPED.series])] == [
        "", "写错了",
    ]  # fmt: skip


def test_officials_write_no_notes(session: Session) -> None:
    with pytest.raises(NotPermitted):
        made(session, person(session, "official"))


def test_a_voided_note_leaves_the_charts_and_comes_back(
    session: Session, office: CurrentUser
) -> None:
    note = made(session, office)
    with pytest.raises(InvalidEntry):
        chart_notes.void(session, note, "  ", 1, office, NOW)
    chart_notes.void(session, note, "写错了日期", 1, office, NOW)
    assert shown(session) == []
    with pytest.raises(Conflict):
        chart_notes.restore(session, note, 1, office, NOW)
    chart_notes.restore(session, note, 2, office, NOW)
    assert shown(session) == ["第二轮集中清运开始"]
    with pytest.raises(NotFound):
        chart_notes.void(session, note + 1, "没有", 1, office, NOW)


def note(day: date, series: str = "domain:health", place: str = "", text: str = "开始") -> Note:
    return Note(1, 1, series, day, None, place, text, "何静怡", "")


MONTHS = [date(2023, 8, 1), date(2023, 9, 1), date(2023, 10, 1)]
SERIES = {"domain:health": "基本医疗", "domain:culture": "文体生活"}


def test_a_mark_stands_where_its_day_lies_in_its_month() -> None:
    found = by_month(
        [note(date(2023, 8, 1)), note(date(2023, 9, 15)), note(date(2023, 10, 31))], SERIES, MONTHS
    )
    assert [mark.place for mark in found.marks] == pytest.approx([-0.484, 0.983, 2.484], abs=1e-3)
    assert [mark.sign for mark in found.marks] == ["①", "②", "③"]


def test_other_series_and_earlier_months_have_no_mark() -> None:
    notes = [note(date(2023, 7, 31)), note(DAY, "measure:film_shows")]
    assert by_month(notes, SERIES, MONTHS).marks == ()
    assert by_month([note(DAY)], SERIES, []).marks == ()


def test_what_happened_in_a_month_that_is_not_over_stands_behind_the_last_one() -> None:
    found = by_month([note(date(2023, 11, 1)), note(date(2023, 11, 20))], SERIES, MONTHS)
    assert [mark.place for mark in found.marks] == [2.5, 2.5]


def test_the_sentence_names_the_day_and_where_the_chart_has_several_series_which() -> None:
    one = [note(DAY, place="甲社区")]
    assert by_month(one, SERIES, MONTHS).sentences == ("① 2023年10月9日：开始（基本医疗、甲社区）",)
    alone = {"domain:health": "基本医疗"}
    assert by_month(one, alone, MONTHS).sentences == ("① 2023年10月9日：开始（甲社区）",)


def test_a_mark_between_waves_stands_by_its_share_of_the_days_between() -> None:
    ends = [date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 22)]
    days = [date(2023, 3, 30), date(2023, 3, 31), date(2023, 5, 15), date(2023, 10, 1)]
    found = by_wave([note(day, "score:overall") for day in days], "score:overall", ends)
    assert [mark.place for mark in found.marks] == pytest.approx([0, 45 / 91, 2.35], abs=1e-3)
    assert by_wave([note(DAY, "score:overall")], "score:overall", []).marks == ()


def test_marks_are_drawn_into_the_panel_of_their_series() -> None:
    figure = json.dumps({"data": [], "layout": {"annotations": [{"text": "次"}]}})
    marks = [Mark("基本医疗", 1.5, "①", "<b>开始</b>")]
    layout = json.loads(with_marks(figure, marks, ["文体生活", "基本医疗"]))["layout"]
    (line,) = layout["shapes"]
    assert (line["xref"], line["yref"], line["x0"]) == ("x2", "y2 domain", 1.5)
    assert [flag["text"] for flag in layout["annotations"]] == ["次", "①"]
    assert layout["annotations"][1]["hovertext"] == "&lt;b&gt;开始&lt;/b&gt;"


def test_a_figure_without_marks_stays_as_it_is() -> None:
    assert with_marks("", [Mark("", 1, "①", "")], [""]) == ""
    assert with_marks("{}", [], [""]) == "{}"


def test_there_is_a_sign_for_every_note() -> None:
    signs = [sign(place) for place in range(40)]
    assert signs[:2] + signs[19:21] + signs[34:36] == ["①", "②", "⑳", "㉑", "㉟", "(36)"]
    assert len(set(signs)) == 40

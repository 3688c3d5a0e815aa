"""Voices go out as a workbook and come back: unchanged here, registered elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete

from db.engine import Session
from db.models import Feedback, FeedbackStep
from services import feedback, workbook
from services.errors import InvalidEntry
from services.feedback import Chosen
from services.filters import Filters
from services.i18n import use_language
from services.periods import Period
from services.permissions import CurrentUser
from services.settings import Thresholds
from services.views import View
from services.workbook import Choice, Receipt
from tests.activity_cases import person
from tests.feedback_cases import NOW, PHONE, TODAY, Desk, day
from tests.list_workbook_cases import assert_comes_back_unchanged, logged, out, stated
from tests.workbook_cases import check, edited, said, take, upload, zipped

BOOK = workbook.KINDS["voices"]
YEAR = View(Filters(Period(date(2023, 1, 1), "year")), TODAY, Thresholds())
STATES = ("received", "assigned", "resolved", "closed")


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def a_year(desk: Desk) -> None:
    """A voice in every state, one with a number in it, one that a spreadsheet would run."""
    for state in STATES:
        desk.brought_to(state, text=f"请回电 {PHONE}，\n{state}", school=f"{state}小学")
    desk.submit(text='=HYPERLINK("http://x")', community="c02", topic="noise", school="")
    desk.submit(text="007", community="c02", channel="hot_line", school="-1", received_on=day(-3))


def test_they_come_back_unchanged_in_every_state_with_their_numbers_hidden(
    desk: Desk, session: Session
) -> None:
    a_year(desk)
    desk.brought_to("void", text="作废的")
    data = out(session, "voices", desk.office)
    assert PHONE not in str(stated(session, "voices", data))
    assert "作废的" not in str(stated(session, "voices", data))
    assert assert_comes_back_unchanged(session, desk.office, "voices") == 6
    assert PHONE in session.get_one(Feedback, 1).text


def test_the_course_is_shown_in_the_language_of_who_asks(desk: Desk, session: Session) -> None:
    desk.brought_to("closed")
    use_language("en")
    (row,) = stated(session, "voices", out(session, "voices", desk.office))
    use_language("zh")
    (same,) = stated(session, "voices", out(session, "voices", desk.office))
    assert (row["state"], row["verdict"]) == ("Closed", "Resolved, satisfied")
    assert (same["state"], same["verdict"]) == ("已办结", "已解决，满意")
    assert (same["responded_on"], same["resolved_on"], same["due_on"], same["rounds"]) == (
        "2023-10-19", "2023-10-21", "2023-10-23", "1",
    )  # fmt: skip


def test_no_cell_is_a_formula(desk: Desk, session: Session) -> None:
    for sign in "=+-@":
        desk.submit(text=f"{sign}1+1", school=f"{sign}甲")
    data = out(session, "voices", desk.office)
    assert "<f>" not in zipped(data, "xl/worksheets/sheet1.xml")
    assert [row["text"] for row in stated(session, "voices", data)] == [
        "=1+1", "+1+1", "-1+1", "@1+1",
    ]  # fmt: skip
    assert_comes_back_unchanged(session, desk.office, "voices")


def test_another_office_registers_them_and_exports_the_same(desk: Desk, session: Session) -> None:
    for place in range(3):
        desk.submit(text=f"第 {place} 条", community="c02")
    desk.submit(text=f"请回电 {PHONE}")
    desk.brought_to("assigned", text="已经交办的")
    first = out(session, "voices", desk.office)
    for table in (FeedbackStep, Feedback):
        session.execute(delete(table))
    session.commit()
    own = desk.submit(text="本单位自己的")  # may have the number of another
    lines = check(session, first, desk.office, kind=BOOK).lines
    assert {"没有这个编号" in said(line)["编号"] for line in lines} == {True}
    up = upload(session, first, Choice(foreign=True), kind=BOOK)
    done = BOOK.take(session, up, desk.office, NOW, TODAY)
    session.commit()
    # What is hidden cannot be typed for them, nor what was done there be done here.
    assert (done.added, done.refused, len(done.numbers)) == (3, 2, 2)
    assert own not in done.numbers
    assert BOOK.take(session, up, desk.office, NOW, TODAY) == Receipt(0, 0, 3, 2)
    kept = stated(session, "voices", out(session, "voices", desk.office))
    assert stated(session, "voices", first)[:3] == [row for row in kept if "第" in row["text"]]


def test_what_became_of_one_since_the_export_is_no_change(desk: Desk, session: Session) -> None:
    a_year(desk)
    data = out(session, "voices", desk.office)
    desk.take("F000001", desk.step("assign"))
    desk.take("F000002", desk.step("resolve"))
    desk.take("F000005", desk.step("void"))
    before = logged(session)
    use_language("en")
    assert take(session, data, desk.office, kind=BOOK) == Receipt(0, 0, 6, 0)
    use_language("zh")
    assert logged(session) == before
    assert len(stated(session, "voices", out(session, "voices", desk.office))) == 5


def test_what_the_filters_show_is_exported_and_nothing_of_others(
    desk: Desk, session: Session
) -> None:
    a_year(desk)
    number = desk.brought_to("void", text="作废的")

    def shown(user: CurrentUser, chosen: Chosen = Chosen(), view: View = YEAR) -> list[str]:  # noqa: B008
        data = workbook.voices_book(session, view, user, chosen)
        return [row["text"] for row in stated(session, "voices", data)]

    assert len(shown(desk.office)) == len(shown(person(session, "official"))) == 6
    assert len(shown(desk.staff)) == 4
    assert shown(desk.office, Chosen(topic="noise")) == ['=HYPERLINK("http://x")']
    assert len(shown(desk.office, Chosen(state="open"))) == 4
    with pytest.raises(InvalidEntry, match="没有数据行"):
        shown(desk.office, Chosen(state="void"))
    assert shown(desk.office, view=replace(YEAR, filters=YEAR.filters.only("c02"))) == [
        "007", '=HYPERLINK("http://x")',
    ]  # fmt: skip
    assert feedback.voice(session, number, desk.office, TODAY).state == "void"


def test_one_edit_is_one_correction_and_only_of_the_version_that_was_exported(
    desk: Desk, session: Session
) -> None:
    desk.brought_to("assigned", text=f"请回电 {PHONE}")
    desk.submit(text="路灯不亮")
    old = out(session, "voices", desk.office)
    mine, theirs = (edited(old, "路灯不亮", text) for text in ("路灯坏了", "路灯都坏了"))
    (line,) = check(session, mine, desk.office, kind=BOOK).of(workbook.CHANGED)
    assert [(one.label, one.before, one.after) for one in line.differences] == [
        ("反映内容", "路灯不亮", "路灯坏了")
    ]
    before = logged(session)
    assert take(session, mine, desk.office, kind=BOOK) == Receipt(0, 1, 1, 0)
    assert logged(session) == before + 2  # the voice, and the file
    assert take(session, mine, desk.office, kind=BOOK) == Receipt(0, 0, 2, 0)
    assert desk.voice("F000002").text == "路灯坏了"
    (line,) = check(session, theirs, desk.office, kind=BOOK).of(workbook.REFUSED)
    assert "被别人改过" in said(line)["核对码"]

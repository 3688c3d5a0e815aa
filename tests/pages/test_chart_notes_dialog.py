"""Notes of a chart: a click opens them; a note is written, voided and put back in the dialog."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from db.engine import read_session, write_session
from db.models import ChartNote
from services import accounts, chart_notes
from services.chart_notes import Typed
from services.permissions import CurrentUser
from tests.activity_cases import NOW, TODAY
from tests.builders import add_user
from tests.pages.admin_steps import fill, key
from tests.pages.app import LONGEST
from tests.pages.entry_steps import labels, open_page, press, said
from tests.pages.test_host import click
from tests.workbook_cases import sheet

FORM = "chart-note"


def page() -> None:
    """The dialog of one chart, open in every run: a test has no runs of the dialog alone."""
    from datetime import date

    from pages.shared.access import current_user
    from pages.shared.chart_notes import notes_dialog
    from pages.shared.data import settings
    from services.boards.board import chart
    from services.charts.cards import Table
    from services.filters import Filters
    from services.i18n import use_language
    from services.periods import Period
    from services.views import View

    use_language(current_user().language)
    shown = chart(
        "months", "", title="各月", subtitle="单位：次", source="", table=Table((), ()),
        series={"domain:health": "基本医疗", "domain:culture": "文体生活"},
    )  # fmt: skip
    filters = Filters(Period(date(2023, 10, 1), "month"), ("c02",))
    notes_dialog(shown, View(filters, date(2023, 10, 28), settings().thresholds))


def dialog(door: Engine, role: str, language: str = "zh") -> AppTest:
    own = "c01" if role == "community_staff" else None
    with write_session(door) as session:
        person = add_user(session, role, own, language=language)
        token = accounts.sign_in(session, person.id, "10.0.0.7", datetime.now(UTC))
    at = AppTest.from_function(page, default_timeout=LONGEST)
    at.user = {"session": accounts.token_hash(token)}
    at.run()
    assert not at.exception
    return at


@pytest.fixture
def noted(door: Engine) -> ChartNote:
    """A note of c01 by an administrator."""
    with write_session(door) as session:
        row = add_user(session, "administrator", username="noting")
        user = CurrentUser(row.id, row.username, row.name, row.role, None, "zh")
        typed = Typed("domain:health", "c01", date(2023, 10, 9), "查体开始")
        chart_notes.make(session, typed, "before", user, NOW, TODAY)
    return stored(door)[0]


def stored(door: Engine) -> list[ChartNote]:
    with read_session(door) as session:
        return list(session.scalars(select(ChartNote).order_by(ChartNote.id)))


def test_a_click_on_a_chart_over_time_opens_its_notes(door: Engine) -> None:
    at = open_page(door, "office_staff", page="pages/review/overview.py")
    hosts = at.get("bidi_component")
    click(at, hosts[-1].proto.id, "note:months")
    assert not at.exception
    assert "还没有注记" in said(at.info)


def test_a_note_is_written_for_the_community_that_is_looked_at(door: Engine) -> None:
    at = fill(dialog(door, "office_staff"), FORM, text="文艺汇演", series="domain:culture")
    at.date_input[0].set_value(date(2023, 9, 28))
    press(at, "保存")
    (row,) = stored(door)
    assert (row.series, row.community_code, row.day, row.text) == (
        "domain:culture", "c02", date(2023, 9, 28), "文艺汇演",
    )  # fmt: skip


def test_a_refused_note_keeps_what_was_typed(door: Engine) -> None:
    at = dialog(door, "office_staff")
    at.date_input[0].set_value(None)
    press(fill(at, FORM, text="汇演"), "保存")
    assert "请选择日期" in said(at.error)
    assert at.text_input(key=key(at, FORM, "text")).value == "汇演"
    assert stored(door) == []


def test_a_note_is_voided_with_a_reason_and_put_back(door: Engine, noted: ChartNote) -> None:
    at = dialog(door, "office_staff")
    press(at, "确认作废")
    assert "请写明作废原因" in said(at.error)
    at.text_input(key=f"{FORM}-{noted.id}-reason").set_value("日期有误")
    press(at, "确认作废")
    assert stored(door)[0].void_reason == "日期有误"
    press(at, "恢复")
    assert stored(door)[0].void_reason == ""


def test_notes_are_imported_and_the_import_is_taken_back_and_restored(door: Engine) -> None:
    at = dialog(door, "office_staff")
    row = {"日期": "2023-10-09", "注在哪项数字上": "基本医疗活动次数", "发生了什么": "查体开始"}
    at.file_uploader[0].set_value(("注记.xlsx", sheet(row), "application/xlsx")).run()
    press(at, "导入 1 行")
    assert [one.series for one in stored(door)] == ["domain:health"]
    press(at, "撤销这次导入（1 条）")
    assert "撤销导入“注记.xlsx”" in stored(door)[0].void_reason
    press(at, "恢复撤销的 1 条")
    assert stored(door)[0].void_reason == ""


@pytest.mark.usefixtures("noted")
def test_community_staff_write_for_their_own_community_only(door: Engine) -> None:
    at = dialog(door, "community_staff")
    assert at.selectbox[1].options == ["甲社区"]
    assert "确认作废" in labels(at.button), "the note is of their community"


@pytest.mark.usefixtures("noted")
def test_officials_read_notes_and_write_none(door: Engine) -> None:
    at = dialog(door, "official")
    assert at.text[0].value == "查体开始"
    assert labels(at.button) == []


def test_the_dialog_speaks_the_language_of_the_person(door: Engine) -> None:
    at = dialog(door, "office_staff", language="en")
    assert "No notes yet" in at.info[0].value

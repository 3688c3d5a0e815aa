"""The workbooks themselves: lists to choose from, units in the headings, nothing that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from db.engine import Session
from db.models import Community, Measure, PartnerKind
from services import workbook
from services.errors import NotPermitted
from services.i18n import use_language
from services.imports.sheet import read_sheet
from services.permissions import CurrentUser
from services.workbook import month_book, refused_book, template
from tests.activity_cases import ENTRY, entered
from tests.builders import add_activity
from tests.workbook_cases import ACTIVITIES, cells, check, edited, row, said, sheet, take, zipped

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


@pytest.fixture
def made(session: Session, staff: CurrentUser) -> bytes:
    add_activity(session, "wednesday_cleanup", date(2023, 9, 6), "c01", partners={"volunteer": 5})
    return template(session, "c01", "2023-10", staff)


def test_the_template_has_last_months_types_ready(session: Session, made: bytes) -> None:
    assert cells(made, session) == [
        {"type": "美好社区建设暨周三清洁家园我先行活动", "host": "甲社区", "partners": "志愿者"}
    ]


def test_a_template_as_it_was_downloaded_imports_nothing(
    session: Session, made: bytes, staff: CurrentUser
) -> None:
    assert [line.state for line in check(session, made, staff).lines] == ["blank"]


def test_the_lists_are_drop_downs_from_a_hidden_sheet(made: bytes) -> None:
    text = zipped(made, SHEET)
    assert 'pane xSplit="3" ySplit="1"' in text
    lists = re.findall(r'type="list".*?<formula1>(.*?)</formula1>', text)
    assert len(lists) == 5  # type, community, joint communities, grid, partners
    assert all(one.startswith("'名单'!$") or one.startswith("名单!$") for one in lists)
    assert re.search(r'name="名单"[^>]*state="hidden"', zipped(made, BOOK))
    assert "第二网格" in zipped(made, "xl/sharedStrings.xml")


def test_units_stand_in_the_headings_in_both_languages(
    session: Session, staff: CurrentUser
) -> None:
    add_activity(session, "wednesday_cleanup", date(2023, 9, 6), "c01")
    for language, heading in (
        ("zh", "清运生活垃圾 （吨）"),
        ("en", "Household waste removed (tonnes)"),
    ):
        use_language(language)
        assert heading in read_sheet(template(session, "c01", "2023-10", staff)).names


def test_staff_get_the_template_of_their_own_community_only(
    session: Session, staff: CurrentUser
) -> None:
    with pytest.raises(NotPermitted):
        template(session, "c02", "2023-10", staff)
    with pytest.raises(NotPermitted):
        month_book(session, "c02", "2023-10", staff)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "{=A1}",
                                  "_x0041_", "http://x", "007", "1e5"])  # fmt: skip
def test_what_looks_like_a_formula_goes_out_and_comes_back_as_text(
    session: Session, staff: CurrentUser, text: str
) -> None:
    entered(session, staff, replace(ENTRY, place=text, note=f"{text}\n二"))
    data = month_book(session, "c01", "2023-10", staff)
    assert "<f>" not in zipped(data, SHEET)
    assert "hyperlink" not in zipped(data, SHEET)
    assert cells(data, session)[0]["place"] == text
    assert check(session, data, staff).lines[0].state == "same"


def test_refused_rows_come_as_a_workbook_that_can_be_mended_and_imported(
    session: Session, staff: CurrentUser
) -> None:
    bad = row(日期="2023.10", 备注="=1+1")
    checked = check(session, sheet(row(), bad), staff)
    data = refused_book(checked, ACTIVITIES.columns(session), ACTIVITIES.label())
    again = check(session, data, staff)
    assert again.table.unknown == ()
    assert [line.state for line in again.lines] == ["refused"]
    shown = cells(data, session)[0]
    assert (shown["line"], shown["note"]) == ("3", "=1+1")
    assert "分不清" in shown["reason"]
    mended = {heading: shown.get(name) for name, heading in again.table.headings.items()}
    mended[again.table.headings["day"]] = "2023-10-18"
    assert take(session, sheet(mended), staff).added == 1


def test_a_label_that_parts_a_list_is_written_as_its_code(
    session: Session, staff: CurrentUser
) -> None:
    session.get_one(PartnerKind, "police").label = "警务、巡防"
    entered(session, staff, replace(ENTRY, partners=(("police", 3), ("volunteer", None))))
    data = month_book(session, "c01", "2023-10", staff)
    assert cells(data, session)[0]["partners"] == "police 3、志愿者"
    assert check(session, data, staff).lines[0].state == "same"


def test_what_is_out_of_use_stays_on_record_and_cannot_be_changed(
    session: Session, staff: CurrentUser
) -> None:
    entered(session, staff)
    session.get_one(Measure, "household_waste").active = False
    session.get_one(Community, "c02").active = False
    session.commit()
    data = month_book(session, "c01", "2023-10", staff)
    assert check(session, data, staff).lines[0].state == "same"
    line = check(session, edited(data, "<v>40</v>", "<v>41</v>"), staff).lines[0]
    assert line.content[1] == replace(ENTRY, participants=41)
    changed = check(session, edited(data, "<v>1.5</v>", "<v>2.5</v>"), staff).lines[0]
    assert "停用" in said(changed).popitem()[1]


def test_an_export_is_not_longer_than_an_import_may_be() -> None:
    assert workbook.LIMITS.rows == workbook.MOST_EXPORTED

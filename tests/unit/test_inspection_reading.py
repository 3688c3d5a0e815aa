"""Inspections read: lists by verdict and state, figures with their n, files, what is to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from db.engine import Session
from services import due, inspections
from services.boards import community as community_board
from services.boards import domain as domain_board
from services.boards import inspections as boards
from services.boards.inspection_charts import by_community, tiles
from services.catalogue import catalogue
from services.errors import NotPermitted
from services.filters import Filters
from services.inspections import Chosen
from services.inspections.figures import figures, inspected
from services.periods import Period
from services.permissions import CurrentUser
from services.settings import Thresholds
from services.views import View
from tests.activity_cases import PHONE, person
from tests.inspection_cases import DUE, NOW, PASSED, RECTIFY, TODAY, again, photo, recorded

VIEW = View(Filters(Period(date(2023, 10, 1), "month")), TODAY, Thresholds())


@pytest.fixture
def several(session: Session, office: CurrentUser) -> dict[str, str]:
    """One that passed; one overdue in c02; one closed by a re-inspection; one of September."""
    made = {
        "passed": recorded(session, office, PASSED, key="passed"),
        "overdue": recorded(session, office, key="overdue", community="c02", domain=""),
        "failed": recorded(session, office, key="failed", verdict="unqualified", due_on=TODAY),
        "old": recorded(session, office, key="old", day=date(2023, 9, 1)),
    }
    made["closed"] = again(session, office, made["failed"])
    return made


def listed(session: Session, view: View = VIEW, **chosen: str) -> set[str]:
    page = inspections.listing(session, view, Chosen(**chosen))
    assert page.total == len(page.rows)
    return {row.number for row in page.rows}


def test_the_list_is_narrowed_by_verdict_state_place_and_domain(
    session: Session, several: dict[str, str], office: CurrentUser
) -> None:
    names = {number: name for name, number in several.items()}

    def found(view: View = VIEW, **chosen: str) -> set[str]:
        return {names[number] for number in listed(session, view, **chosen)}

    assert found() == {"passed", "overdue", "failed", "closed"}
    assert found(verdict="qualified") == {"passed", "closed"}
    assert found(verdict="unqualified") == {"failed"}
    assert found(state="open") == found(state="overdue") == {"overdue"}
    assert found(replace(VIEW, today=DUE), state="overdue") == set()
    assert found(state="followed") == {"failed"}
    assert found(VIEW.only("c02")) == found(VIEW.only("c02"), state="open") == {"overdue"}
    assert found(VIEW.within("environment")) == {"passed", "failed", "closed"}
    inspections.void(session, several["passed"], "重复", 1, office, NOW)
    assert found(state="void") == {"passed"}
    assert found(verdict="qualified") == {"closed"}


def test_figures_are_sums_with_their_n_and_no_rate_of_few(
    session: Session, several: dict[str, str]
) -> None:
    found = figures(inspected(session, VIEW), TODAY)
    assert (found.inspections, found.again) == (4, 1)
    assert (found.qualified, found.rectify, found.unqualified) == (2, 1, 1)
    assert (found.open, found.late) == (1, 1)
    assert found.share(Thresholds(hide_below=5)) is None
    assert found.share(Thresholds(hide_below=4)) == 0.5
    rate = tiles(found, VIEW)[1]
    assert (rate.value, rate.tone) == ("—", "muted")
    rows = by_community(inspected(session, VIEW), catalogue(session), VIEW).table.rows
    assert rows == (("甲社区", 2, 0, 1, 3, None), ("乙社区", 0, 1, 0, 1, None))
    few = replace(VIEW, thresholds=Thresholds(hide_below=3))
    rows = by_community(inspected(session, few), catalogue(session), few).table.rows
    assert [row[-1] for row in rows] == [66.7, None]
    assert several


def test_the_boards_show_inspections_where_there_are_any(
    session: Session, office: CurrentUser
) -> None:
    def titles(board: object) -> list[str]:
        return [section.title for section in board.sections if section.cards]

    empty = boards.board(session, VIEW)
    assert (empty.sections, "没有督查" in empty.sentences[0]) == ((), True)
    assert "督查" not in titles(community_board.board(session, VIEW, "c01"))
    recorded(session, office)
    assert titles(community_board.board(session, VIEW, "c01"))[-1] == "督查"
    assert "督查" not in titles(community_board.board(session, VIEW, "c02"))
    assert titles(domain_board.board(session, VIEW, "environment"))[-1] == "督查"
    assert "督查" not in titles(domain_board.board(session, VIEW, "health"))
    board = boards.board(session, VIEW)
    assert board.headline.endswith("全街道：督查 1 次，合格 0、限期整改 1、不合格 0")
    cards = [card.code for card in board.sections[1].cards]
    assert cards == ["verdicts-community", "verdicts-domain", "verdicts-month"]
    one = boards.board(session, VIEW.only("c01").within("environment"))
    assert [card.code for card in one.sections[1].cards] == ["verdicts-month"]


def test_the_list_as_a_file_says_what_the_page_says(
    session: Session, several: dict[str, str], office: CurrentUser
) -> None:
    recorded(session, office, key="formula", findings="=1+1", photos=(photo(),))
    text = inspections.export(session, VIEW, Chosen(), "csv").decode("utf-8-sig")
    assert "'=1+1" in text
    file = BytesIO(inspections.export(session, VIEW, Chosen(), "xlsx"))
    head, *lines = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert head[0] == "编号"
    assert len(lines) == 5 == len(text.strip().splitlines()) - 1
    closed, failed = (
        next(line for line in lines if line[0] == several[name]) for name in ("closed", "failed")
    )
    assert (closed[10], failed[9], failed[11]) == (failed[0], "复查合格", closed[0])
    assert "=1+1" in [line[7] for line in lines]


def test_each_is_told_what_is_theirs_to_do(session: Session, office: CurrentUser) -> None:
    soon = recorded(session, office, key="soon", due_on=TODAY + timedelta(days=3))
    late = recorded(session, office, key="late", findings="巷内堆物")

    staff, admin = person(session, "community_staff", "c01"), person(session, "administrator")

    def titles(user: CurrentUser) -> list[str]:
        return [one.title for one in due.due(session, user, TODAY)]

    assert titles(staff) == [f"整改 {late}", f"整改 {soon}"]
    assert titles(person(session, "community_staff", "c02")) == []
    assert titles(admin) == [f"复查 {late}"]
    official = person(session, "official")
    assert titles(official) == []
    own = recorded(session, official, key="own", community="c02", findings="门前积水")
    assert (titles(official), titles(admin)) == ([f"复查 {own}"], [f"复查 {late}", f"复查 {own}"])
    again(session, office, own)
    assert titles(official) == []
    one = due.due(session, office, TODAY)[0]
    assert (one.detail, one.day, one.query) == (
        "甲社区：巷内堆物", DUE, (("inspection", late),),
    )  # fmt: skip
    inspections.rectify(session, soon, "已清理", [], staff, NOW)
    assert (titles(staff), titles(admin)) == ([f"整改 {late}"], [f"复查 {late}", f"复查 {soon}"])
    assert due.due(session, office, TODAY)[1].detail == "已报告整改，甲社区：楼道堆物"
    again(session, office, soon)
    assert titles(admin) == [f"复查 {late}"]
    again(session, office, late, RECTIFY)
    assert [one.day for one in due.due(session, office, TODAY)] == [TODAY]


def test_a_list_reads_no_picture(session: Session, office: CurrentUser) -> None:
    recorded(session, office, photos=(photo("a"), photo("b", "after")))
    session.expire_all()
    statements: list[str] = []
    event.listen(
        session.get_bind(), "before_cursor_execute", lambda *sent: statements.append(sent[2])
    )
    page = inspections.listing(session, VIEW, Chosen())
    found = inspections.inspection(session, page.rows[0].number, TODAY)
    assert [one.alt for one in found.photos] == [
        "整改前照片 1：甲社区，2023年10月9日督查", "整改后照片 1：甲社区，2023年10月9日督查",
    ]  # fmt: skip
    assert statements
    assert not [one for one in statements if "photos.image" in one or "photos.small" in one]


def test_numbers_of_persons_are_hidden_and_a_look_at_them_is_logged(session: Session) -> None:
    office = person(session, "office_staff")
    staff, other = (person(session, "community_staff", own) for own in ("c01", "c02"))
    number = recorded(session, office, findings=f"请致电 {PHONE}", inspector=f"李 {PHONE}")
    inspections.rectify(session, number, f"已打 {PHONE}", (), staff, NOW)
    session.commit()
    shown = inspections.inspection(session, number, TODAY)
    assert shown.hides_numbers
    assert PHONE not in repr((shown.row, shown.lines, shown.reports))
    for user in (office, staff, person(session, "official")):
        assert inspections.may_reveal(user, "c01")
        assert inspections.reveal(session, number, user, NOW) == (
            f"请致电 {PHONE}", f"李 {PHONE}", f"已打 {PHONE}",
        )  # fmt: skip
    assert [line.action for line in inspections.history(session, number)][-3:] == [
        "查看完整号码"
    ] * 3
    assert not inspections.may_reveal(other, "c01")
    with pytest.raises(NotPermitted):
        inspections.reveal(session, number, other, NOW)
    plain = recorded(session, office, key="plain")
    assert not inspections.inspection(session, plain, TODAY).hides_numbers

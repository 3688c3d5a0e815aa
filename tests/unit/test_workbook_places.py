"""Communities and population as a workbook: out, back unchanged, and changed by one figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine import Session
from services import workbook
from services.admin import edits, places, population
from services.errors import InvalidEntry, NotPermitted
from services.i18n import use_language
from services.permissions import CurrentUser
from services.workbook import Receipt, places_book
from tests.activity_cases import LATER, NOW, TODAY, person
from tests.workbook_cases import check, edited, said, sheet, take, written
from tests.workbooks import Cell

PLACES = workbook.KINDS["places"]


@pytest.fixture
def administrator(session: Session) -> CurrentUser:
    user = person(session, "administrator")
    now = population.population(session, user, 2023)["c01"]
    counts = (("residents", "1200"), ("aged_60", "300"))
    seen = edits.fingerprint(now)
    population.change_population(session, user, "c01", 2023, counts, seen, NOW)
    session.commit()
    return user


def people(session: Session, user: CurrentUser, code: str, year: int = 2023) -> dict[str, str]:
    found = dict(population.population(session, user, year)[code])
    return {group: count for group, count in found.items() if count}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_export_comes_back_unchanged(
    session: Session, administrator: CurrentUser, language: str
) -> None:
    use_language(language)
    data = places_book(session, 2023, administrator)
    use_language("zh")
    before = written(session)
    assert take(session, data, administrator, kind=PLACES) == Receipt(0, 0, 3, 0)
    assert written(session) == before


def test_one_changed_figure_is_one_change(session: Session, administrator: CurrentUser) -> None:
    data = places_book(session, 2023, administrator)
    changed = edited(data, "<v>300</v>", "<v>310</v>")
    line = check(session, changed, administrator, kind=PLACES).lines[0]
    assert [(one.before, one.after) for one in line.differences] == [("300", "310")]
    assert take(session, changed, administrator, kind=PLACES) == Receipt(0, 1, 2, 0)
    assert people(session, administrator, "c01") == {"residents": "1200", "aged_60": "310"}
    assert take(session, changed, administrator, kind=PLACES) == Receipt(0, 0, 3, 0)


def test_what_was_changed_meanwhile_is_not_overwritten(
    session: Session, administrator: CurrentUser
) -> None:
    data = edited(places_book(session, 2023, administrator), "<v>300</v>", "<v>310</v>")
    facts = places.communities(session, administrator)["c01"]
    other = replace(facts, name_en="Other")
    seen = edits.fingerprint(facts)
    places.change_community(session, administrator, "c01", other, seen, NOW)
    line = check(session, data, administrator, kind=PLACES).lines[0]
    assert "被别人改过" in said(line)["核对码"]


def test_a_new_name_is_a_new_community_with_its_people(
    session: Session, administrator: CurrentUser
) -> None:
    rows: list[dict[str, Cell]] = [
        {"社区名称": "丁社区", "年份": "2023", "常住人口": "８００"},
        {"社区名称": "丁社区", "年份": "2022", "常住人口": 790},
        {"社区名称": "乙社区", "年份": 2023, "常住人口": 1500},
    ]
    assert take(session, sheet(*rows), administrator, kind=PLACES) == Receipt(2, 1, 0, 0)
    code = list(places.communities(session, administrator))[-1]
    assert places.communities(session, administrator)[code].name == "丁社区"
    assert people(session, administrator, code) == {"residents": "800"}
    assert people(session, administrator, code, 2022) == {"residents": "790"}
    assert take(session, sheet(*rows), administrator, kind=PLACES) == Receipt(0, 0, 3, 0)


@pytest.mark.dialects("sqlite")
@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"社区名称": None}, "社区名称", "请填写"), ({"年份": "二零"}, "年份", "只填数字"),
        ({"年份": 1899}, "年份", "年份要在"), ({"年份": None}, "年份", "请填写年份"),
        ({"常住人口": -1}, "常住人口", "负数"), ({"常住人口": "1e3"}, "常住人口", "只填数字"),
        ({"60岁及以上": 1201}, "60岁及以上", "不能多于"), ({"状态": "关"}, "状态", "请填"),
        ({"编号": "zz"}, "编号", "没有这个编号"), ({"编号": "c02"}, "社区名称", "已经有"),
    ],
)  # fmt: skip
def test_every_bad_cell_is_refused_with_what_to_do(
    session: Session, administrator: CurrentUser, changes: dict[str, Cell], column: str, says: str
) -> None:
    row: dict[str, Cell] = {"社区名称": "甲社区", "年份": 2023, "常住人口": 1200, "60岁及以上": 9}
    line = check(session, sheet(row | changes), administrator, kind=PLACES).lines[0]
    assert line.state == "refused"
    assert says in said(line)[column]


def test_a_community_stands_once_a_year(session: Session, administrator: CurrentUser) -> None:
    row: dict[str, Cell] = {"社区名称": "甲社区", "年份": 2023, "常住人口": 1300}
    _first, second = check(session, sheet(row, row), administrator, kind=PLACES).lines
    assert "第 2 行" in said(second)[""]


def test_staff_of_a_community_keep_no_lists(session: Session) -> None:
    staff = person(session, "community_staff", "c01")
    with pytest.raises(NotPermitted):
        check(session, sheet({"社区名称": "甲社区"}), staff, kind=PLACES)


def test_a_file_is_taken_back_with_its_people_and_a_new_community_is_closed(
    session: Session, administrator: CurrentUser
) -> None:
    rows: list[dict[str, Cell]] = [
        {"社区名称": "甲社区", "英文名称": "A", "年份": 2023, "常住人口": 1300},
        {"社区名称": "丁社区", "英文名称": "", "年份": 2023, "常住人口": 900},
    ]
    take(session, sheet(*rows), administrator, LATER, kind=PLACES)
    assert workbook.last_taken(session, "places", administrator)[0].undoable == 4
    how = (session, 1, administrator, LATER + timedelta(hours=1), TODAY)
    done = PLACES.undoing.undo(*how)
    assert (done.added + done.changed, done.stays) == (4, ())
    known = places.communities(session, administrator)
    assert [(one.name, one.name_en, one.active) for one in known.values()] == [
        ("甲社区", "Jia", True), ("乙社区", "Yi", True), ("丙社区", "Bing", True),
        ("丁社区", "", False),
    ]  # fmt: skip
    assert people(session, administrator, "c01") == {"residents": "1200", "aged_60": "300"}
    assert people(session, administrator, list(known)[3]) == {}
    PLACES.undoing.redo(session, 1, administrator, LATER + timedelta(hours=2), TODAY)
    assert people(session, administrator, "c01") == {"residents": "1300", "aged_60": "300"}


def test_a_new_community_with_a_grid_of_its_own_stays_open(
    session: Session, administrator: CurrentUser
) -> None:
    take(session, sheet({"社区名称": "丁社区", "年份": 2023}), administrator, LATER, kind=PLACES)
    code = list(places.communities(session, administrator))[3]
    places.add_grid(session, administrator, code, "第一网格", LATER + timedelta(hours=1))
    with pytest.raises(InvalidEntry, match="丁社区：已有别的内容用到它"):
        PLACES.undoing.undo(session, 1, administrator, LATER + timedelta(hours=2), TODAY)

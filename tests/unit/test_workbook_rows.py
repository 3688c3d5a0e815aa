"""A file of activities row by row: what is read, and each bad cell with its place and reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from db.engine import Session
from services.errors import InvalidEntry
from services.imports.sheet import MB
from services.permissions import CurrentUser
from tests.activity_cases import ENTRY, PHONE
from tests.workbook_cases import FULL, check, edited, row, said, sheet, upload
from tests.workbooks import day, failed, formula, workbook

pytestmark = pytest.mark.dialects("sqlite")

LAST_CELL = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def test_a_row_says_what_the_entry_form_would(session: Session, staff: CurrentUser) -> None:
    full = row(**{"清理乱堆乱放（处）": 0})
    line = check(session, sheet(full), staff).lines[0]
    assert line.state == "new"
    _key, entry = line.content
    assert entry == ENTRY


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2023-10-3", 3, 3), ("2023/10/3", 3, 3), ("10月3日", 3, 3), ("2023年10月3日", 3, 3),
        ("２０２３－１０－０３", 3, 3), ("2023.10.3", 3, 3), ("3日", 3, 3), (3, 3, 3),
        ("3 至 5", 3, 5), ("10月3日—5日", 3, 5), (day(45202), 3, 3), (day(45202.5), 3, 3),
    ],
)  # fmt: skip
def test_days_are_read_in_the_usual_forms(
    session: Session, staff: CurrentUser, cell: object, first: int, last: int
) -> None:
    line = check(session, sheet(row(日期=cell)), staff).lines[0]
    assert line.state == "new", said(line)
    entry = line.content[1]
    assert (entry.first_day, entry.last_day) == (date(2023, 10, first), date(2023, 10, last))


def test_a_last_day_of_its_own_makes_a_span(session: Session, staff: CurrentUser) -> None:
    rows = [row(日期=day(45202), 结束日期=day(45204)), row(日期="3日", 结束日期="2日")]
    first, second = check(session, sheet(*rows), staff).lines
    assert first.content[1].last_day == date(2023, 10, 5)
    assert "不能早于" in said(second)["日期"]


def test_days_that_count_from_1904_are_the_days_that_were_shown(
    session: Session, staff: CurrentUser
) -> None:
    data = sheet(row(日期=day(45202 - 1462)), counts_from_1904=True)
    assert check(session, data, staff).lines[0].content[1].first_day == date(2023, 10, 3)


def test_a_day_in_another_month_is_welcome_here(session: Session, staff: CurrentUser) -> None:
    line = check(session, sheet(row(日期="2023-08-31")), staff).lines[0]
    assert line.content[1].first_day == date(2023, 8, 31)


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"日期": None}, "日期", "请填写日期"), ({"日期": "2023.10"}, "日期", "分不清"),
        ({"日期": 2023.1}, "日期", "分不清"), ({"日期": "10.3"}, "日期", "分不清"),
        ({"日期": 45202}, "日期", "日期格式"), ({"日期": "２０２３．１０"}, "日期", "分不清"),
        ({"日期": "2023-02-30"}, "日期", "读不懂"), ({"日期": "某天"}, "日期", "读不懂"),
        ({"日期": "2023-10-29"}, "日期", "今天以后"), ({"日期": "1899-10-03"}, "日期", "2000 年"),
        ({"活动类型": None}, "活动类型", "请填写"), ({"活动类型": "散步"}, "活动类型", "没有"),
        ({"社区": "丁社区"}, "社区", "丁社区"), ({"社区": "乙社区"}, "社区", "本社区"),
        ({"共同开展的社区": "某"}, "共同开展的社区", "某"), ({"网格": "九"}, "网格", "不属于"),
        ({"参与力量": "路人 3"}, "参与力量", "路人"),
        ({"参与力量": "志愿者 0"}, "参与力量", "至少"),
        ({"参加人数（人）": "-1"}, "参加人数（人）", "负数"),
        ({"参加人数（人）": "1_000"}, "参加人数（人）", "只填数字"),
        ({"参加人数（人）": "٣"}, "参加人数（人）", "只填数字"),
        ({"参加人数（人）": "NA"}, "参加人数（人）", "只填数字"),
        ({"参加人数（人）": "约30"}, "参加人数（人）", "准确的数"),
        ({"清运生活垃圾（吨）": "3台次"}, "清运生活垃圾（吨）", "单位是“吨”，这里写的是“台次”"),
        ({"清运生活垃圾（吨）": "nan"}, "清运生活垃圾（吨）", "只填数字"),
        ({"清运生活垃圾（吨）": "1e309"}, "清运生活垃圾（吨）", "只填数字"),
        ({"清运生活垃圾（吨）": 1.23456}, "清运生活垃圾（吨）", "三位小数"),
        ({"清运生活垃圾（吨）": formula("B2*2")}, "清运生活垃圾（吨）", "公式"),
        ({"清运生活垃圾（吨）": failed("#REF!")}, "清运生活垃圾（吨）", "错误"),
        ({"义诊（场）": 3}, "义诊（场）", "没有这项指标"), ({"地点": "长" * 201}, "地点", "最多"),
        ({"编号": "一"}, "编号", "A000123"), ({"编号": "A999999"}, "编号", "没有这条记录"),
    ],
)  # fmt: skip
def test_every_bad_cell_is_refused_with_its_column_and_what_to_do(
    session: Session, staff: CurrentUser, changes: dict[str, object], column: str, says: str
) -> None:
    first, second = check(session, sheet(row(备注="好"), row(**changes)), staff).lines
    assert first.state == "new"
    assert (second.line, second.state) == (3, "refused")
    reasons = said(second)
    assert list(reasons) == [column]
    assert says in next(iter(reasons.values()))


def test_all_reasons_of_a_row_are_given_at_once(session: Session, staff: CurrentUser) -> None:
    bad = {"日期": "2023.10", "活动类型": "散步", "参加人数（人）": "x", "地点": "长" * 201}
    assert set(said(check(session, sheet(row(**bad)), staff).lines[0])) == set(bad)


def test_full_width_digits_and_invisible_characters_are_read(
    session: Session, staff: CurrentUser
) -> None:
    cells = {"参加人数（人）": "１，２３４", "清运生活垃圾（吨）": "\u200b１２．５"}
    entry = check(session, sheet(row(**cells)), staff).lines[0].content[1]
    assert (entry.participants, entry.measures) == (1234, (("household_waste", Decimal("12.5")),))


def test_a_number_may_have_the_unit_of_its_column(session: Session, staff: CurrentUser) -> None:
    cells = {"参加人数（人）": "1,234人", "清运生活垃圾（吨）": "12.5 吨", "参与力量": "志愿者12人"}
    entry = check(session, sheet(row(**cells)), staff).lines[0].content[1]
    assert (entry.participants, entry.measures) == (1234, (("household_waste", Decimal("12.5")),))
    assert entry.partners == (("volunteer", 12),)


def test_text_stays_text(session: Session, staff: CurrentUser) -> None:
    cells = {"地点": "007", "备注": "第一行\n![图](x) <b>粗</b> NA =HYPERLINK(1)"}
    entry = check(session, sheet(row(**cells)), staff).lines[0].content[1]
    assert (entry.place, entry.note) == (cells["地点"], cells["备注"])


def test_a_word_merged_downwards_holds_for_its_rows_and_a_number_does_not(
    session: Session, staff: CurrentUser
) -> None:
    rows = [row(备注=str(n)) for n in range(3)]
    for one in rows[1:]:
        one["活动类型"] = one["参加人数（人）"] = None
    data = sheet(*rows, merged=["B2:B4", "H2:H3"])
    first, second, third = check(session, data, staff).lines
    assert (first.state, third.state) == ("new", "new")
    assert "合并" in said(second)["参加人数（人）"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_of_offices(
    session: Session, staff: CurrentUser, encoding: str
) -> None:
    data = "日期,活动类型,地点\n2023-10-3,免费义诊活动,𠮷祥广场\n".encode(encoding)
    assert check(session, data, staff).lines[0].content[1].place == "𠮷祥广场"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空的"), (b"\0" * (10 * MB + 1), "太大"), (b"PK\x03\x04broken", "损坏"),
        (workbook([["日期"], ["x"]])[:200], "损坏"), (b"<html><body>", "网页"),
        ("日期,活动类型\n".encode(), "没有数据行"),
        ("姓名,年龄\n甲,3\n".encode(), "没有“日期”和“活动类型”"),
        ("日期,活动日期,活动类型\n1,2,3\n".encode(), "同一列"),
        (workbook([["日期", *[None] * 16381, "远"], ["x"]]), "太大"),
        (edited(sheet(FULL), "</sheetData>", LAST_CELL), "太大|没有读完"),
        (sheet(FULL, parts={"xl/bomb.xml": b" " * (17 * MB)}), "16 MB"),
        (("日期,活动类型\n" + "1,2\n" * 10_001).encode(), "10,000 行"),
    ],
    ids=["empty", "big", "broken", "cut", "page", "no rows", "other", "double", "far", "last cell",
         "bomb",
         "long"],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_ends_in_a_sentence(
    session: Session, data: bytes, says: str
) -> None:
    with pytest.raises(InvalidEntry, match=says):
        upload(session, data)


def test_what_only_the_template_filled_in_is_left_out(session: Session, staff: CurrentUser) -> None:
    ready = {"活动类型": FULL["活动类型"], "社区": "甲社区", "参与力量": "物业"}
    found = check(session, sheet(row(), ready, ready | {"备注": "没有日期"}), staff)
    assert [line.state for line in found.lines] == ["new", "blank", "refused"]
    assert "请填写日期" in said(found.lines[2])["日期"]


def test_a_row_of_totals_is_left_out_and_said_to_be_one(
    session: Session, staff: CurrentUser
) -> None:
    blank = dict.fromkeys(FULL)
    found = check(session, sheet(row(), blank | {"日期": "合计：", "参加人数（人）": 40}), staff)
    assert [line.state for line in found.lines] == ["new", "refused"]
    assert said(found.lines[1]) == {"": "这是合计行，不导入。"}


def test_a_dash_is_a_blank(session: Session, staff: CurrentUser) -> None:
    entry = check(session, sheet(row(**{"参加人数（人）": "—"})), staff).lines[0].content[1]
    assert entry.participants is None


def test_unknown_columns_are_named_and_do_not_count(session: Session) -> None:
    up = upload(session, sheet(row(心情="好", 空列=None)))
    assert up.table.unknown == ("心情",)


def test_a_row_without_community_is_of_the_chosen_one_and_needs_one(
    session: Session, office: CurrentUser
) -> None:
    data = sheet(row(社区=None, 网格=None))
    assert check(session, data, office, community="c02").lines[0].content[1].host == "c02"
    assert "请填写社区" in said(check(session, data, office, community=None).lines[0])["社区"]


def test_the_same_row_twice_in_a_file_is_said(session: Session, staff: CurrentUser) -> None:
    first, second = check(session, sheet(row(), row(**{"参加人数（人）": 40})), staff).lines
    assert (first.state, second.state) == ("new", "refused")
    assert "与第 2 行完全相同" in said(second)[""]


def test_a_phone_number_is_hidden_in_what_a_refusal_shows(
    session: Session, staff: CurrentUser
) -> None:
    line = check(session, sheet(row(日期="x", 地点=PHONE, 备注=PHONE)), staff).lines[0]
    assert PHONE not in repr(line)

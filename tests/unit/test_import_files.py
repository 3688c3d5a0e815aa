"""Whatever file is uploaded ends in its rows as text, or in a clear sentence, with nothing lost."""

from __future__ import annotations

import time
from io import BytesIO
from zipfile import ZipFile

import pytest

from services.errors import InvalidEntry
from services.imports.faults import EMPTY_FORMULA, ERROR_CELL, MERGED_CELL
from services.imports.sheet import SURVEY, Limits, Sheet, read_sheet
from tests.workbooks import day, failed, formula, sheet_xml, workbook

TEXT = "社区,满意吗\n甲社区,满意\n𠮷祥社区,不满意\n"
SMALL = Limits(1 << 20, 16 << 20, 50, 6, 1 << 30, 20)


def zipped_up(name: str) -> bytes:
    """An archive that holds one file of this name."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, "<a/>")
    return file.getvalue()


def rows(sheet: Sheet) -> list[list[str]]:
    return [list(row) for row in zip(*(column.texts for column in sheet.columns), strict=True)]


def refusal(data: bytes, limits: Limits = SURVEY) -> str:
    with pytest.raises(InvalidEntry) as refused:
        read_sheet(data, limits=limits)
    assert refused.value.field == "file"
    return refused.value.sentence


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_chinese_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    sheet = read_sheet(TEXT.encode(encoding))
    assert sheet.names == ("社区", "满意吗")
    assert rows(sheet) == [["甲社区", "满意"], ["𠮷祥社区", "不满意"]]
    assert sheet.lines.tolist() == [2, 3]


def test_gbk_words_that_could_be_utf8_are_read_as_what_they_are() -> None:
    sheet = read_sheet("名称,说明\n联通,微软\n移动,电信\n".encode("gbk"))
    assert rows(sheet) == [["联通", "微软"], ["移动", "电信"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_the_file_uses(separator: str) -> None:
    text = 'a,b,c\n"1,2;3\t4",5,6\n'
    sheet = read_sheet(text.replace(",b,", f"{separator}b{separator}").replace(
        '",5,6', f'"{separator}5{separator}6').encode())  # fmt: skip
    assert sheet.names == ("a", "b", "c")
    assert rows(sheet) == [["1,2;3\t4", "5", "6"]]


def test_every_cell_stays_the_text_that_was_typed() -> None:
    text = "编号,回答,份数\n007,NA,2026.10\n370481199001011234,,１２．５\n1_000,nan,1e309\n"
    assert rows(read_sheet(text.encode())) == [
        ["007", "NA", "2026.10"],
        ["370481199001011234", "", "１２．５"],
        ["1_000", "nan", "1e309"],
    ]


def test_cells_of_a_workbook_become_the_text_they_stand_for() -> None:
    data = workbook(
        [
            ["编号", "日期", "分"],
            ["007", day(45180), 5],
            ["NA", day(45180.5), 0.1 + 0.2],
            [370481199001011, None, 2026.10],
        ]
    )
    assert rows(read_sheet(data)) == [
        ["007", "2023-09-11", "5"],
        ["NA", "2023-09-11 12:00:00", "0.3"],
        ["370481199001011", "", "2026.1"],
    ]


def test_days_of_a_workbook_that_counts_from_1904_are_the_right_days() -> None:
    sheet = read_sheet(workbook([["日期", "x"], [day(43718), "y"]], counts_from_1904=True))
    assert rows(sheet) == [["2023-09-11", "y"]]


def test_errors_and_formulas_without_a_result_are_marked_not_blank() -> None:
    data = workbook(
        [
            ["社区", "a", "b", "c"],
            ["甲", formula("1+1"), formula("1+1", "2"), failed("#REF!")],
            ["乙", failed("#N/A"), None, formula("SUM(1,2)")],
        ],
        first_row=3,
    )
    sheet = read_sheet(data)
    assert sheet.header == 3
    assert rows(sheet) == [
        ["甲", EMPTY_FORMULA, "2", ERROR_CELL],
        ["乙", ERROR_CELL, "", EMPTY_FORMULA],
    ]
    assert sheet.lines.tolist() == [4, 5]


def test_a_word_merged_down_a_column_stands_for_each_row_and_a_number_for_none() -> None:
    data = workbook(
        [
            ["社区", "领域", "满意", "不满意"],
            ["甲社区", "居住环境", 30, 4],
            [None, "社会治安", None, 5],
            ["乙社区", "居住环境", "一共", None],
        ],
        merged=["A2:A3", "C2:C3", "C4:D4"],
    )
    assert rows(read_sheet(data)) == [
        ["甲社区", "居住环境", "30", "4"],
        ["甲社区", "社会治安", MERGED_CELL, "5"],
        ["乙社区", "居住环境", "一共", MERGED_CELL],
    ]


def test_a_title_above_the_table_is_not_taken_for_the_names_of_columns() -> None:
    data = workbook(
        [
            ["三季度满意度调查", None, None],
            [None, None, "单位：份"],
            ["社区", "领域", "满意"],
            ["甲社区", "居住环境", 30],
        ],
        merged=["A1:C1"],
    )
    sheet = read_sheet(data)
    assert (sheet.header, sheet.names) == (3, ("社区", "领域", "满意"))


def test_hidden_sheets_are_not_offered_and_another_sheet_can_be_chosen() -> None:
    data = workbook([["说明"]], more={"二月": [["a", "b"], ["1", "2"]], "三月": [["c"], ["3"]]})
    assert read_sheet(data).sheet == "二月"
    third = read_sheet(data, sheet="三月")
    assert (third.sheets, third.names) == (("数据", "二月", "三月"), ("c",))


def test_columns_without_a_name_or_with_the_same_one_are_told_apart() -> None:
    sheet = read_sheet("满意吗,,满意吗, 满意吗 \n1,2,3,4\n".encode())
    assert sheet.names == ("满意吗", "第 2 列", "满意吗 (2)", "满意吗 (3)")


def test_rows_with_too_few_or_too_many_cells_are_noted() -> None:
    sheet = read_sheet(b"a,b\n1,2\n3\n4,5,6\n7,8,\n")
    assert dict(sheet.ragged) == {1: 1, 2: 3}
    assert sheet.rows == 4


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空的"),
        (b"\xef\xbb\xbf \r\n", "空的"),
        ("社区,满意吗\n".encode(), "没有数据行"),
        (workbook([]), "空的"),
        (workbook([["社区", "满意吗"]]), "没有数据行"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, "图片"),
        (b"%PDF-1.7\n1 0 obj <<>> endobj", "PDF"),
        (zipped_up("word/document.xml"), "别的格式"),
        (zipped_up("content.xml"), "别的格式"),
        (b"\x01\x80\xff" * 300, "看不懂"),
        (TEXT.encode()[:-2].rstrip(b"\n")[:-1], "不完整"),
        ("社区,满意吗\n甲社区,满意\n甲社区,满意\n".encode() + "乙社区".encode("gbk"), "第 4 行"),
        ('社区,满意吗\n甲社区,"满意\n乙社区,满意\n'.encode(), "第 2 行"),
        (workbook([["社区", "满意吗"], ["甲社区", 1]])[:300], "损坏"),
        (b"PK\x03\x04 not a workbook at all", "损坏"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_ends_in_a_sentence(data: bytes, says: str) -> None:
    assert says in refusal(data)


def test_a_workbook_is_read_as_one_whatever_its_name_said() -> None:
    """A browser hands over bytes; the name's ending is never trusted, so it is not even asked."""
    assert rows(read_sheet(workbook([["a", "b"], [1, 2]]))) == [["1", "2"]]


def test_a_cell_at_the_far_corner_of_a_sheet_harms_nobody() -> None:
    far = sheet_xml([["社区"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    plain = workbook([["社区"]], more={"另一张": [["a"]]})
    assert len(plain) < 5000
    data = workbook([["社区"]], parts={"xl/worksheets/sheet1.xml": far.encode()})
    started = time.monotonic()
    assert "散落" in refusal(data)
    assert time.monotonic() - started < 60


def test_a_bomb_of_zeros_is_stopped_by_what_it_unpacks_to() -> None:
    data = workbook([["a", "b"], [1, 2]], parts={"xl/media/image1.png": bytes(17 << 20)})
    assert len(data) < 40_000
    assert "超过 16 MB" in refusal(data, SMALL)
    assert rows(read_sheet(data)) == [["1", "2"]]


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(workbook([["a", "b"], [1, 2]], parts={"xl/zeros": bytes(1 << 20)}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = bytes(data).rfind(signature, 0, bytes(data).rfind(b"xl/zeros") + 1)
        for place in (start, bytes(data).find(signature)):
            if data[place + offset : place + offset + 4] == (1 << 20).to_bytes(4, "little"):
                data[place + offset : place + offset + 4] = (10).to_bytes(4, "little")
    assert "损坏" in refusal(bytes(data))


@pytest.mark.parametrize(
    ("text", "says"),
    [("a\n" + "1\n" * 51, "50 行"), (",".join("abcdefg") + "\n" + "1," * 6 + "1\n", "6 列")],
)
def test_more_rows_or_columns_than_allowed_are_refused(text: str, says: str) -> None:
    assert says in refusal(text.encode(), SMALL)


def test_a_file_larger_than_allowed_is_not_even_opened() -> None:
    assert "最多 1 MB" in refusal(bytes((1 << 20) + 1), SMALL)


def test_reading_that_takes_too_long_is_ended() -> None:
    hurried = Limits(1 << 20, 16 << 20, 50, 6, 1 << 30, 0)
    assert "时间" in refusal(TEXT.encode(), hurried)
